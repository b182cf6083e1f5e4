/* SPDX-License-Identifier: MIT */
/* catalog_text.c - one catalog entry in words: what it needs, what needs it, what it brings. */
#include <inttypes.h>
#include <string.h>

#include "catalog/catalog_text.h"
#include "program/messages.h"
#include "screen/text.h"

static void add_line(struct prereq_buffer *out, const char *label, const char *text)
{
    if (!text || !text[0])
        return;
    prereq_buffer_addf(out, "%-14s", label);
    printable_add(out, text);
    prereq_buffer_add(out, "\n");
}

static void add_texts(struct prereq_buffer *out, const char *label, const char *const *texts,
                      size_t count)
{
    struct prereq_buffer joined = {0};

    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(&joined, i ? ", " : "");
        prereq_buffer_add(&joined, texts[i]);
    }
    add_line(out, label, joined.text);
    prereq_buffer_free(&joined);
}

static void add_date(struct prereq_buffer *out, const char *label, struct prereq_time time)
{
    char text[32];

    if (!time.known)
        return;
    prereq_time_format(time, text);
    add_line(out, label, text);
}

/* The shape of a member of `shape`; NULL when there is none of this name. */
static const struct prereq_shape *member_shape(const struct prereq_shape *shape, const char *name)
{
    for (const struct prereq_member *member = shape->members; member->name; member++)
        if (!strcmp(member->name, name))
            return member->shape;
    return NULL;
}

static const struct prereq_shape *patch_shape(void)
{
    return member_shape(prereq_catalog_document.shape, "patches");
}

/* A rule without a title is shown as it is written. */
static void add_rule(const struct prereq_rule *rule, struct prereq_buffer *out)
{
    const struct prereq_shape *shape = member_shape(patch_shape(), "applies");
    struct prereq_buffer json = {0};

    prereq_shape_write(shape, rule, PREREQ_JSON_COMPACT, &json);
    if (json.len)
        printable_add(out, json.text);
    prereq_buffer_free(&json);
}

static void add_alternative(const struct prereq_alternative *alternative, struct prereq_buffer *out)
{
    if (alternative->patch) {
        printable_add(out, alternative->patch);
        prereq_buffer_add(out,
                          alternative->exact == PREREQ_FLAG_TRUE ? " exactly" : " or a later one");
    } else if (alternative->title) {
        printable_add(out, alternative->title);
    } else if (alternative->rule) {
        add_rule(alternative->rule, out);
    }
}

static void add_group(const struct prereq_group *group, size_t number, struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "  %zu. ", number);
    for (size_t i = 0; i < group->any_of_count; i++) {
        prereq_buffer_add(out, i ? ", or " : "");
        add_alternative(&group->any_of[i], out);
    }
    if (group->ordered == PREREQ_FLAG_TRUE)
        prereq_buffer_add(out, "; earlier than this patch");
    if (group->restart_before == PREREQ_FLAG_TRUE)
        prereq_buffer_add(out, "; a restart in between");
    if (group->when) {
        prereq_buffer_add(out, "; only when ");
        add_rule(group->when, out);
    }
    prereq_buffer_add(out, "\n");
    if (group->why) {
        prereq_buffer_add(out, "     ");
        printable_add(out, group->why);
        prereq_buffer_add(out, "\n");
    }
}

static void add_prerequisites(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    if (patch->prerequisite_count)
        prereq_buffer_add(out, "Needs\n");
    for (size_t i = 0; i < patch->prerequisite_count; i++)
        add_group(&patch->prerequisites[i], i + 1, out);
}

static void add_voids(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    for (size_t i = 0; i < patch->voided_by_count; i++) {
        const struct prereq_invalidation *voided = &patch->voided_by[i];

        add_line(out, "Voided by",
                 voided->patch     ? voided->patch
                 : voided->feature ? voided->feature
                                   : voided->product);
        add_line(out, "", voided->why);
    }
    for (size_t i = 0; i < patch->caution_count; i++)
        add_line(out, "Caution", patch->cautions[i].text);
}

