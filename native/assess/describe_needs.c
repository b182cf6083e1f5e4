/* SPDX-License-Identifier: MIT */
/* describe_needs.c - which facts are missing where a state is not known. */
#include "assess/describe.h"

#include <string.h>

static bool is_sure(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE;
}

static void add_line(struct prereq_buffer *out, const char *kind, const char *name)
{
    struct prereq_buffer one = {0};

    prereq_buffer_addf(&one, "%s %s\n", kind, name);
    if (one.text && (!out->text || !strstr(out->text, one.text)))
        prereq_buffer_add(out, one.text);
    out->failed |= one.failed;
    prereq_buffer_free(&one);
}

/* What would prove the patch itself: its rows and its marker, else its packages, else a record. */
static void add_effect(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                       struct prereq_buffer *out)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];

    prereq_describe_needs(sitting, entry->marker, target, out);
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (!is_sure(prereq_row_judge(sitting, i, target).verdict))
            add_line(out, "file", sitting->catalog->rows[i].row->path);
    }
    if (entry->row_count > 0 || entry->marker != PREREQ_NONE)
        return;
    for (size_t i = 0; i < entry->patch->package_count; i++)
        add_line(out, "package", entry->patch->packages[i]);
    for (size_t i = 0; i < entry->patch->msi_patch_count; i++)
        add_line(out, "msi", entry->patch->msi_patches[i]);
    if (entry->patch->package_count + entry->patch->msi_patch_count == 0)
        add_line(out, "record of", entry->patch->id);
}

static void add_groups(struct prereq_sitting *sitting, uint32_t pair, struct prereq_buffer *out)
{
    const struct prereq_catalog *catalog = sitting->catalog;
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &catalog->groups[g];

        if (is_sure(prereq_group_judge(sitting, g, pair).verdict))
            continue;
        prereq_describe_needs(sitting, group->when, about->target, out);
        for (uint32_t a = group->first; a < group->first + group->count; a++) {
            if (catalog->alternatives[a].patch != PREREQ_NONE)
                add_effect(sitting, catalog->alternatives[a].patch, about->target, out);
            else
                prereq_describe_needs(sitting, catalog->alternatives[a].rule, about->target, out);
        }
    }
}

void prereq_describe_pair_needs(struct prereq_sitting *sitting, uint32_t pair,
                                struct prereq_buffer *out)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];

    prereq_describe_needs(sitting, sitting->catalog->products[entry->product].applies,
                          about->target, out);
    prereq_describe_needs(sitting, entry->applies, about->target, out);
    if (!is_sure(prereq_effect(sitting, pair).verdict))
        add_effect(sitting, about->patch, about->target, out);
    add_groups(sitting, pair, out);
}
