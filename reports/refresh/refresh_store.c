/* SPDX-License-Identifier: MIT */
/* refresh_store.c - the documents into their places, each whole, the assessment last. */
#include <string.h>

#include "refresh/refresh_parts.h"

static enum prereq_status real_open(void *context, const char *path, enum prereq_rights rights,
                                    struct prereq_output **output, struct prereq_error *err)
{
    (void)context;
    return prereq_output_open_for(path, rights, output, err);
}

static enum prereq_status real_write(void *context, struct prereq_output *output, const char *bytes,
                                     size_t len, struct prereq_error *err)
{
    (void)context;
    return prereq_output_write(output, bytes, len, err);
}

static enum prereq_status real_commit(void *context, struct prereq_output *output,
                                      struct prereq_error *err)
{
    (void)context;
    return prereq_output_commit(output, err);
}

const struct refresh_door refresh_real_door = {real_open, real_write, real_commit, NULL};

static enum prereq_status replace(struct refresh *refresh, const char *path,
                                  enum prereq_rights rights, const char *bytes, size_t len,
                                  struct prereq_error *err)
{
    const struct refresh_door *door = refresh->machine->door;
    struct prereq_output *output = NULL;
    enum prereq_status status = door->open(door->context, path, rights, &output, err);

    if (status != PREREQ_OK)
        return status;
    status = door->write(door->context, output, bytes, len, err);
    if (status != PREREQ_OK) {
        prereq_output_discard(output);
        return status;
    }
    return door->commit(door->context, output, err);
}

enum prereq_status refresh_store(struct refresh *refresh, struct prereq_error *err)
{
    const struct prereq_places *places = refresh->places;
    const struct prereq_buffer *facts = &refresh->facts_text;
    const struct prereq_buffer *assessment = &refresh->assessment_text;
    enum prereq_status status = PREREQ_OK;

    /* The last good one stays where assessment.json is none. */
    if (refresh->current)
        status = replace(refresh, places->previous, PREREQ_RIGHTS_SERVICES, refresh->current,
                         refresh->current_len, err);
    if (status == PREREQ_OK)
        status = replace(refresh, places->facts, PREREQ_RIGHTS_ADMINISTRATORS, facts->text,
                         facts->len, err);
    if (status == PREREQ_OK)
        status = replace(refresh, places->assessment, PREREQ_RIGHTS_SERVICES, assessment->text,
                         assessment->len, err);
    return status;
}

enum prereq_status refresh_store_log(struct refresh *refresh, struct prereq_error *err)
{
    if (refresh->log.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for refresh.log");
    return replace(refresh, refresh->places->log, PREREQ_RIGHTS_ADMINISTRATORS, refresh->log.text,
                   refresh->log.len, err);
}

static bool is_left_over(const char *name)
{
    static const char *const documents[] = {"assessment.json.", "assessment.previous.json.",
                                            "facts.json.", "refresh.log."};
    size_t len = strlen(name);

    if (len < 4 || strcmp(name + len - 4, ".tmp") != 0)
        return false;
    for (size_t i = 0; i < PREREQ_COUNT(documents); i++) {
        if (prereq_starts_nocase(name, documents[i]))
            return true;
    }
    return false;
}

void refresh_clean(struct refresh *refresh)
{
    struct prereq_error ignored = {0};
    const char **names = NULL;
    size_t count = 0;

    if (prereq_folder_list(refresh->arena, refresh->places->data, &names, &count, &ignored))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *path = is_left_over(names[i]) ? prereq_printf(refresh->arena, "%s/%s",
                                                                  refresh->places->data, names[i])
                                                  : NULL;

        if (path) {
            prereq_file_remove(path);
            refresh_log_line(refresh, "removed %s, which a run that was ended left", names[i]);
        }
    }
}
