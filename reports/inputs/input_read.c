/* SPDX-License-Identifier: MIT */
/* input_read.c - one document of the command line: what it says it is, and what is in it. */
#include <string.h>

#include "inputs/inputs.h"

static enum prereq_status read_by_format(struct prereq_arena *arena, const char *text, size_t len,
                                         struct input *input, struct prereq_error *err)
{
    char format[64] = "";
    enum prereq_status status;

    if (text[0] != '{')
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is not a JSON object; texts such as systeminfo's are read by "
                           "patchprereq import");
    status = prereq_format_peek(text, len, format, err);
    if (status != PREREQ_OK)
        return status;
    if (prereq_starts_nocase(format, "patchprereq-facts/"))
        return prereq_facts_read(arena, text, len, &input->facts, &input->ignored, err);
    if (prereq_starts_nocase(format, "patchprereq-assessment/"))
        return prereq_assessment_read(arena, text, len, &input->assessment, &input->ignored, err);
    if (!format[0])
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "/format: is missing; facts say \"patchprereq-facts/1.0\"");
    return prereq_fail(err, PREREQ_BAD_INPUT, "/format: %s is neither facts nor an assessment",
                       format);
}

/* Windows programs like to begin UTF-8 with a byte order mark; it says nothing. */
static size_t blank_before(const char *text, size_t len)
{
    size_t at = len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;

    while (at < len && strchr(" \t\r\n", text[at]) && text[at])
        at++;
    return at;
}

enum prereq_status input_read(struct prereq_arena *arena, const char *text, size_t len,
                              struct input *input, struct prereq_error *err)
{
    size_t skip = blank_before(text, len);

    prereq_sha256_hex(text, len, input->sha256);
    input->text = text + skip;
    input->len = len - skip;
    if (!input->len)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is empty");
    return read_by_format(arena, input->text, input->len, input, err);
}
