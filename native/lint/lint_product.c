/* SPDX-License-Identifier: MIT */
/* lint_product.c - products of the host that only the edition tells apart.
 *
 * Such a product names its edition, and each of its hosts is one of the wider product, too, unless
 * that one leaves the edition out: Terminal Server Edition then gets the service packs of others.
 */
#include "lint/lint.h"

static bool asks_edition(const struct prereq_rule *rule);

static bool any_asks(const struct prereq_rule *rules, size_t count)
{
    bool asks = false;

    for (size_t i = 0; i < count && !asks; i++)
        asks = asks_edition(&rules[i]);
    return asks;
}

/* Anywhere in the rule, negated or not. */
static bool asks_edition(const struct prereq_rule *rule)
{
    if (!rule)
        return false;
    return (rule->os && rule->os->edition) || any_asks(rule->all, rule->all_count) ||
           any_asks(rule->any, rule->any_count) || any_asks(rule->none, rule->none_count) ||
           any_asks(rule->one, rule->one_count) || any_asks(rule->xor_, rule->xor_count) ||
           asks_edition(rule->not_);
}

/* An edition that has to be there: of the rule itself, or of all that it joins. */
static bool wants_edition(const struct prereq_rule *rule)
{
    bool wants = rule && rule->os && rule->os->edition;

    for (size_t i = 0; rule && i < rule->all_count && !wants; i++)
        wants = wants_edition(&rule->all[i]);
    return wants;
}

/* By version, the wider product says which Windows it is for; one that goes by build or by what is
 * installed says nothing that could be compared. */
static bool names_version(const struct prereq_rule *rule)
{
    bool names = rule && rule->os && rule->os->version;

    for (size_t i = 0; rule && i < rule->all_count && !names; i++)
        names = names_version(&rule->all[i]);
    return names;
}

/* Hosts that both are for: neither is for instances, and no fixed property of a host excludes it.
 */
static bool may_meet(const struct prereq_product *a, const struct prereq_product *b)
{
    static const struct prereq_patch none;
    struct prereq_lint_entry left = {.patch = &none, .product = a};
    struct prereq_lint_entry right = {.patch = &none, .product = b};

    return !a->instance_product && !b->instance_product && !prereq_lint_never_meet(&left, &right);
}

void prereq_lint_products(struct prereq_lint *lint, const struct prereq_product *narrow)
{
    if (!wants_edition(narrow->applies))
        return;
    for (size_t i = 0; i < lint->product_count; i++) {
        const struct prereq_product *wide = lint->products[i].product;

        if (wide != narrow && names_version(wide->applies) && !asks_edition(wide->applies) &&
            may_meet(narrow, wide))
            prereq_lint_add(lint, PREREQ_LINT_EDITION_IN_ANOTHER_PRODUCT,
                            PREREQ_LINT_AT(NULL, "applies"), wide->id);
    }
}
