/* SPDX-License-Identifier: MIT */
/* import_packages.c - CBS packages and features of a text, whoever wrote it. */
#include <stdlib.h>
#include <string.h>

#include "import/import_parts.h"

#define LIST_TEXT "DISM leaves out packages that are hidden and parts of others"
#define FEATURES_TEXT "DISM lists optional features alone, not roles and other products"

/* Words of DISM's State, and the number that PowerShell writes for each. */
static const struct package_state {
    const char *word;
    const char *name; /* of Get-WindowsPackage, without blanks */
    int state;        /* CurrentState; -1: it goes away at the restart */
} package_states[] = {
    {"Not Present", "NotPresent", 0}, {"Uninstall Pending", "UninstallPending", -1},
    {"Staged", "Staged", 64},         {"Removed", "Removed", 0},
    {"Installed", "Installed", 112},  {"Install Pending", "InstallPending", 96},
    {"Superseded", "Superseded", 80}, {"Partially Installed", "PartiallyInstalled", 101},
    {"Resolved", "Resolved", 32},     {"Permanent", "Permanent", 128},
};

static const struct feature_state {
    const char *word;
    enum prereq_feature_state state;
} feature_states[] = {
    {"Enabled", PREREQ_FEATURE_INSTALLED},
    {"Disabled", PREREQ_FEATURE_NOT_INSTALLED},
    {"Disabled with Payload Removed", PREREQ_FEATURE_NOT_INSTALLED},
    {"DisabledWithPayloadRemoved", PREREQ_FEATURE_NOT_INSTALLED},
    {"Enable Pending", PREREQ_FEATURE_PENDING},
    {"EnablePending", PREREQ_FEATURE_PENDING},
    {"Disable Pending", PREREQ_FEATURE_PENDING},
    {"DisablePending", PREREQ_FEATURE_PENDING},
    {"Installed", PREREQ_FEATURE_INSTALLED},
    {"Not Present", PREREQ_FEATURE_NOT_INSTALLED},
};

/* PackageFeatureState of DISM's own interface, which ConvertTo-Json writes as a number. */
static const char *const state_numbers[] = {"NotPresent", "UninstallPending",  "Staged",
                                            "Removed",    "Installed",         "InstallPending",
                                            "Superseded", "PartiallyInstalled"};
static const char *const feature_numbers[] = {
    "Disabled", "DisablePending", "Disabled", "DisabledWithPayloadRemoved",
    "Enabled",  "EnablePending",  "Disabled", "Enabled"};

const char *prereq_import_state_word(bool feature, uint32_t number)
{
    if (number >= PREREQ_COUNT(state_numbers))
        return NULL;
    return feature ? feature_numbers[number] : state_numbers[number];
}

bool prereq_import_is_identity(const char *text, size_t len)
{
    size_t tildes = 0, last = 0;

    if (len == 0 || len > 512)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c <= ' ' || c >= 0x7F || strchr("\\/\"|", c))
            return false;
        if (c != '~')
            continue;
        tildes++;
        last = i;
    }
    if (tildes != 4 || last + 1 >= len || text[0] == '~')
        return false;
    return strspn(text + last + 1, "0123456789.") >= len - last - 1;
}

static void *grow_list(struct prereq_arena *arena, const void *list, size_t count, size_t *capacity,
                       size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 64;
    void *grown = prereq_alloc(arena, more, size);

    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, list, count * size);
    *capacity = more;
    return grown;
}

/* The number of the update, from "Package_for_KB5031364~31bf...". */
static enum prereq_status add_record(struct prereq_import_work *work,
                                     const struct prereq_package_fact *package,
                                     struct prereq_error *err)
{
    static const char prefix[] = "Package_for_";
    struct prereq_update_record record = {.source = PREREQ_SOURCE_CBS,
                                          .installed_on = package->installed_on};
    const char *id = package->identity + sizeof(prefix) - 1;
    size_t len;

    if (!prereq_starts_nocase(package->identity, prefix) || package->state.value < 112)
        return PREREQ_OK;
    len = prereq_import_kb_length(id);
    if (!len || (id[len] != '~' && id[len] != '_'))
        return PREREQ_OK;
    return prereq_import_add(work, id, len, &record, err);
}

enum prereq_status prereq_import_package(struct prereq_import_work *work, const char *identity,
                                         size_t len, const char *word, struct prereq_time time,
                                         struct prereq_error *err)
{
    const struct package_state *state = NULL;
    struct prereq_package_fact *made;

