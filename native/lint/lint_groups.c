/* SPDX-License-Identifier: MIT */
/* lint_groups.c - prerequisites, what voids a patch, side conditions, and the remedies in them. */
#include "lint/lint.h"

#include <string.h>

static bool is_blank(const char *text)
{
    return !text || strspn(text, " \t\r\n") == strlen(text);
}

/* ---- remedies ---- */

static const char *fault_of_remedy(const struct prereq_remedy *remedy, bool for_rule)
{
    switch (remedy->action) {
    case PREREQ_STEP_CONFIGURE:
        if (!remedy->command && is_blank(remedy->text))
            return "configure needs a command, or a text that says what to do";
        return for_rule && remedy->set_count == 0 ? "configure needs what it sets" : NULL;
    case PREREQ_STEP_MANUAL:
        if (is_blank(remedy->text))
            return "manual needs a text that says what to do";
        return is_blank(remedy->verify) ? "manual needs verify: how a person sees that it is done"
                                        : NULL;
    case PREREQ_STEP_RESTART:
        return NULL;
    default:
        return "the action is configure, manual or restart";
    }
}

static void check_remedy(struct prereq_lint *lint, const struct prereq_remedy *remedy,
                         bool for_rule, const struct prereq_lint_place *place)
{
    const char *fault = fault_of_remedy(remedy, for_rule);

    if (fault)
        prereq_lint_add(lint, PREREQ_LINT_BAD_REMEDY, place, fault);
}

/* ---- prerequisites ---- */

static bool is_baseline(const struct prereq_lint *lint, uint32_t number)
{
    return lint->entries[number].patch->kind == PREREQ_KIND_BASELINE;
}

/* A baseline stands between the two. */
static bool has_between(struct prereq_lint *lint, uint32_t later, uint32_t earlier)
{
    for (uint32_t i = 0; i < lint->entry_count; i++) {
        if (i != later && i != earlier && is_baseline(lint, i) &&
            prereq_lint_supersedes(lint, later, i) && prereq_lint_supersedes(lint, i, earlier))
            return true;
    }
    return false;
}

/* "This one or a later one" takes in the other alternative.  But of two levels with a third between
 * them both count: on a host of the one between, the alternative below it is dropped, and that is
 * how a set of levels is written. */
static bool covers(struct prereq_lint *lint, const struct prereq_alternative *wide,
                   const struct prereq_alternative *other)
{
    uint32_t earlier, later;

    if (!wide->patch || !other->patch || wide->exact == PREREQ_FLAG_TRUE)
        return false;
    earlier = prereq_lint_find(lint, wide->patch);
    later = prereq_lint_find(lint, other->patch);
    if (earlier == PREREQ_NONE || later == PREREQ_NONE || earlier == later)
        return false;
    return is_baseline(lint, earlier) && is_baseline(lint, later) &&
           prereq_lint_supersedes(lint, later, earlier) &&
           !prereq_lint_supersedes(lint, earlier, later) && !has_between(lint, later, earlier);
}

static bool is_same(struct prereq_lint *lint, const struct prereq_alternative *a,
                    const struct prereq_alternative *b)
{
    uint32_t first;

    if (!a->patch || !b->patch)
        return false;
    first = prereq_lint_find(lint, a->patch);
    return first != PREREQ_NONE && first == prereq_lint_find(lint, b->patch);
}

static void check_redundant(struct prereq_lint *lint, const struct prereq_group *group,
                            size_t number, const struct prereq_lint_place *place)
{
    const struct prereq_alternative *one = &group->any_of[number];

    for (size_t i = 0; i < group->any_of_count; i++) {
        const struct prereq_alternative *other = &group->any_of[i];

        if ((i < number && is_same(lint, other, one)) ||
            (i != number && covers(lint, other, one))) {
            prereq_lint_add(lint, PREREQ_LINT_REDUNDANT_ALTERNATIVE, place,
                            prereq_printf(lint->arena, "%s by %s", one->patch, other->patch));
            return;
        }
    }
}

