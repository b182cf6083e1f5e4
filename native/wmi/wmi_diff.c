/* SPDX-License-Identifier: MIT */
/* wmi_diff.c - what changed between two assessments, as events. */
#include "wmi/wmi_parts.h"

/* Statuses of another host are none of this one's. */
static bool comparable(const struct prereq_wmi_snapshot *before,
                       const struct prereq_wmi_snapshot *after)
{
    return before->document && after->document &&
           prereq_equal_nocase(before->document->assessment->host->host_id,
                               after->document->assessment->host->host_id);
}

void prereq_wmi_changes_begin(const struct prereq_wmi_snapshot *before,
                              const struct prereq_wmi_snapshot *after,
                              struct prereq_wmi_changes *changes)
{
    *changes = (struct prereq_wmi_changes){before, after, comparable(before, after), 0};
}

static void fill(const struct prereq_assessment *assessment, const struct prereq_status_row *status,
                 int old_state, struct prereq_wmi_row *row)
{
    row->wmi_class = prereq_wmi_class(PREREQ_WMI_STATE_CHANGE_EVENT);
    row->made.event = (struct prereq_wmi_event){
        .host_name = assessment->host->host_name,
        .patch_status_id = status->id,
        .patch_id = status->patch_id,
        .old_state = old_state,
        .new_state = status->state,
        .reason_code = status->reason_code,
        .reason = status->reason,
        .time = assessment->evaluated,
    };
    row->data = &row->made.event;
}

bool prereq_wmi_changes_next(struct prereq_wmi_changes *changes, struct prereq_wmi_row *row)
{
    const struct prereq_assessment *assessment;

    if (!changes->comparable)
        return false;
    assessment = changes->after->document->assessment;
    while (changes->next < assessment->status_count) {
        const struct prereq_status_row *status = &assessment->statuses[changes->next++];
        const struct prereq_status_row *old =
            prereq_wmi_row_find(changes->before->document, PREREQ_WMI_PATCH_STATUS, status->id);

        if (!old || old->state == status->state)
            continue;
        fill(assessment, status, old->state, row);
        return true;
    }
    return false;
}
