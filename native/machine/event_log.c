/* SPDX-License-Identifier: MIT */
/* event_log.c - the table of events, and which of them two assessments ask for. */
#include "machine/event_log.h"

#include <string.h>

static const struct prereq_event_info events[PREREQ_EVENTS] = {
    [PREREQ_EVENT_OUT_OF_ORDER] = {1001, "PREREQ_MESSAGE_OUT_OF_ORDER", PREREQ_EVENT_ERROR,
                                   "%1 is out of order; before it was %3. %2",
                                   "A patch became OutOfOrder.", 3},
    [PREREQ_EVENT_REGRESSED] = {1002, "PREREQ_MESSAGE_REGRESSED", PREREQ_EVENT_ERROR,
                                "%1 has regressed; before it was %3. %2",
                                "A patch became Regressed.", 3},
    [PREREQ_EVENT_COMPLIANT_AGAIN] = {1003, "PREREQ_MESSAGE_COMPLIANT_AGAIN",
                                      PREREQ_EVENT_INFORMATION,
                                      "%1 is sound again; before it was %3. %2",
                                      "A patch that was OutOfOrder, Regressed or PendingRestart "
                                      "became Compliant or Superseded.",
                                      3},
    [PREREQ_EVENT_REFRESH_FAILED] = {1101, "PREREQ_MESSAGE_REFRESH_FAILED", PREREQ_EVENT_ERROR,
                                     "The refresh failed, and the documents of before stay: %1.",
                                     "A refresh failed for another reason than 1202.", 1},
    [PREREQ_EVENT_REFRESH_INCOMPLETE] = {1102, "PREREQ_MESSAGE_REFRESH_INCOMPLETE",
                                         PREREQ_EVENT_WARNING, "The refresh is incomplete: %1.",
                                         "The time was up before all was collected; the documents "
                                         "were replaced and say so.",
                                         1},
    [PREREQ_EVENT_DOCUMENT_REFUSED] = {1201, "PREREQ_MESSAGE_DOCUMENT_REFUSED", PREREQ_EVENT_ERROR,
                                       "The provider does not use the document: %1.",
                                       "The WMI provider found assessment.json not to be trusted "
                                       "or not usable; once per file.",
                                       1},
    [PREREQ_EVENT_INPUT_REFUSED] = {1202, "PREREQ_MESSAGE_INPUT_REFUSED", PREREQ_EVENT_ERROR,
                                    "The refresh refused what it was to judge with, and the "
                                    "documents of before stay: %1.",
                                    "Catalog, policy, waivers, scope or a setting is not to be "
                                    "trusted or not usable.",
                                    1},
};

const char *const prereq_event_severity_names[] = {"", "Information", "Warning", "Error", NULL};

const struct prereq_event_info *prereq_event_info(enum prereq_event event)
{
    return &events[event];
}

bool prereq_event_of_change(int old_state, int new_state, enum prereq_event *event)
{
    if (old_state == new_state)
        return false;
    if (new_state == PREREQ_STATE_OUT_OF_ORDER)
        *event = PREREQ_EVENT_OUT_OF_ORDER;
    else if (new_state == PREREQ_STATE_REGRESSED)
        *event = PREREQ_EVENT_REGRESSED;
    else if (prereq_state_is_sound(new_state) && prereq_state_always_counts(old_state))
        *event = PREREQ_EVENT_COMPLIANT_AGAIN;
    else
        return false;
    return true;
}

void prereq_event_changes_begin(const struct prereq_assessment *before,
                                const struct prereq_assessment *after,
                                struct prereq_event_changes *changes)
{
    bool same = before && prereq_equal_nocase(before->host->host_id, after->host->host_id);

    *changes = (struct prereq_event_changes){same ? before : NULL, after, 0, 0};
}

/* What `before` said of this status; both lists are in the same order. */
static const struct prereq_status_row *find_old(struct prereq_event_changes *changes,
                                                const char *id)
{
    const struct prereq_assessment *before = changes->before;
    int order = -1;

    while (changes->old_next < before->status_count && order < 0) {
        order = strcmp(before->statuses[changes->old_next].id, id);
        if (order < 0)
            changes->old_next++;
    }
    return order == 0 ? &before->statuses[changes->old_next] : NULL;
}

bool prereq_event_changes_next(struct prereq_event_changes *changes,
                               struct prereq_event_change *change)
{
    while (changes->before && changes->next < changes->after->status_count) {
        const struct prereq_status_row *status = &changes->after->statuses[changes->next++];
        const struct prereq_status_row *old = find_old(changes, status->id);
        enum prereq_event event;

        if (!old || !prereq_event_of_change(old->state, status->state, &event))
            continue;
        *change = (struct prereq_event_change){
            event,
            status,
            old->state,
            {status->id, status->reason, prereq_state_names[old->state]},
        };
        return true;
    }
    return false;
}

void prereq_event_write(enum prereq_event event, const char *const words[PREREQ_EVENT_WORDS],
                        struct prereq_buffer *out)
{
    const char *at = events[event].sentence;

    while (*at) {
        size_t plain = strcspn(at, "%");
        size_t word = at[plain] ? (size_t)(at[plain + 1] - '1') : PREREQ_EVENT_WORDS;

        prereq_buffer_add_bytes(out, at, plain);
        at += plain;
        if (word >= PREREQ_EVENT_WORDS)
            break;
        prereq_buffer_add(out, words[word] ? words[word] : "");
        at += 2;
    }
}

/* The id in the log is the number as it stands here: severity and facility are left at 0, and the
 * log gets the severity beside it. */
void prereq_event_message_file(struct prereq_buffer *out)
{
    prereq_buffer_add(out, "; // SPDX-License-Identifier: MIT\n"
                           "; // The messages of native/event_log.c; a test compares.\n"
                           "MessageIdTypedef=DWORD\n"
                           "SeverityNames=(Success=0x0)\n"
                           "FacilityNames=(Application=0x0)\n"
                           "LanguageNames=(English=0x409:patchprereq_messages)\n");
    for (size_t i = 0; i < PREREQ_EVENTS; i++)
        prereq_buffer_addf(out,
                           "\nMessageId=%u\nSeverity=Success\nFacility=Application\n"
                           "SymbolicName=%s\nLanguage=English\n%s\n.\n",
                           events[i].id, events[i].symbol, events[i].sentence);
}
