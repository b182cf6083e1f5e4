/* SPDX-License-Identifier: MIT */
/* cmd_catalog_test.c - patchprereq catalog test: the cases beside the entries. */
#include "catalog/catalog_case.h"
#include "commands/commands.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "program/progress.h"
#include "program/sink.h"

#define CASE_BYTES ((size_t)1 << 30)

struct test_run {
    const struct options *options;
    const struct prereq_catalog *catalog;
    struct prereq_arena *names; /* of folders */
    struct prereq_arena *arena; /* of one case */
    const char *folder;         /* of the case that is run */
    struct prereq_buffer out;
    size_t cases, failed, findings;
};

static void tell(void *context, const char *where, const char *text)
{
    struct test_run *run = context;
    struct prereq_buffer *out = &run->out;

    if (option_format_is(run->options, "json")) {
        prereq_buffer_add(out, run->findings ? ",\n  {\"case\": " : "\n  {\"case\": ");
        prereq_json_quote(out, run->folder);
        prereq_buffer_add(out, ", \"where\": ");
        prereq_json_quote(out, where);
        prereq_buffer_add(out, ", \"text\": ");
        prereq_json_quote(out, text);
        prereq_buffer_add(out, "}");
    } else {
        printable_add(out, run->folder);
        prereq_buffer_add(out, ": ");
        printable_add(out, where);
        prereq_buffer_add(out, ": ");
        printable_add(out, text);
        prereq_buffer_add(out, "\n");
    }
    run->findings++;
}

/* A case that cannot be read fails like one that comes out wrong; the others are still run. */
static enum prereq_status run_case(struct test_run *run, const char *folder,
                                   struct prereq_error *err)
{
    const struct catalog_case_teller teller = {tell, run};
    size_t before = run->findings;
    enum prereq_status status;

    run->folder = folder;
    prereq_arena_reset(run->arena);
    progress_show("cases", run->cases, 0);
    status = catalog_case_run(run->arena, run->catalog, folder, &teller, err);
    if (status == PREREQ_NO_MEMORY)
        return status;
    if (status != PREREQ_OK)
        tell(run, "case", err->text);
    run->cases++;
    run->failed += run->findings > before;
    return PREREQ_OK;
}

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the cases");
}

/* Each folder in `folder` by `run_one`. */
static enum prereq_status for_folders(struct test_run *run, const char *folder,
                                      enum prereq_status (*run_one)(struct test_run *, const char *,
                                                                    struct prereq_error *),
                                      struct prereq_error *err)
{
    const char **names;
    size_t count;
    enum prereq_status status = prereq_folder_list(run->names, folder, &names, &count, err);

    for (size_t i = 0; status == PREREQ_OK && i < count; i++) {
        const char *path = prereq_printf(run->names, "%s/%s", folder, names[i]);

        if (!path)
            return no_memory(err);
        if (names[i][0] != '.' && prereq_is_folder(path))
            status = run_one(run, path, err);
    }
    return status;
}

static enum prereq_status run_family(struct test_run *run, const char *family,
                                     struct prereq_error *err)
{
    const char *cases = prereq_printf(run->names, "%s/cases", family);

    if (!cases)
        return no_memory(err);
    return prereq_is_folder(cases) ? for_folders(run, cases, run_case, err) : PREREQ_OK;
}

static enum prereq_status run_cases(struct test_run *run, struct prereq_error *err)
{
    const struct options *options = run->options;
    struct load_parts parts = {0};
    size_t first = 0;
    enum prereq_status status =
        load_all_parts(options, options->operands, options->operand_count, &parts, NULL, err);

    if (status == PREREQ_OK)
        status = prereq_catalog_compile(options->arena, parts.parts, parts.part_count, parts.infos,
                                        parts.info_count, &run->catalog, err);
    if (options->operand_count)
        first = parts.info_count - options->operand_count;
    for (size_t i = first; status == PREREQ_OK && i < parts.info_count; i++)
        status = for_folders(run, parts.folders[i], run_family, err);
    if (status == PREREQ_OK && !run->cases)
        return prereq_fail(err, PREREQ_BAD_INPUT, "there is no case (<family>/cases/<case>)");
    return status;
}

static void add_result(struct test_run *run)
{
    struct prereq_buffer *out = &run->out;

    if (option_format_is(run->options, "json"))
        prereq_buffer_addf(out, "%s], \"cases\": %zu, \"failed\": %zu}\n",
                           run->findings ? "\n" : "", run->cases, run->failed);
    else
        prereq_buffer_addf(out, "%zu cases, %zu failed\n", run->cases, run->failed);
}

enum outcome cmd_catalog_test(const struct options *options)
{
    struct test_run run = {.options = options};
    struct prereq_error err;
    struct sink sink = {0};
    enum outcome outcome;

    run.names = prereq_arena_new(CASE_BYTES);
    run.arena = prereq_arena_new(CASE_BYTES);
    prereq_buffer_add(&run.out, option_format_is(options, "json") ? "{\"findings\": [" : "");
    outcome = outcome_of(run.names && run.arena ? run_cases(&run, &err) : no_memory(&err));
    if (outcome == OUTCOME_DONE) {
        add_result(&run);
        outcome = sink_open(&sink, options, &err);
    }
    if (outcome == OUTCOME_DONE)
        outcome = sink_write(&sink, &run.out, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    outcome = outcome_worse(outcome, sink_close(&sink, outcome == OUTCOME_DONE));
    prereq_arena_free(run.arena);
    prereq_arena_free(run.names);
    prereq_buffer_free(&run.out);
    return outcome_worse(outcome, run.failed ? OUTCOME_OPEN : OUTCOME_DONE);
}