    for (size_t i = 0; word && i < PREREQ_COUNT(package_states); i++) {
        if (prereq_equal_nocase(word, package_states[i].word) ||
            prereq_equal_nocase(word, package_states[i].name))
            state = &package_states[i];
    }
    if (work->package_count == PREREQ_MAX_IMPORT_UPDATES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "there are more than 65,536 packages");
    if (work->package_count == work->package_capacity) {
        made = grow_list(work->arena, work->packages, work->package_count, &work->package_capacity,
                         sizeof(*made));
        if (!made)
            return prereq_import_no_memory(err);
        work->packages = made;
    }
    made = &work->packages[work->package_count];
    *made = (struct prereq_package_fact){.identity = prereq_strndup(work->arena, identity, len),
                                         .installed_on = time};
    if (!made->identity)
        return prereq_import_no_memory(err);
    work->package_count++;
    if (state && state->state >= 0) {
        made->state = (struct prereq_number){(uint64_t)state->state, true};
        return add_record(work, made, err);
    }
    made->status = PREREQ_FACT_UNAVAILABLE;
    made->code = "error";
    made->text = state ? "it comes off at the restart" : "its state is a word that is not known";
    return PREREQ_OK;
}

enum prereq_status prereq_import_feature(struct prereq_import_work *work, const char *name,
                                         const char *word, struct prereq_error *err)
{
    struct prereq_feature_fact *made;
    int state = 0;

    for (size_t i = 0; word && i < PREREQ_COUNT(feature_states); i++) {
        if (prereq_equal_nocase(word, feature_states[i].word))
            state = (int)feature_states[i].state;
    }
    if (work->feature_count == PREREQ_MAX_IMPORT_UPDATES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "there are more than 65,536 features");
    if (work->feature_count == work->feature_capacity) {
        made = grow_list(work->arena, work->features, work->feature_count, &work->feature_capacity,
                         sizeof(*made));
        if (!made)
            return prereq_import_no_memory(err);
        work->features = made;
    }
    made = &work->features[work->feature_count];
    *made = (struct prereq_feature_fact){.name = prereq_strdup(work->arena, name), .state = state};
    if (!made->name)
        return prereq_import_no_memory(err);
    if (!state) {
        made->status = PREREQ_FACT_UNAVAILABLE;
        made->code = "error";
        made->text = "its state is a word that is not known";
    }
    work->feature_count++;
    return PREREQ_OK;
}

void prereq_import_cover_packages(struct prereq_import_work *work)
{
    if (work->package_count)
        prereq_import_cover(work, PREREQ_LIST_CBS_PACKAGES, PREREQ_LIST_PARTIAL, LIST_TEXT);
    if (work->feature_count)
        prereq_import_cover(work, PREREQ_LIST_FEATURES, PREREQ_LIST_PARTIAL, FEATURES_TEXT);
}

/* ---- each of them once: both begin with their name ---- */

_Static_assert(offsetof(struct prereq_package_fact, identity) == 0, "its name comes first");
_Static_assert(offsetof(struct prereq_feature_fact, name) == 0, "its name comes first");

static const char *name_at(const unsigned char *item)
{
    const char *name;

    memcpy(&name, item, sizeof(name));
    return name;
}

/* Equal ones keep the order that they have in their list. */
static int by_name(const void *left, const void *right)
{
    const unsigned char *a = *(const unsigned char *const *)left;
    const unsigned char *b = *(const unsigned char *const *)right;
    int order = prereq_compare_nocase(name_at(a), name_at(b));

    return order ? order : (a > b) - (a < b);
}

static bool make_unique(struct prereq_arena *arena, const void **list, size_t *count, size_t size)
{
    const unsigned char **order = PREREQ_NEW_ARRAY(arena, *count, const unsigned char *);
    const unsigned char *first = *list;
    unsigned char *unique = prereq_alloc(arena, *count, size);
    size_t made = 0;

    if (!order || !unique)
        return false;
    for (size_t i = 0; i < *count; i++)
        order[i] = first + i * size;
    if (*count > 1)
        qsort(order, *count, sizeof(*order), by_name);
    for (size_t i = 0; i < *count; i++) {
        if (made == 0 ||
            prereq_compare_nocase(name_at(unique + (made - 1) * size), name_at(order[i])) != 0)
            made++;
        memcpy(unique + (made - 1) * size, order[i], size);
    }
    *list = unique;
    *count = made;
    return true;
}

bool prereq_import_unique_packages(struct prereq_arena *arena,
                                   const struct prereq_package_fact **list, size_t *count)
{
    const void *made = *list;

    if (!make_unique(arena, &made, count, sizeof(**list)))
        return false;
    *list = made;
    return true;
}

bool prereq_import_unique_features(struct prereq_arena *arena,
                                   const struct prereq_feature_fact **list, size_t *count)
{
    const void *made = *list;

    if (!make_unique(arena, &made, count, sizeof(**list)))
        return false;
    *list = made;
    return true;
}
