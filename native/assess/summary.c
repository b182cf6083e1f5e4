/* SPDX-License-Identifier: MIT */
/* summary.c - the figures of one assessment: counted from its rows, never judged anew. */
#include "documents/assessment.h"

#include <string.h>

#define DEFAULT_STALE_AFTER_HOURS 48

bool prereq_permille(uint64_t numerator, uint64_t denominator, uint64_t *tenths)
{
    uint64_t whole, rest;

    if (denominator == 0)
        return false;
    /* Long division, so that counts up to 2^53 do not overflow. */
    whole = numerator / denominator;
    rest = numerator % denominator;
    *tenths = whole * 1000 + (rest * 1000 + denominator / 2) / denominator;
    /* For an odd denominator half of it was rounded down, and nothing falls on the half. */
    return true;
}

static struct prereq_number number(uint64_t value)
{
    return (struct prereq_number){value, true};
}

/* Seconds from `then` to `now`; a clock that was set back makes no negative age. */
static struct prereq_number age_at(struct prereq_time then, struct prereq_time now)
{
    if (!then.known || !now.known)
        return (struct prereq_number){0, false};
    return number(now.seconds > then.seconds ? (uint64_t)(now.seconds - then.seconds) : 0);
}

struct prereq_restart_row prereq_restart_at(const struct prereq_restart_row *row,
                                            struct prereq_time now)
{
    struct prereq_restart_row aged = *row;

    aged.age_seconds = age_at(row->since, now);
    return aged;
}

static bool is_recorded_only(const struct prereq_status_row *status)
{
    const char *record_only = prereq_reason_info(PREREQ_REASON_RECORD_ONLY)->code;

    return status->evidence == PREREQ_EVIDENCE_RECORD ||
           (status->reason_code && strcmp(status->reason_code, record_only) == 0);
}

static void count_status(const struct prereq_status_row *status, struct prereq_summary *summary)
{
    summary->required_count.value++;
    summary->count_of[status->state].value++;
    summary->recorded_only_count.value += is_recorded_only(status);
    summary->waived_count.value += status->waived == PREREQ_FLAG_TRUE;
    summary->overdue_count.value += status->overdue_days.known && status->overdue_days.value > 0;
    if (status->age_days.known && status->age_days.value > summary->oldest_open_age_days.value)
        summary->oldest_open_age_days.value = status->age_days.value;
}

static void count_statuses(const struct prereq_assessment *assessment,
                           struct prereq_summary *summary)
{
    summary->required_count = summary->recorded_only_count = number(0);
    summary->waived_count = summary->overdue_count = summary->oldest_open_age_days = number(0);
    for (size_t i = 0; i < PREREQ_STATES; i++)
        summary->count_of[i] = number(0);
    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *status = &assessment->statuses[i];

        if (status->state == PREREQ_STATE_NOT_APPLICABLE)
            summary->count_of[PREREQ_STATE_NOT_APPLICABLE].value++;
        else if (prereq_status_in_figures(status))
            count_status(status, summary);
    }
}

static void set_percent(struct prereq_summary *summary)
{
    uint64_t sound = summary->count_of[PREREQ_STATE_COMPLIANT].value +
                     summary->count_of[PREREQ_STATE_SUPERSEDED].value;
    uint64_t known = summary->required_count.value - summary->count_of[PREREQ_STATE_UNKNOWN].value;

    summary->compliant_and_superseded = number(sound);
    summary->required_known = number(known);
    summary->compliance_percent.known =
        prereq_permille(sound, summary->required_count.value, &summary->compliance_percent.value);
    summary->compliance_of_known.known =
        prereq_permille(sound, known, &summary->compliance_of_known.value);
}

static void set_worst(const struct prereq_assessment *assessment, struct prereq_summary *summary)
{
    const struct prereq_status_row *worst = NULL;

    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *status = &assessment->statuses[i];

        if (status->counts != PREREQ_FLAG_TRUE || status->waived == PREREQ_FLAG_TRUE)
            continue;
        if (!worst || prereq_badness(status->state) < prereq_badness(worst->state))
            worst = status;
    }
    if (!worst)
        return;
    summary->worst_state = number((uint64_t)worst->state);
    summary->worst_state_name = prereq_state_names[worst->state];
    summary->reason_code = worst->reason_code;
    summary->reason = worst->reason;
}

