/* SPDX-License-Identifier: MIT */
/* cmd_catalog.c - patchprereq catalog list and show: what the catalog knows. */
#include <string.h>

#include "catalog/catalog_releases.h"
#include "catalog/catalog_text.h"
#include "commands/commands.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "program/sink.h"

static void add_list(const struct options *options, const struct prereq_catalog *catalog,
                     struct prereq_buffer *out)
{
    size_t count = prereq_catalog_patch_count(catalog);
    bool json = option_format_is(options, "json");

    if (option_format_is(options, "text"))
        catalog_infos_text(catalog, out);
    prereq_buffer_add(out, json ? "{\"patches\": [\n" : "");
    for (size_t i = 0; i < count; i++) {
        const struct prereq_patch *patch = prereq_catalog_patch(catalog, i);

        if (json)
            catalog_line_json(patch, i + 1 == count, out);
        else if (option_format_is(options, "ids"))
            prereq_buffer_addf(out, "%s\n", patch->id);
        else
            catalog_line_text(patch, out);
    }
    prereq_buffer_add(out, json ? "]}\n" : "");
    if (option_format_is(options, "text"))
        catalog_releases_list(catalog, out);
}

enum outcome cmd_catalog_list(const struct options *options)
{
    const struct prereq_catalog *catalog = NULL;
    struct prereq_buffer out = {0};
    struct prereq_error err;
    enum outcome outcome = outcome_of(load_catalog(options, &catalog, &err));

    if (outcome == OUTCOME_DONE) {
        add_list(options, catalog, &out);
        outcome = sink_write_all(options, &out);
    } else {
        message_error("%s", err.text);
    }
    prereq_buffer_free(&out);
    return outcome;
}

static enum prereq_status find(const struct options *options, const struct prereq_catalog **catalog,
                               size_t *index, struct prereq_error *err)
{
    enum prereq_status status = load_catalog(options, catalog, err);

    if (status != PREREQ_OK)
        return status;
    return load_entry(*catalog, options->operands[0], index, err);
}

enum outcome cmd_catalog_show(const struct options *options)
{
    const struct prereq_catalog *catalog = NULL;
    struct prereq_buffer out = {0};
    struct prereq_error err;
    size_t index = 0;
    enum outcome outcome = outcome_of(find(options, &catalog, &index, &err));

    if (outcome != OUTCOME_DONE) {
        message_error("%s", err.text);
        return outcome;
    }
    if (option_format_is(options, "json"))
        catalog_entry_json(prereq_catalog_patch(catalog, index), &out);
    else if (option_format_is(options, "ids"))
        prereq_buffer_addf(&out, "%s\n", prereq_catalog_patch(catalog, index)->id);
    else
        catalog_entry_text(catalog, index, &out);
    outcome = sink_write_all(options, &out);
    prereq_buffer_free(&out);
    return outcome;
}

/* ---- lint ---- */

struct lint_run {
    const struct options *options;
    struct load_parts parts;
    size_t first; /* part whose findings are told first */
    struct prereq_buffer out;
    size_t found;
};

static void add_finding(struct lint_run *run, const struct prereq_lint_finding *finding)
{
    struct prereq_buffer *out = &run->out;
    const char *where = finding->where ? finding->where : "";

    if (option_format_is(run->options, "json")) {
        prereq_buffer_add(out, run->found ? ",\n  {\"code\": " : "\n  {\"code\": ");
        prereq_json_quote(out, finding->code);
        prereq_buffer_add(out, ", \"file\": ");
        prereq_json_quote(out, finding->part);
        prereq_buffer_add(out, ", \"where\": ");
        prereq_json_quote(out, where);
        prereq_buffer_add(out, ", \"text\": ");
        prereq_json_quote(out, finding->text);
        prereq_buffer_add(out, "}");
    } else {
        printable_add(out, finding->part);
        prereq_buffer_add(out, where[0] ? ": " : "");
        printable_add(out, where);
        prereq_buffer_add(out, ": ");
        printable_add(out, finding->text);
        prereq_buffer_addf(out, " [%s]\n", finding->code);
    }
    run->found++;
}

/* With folders to look at, only what is found in them is told: the built-in catalog is there so
 * that their entries can name its patches. */
static bool is_wanted(const struct lint_run *run, const struct prereq_lint_finding *finding)
{
    for (size_t i = 0; i < run->first; i++)
        if (!strcmp(run->parts.parts[i].name, finding->part))
            return false;
    return true;
}

static void add_all(struct lint_run *run, const struct prereq_lint_finding *findings, size_t count)
{
    bool json = option_format_is(run->options, "json");

    prereq_buffer_add(&run->out, json ? "{\"findings\": [" : "");
    for (size_t i = 0; i < run->parts.unreadable_count; i++)
        add_finding(run, &run->parts.unreadable[i]);
    for (size_t i = 0; i < count; i++)
        if (is_wanted(run, &findings[i]))
            add_finding(run, &findings[i]);
    if (json)
        prereq_buffer_add(&run->out, run->found ? "\n]}\n" : "]}\n");
    else if (!run->found)
        prereq_buffer_addf(&run->out, "%zu files, nothing found\n",
                           run->parts.part_count - run->first);
}

static enum prereq_status lint(struct lint_run *run, struct prereq_error *err)
{
    const struct options *options = run->options;
    const struct prereq_lint_finding *findings = NULL;
    size_t count = 0;
    enum prereq_status status = load_all_parts(options, options->operands, options->operand_count,
                                               &run->parts, &run->first, err);

    if (status != PREREQ_OK)
        return status;
    if (!options->operand_count)
        run->first = 0;
    status = prereq_catalog_lint(options->arena, run->parts.parts, run->parts.part_count, &findings,
                                 &count, err);
    if (status == PREREQ_OK)
        add_all(run, findings, count);
    return status;
}

enum outcome cmd_catalog_lint(const struct options *options)
{
    struct lint_run run = {.options = options};
    struct prereq_error err;
    enum outcome outcome = outcome_of(lint(&run, &err));

    if (outcome == OUTCOME_DONE)
        outcome = sink_write_all(options, &run.out);
    else
        message_error("%s", err.text);
    prereq_buffer_free(&run.out);
    return outcome_worse(outcome, run.found ? OUTCOME_OPEN : OUTCOME_DONE);
}