static void check_alternative(struct prereq_lint *lint, const struct prereq_lint_entry *entry,
                              const struct prereq_alternative *alt,
                              const struct prereq_lint_place *place)
{
    uint32_t found;

    if (!alt->patch == !alt->rule)
        prereq_lint_add(lint, PREREQ_LINT_ALTERNATIVE_NOT_ONE, place, "");
    prereq_lint_rule(lint, alt->rule, PREREQ_LINT_AT(place, "rule"), false);
    if (alt->remedy)
        check_remedy(lint, alt->remedy, true, PREREQ_LINT_AT(place, "remedy"));
    if (!alt->patch)
        return;
    found = prereq_lint_resolve(lint, alt->patch, PREREQ_LINT_AT(place, "patch"));
    if (found != PREREQ_NONE && prereq_lint_never_meet(entry, &lint->entries[found]))
        prereq_lint_add(lint, PREREQ_LINT_NEVER_MEETS, PREREQ_LINT_AT(place, "patch"),
                        lint->entries[found].patch->id);
}

static void check_group(struct prereq_lint *lint, const struct prereq_lint_entry *entry,
                        const struct prereq_group *group, const struct prereq_lint_place *place)
{
    bool has_rule = false;

    if (group->any_of_count == 0)
        prereq_lint_add(lint, PREREQ_LINT_EMPTY_GROUP, place, "");
    if (is_blank(group->why))
        prereq_lint_add(lint, PREREQ_LINT_NO_WHY, PREREQ_LINT_AT(place, "why"), "");
    prereq_lint_rule(lint, group->when, PREREQ_LINT_AT(place, "when"), false);
    for (size_t i = 0; i < group->any_of_count; i++) {
        const struct prereq_lint_place *at = PREREQ_LINT_ITEM(place, "anyOf", i);

        check_alternative(lint, entry, &group->any_of[i], at);
        check_redundant(lint, group, i, at);
        has_rule |= group->any_of[i].rule != NULL;
    }
    if (group->ordered == PREREQ_FLAG_TRUE && has_rule)
        prereq_lint_add(lint, PREREQ_LINT_ORDERED_RULE, PREREQ_LINT_AT(place, "ordered"), "");
}

/* ---- what voids it, what to mind ---- */

static void check_invalidation(struct prereq_lint *lint, const struct prereq_invalidation *one,
                               const struct prereq_lint_place *place)
{
    if (!!one->feature + !!one->patch + !!one->product != 1)
        prereq_lint_add(lint, PREREQ_LINT_VOIDED_BY_NOT_ONE, place, "");
    if (is_blank(one->why))
        prereq_lint_add(lint, PREREQ_LINT_NO_WHY, PREREQ_LINT_AT(place, "why"), "");
    if (one->patch)
        prereq_lint_resolve(lint, one->patch, PREREQ_LINT_AT(place, "patch"));
    prereq_lint_rule(lint, one->unless, PREREQ_LINT_AT(place, "unless"), true);
}

static void check_caution(struct prereq_lint *lint, const struct prereq_caution *caution,
                          const struct prereq_lint_place *place)
{
    prereq_lint_rule(lint, caution->when, PREREQ_LINT_AT(place, "when"), false);
    for (size_t i = 0; i < caution->before_count; i++)
        check_remedy(lint, &caution->before[i], false, PREREQ_LINT_ITEM(place, "before", i));
    for (size_t i = 0; i < caution->after_count; i++)
        check_remedy(lint, &caution->after[i], false, PREREQ_LINT_ITEM(place, "after", i));
}

void prereq_lint_groups(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    const struct prereq_patch *patch = entry->patch;

    for (size_t i = 0; i < patch->prerequisite_count; i++)
        check_group(lint, entry, &patch->prerequisites[i],
                    PREREQ_LINT_ITEM(NULL, "prerequisites", i));
    for (size_t i = 0; i < patch->voided_by_count; i++)
        check_invalidation(lint, &patch->voided_by[i], PREREQ_LINT_ITEM(NULL, "voidedBy", i));
    for (size_t i = 0; i < patch->caution_count; i++)
        check_caution(lint, &patch->cautions[i], PREREQ_LINT_ITEM(NULL, "cautions", i));
}
