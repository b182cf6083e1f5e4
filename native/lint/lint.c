/* SPDX-License-Identifier: MIT */
/* lint.c - what is wrong with a catalog that can be read: all checks, and their findings in order.
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

static const char *where(struct prereq_lint *lint, const struct prereq_lint_place *place)
{
    const char *above;

    if (!place)
        return lint->subject;
    above = where(lint, place->in);
    if (!above)
        return NULL;
    if (place->index == PREREQ_LINT_WHOLE)
        return prereq_printf(lint->arena, "%s%s%s", above, place->in ? "/" : ": ", place->member);
    return prereq_printf(lint->arena, "%s%s%s/%zu", above, place->in ? "/" : ": ", place->member,
                         place->index);
}

void prereq_lint_add(struct prereq_lint *lint, enum prereq_lint_code code,
                     const struct prereq_lint_place *place, const char *detail)
{
    const struct prereq_lint_code_info *info = prereq_lint_code_info(code);
    struct prereq_lint_finding found = {info->code, lint->part, where(lint, place), info->sentence};
    void *findings = lint->findings;

    if (detail && *detail)
        found.text = prereq_printf(lint->arena, "%s: %s", info->sentence, detail);
    if (!detail || !found.where || !found.text ||
        !prereq_grow(lint->arena, &findings, lint->finding_count, &lint->finding_capacity,
                     sizeof(found))) {
        lint->no_memory = true;
        return;
    }
    lint->findings = findings;
    lint->findings[lint->finding_count++] = found;
}

void prereq_lint_look_at(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    lint->part = entry->part;
    lint->subject = entry->patch->id;
}

uint32_t prereq_lint_find(const struct prereq_lint *lint, const char *id)
{
    return prereq_index_find(&lint->id_index, id, NULL);
}

/* An alias of another entry, too; the compiler would not know which is meant. */
static bool is_ambiguous(const struct prereq_lint *lint, const char *id, uint32_t found)
{
    uint32_t from = 0, next;

    if (prereq_equal_nocase(lint->entries[found].patch->id, id))
        return false;
    do
        next = prereq_index_find(&lint->id_index, id, &from);
    while (next == found);
    return next != PREREQ_NONE;
}

uint32_t prereq_lint_resolve(struct prereq_lint *lint, const char *id,
                             const struct prereq_lint_place *place)
{
    uint32_t found = prereq_lint_find(lint, id);

    if (found == PREREQ_NONE)
        prereq_lint_add(lint, PREREQ_LINT_DANGLING_ID, place, id);
    else if (is_ambiguous(lint, id, found))
        prereq_lint_add(lint, PREREQ_LINT_AMBIGUOUS_ID, place, id);
    return found;
}

/* ---- what an entry says of itself ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Scheme, then a host name with a dot in it, so that it is no machine of one site, and no white
 * space. */
static bool is_address(const char *url)
{
    const char *host = prereq_starts_nocase(url, "https://") ? url + 8 : url + 7;
    bool dotted = false;
    size_t i = 0;

    if (!prereq_starts_nocase(url, "https://") && !prereq_starts_nocase(url, "http://"))
        return false;
    for (; host[i] && host[i] != '/' && host[i] != '?' && host[i] != '#'; i++) {
        if (is_space(host[i]))
            return false;
        dotted |=
            host[i] == '.' && i > 0 && host[i - 1] != '.' && host[i + 1] && host[i + 1] != '/';
    }
    for (; host[i]; i++) {
        if (is_space(host[i]))
            return false;
    }
    return dotted;
}

/* Q269862, KB5043080, MS00-057, CVE-2002-0150: where no page is left the number has to do. */
static bool is_article(const char *text)
{
    static const char *const series[] = {"Q", "KB", "MS", "CVE-"};

    for (size_t i = 0; i < PREREQ_COUNT(series); i++) {
        const char *number = text + strlen(series[i]);

        if (prereq_starts_nocase(text, series[i]) && *number >= '0' && *number <= '9' &&
            strspn(number, "0123456789-") == strlen(number))
            return true;
    }
    return false;
}

static void check_sources(struct prereq_lint *lint, const struct prereq_reference *sources,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_address(sources[i].url) && !is_article(sources[i].url))
            prereq_lint_add(lint, PREREQ_LINT_BAD_URL,
                            PREREQ_LINT_AT(PREREQ_LINT_ITEM(NULL, "sources", i), "url"),
                            sources[i].url);
    }
}

static void check_dates(struct prereq_lint *lint, const struct prereq_patch *patch)
{
    if (patch->released.known && patch->withdrawn.known &&
        patch->withdrawn.seconds < patch->released.seconds)
        prereq_lint_add(lint, PREREQ_LINT_WITHDRAWN_BEFORE_RELEASE,
                        PREREQ_LINT_AT(NULL, "withdrawn"), "");
    if (patch->withdrawn.known != (patch->withdrawn_why != NULL))
        prereq_lint_add(lint, PREREQ_LINT_WITHDRAWN_WITHOUT_WHY,
                        PREREQ_LINT_AT(NULL, "withdrawnWhy"), "");
}

