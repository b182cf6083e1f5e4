/* SPDX-License-Identifier: MIT */
/* cmd_catalog_find.c - patchprereq catalog search and graph: ways into the catalog. */
#include "catalog/catalog_graph.h"
#include "catalog/catalog_search.h"
#include "commands/commands.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "program/sink.h"

static enum catalog_search_form form_of(const struct options *options)
{
    if (option_format_is(options, "json"))
        return CATALOG_SEARCH_JSON;
    return option_format_is(options, "ids") ? CATALOG_SEARCH_IDS : CATALOG_SEARCH_TEXT;
}

enum outcome cmd_catalog_search(const struct options *options)
{
    const struct prereq_catalog *catalog = NULL;
    struct prereq_buffer out = {0};
    struct prereq_error err;
    enum outcome outcome = outcome_of(load_catalog(options, &catalog, &err));

    if (outcome != OUTCOME_DONE) {
        message_error("%s", err.text);
        return outcome;
    }
    if (catalog_search(catalog, options->operands[0], form_of(options), &out) == 0)
        message_note("nothing in the catalog holds \"%s\"", options->operands[0]);
    outcome = sink_write_all(options, &out);
    prereq_buffer_free(&out);
    return outcome;
}

static enum prereq_status make_graph(const struct options *options, struct prereq_buffer *out,
                                     struct prereq_error *err)
{
    const struct prereq_catalog *catalog = NULL;
    enum prereq_status status = load_catalog(options, &catalog, err);
    size_t index = SIZE_MAX;

    if (status == PREREQ_OK && options->operand_count > 0)
        status = load_entry(catalog, options->operands[0], &index, err);
    if (status == PREREQ_OK && !catalog_graph(options->arena, catalog, index, out))
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the graph");
    return status;
}

enum outcome cmd_catalog_graph(const struct options *options)
{
    struct prereq_buffer out = {0};
    struct prereq_error err;
    enum outcome outcome = outcome_of(make_graph(options, &out, &err));

    if (outcome == OUTCOME_DONE)
        outcome = sink_write_all(options, &out);
    else
        message_error("%s", err.text);
    prereq_buffer_free(&out);
    return outcome;
}
