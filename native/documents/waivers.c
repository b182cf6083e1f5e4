/* SPDX-License-Identifier: MIT */
/* waivers.c - exceptions that people grant: read strictly, matched by lists of patterns. */
#include "documents/assess_shape.h"

#define R prereq_waiver
#define SCOPE(n, F, C, title, about)                                                               \
    PREREQ_COL_LIST(n, R, F, C, title, 20, PREREQ_IN_TABLES | PREREQ_IN_TEXT, about)
#define TEXT_REQ(n, F, title, width, about)                                                        \
    PREREQ_COLUMN(n, PREREQ_TEXT, R, F, true, PREREQ_NOT_EMPTY, NULL, title, width,                \
                  PREREQ_IN_TABLES | PREREQ_IN_TEXT, about)

static const struct prereq_member waiver_members[] = {
    PREREQ_COL_ID("id", R, id, true, "Waiver", 14, PREREQ_IN_TABLES | PREREQ_IN_TEXT,
                  "unique in the file"),
    SCOPE("hosts", hosts, host_count, "Hosts", "host ids, full names or names; left out: all"),
    SCOPE("groups", groups, group_count, "Groups", "of the scope file; left out: all"),
    SCOPE("patches", patches, patch_count, "Patches", "ids of patches; left out: all"),
    SCOPE("targets", targets, target_count, "Targets", "host, or instances; left out: all"),
    TEXT_REQ("reason", reason, "Reason", 40, "why the risk is taken"),
    PREREQ_COL("compensatingControl", PREREQ_TEXT, R, compensating_control, NULL,
               "Compensating control", 30, PREREQ_IN_TABLES, "what is done instead"),
    PREREQ_COL("residualRisk", PREREQ_TEXT, R, residual_risk, NULL, "Residual risk", 24,
               PREREQ_IN_TABLES, "what is left"),
    TEXT_REQ("approver", approver, "Approver", 20, "who takes it"),
    PREREQ_COL("approvedOn", PREREQ_DATE, R, approved_on, NULL, "Approved on", 12, PREREQ_IN_TABLES,
               "day"),
    PREREQ_COL_REQ("expires", PREREQ_DATE, R, expires, NULL, "Expires", 12,
                   PREREQ_IN_TABLES | PREREQ_IN_TEXT, "last day; it holds through its end in UTC"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_waiver_shape = {
    "waiver",
    "An exception. Lists hold patterns of * and ?, without regard to case; every list given must "
    "match.",
    sizeof(struct prereq_waiver), waiver_members, false};

static const struct prereq_member waivers_members[] = {
    PREREQ_M_TEXT_REQ("format", prereq_waivers, format, "patchprereq-waivers/1.0"),
    PREREQ_M_OBJECTS("waivers", prereq_waivers, waivers, waiver_count, &prereq_waiver_shape,
                     "all exceptions, expired ones too"),
    PREREQ_M_END};
static const struct prereq_shape waivers_shape = {"waivers", "Exceptions that were granted.",
                                                  sizeof(struct prereq_waivers), waivers_members,
                                                  false};

const struct prereq_document prereq_waivers_document = {"patchprereq-waivers", 1, 0, &waivers_shape,
                                                        PREREQ_MAX_CATALOG_BYTES};

/* "hosts": [] would grant the exception to every host, which nobody means. */
static enum prereq_status check_lists(const struct prereq_waiver *waiver, size_t index,
                                      struct prereq_error *err)
{
    const struct {
        const char *name;
        const char *const *list;
        size_t count;
    } lists[] = {
        {"hosts", waiver->hosts, waiver->host_count},
        {"groups", waiver->groups, waiver->group_count},
        {"patches", waiver->patches, waiver->patch_count},
        {"targets", waiver->targets, waiver->target_count},
    };

    for (size_t i = 0; i < PREREQ_COUNT(lists); i++) {
        if (lists[i].list && lists[i].count == 0)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/waivers/%zu/%s: the list is empty; leave it out to mean all",
                               index, lists[i].name);
    }
    return PREREQ_OK;
}

static enum prereq_status check_waiver(const struct prereq_waivers *waivers, size_t index,
                                       struct prereq_error *err)
{
    const struct prereq_waiver *waiver = &waivers->waivers[index];

    for (size_t i = 0; i < index; i++) {
        if (prereq_equal_nocase(waivers->waivers[i].id, waiver->id))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/waivers/%zu/id: the same id as /waivers/%zu: \"%s\"", index, i,
                               PREREQ_CLIP(waiver->id, 200));
    }
    if (waiver->approved_on.known && waiver->approved_on.seconds > waiver->expires.seconds)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "/waivers/%zu/expires: lies before the day it was approved on", index);
    return check_lists(waiver, index, err);
}

enum prereq_status prereq_waivers_read(struct prereq_arena *arena, const char *json, size_t len,
                                       const struct prereq_waivers **waivers,
                                       struct prereq_error *err)
{
    const struct prereq_waivers *read;
    const void *object;
    enum prereq_status status;

    status = prereq_shape_read(arena, &prereq_waivers_document, json, len, &object, NULL, err);
    if (status)
        return status;
    read = object;
    for (size_t i = 0; i < read->waiver_count; i++) {
        status = check_waiver(read, i, err);
        if (status)
            return status;
    }
    read = prereq_shape_in_order(arena, prereq_waivers_document.shape, read);
    if (!read)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the waivers");
    *waivers = read;
    return PREREQ_OK;
}

/* No list matches everything; a list matches nothing that has no such name. */
static bool matches(const char *const *patterns, size_t count, const char *text)
{
    for (size_t i = 0; text && i < count; i++) {
        if (prereq_glob(patterns[i], text))
            return true;
    }
    return count == 0;
}

static bool names_patch(const struct prereq_waiver *waiver,
                        const struct prereq_waiver_subject *subject)
{
    bool named = matches(waiver->patches, waiver->patch_count, subject->patch_id);

    for (size_t i = 0; i < subject->alias_count && !named; i++)
        named = matches(waiver->patches, waiver->patch_count, subject->aliases[i]);
    return named;
}

bool prereq_waiver_matches(const struct prereq_waiver *waiver,
                           const struct prereq_waiver_subject *subject)
{
    return (matches(waiver->hosts, waiver->host_count, subject->host_id) ||
            matches(waiver->hosts, waiver->host_count, subject->fqdn) ||
            matches(waiver->hosts, waiver->host_count, subject->host_name)) &&
           matches(waiver->groups, waiver->group_count, subject->group) &&
           names_patch(waiver, subject) &&
           matches(waiver->targets, waiver->target_count, subject->target);
}

bool prereq_waiver_expired(const struct prereq_waiver *waiver, struct prereq_time now)
{
    return prereq_time_day(now) > prereq_time_day(waiver->expires);
}
