/* SPDX-License-Identifier: MIT */
/* refresh_parts.h - between the files of refresh. */
#ifndef REPORTS_REFRESH_PARTS_H
#define REPORTS_REFRESH_PARTS_H

#include "refresh/refresh.h"

struct refresh {
    const struct options *options; /* with the files of the machine as their values */
    const struct prereq_places *places;
    const struct prereq_settings *settings;
    const struct refresh_machine *machine;
    struct prereq_arena *arena; /* of the documents */
    struct prereq_buffer log;
    struct prereq_judge judge;
    const struct prereq_assessment *previous; /* NULL: none that can be used */
    const char *previous_path;                /* of its file */
    const char *current; /* the bytes of assessment.json, where they are good */
    size_t current_len;
    const struct prereq_facts *facts;
    const struct prereq_assessment *assessment;
    struct prereq_buffer facts_text, assessment_text;
};

/* refresh_log.c: one line with the time. */
void refresh_log_line(struct refresh *refresh, const char *fmt, ...) PREREQ_PRINTF(2, 3);
void refresh_log_result(struct refresh *refresh);
/* refresh_previous.c: what was known of the host before; what cannot be used is told and left out.
 */
enum prereq_status refresh_read_previous(struct refresh *refresh, struct prereq_error *err);
/* Facts have whole seconds, and those of this run have to be later than those of before. */
void refresh_wait_for_later(struct refresh *refresh);
/* NULL, and told, where it cannot be the history of these facts. */
const struct prereq_assessment *refresh_history(struct refresh *refresh,
                                                const struct prereq_facts *facts);
/* refresh_store.c: the documents into their places; the assessment last. */
enum prereq_status refresh_store(struct refresh *refresh, struct prereq_error *err);
enum prereq_status refresh_store_log(struct refresh *refresh, struct prereq_error *err);
/* What runs that were killed left beside the documents. */
void refresh_clean(struct refresh *refresh);

#endif