static void check_branch(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    if (!entry->patch->branch || !entry->product)
        return;
    for (size_t i = 0; i < entry->product->branch_count; i++) {
        if (prereq_equal_nocase(entry->product->branches[i], entry->patch->branch))
            return;
    }
    prereq_lint_add(lint, PREREQ_LINT_UNKNOWN_BRANCH, PREREQ_LINT_AT(NULL, "branch"),
                    entry->patch->branch);
}

static void check_references(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    const struct prereq_patch *patch = entry->patch;

    if (!entry->product)
        prereq_lint_add(lint, PREREQ_LINT_DANGLING_ID, PREREQ_LINT_AT(NULL, "product"),
                        patch->product);
    for (size_t i = 0; i < patch->supersedes_count; i++)
        prereq_lint_resolve(lint, patch->supersedes[i], PREREQ_LINT_ITEM(NULL, "supersedes", i));
    for (size_t i = 0; i < patch->regresses_count; i++)
        prereq_lint_resolve(lint, patch->regresses[i], PREREQ_LINT_ITEM(NULL, "regresses", i));
}

static void check_entry(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    const struct prereq_patch *patch = entry->patch;

    prereq_lint_look_at(lint, entry);
    if (patch->source_count == 0)
        prereq_lint_add(lint, PREREQ_LINT_NO_SOURCE, PREREQ_LINT_AT(NULL, "sources"), "");
    check_sources(lint, patch->sources, patch->source_count);
    check_dates(lint, patch);
    check_branch(lint, entry);
    check_references(lint, entry);
    prereq_lint_rule(lint, patch->applies, PREREQ_LINT_AT(NULL, "applies"), true);
    if (prereq_lint_never_meet(entry, entry))
        prereq_lint_add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, PREREQ_LINT_AT(NULL, "applies"),
                        "no host satisfies it together with the rule of the product");
    prereq_lint_rule(lint, patch->marker, PREREQ_LINT_AT(NULL, "marker"), true);
    if (patch->kind == PREREQ_KIND_BASELINE && !patch->marker)
        prereq_lint_add(lint, PREREQ_LINT_BASELINE_WITHOUT_MARKER, PREREQ_LINT_AT(NULL, "marker"),
                        "");
    prereq_lint_rows(lint, patch);
    prereq_lint_groups(lint, entry);
    prereq_lint_commands(lint, patch);
    prereq_lint_order(lint, entry);
}

static void check_product(struct prereq_lint *lint, const struct prereq_lint_product *entry)
{
    lint->part = entry->part;
    lint->subject = prereq_printf(lint->arena, "product %s", entry->product->id);
    if (!lint->subject) {
        lint->no_memory = true;
        return;
    }
    check_sources(lint, entry->product->sources, entry->product->source_count);
    prereq_lint_rule(lint, entry->product->applies, PREREQ_LINT_AT(NULL, "applies"), true);
    prereq_lint_products(lint, entry->product);
}

/* ---- all of it ---- */

static int compare_findings(const void *left, const void *right)
{
    const struct prereq_lint_finding *a = left, *b = right;
    int order = strcmp(a->part, b->part);

    if (order == 0)
        order = strcmp(a->where, b->where);
    if (order == 0)
        order = strcmp(a->code, b->code);
    return order ? order : strcmp(a->text, b->text);
}

enum prereq_status prereq_catalog_lint(struct prereq_arena *arena,
                                       const struct prereq_catalog_part *parts, size_t part_count,
                                       const struct prereq_lint_finding **findings, size_t *count,
                                       struct prereq_error *err)
{
    struct prereq_lint lint = {.arena = arena};
    enum prereq_status status = PREREQ_OK;

    prereq_lint_gather(&lint, parts, part_count);
    for (size_t i = 0; !lint.no_memory && i < lint.product_count; i++)
        check_product(&lint, &lint.products[i]);
    for (size_t i = 0; !lint.no_memory && i < lint.entry_count; i++)
        check_entry(&lint, &lint.entries[i]);
    if (!lint.no_memory)
        prereq_lint_cycles(&lint);
    if (!lint.no_memory)
        status = prereq_lint_effects(&lint, err);
    if (lint.no_memory)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for what is wrong with the catalog");
    if (status)
        return status;
    if (lint.finding_count > 1)
        qsort(lint.findings, lint.finding_count, sizeof(*lint.findings), compare_findings);
    *findings = lint.findings;
    *count = lint.finding_count;
    return PREREQ_OK;
}
