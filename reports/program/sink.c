/* SPDX-License-Identifier: MIT */
/* sink.c - the output of a command, whole or not at all. */
#include "program/sink.h"
#include "program/messages.h"

enum outcome sink_open(struct sink *sink, const struct options *options, struct prereq_error *err)
{
    const char *path = option_text(options, OPTION_OUTPUT);

    return outcome_of(prereq_output_open(path ? path : "-", &sink->output, err));
}

enum outcome sink_write(struct sink *sink, struct prereq_buffer *text, struct prereq_error *err)
{
    enum prereq_status status;

    if (text->failed)
        return outcome_of(prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the output"));
    if (!text->len)
        return OUTCOME_DONE;
    status = prereq_output_write(sink->output, text->text, text->len, err);
    text->len = 0;
    return outcome_of(status);
}

enum outcome sink_close(struct sink *sink, bool keep)
{
    struct prereq_output *output = sink->output;
    struct prereq_error err;
    enum prereq_status status;

    sink->output = NULL;
    if (!output)
        return OUTCOME_DONE;
    if (!keep) {
        prereq_output_discard(output);
        return OUTCOME_DONE;
    }
    status = prereq_output_commit(output, &err);
    if (status != PREREQ_OK)
        message_error("%s", err.text);
    return outcome_of(status);
}

enum outcome sink_write_all(const struct options *options, struct prereq_buffer *text)
{
    struct prereq_error err;
    struct sink sink = {0};
    enum outcome outcome = sink_open(&sink, options, &err);

    if (outcome == OUTCOME_DONE)
        outcome = sink_write(&sink, text, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    return outcome_worse(outcome, sink_close(&sink, outcome == OUTCOME_DONE));
}
