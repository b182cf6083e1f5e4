/* SPDX-License-Identifier: MIT */
/* catalog_list.c - the catalog as a list. */
#include "catalog/catalog_text.h"
#include "program/messages.h"

const char *catalog_kind(const struct prereq_patch *patch)
{
    return prereq_enum_name(prereq_patch_kind_names, patch->kind ? patch->kind : PREREQ_KIND_PATCH);
}

const char *catalog_severity(const struct prereq_patch *patch)
{
    return prereq_enum_name(prereq_severity_names,
                            patch->severity ? patch->severity : PREREQ_UNRATED);
}

void catalog_infos_text(const struct prereq_catalog *catalog, struct prereq_buffer *out)
{
    size_t count;
    const struct prereq_catalog_info *infos = prereq_catalog_infos(catalog, &count);

    for (size_t i = 0; i < count; i++) {
        char released[32] = "";

        if (infos[i].released.known)
            prereq_time_format(infos[i].released, released);
        prereq_buffer_add(out, "Catalog ");
        printable_add(out, infos[i].id);
        prereq_buffer_add(out, " ");
        printable_add(out, infos[i].version);
        prereq_buffer_addf(out, " of %s, SHA-256 %s\n", released, infos[i].sha256);
    }
}

void catalog_line_text(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    char released[32] = "";

    if (patch->released.known)
        prereq_time_format(patch->released, released);
    prereq_buffer_addf(out, "%-24s %-13s %-9s %-10s ", patch->id, catalog_kind(patch),
                       catalog_severity(patch), released);
    printable_add(out, patch->title);
    prereq_buffer_add(out, patch->withdrawn.known ? " (withdrawn)\n" : "\n");
}

static void add_member(struct prereq_buffer *out, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    prereq_buffer_addf(out, ", \"%s\": ", name);
    prereq_json_quote(out, text);
}

void catalog_line_json(const struct prereq_patch *patch, bool last, struct prereq_buffer *out)
{
    char released[32] = "";

    if (patch->released.known)
        prereq_time_format(patch->released, released);
    prereq_buffer_add(out, "  {\"id\": ");
    prereq_json_quote(out, patch->id);
    add_member(out, "kind", catalog_kind(patch));
    add_member(out, "product", patch->product);
    add_member(out, "severity", catalog_severity(patch));
    add_member(out, "classification",
               prereq_enum_name(prereq_classification_names, patch->classification));
    add_member(out, "released", released);
    add_member(out, "title", patch->title);
    prereq_buffer_add(out, last ? "}\n" : "},\n");
}
