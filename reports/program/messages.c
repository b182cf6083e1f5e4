/* SPDX-License-Identifier: MIT */
/* messages.c - lines on standard error, with nothing in them that steers a terminal. */
#include <stdio.h>

#include "program/messages.h"
#include "program/progress.h"

static bool quiet_run;
static bool error_said;

void messages_start(bool quiet)
{
    quiet_run = quiet;
    error_said = false;
}

bool messages_have_error(void)
{
    return error_said;
}

void printable_add(struct prereq_buffer *out, const char *text)
{
    prereq_printable_add(out, text);
}

const char *printable(struct prereq_arena *arena, const char *text)
{
    struct prereq_buffer clean = {0};
    const char *copy;

    printable_add(&clean, text);
    copy = clean.failed ? NULL : prereq_strdup(arena, clean.text);
    prereq_buffer_free(&clean);
    return copy;
}

static void say(const char *kind, const char *sentence)
{
    struct prereq_buffer line = {0};

    prereq_buffer_addf(&line, "patchprereq: %s", kind);
    printable_add(&line, sentence);
    progress_clear();
    if (!line.failed)
        (void)fprintf(stderr, "%s\n", line.text);
    prereq_buffer_free(&line);
}

#define SENTENCE 2048

/* A sentence that is too long for one line ends between two characters. */
static void say_format(const char *kind, const char *fmt, va_list args)
{
    char sentence[SENTENCE] = "";

    if (vsnprintf(sentence, sizeof(sentence), fmt, args) >= SENTENCE)
        prereq_utf8_mend(sentence);
    say(kind, sentence);
}

void message_error(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say_format("", fmt, args);
    va_end(args);
    error_said = true;
}

void message_note(const char *fmt, ...)
{
    va_list args;

    if (quiet_run)
        return;
    va_start(args, fmt);
    say_format("note: ", fmt, args);
    va_end(args);
}