static void set_restarts(const struct prereq_assessment *assessment, struct prereq_time now,
                         struct prereq_summary *summary)
{
    bool unknown = assessment->pending_restart_count == 0; /* nobody looked */
    bool yes = false;

    for (size_t i = 0; i < assessment->pending_restart_count; i++) {
        const struct prereq_restart_row *row = &assessment->pending_restarts[i];
        struct prereq_time *since = &summary->restart_pending_since;

        unknown = unknown || row->pending == 2;
        if (row->pending != 1)
            continue;
        yes = true;
        if (row->since.known && (!since->known || row->since.seconds < since->seconds))
            *since = row->since;
    }
    if (yes)
        summary->restart_pending = PREREQ_FLAG_TRUE;
    else
        summary->restart_pending = unknown ? PREREQ_FLAG_UNSET : PREREQ_FLAG_FALSE;
    summary->restart_pending_age_seconds = age_at(summary->restart_pending_since, now);
}

static void set_plan(const struct prereq_assessment *assessment, struct prereq_summary *summary)
{
    const struct prereq_plan *plan = prereq_assessment_plan(assessment, "host");

    if (!plan || plan->result == PREREQ_PLAN_REFUSED || plan->result == PREREQ_PLAN_CYCLE)
        return;
    summary->plan_steps = number(plan->step_count);
    summary->plan_restarts = number(plan->restarts.value);
    summary->plan_hash = plan->hash;
}

static void set_times(const struct prereq_assessment *assessment, struct prereq_time now,
                      struct prereq_summary *summary)
{
    const struct prereq_policy_ref *policy = assessment->policy;
    uint64_t hours = policy && policy->stale_after_hours.known ? policy->stale_after_hours.value
                                                               : DEFAULT_STALE_AFTER_HOURS;
    struct prereq_number facts_age;

    summary->last_evaluated = assessment->evaluated;
    summary->evaluation_age_seconds = age_at(assessment->evaluated, now);
    if (assessment->collection)
        summary->facts_time = assessment->collection->finished;
    /* Facts of an unknown time may be of any age.  Hours are rounded up: a second beyond is beyond.
     */
    facts_age = age_at(summary->facts_time, now);
    if (facts_age.known && (facts_age.value + 3599) / 3600 <= hours)
        summary->stale = PREREQ_FLAG_FALSE;
    else
        summary->stale = PREREQ_FLAG_TRUE;
}

static void set_sources(const struct prereq_assessment *assessment, struct prereq_summary *summary)
{
    summary->product_version = assessment->product_version;
    if (assessment->host) {
        summary->host_id = assessment->host->host_id;
        summary->host_name = assessment->host->host_name;
    }
    if (assessment->catalog_count > 0) {
        summary->catalog_id = assessment->catalogs[0].id;
        summary->catalog_version = assessment->catalogs[0].version;
        summary->catalog_released = assessment->catalogs[0].released;
        summary->catalog_sha256 = assessment->catalogs[0].sha256;
    }
    summary->collector_errors = number(assessment->collector_error_count);
    summary->waivers_expired = number(0);
    for (size_t i = 0; i < assessment->waiver_count; i++)
        summary->waivers_expired.value +=
            prereq_waiver_expired(&assessment->waivers[i], assessment->evaluated);
}

void prereq_summarize(const struct prereq_assessment *assessment, struct prereq_time now,
                      struct prereq_summary *summary)
{
    const struct prereq_reason_info *none = prereq_reason_info(PREREQ_REASON_NOT_EVALUATED);

    *summary = (struct prereq_summary){
        .evaluated = PREREQ_FLAG_FALSE, .reason_code = none->code, .reason = none->sentence};
    if (!assessment)
        return;
    summary->evaluated = PREREQ_FLAG_TRUE;
    summary->reason_code = summary->reason = NULL;
    set_sources(assessment, summary);
    set_times(assessment, now, summary);
    count_statuses(assessment, summary);
    set_percent(summary);
    set_worst(assessment, summary);
    set_restarts(assessment, now, summary);
    set_plan(assessment, summary);
}

const struct prereq_plan *prereq_assessment_plan(const struct prereq_assessment *assessment,
                                                 const char *goal)
{
    for (size_t i = 0; i < assessment->plan_count; i++) {
        if (prereq_equal_nocase(assessment->plans[i].goal, goal))
            return &assessment->plans[i];
    }
    return NULL;
}
