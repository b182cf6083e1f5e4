/* SPDX-License-Identifier: MIT */
/* event_log.h - what is written to the event log of a Windows host, and when.
 *
 * Source PatchPrereq of the log Application.  `refresh` writes all but 1201, which is the WMI
 * provider's.  Ids never change: monitors look for them. */
#ifndef PREREQ_EVENT_LOG_H
#define PREREQ_EVENT_LOG_H

#include "documents/assessment.h"

#define PREREQ_EVENT_SOURCE "PatchPrereq"

enum prereq_event {
    PREREQ_EVENT_OUT_OF_ORDER,
    PREREQ_EVENT_REGRESSED,
    PREREQ_EVENT_COMPLIANT_AGAIN,
    PREREQ_EVENT_REFRESH_FAILED,
    PREREQ_EVENT_REFRESH_INCOMPLETE,
    PREREQ_EVENT_DOCUMENT_REFUSED,
    PREREQ_EVENT_INPUT_REFUSED,
    PREREQ_EVENTS,
};

enum prereq_event_severity {
    PREREQ_EVENT_INFORMATION = 1,
    PREREQ_EVENT_WARNING,
    PREREQ_EVENT_ERROR
};

#define PREREQ_EVENT_WORDS 3

struct prereq_event_info {
    unsigned id;
    const char *symbol;   /* in the message file */
    int severity;         /* enum prereq_event_severity */
    const char *sentence; /* %1 to %3 are the words of the event */
    const char *when;     /* for docs */
    size_t words;         /* how many it has */
};

const struct prereq_event_info *prereq_event_info(enum prereq_event event);
extern const char *const prereq_event_severity_names[];

/* The event for a status that went from one state to another; false: none. */
bool prereq_event_of_change(int old_state, int new_state, enum prereq_event *event);

/* The changes between two assessments of one host, which are sorted by status.  A status that was
 * not there before raises none, and neither does anything when `before` is NULL or of another host.
 */
struct prereq_event_changes {
    const struct prereq_assessment *before, *after;
    size_t old_next, next;
};

struct prereq_event_change {
    enum prereq_event event;
    const struct prereq_status_row *status;
    int old_state;
    const char *words[PREREQ_EVENT_WORDS]; /* of the sentence */
};

void prereq_event_changes_begin(const struct prereq_assessment *before,
                                const struct prereq_assessment *after,
                                struct prereq_event_changes *changes);
/* False: there are no more. */
bool prereq_event_changes_next(struct prereq_event_changes *changes,
                               struct prereq_event_change *change);

/* The sentence with its words in place. */
void prereq_event_write(enum prereq_event event, const char *const words[PREREQ_EVENT_WORDS],
                        struct prereq_buffer *out);
/* The message file of the Windows programs, from the same table. */
void prereq_event_message_file(struct prereq_buffer *out);

#endif
