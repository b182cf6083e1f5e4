/* SPDX-License-Identifier: MIT */
/* policy.c - what is required and by when: the policy file, and what holds without it. */
#include "documents/policy.h"

#include <string.h>

/* Bounds that keep every sum of times far inside 64 bits. */
#define MOST_DAYS 36500
#define MOST_HOURS ((uint64_t)MOST_DAYS * 24)

static const char *const updates_names[] = {"security", "all", "none", NULL};

static const struct prereq_member requirement_members[] = {
    PREREQ_M_TEXT("product", prereq_requirement, product,
                  "id of a product, * and ? allowed; left out: any"),
    PREREQ_M_TEXT("branch", prereq_requirement, branch,
                  "branch of the target, * and ? allowed; left out: any"),
    PREREQ_M_TEXTS("groups", prereq_requirement, groups, group_count,
                   "host groups of the scope file, * and ? allowed; left out: all hosts"),
    PREREQ_M_ID("level", prereq_requirement, level, false,
                "newest (the default), none, or the id of a baseline"),
    PREREQ_M_ENUM("updates", prereq_requirement, updates, false, updates_names,
                  "which patches that no later required one supersedes; security is the default"),
    PREREQ_M_FLAG("allowBranchChange", prereq_requirement, allow_branch_change,
                  "plans may leave the branch that a target is on; false is the default"),
    PREREQ_M_END};
static const struct prereq_shape requirement_shape = {
    "requirement", "What is required where it matches; the first that matches decides.",
    sizeof(struct prereq_requirement), requirement_members, false};

#define DAYS(n, f, about) PREREQ_M_UINT(n, prereq_sla_days, f, about)
static const struct prereq_member sla_days_members[] = {
    DAYS("critical", critical, "days; default 14"),
    DAYS("important", important, "days; default 30"),
    DAYS("moderate", moderate, "days; default 60"),
    DAYS("low", low, "days; default 90"),
    DAYS("unrated", unrated, "days; default 30"),
    PREREQ_M_END};
const struct prereq_shape prereq_sla_days_shape = {
    "slaDays", "Days from release until a patch of a severity has to be on, at most 36500.",
    sizeof(struct prereq_sla_days), sla_days_members, false};

static const struct prereq_member policy_members[] = {
    PREREQ_M_TEXT_REQ("format", prereq_policy, format, "patchprereq-policy/1.0"),
    PREREQ_M_ID("id", prereq_policy, id, true, "of the policy, shown in every output"),
    PREREQ_M_TEXT_REQ("version", prereq_policy, version, "of the policy, shown in every output"),
    PREREQ_M_OBJECTS_IN_ORDER(
        "require", prereq_policy, require, require_count, &requirement_shape,
        "in order; behind them stands one that matches all, with the defaults"),
    PREREQ_M_OBJECT("slaDays", prereq_policy, sla_days, false, &prereq_sla_days_shape,
                    "by severity"),
    PREREQ_M_UINT("staleAfterHours", prereq_policy, stale_after_hours,
                  "facts older than this are stale; default 48, at least 1, at most 876000"),
    PREREQ_M_UINT("restartGraceDays", prereq_policy, restart_grace_days,
                  "days that a restart may be due before a host fails; default 7, at most 36500"),
    PREREQ_M_FLAG("trustRecords", prereq_policy, trust_records,
                  "a record stands in where an effect is unknown; false is the default"),
    PREREQ_M_TEXT("packageRoot", prereq_policy, package_root,
                  "folder of the installers; paths in plans begin with it"),
    PREREQ_M_END};
static const struct prereq_shape policy_shape = {"policy", "What is required, and by when.",
                                                 sizeof(struct prereq_policy), policy_members,
                                                 false};

const struct prereq_document prereq_policy_document = {"patchprereq-policy", 1, 0, &policy_shape,
                                                       PREREQ_MAX_CATALOG_BYTES};

static const struct prereq_requirement default_requirement = {.level = "newest",
                                                              .updates = PREREQ_UPDATES_SECURITY,
                                                              .allow_branch_change =
                                                                  PREREQ_FLAG_FALSE};

static const struct prereq_sla_days default_sla_days = {.critical = {14, true},
                                                        .important = {30, true},
                                                        .moderate = {60, true},
                                                        .low = {90, true},
                                                        .unrated = {30, true}};

static const struct prereq_policy default_policy = {.format = "patchprereq-policy/1.0",
                                                    .id = "default",
                                                    .version = "1",
                                                    .require = &default_requirement,
                                                    .require_count = 1,
                                                    .sla_days = &default_sla_days,
                                                    .stale_after_hours = {48, true},
                                                    .restart_grace_days = {7, true},
                                                    .trust_records = PREREQ_FLAG_FALSE};

const struct prereq_policy *prereq_policy_default(void)
{
    return &default_policy;
}

static void fill(struct prereq_number *number, struct prereq_number by_default)
{
    if (!number->known)
        *number = by_default;
}

/* The list as written, with defaults, and the implied last one. */
static enum prereq_status fill_requirements(struct prereq_arena *arena,
                                            struct prereq_policy *policy, struct prereq_error *err)
{
    struct prereq_requirement *all =
        PREREQ_NEW_ARRAY(arena, policy->require_count + 1, struct prereq_requirement);

