/* SPDX-License-Identifier: MIT */
/* cmd_catalog_probes.c - patchprereq catalog probes: what a collector has to look at. */
#include "commands/commands.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "program/sink.h"

/* By enum prereq_probe_kind: the heading for people, and how facts call what stands in `name`. */
static const struct {
    const char *title, *member;
} kinds[] = {{"", ""},
             {"Files", "path"},
             {"Registry", "key"},
             {"Services", "name"},
             {"Features", "name"},
             {"Packages", "name"},
             {"Windows Installer products", "productCode"},
             {"Windows Installer patches", "patchCode"},
             {"Products", "product"},
             {"Settings", "name"},
             {"Free space", "role"}};

/* The view of a key, the kind of a setting; NULL: neither. */
static const char *variant_of(const struct prereq_probe *probe)
{
    if (probe->kind == PREREQ_PROBE_REGISTRY)
        return prereq_enum_name(prereq_view_names, probe->variant);
    if (probe->kind == PREREQ_PROBE_SETTING)
        return prereq_enum_name(prereq_setting_kind_names, probe->variant);
    return NULL;
}

static void add_heading(const struct prereq_probe *probes, size_t i, size_t count,
                        struct prereq_buffer *out)
{
    size_t same = i;

    if (i > 0 && probes[i - 1].kind == probes[i].kind)
        return;
    while (same < count && probes[same].kind == probes[i].kind)
        same++;
    prereq_buffer_addf(out, "%s%s (%zu)\n", i ? "\n" : "", kinds[probes[i].kind].title, same - i);
}

static void add_text(const struct prereq_probe *probe, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "  ");
    printable_add(out, probe->name);
    if (probe->value) {
        prereq_buffer_add(out, " : ");
        printable_add(out, probe->value[0] ? probe->value : "(default)");
    }
    if (probe->kind == PREREQ_PROBE_REGISTRY && probe->variant == PREREQ_VIEW_32)
        prereq_buffer_add(out, " (32-bit view)");
    if (probe->kind == PREREQ_PROBE_SETTING)
        prereq_buffer_addf(out, " (%s)", variant_of(probe));
    prereq_buffer_add(out, "\n");
}

static void add_ids(const struct prereq_probe *probe, struct prereq_buffer *out)
{
    const char *variant = variant_of(probe);

    prereq_buffer_addf(out, "%s\t", prereq_enum_name(prereq_probe_kind_names, (int)probe->kind));
    printable_add(out, probe->name);
    if (variant)
        prereq_buffer_addf(out, "\t%s", variant);
    if (probe->value) {
        prereq_buffer_add(out, "\t");
        printable_add(out, probe->value);
    }
    prereq_buffer_add(out, "\n");
}

static void add_member(struct prereq_buffer *out, const char *name, const char *text)
{
    if (!text)
        return;
    prereq_buffer_addf(out, ", \"%s\": ", name);
    prereq_json_quote(out, text);
}

static void add_json(const struct prereq_probe *probe, bool last, struct prereq_buffer *out)
{
    bool is_key = probe->kind == PREREQ_PROBE_REGISTRY;

    prereq_buffer_addf(out, "  {\"kind\": \"%s\"",
                       prereq_enum_name(prereq_probe_kind_names, (int)probe->kind));
    add_member(out, kinds[probe->kind].member, probe->name);
    add_member(out, is_key ? "view" : "setting", variant_of(probe));
    add_member(out, "name", probe->value);
    prereq_buffer_add(out, last ? "}\n" : "},\n");
}

static void add_all(const struct options *options, const struct prereq_probe *probes, size_t count,
                    struct prereq_buffer *out)
{
    bool json = option_format_is(options, "json"), text = option_format_is(options, "text");

    prereq_buffer_add(out, json ? "{\"probes\": [\n" : "");
    for (size_t i = 0; i < count; i++) {
        if (text)
            add_heading(probes, i, count, out);
        if (text)
            add_text(&probes[i], out);
        else if (json)
            add_json(&probes[i], i + 1 == count, out);
        else
            add_ids(&probes[i], out);
    }
    prereq_buffer_add(out, json ? "]}\n" : "");
}

static enum prereq_status list(const struct options *options, struct prereq_buffer *out,
                               struct prereq_error *err)
{
    const struct prereq_catalog *catalog = NULL;
    const struct prereq_probe *probes = NULL;
    size_t count = 0;
    enum prereq_status status = load_catalog(options, &catalog, err);

    if (status == PREREQ_OK)
        status = prereq_catalog_probes(options->arena, catalog, &probes, &count, err);
    if (status == PREREQ_OK)
        add_all(options, probes, count, out);
    return status;
}

enum outcome cmd_catalog_probes(const struct options *options)
{
    struct prereq_buffer out = {0};
    struct prereq_error err;
    enum outcome outcome = outcome_of(list(options, &out, &err));

    if (outcome == OUTCOME_DONE)
        outcome = sink_write_all(options, &out);
    else
        message_error("%s", err.text);
    prereq_buffer_free(&out);
    return outcome;
}
