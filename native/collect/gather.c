/* SPDX-License-Identifier: MIT */
/* gather.c - lists of facts that grow, and what could not be seen. */
#include "collect/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *prereq_gather_room(struct prereq_gather *gather, void *items, size_t *count, size_t *capacity,
                         size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 16;
    void *grown;

    if (*count >= *capacity) {
        grown = prereq_alloc(gather->arena, more, size);
        if (grown && *count > 0)
            memcpy(grown, items, *count * size);
        if (!grown) {
            gather->no_memory = true;
            grown = gather->spare;
            *count = 0;
            more = 1;
        }
        items = grown;
        *capacity = more;
    }
    memset((unsigned char *)items + *count * size, 0, size);
    return items;
}

const char *prereq_gather_text(struct prereq_gather *gather, const char *text)
{
    const char *copy = prereq_strdup(gather->arena, text);

    if (!copy)
        gather->no_memory = true;
    return copy ? copy : "";
}

const char *prereq_gather_printf(struct prereq_gather *gather, const char *fmt, ...)
{
    va_list args;
    int len;
    char *text = NULL;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len >= 0)
        text = prereq_alloc_unset(gather->arena, (size_t)len + 1);
    if (!text) {
        gather->no_memory = true;
        return "";
    }
    va_start(args, fmt);
    (void)vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return text;
}

bool prereq_gather_stopped(struct prereq_gather *gather)
{
    if (!gather->stopped && gather->stop)
        gather->stopped = gather->stop(gather->context);
    return gather->stopped || gather->no_memory;
}

void prereq_gather_progress(struct prereq_gather *gather, const char *what, size_t done,
                            size_t total)
{
    if (gather->progress)
        gather->progress(gather->context, what, done, total);
}

/* What was cut to fit a refusal may end inside of a character. */
const char *prereq_gather_why(struct prereq_gather *gather, const struct prereq_refusal *why)
{
    struct prereq_refusal whole = *why;
    size_t bad;

    if (!prereq_utf8_valid(why->text, strlen(why->text), &bad))
        whole.text[bad] = '\0';
    return whole.text[0] ? prereq_gather_text(gather, whole.text) : NULL;
}

void prereq_gather_error(struct prereq_gather *gather, const char *fact,
                         const struct prereq_refusal *why)
{
    struct prereq_collector_error *error = PREREQ_GATHER_ADD(gather, errors);

    error->fact = prereq_gather_text(gather, fact);
    error->code = why->code;
    if (why->number[0])
        error->number = prereq_gather_text(gather, why->number);
    error->text = prereq_gather_why(gather, why);
}

void prereq_gather_cover(struct prereq_gather *gather, enum prereq_list_kind list,
                         enum prereq_list_state state, const char *product,
                         const struct prereq_refusal *why)
{
    struct prereq_coverage *coverage = PREREQ_GATHER_ADD(gather, coverage);

    coverage->list = (int)list;
    coverage->state = (int)state;
    coverage->product = product;
    if (!why)
        return;
    coverage->code = why->code;
    coverage->text = prereq_gather_why(gather, why);
}

void prereq_gather_status(struct prereq_gather *gather, enum prereq_look look,
                          const struct prereq_refusal *why, int *status, const char **code,
                          const char **text)
{
    if (look == PREREQ_LOOK_FOUND)
        return;
    if (look == PREREQ_LOOK_ABSENT) {
        *status = PREREQ_FACT_ABSENT;
        return;
    }
    *status = PREREQ_FACT_UNAVAILABLE;
    *code = why->code;
    *text = prereq_gather_why(gather, why);
}

enum prereq_look prereq_gather_look(struct prereq_gather *gather, enum prereq_look look,
                                    const struct prereq_refusal *why)
{
    if (look == PREREQ_LOOK_UNAVAILABLE && !strcmp(why->code, "no_memory"))
        gather->no_memory = true;
    return look;
}

enum prereq_look prereq_gather_file(struct prereq_gather *gather, const char *path,
                                    struct prereq_file *file, struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    enum prereq_look look = source->ops->file_open(source, path, file, why);

    if ((look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE) && !file->is_folder)
        source->ops->file_close(source, file->handle);
    return prereq_gather_look(gather, look, why);
}

enum prereq_look prereq_gather_folder(struct prereq_gather *gather, const char *path,
                                      struct prereq_names *names, struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;

    return prereq_gather_look(
        gather, source->ops->folder_names(source, path, gather->arena, names, why), why);
}