    if (!all)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    for (size_t i = 0; i < policy->require_count; i++) {
        all[i] = policy->require[i];
        if (!all[i].level)
            all[i].level = default_requirement.level;
        if (!all[i].updates)
            all[i].updates = default_requirement.updates;
        if (!all[i].allow_branch_change)
            all[i].allow_branch_change = default_requirement.allow_branch_change;
    }
    all[policy->require_count] = default_requirement;
    policy->require = all;
    policy->require_count++;
    return PREREQ_OK;
}

static enum prereq_status fill_sla_days(struct prereq_arena *arena, struct prereq_policy *policy,
                                        struct prereq_error *err)
{
    struct prereq_sla_days *days = PREREQ_NEW(arena, struct prereq_sla_days);

    if (!days)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    if (policy->sla_days)
        *days = *policy->sla_days;
    fill(&days->critical, default_sla_days.critical);
    fill(&days->important, default_sla_days.important);
    fill(&days->moderate, default_sla_days.moderate);
    fill(&days->low, default_sla_days.low);
    fill(&days->unrated, default_sla_days.unrated);
    policy->sla_days = days;
    return PREREQ_OK;
}

static enum prereq_status check_range(const char *where, struct prereq_number number,
                                      uint64_t least, uint64_t most, struct prereq_error *err)
{
    if (number.value >= least && number.value <= most)
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT, "%s: must be from %u to %u", where, (unsigned)least,
                       (unsigned)most);
}

static enum prereq_status check_policy(const struct prereq_policy *policy, struct prereq_error *err)
{
    const struct prereq_sla_days *days = policy->sla_days;
    const struct {
        const char *where;
        struct prereq_number number;
        uint64_t least, most;
    } ranges[] = {
        {"/slaDays/critical", days->critical, 0, MOST_DAYS},
        {"/slaDays/important", days->important, 0, MOST_DAYS},
        {"/slaDays/moderate", days->moderate, 0, MOST_DAYS},
        {"/slaDays/low", days->low, 0, MOST_DAYS},
        {"/slaDays/unrated", days->unrated, 0, MOST_DAYS},
        {"/staleAfterHours", policy->stale_after_hours, 1, MOST_HOURS},
        {"/restartGraceDays", policy->restart_grace_days, 0, MOST_DAYS},
    };

    for (size_t i = 0; i < PREREQ_COUNT(ranges); i++) {
        enum prereq_status status =
            check_range(ranges[i].where, ranges[i].number, ranges[i].least, ranges[i].most, err);

        if (status)
            return status;
    }
    return PREREQ_OK;
}

/* Written lists that are empty would match as if they were not there: more than was meant. */
static enum prereq_status check_groups(const struct prereq_policy *policy, struct prereq_error *err)
{
    for (size_t i = 0; i < policy->require_count; i++) {
        if (policy->require[i].groups && policy->require[i].group_count == 0)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/require/%zu/groups: the list is empty; leave it out to mean all",
                               i);
    }
    return PREREQ_OK;
}

enum prereq_status prereq_policy_read(struct prereq_arena *arena, const char *json, size_t len,
                                      const struct prereq_policy **policy, struct prereq_error *err)
{
    struct prereq_policy *filled = PREREQ_NEW(arena, struct prereq_policy);
    const void *object;
    enum prereq_status status;

    if (!filled)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    status = prereq_shape_read(arena, &prereq_policy_document, json, len, &object, NULL, err);
    if (status)
        return status;
    memcpy(filled, object, sizeof(*filled));
    fill(&filled->stale_after_hours, default_policy.stale_after_hours);
    fill(&filled->restart_grace_days, default_policy.restart_grace_days);
    if (!filled->trust_records)
        filled->trust_records = default_policy.trust_records;
    status = check_groups(filled, err);
    if (!status)
        status = fill_requirements(arena, filled, err);
    if (!status)
        status = fill_sla_days(arena, filled, err);
    if (!status)
        status = check_policy(filled, err);
    if (status)
        return status;
    object = prereq_shape_in_order(arena, prereq_policy_document.shape, filled);
    if (!object)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    *policy = object;
    return PREREQ_OK;
}

static bool requirement_matches(const struct prereq_requirement *one, const char *product,
                                const char *branch, const char *group)
{
    bool in_group = one->group_count == 0;

    if (one->product && !prereq_glob(one->product, product))
        return false;
    if (one->branch && (!branch || !prereq_glob(one->branch, branch)))
        return false;
    for (size_t i = 0; i < one->group_count; i++)
        in_group |= group && prereq_glob(one->groups[i], group);
    return in_group;
}

const struct prereq_requirement *prereq_find_requirement(const struct prereq_policy *policy,
                                                         const char *product, const char *branch,
                                                         const char *group)
{
    for (size_t i = 0; i < policy->require_count; i++) {
        if (requirement_matches(&policy->require[i], product, branch, group))
            return &policy->require[i];
    }
    return &default_requirement;
}

uint64_t prereq_policy_sla(const struct prereq_policy *policy, int severity)
{
    const struct prereq_sla_days *days = policy->sla_days ? policy->sla_days : &default_sla_days;

    switch (severity) {
    case PREREQ_CRITICAL:
        return days->critical.value;
    case PREREQ_IMPORTANT:
        return days->important.value;
    case PREREQ_MODERATE:
        return days->moderate.value;
    case PREREQ_LOW:
        return days->low.value;
    default: /* an entry without a severity is Unrated */
        return days->unrated.value;
    }
}