static void add_files(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    if (patch->file_count)
        prereq_buffer_add(out, patch->file_list == PREREQ_FILE_LIST_COMPLETE
                                   ? "Files (all it brings)\n"
                                   : "Files (as far as known)\n");
    for (size_t i = 0; i < patch->file_count; i++) {
        const struct prereq_file_row *row = &patch->files[i];
        char text[48];

        prereq_buffer_add(out, "  ");
        printable_add(out, row->path);
        if (row->version.parts) {
            prereq_version_format(row->version, text);
            prereq_buffer_addf(out, "  %s", text);
        }
        if (row->date.known) {
            prereq_time_format(row->date, text);
            prereq_buffer_addf(out, "  %s", text);
        }
        if (row->size.known)
            prereq_buffer_addf(out, "  %" PRIu64 " bytes", row->size.value);
        prereq_buffer_add(out, row->branch ? "  " : "");
        printable_add(out, row->branch ? row->branch : "");
        prereq_buffer_add(out, "\n");
    }
}

static bool names(const char *const *ids, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (prereq_equal_nocase(ids[i], id))
            return true;
    return false;
}

static void add_superseders(const struct prereq_catalog *catalog, const struct prereq_patch *patch,
                            struct prereq_buffer *out)
{
    for (size_t i = 0; i < prereq_catalog_patch_count(catalog); i++) {
        const struct prereq_patch *other = prereq_catalog_patch(catalog, i);

        if (names(other->supersedes, other->supersedes_count, patch->id))
            add_line(out, "Superseded by", other->id);
    }
}

static void add_command(struct prereq_buffer *out, const char *label,
                        const struct prereq_command *command)
{
    struct prereq_buffer line = {0};

    if (!command)
        return;
    prereq_buffer_add(&line, command->program);
    for (size_t i = 0; i < command->argument_count; i++) {
        prereq_buffer_add(&line, " ");
        prereq_buffer_add(&line, command->arguments[i]);
    }
    add_line(out, label, line.text);
    prereq_buffer_free(&line);
}

static void add_commands(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    if (patch->commands) {
        add_command(out, "Install", patch->commands->install);
        add_command(out, "Extract", patch->commands->extract);
        add_command(out, "Uninstall", patch->commands->uninstall);
        add_command(out, "Repair", patch->commands->repair);
        add_command(out, "Remove record", patch->commands->remove_record);
    }
    add_line(out, "By hand", patch->install_note);
    if (patch->permanent == PREREQ_FLAG_TRUE)
        add_line(out, "Permanent", "it cannot come off again");
}

static void add_sources(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    for (size_t i = 0; i < patch->source_count; i++) {
        const struct prereq_reference *source = &patch->sources[i];

        add_line(out, "Source", source->url ? source->url : source->title);
        add_line(out, "", source->says);
    }
}

void catalog_entry_text(const struct prereq_catalog *catalog, size_t index,
                        struct prereq_buffer *out)
{
    const struct prereq_patch *patch = prereq_catalog_patch(catalog, index);
    const struct prereq_product *product = prereq_catalog_product_of(catalog, index);

    add_line(out, "Id", patch->id);
    add_texts(out, "Also known as", patch->aliases, patch->alias_count);
    add_line(out, "Title", patch->title);
    add_line(out, "Kind", catalog_kind(patch));
    add_line(out, "Product", product ? product->title : patch->product);
    add_line(out, "Branch", patch->branch);
    add_line(out, "Level", patch->level);
    add_line(out, "Class", prereq_enum_name(prereq_classification_names, patch->classification));
    add_line(out, "Severity", catalog_severity(patch));
    add_date(out, "Released", patch->released);
    add_date(out, "Withdrawn", patch->withdrawn);
    add_line(out, "", patch->withdrawn_why);
    add_texts(out, "CVEs", patch->cves, patch->cve_count);
    add_line(out, "Restart",
             prereq_enum_name(prereq_restart_need_names,
                              patch->restart ? patch->restart : PREREQ_RESTART_REQUIRED));
    add_texts(out, "Supersedes", patch->supersedes, patch->supersedes_count);
    add_superseders(catalog, patch, out);
    add_prerequisites(patch, out);
    add_voids(patch, out);
    if (patch->marker) {
        prereq_buffer_addf(out, "%-14s", "Proven by");
        add_rule(patch->marker, out);
        prereq_buffer_add(out, "\n");
    }
    add_files(patch, out);
    add_commands(patch, out);
    add_line(out, "Conflict", patch->conflict);
    add_line(out, "Advice", patch->advice);
    add_sources(patch, out);
}

void catalog_entry_json(const struct prereq_patch *patch, struct prereq_buffer *out)
{
    prereq_shape_write(patch_shape(), patch, PREREQ_JSON_READABLE, out);
    if (out->len && out->text[out->len - 1] != '\n')
        prereq_buffer_add(out, "\n");
}
