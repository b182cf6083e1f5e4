/* SPDX-License-Identifier: MIT */
/* refresh_previous.c - what was known of the host before: the history of this assessment. */
#include <stdlib.h>
#include <string.h>

#include "inputs/trusted.h"
#include "program/messages.h"
#include "program/system.h"
#include "refresh/refresh_parts.h"

static void leave_out(struct refresh *refresh, const char *why)
{
    message_note("%s; it is left out", why);
    refresh_log_line(refresh, "left out: %s", why);
}

/* One document of before; NULL in *assessment when it is not there or not usable. */
static enum prereq_status read_one(struct refresh *refresh, const char *path,
                                   const struct prereq_assessment **assessment, const char **text,
                                   size_t *len, struct prereq_error *err)
{
    char *bytes = NULL, *kept;
    enum prereq_status status;

    *assessment = NULL;
    if (!prereq_is_file(path))
        return PREREQ_OK;
    status = trusted_read(refresh->options, path, prereq_assessment_document.max_bytes, &bytes, len,
                          err);
    if (status != PREREQ_OK) {
        leave_out(refresh, err->text);
        return PREREQ_OK;
    }
    kept = prereq_alloc_unset(refresh->arena, *len + 1);
    if (kept)
        memcpy(kept, bytes, *len + 1);
    free(bytes);
    if (!kept)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to keep it", path);
    *text = kept;
    status = prereq_assessment_read(refresh->arena, kept, *len, assessment, NULL, err);
    if (status == PREREQ_NO_MEMORY)
        return prereq_fail_prefix(err, path);
    if (status != PREREQ_OK) {
        *assessment = NULL;
        (void)prereq_fail_prefix(err, path);
        leave_out(refresh, err->text);
    }
    return PREREQ_OK;
}

enum prereq_status refresh_read_previous(struct refresh *refresh, struct prereq_error *err)
{
    const char *text = NULL;
    size_t len = 0;
    enum prereq_status status = read_one(refresh, refresh->places->assessment, &refresh->previous,
                                         &refresh->current, &refresh->current_len, err);

    refresh->previous_path = refresh->places->assessment;
    if (status != PREREQ_OK || refresh->previous)
        return status;
    refresh->current = NULL;
    refresh->previous_path = refresh->places->previous;
    return read_one(refresh, refresh->places->previous, &refresh->previous, &text, &len, err);
}

void refresh_wait_for_later(struct refresh *refresh)
{
    const struct refresh_machine *machine = refresh->machine;
    struct prereq_time then = {0};

    if (refresh->previous)
        then = refresh->previous->collection->finished;
    for (int i = 0; then.known && i < 20; i++) {
        int64_t ahead = then.seconds - machine->clock(machine->context).seconds;

        if (ahead < 0 || ahead > 1)
            break;
        system_sleep(100);
    }
}

const struct prereq_assessment *refresh_history(struct refresh *refresh,
                                                const struct prereq_facts *facts)
{
    const struct prereq_assessment *previous = refresh->previous;
    const char *host_id = prereq_facts_host_id(refresh->arena, facts);
    struct prereq_error err = {0};

    if (!previous || !host_id)
        return NULL;
    if (prereq_previous_check(previous, host_id, facts->collection->finished, &err) == PREREQ_OK)
        return previous;
    if (prereq_equal_nocase(previous->host->host_id, host_id))
        (void)prereq_fail(
            &err, PREREQ_BAD_INPUT,
            "it rests on facts that are not older than these; was the clock put back?");
    (void)prereq_fail_prefix(&err, refresh->previous_path);
    leave_out(refresh, err.text);
    return NULL;
}
