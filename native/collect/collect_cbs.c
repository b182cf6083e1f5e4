/* SPDX-License-Identifier: MIT */
/* collect_cbs.c - packages of Component Based Servicing, and what records them as updates. */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/system.h"
#include "import/import_parts.h"

#define PACKAGES PREREQ_CBS "\\Packages"

enum { INSTALLED = 0x70, PERMANENT = 0x80, PARTLY = 0x65, PENDING = 0x60, SUPERSEDED = 0x50 };

struct package {
    const char *identity, *name;   /* the name is what stands before the first ~ */
    struct prereq_version version; /* what stands behind the last one */
    uint64_t state;
    bool has_state;
    struct prereq_time installed_on;
    const char *location; /* of what has no KB number in its identity */
};

struct packages {
    struct package *items;
    size_t count;
};

/* ---- reading one ---- */

static bool read_number(struct prereq_gather *gather, struct prereq_key *open, const char *name,
                        uint64_t *number, struct prereq_refusal *why)
{
    return prereq_key_number(gather, open, name, number, why) == PREREQ_LOOK_FOUND;
}

static struct prereq_time install_time(struct prereq_gather *gather, struct prereq_key *open)
{
    struct prereq_refusal why = {0};
    uint64_t high, low;

    if (!read_number(gather, open, "InstallTimeHigh", &high, &why) ||
        !read_number(gather, open, "InstallTimeLow", &low, &why))
        return (struct prereq_time){0};
    return prereq_time_from_filetime(high << 32 | (low & UINT32_MAX));
}

/* Roll-ups and servicing stacks name their KB in the file they came from, if anywhere. */
static bool may_hide_its_kb(const char *identity)
{
    return prereq_starts_nocase(identity, "Package_for_") &&
           !prereq_starts_nocase(identity, "Package_for_KB");
}

static void read_open(struct prereq_gather *gather, struct prereq_key *open,
                      struct package *package, struct prereq_package_fact *fact)
{
    struct prereq_refusal why = {0};
    enum prereq_look look = prereq_key_number(gather, open, "CurrentState", &package->state, &why);
    const char *text;

    package->has_state = look == PREREQ_LOOK_FOUND;
    if (look == PREREQ_LOOK_ABSENT) {
        /* Not the package is absent, but what it is. */
        look = PREREQ_LOOK_UNAVAILABLE;
        prereq_refuse(&why, "error", NULL, "The package has no CurrentState.");
    }
    PREREQ_GATHER_STATUS(gather, fact, look, &why);
    if (!package->has_state)
        return;
    package->installed_on = install_time(gather, open);
    fact->state = (struct prereq_number){package->state, true};
    fact->installed_on = package->installed_on;
    if (prereq_key_text(gather, open, "InstallClient", &text, &why) == PREREQ_LOOK_FOUND && *text)
        fact->client = text;
    if (may_hide_its_kb(package->identity) &&
        prereq_key_text(gather, open, "InstallLocation", &text, &why) == PREREQ_LOOK_FOUND)
        package->location = text;
}

static void read_package(struct prereq_gather *gather, const char *identity,
                         struct package *package)
{
    struct prereq_package_fact *fact = PREREQ_GATHER_ADD(gather, packages);
    const char *last = strrchr(identity, '~');
    struct prereq_refusal why = {0};
    struct prereq_key *open;
    enum prereq_look look =
        prereq_key_begin(gather, prereq_gather_printf(gather, PACKAGES "\\%s", identity),
                         PREREQ_VIEW_64, &open, &why);

    package->identity = identity;
    package->name = prereq_gather_printf(gather, "%.*s", (int)strcspn(identity, "~"), identity);
    if (!last || !prereq_version_parse(last + 1, &package->version))
        package->version.parts = 0;
    fact->identity = identity;
    if (look == PREREQ_LOOK_FOUND)
        read_open(gather, open, package, fact);
    else
        PREREQ_GATHER_STATUS(gather, fact, look, &why);
    if (look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE)
        prereq_key_end(gather, open);
}

/* ---- what they say together ---- */

/* By name, then by version: a higher version of one name stands behind it. */
static int compare_packages(const void *left, const void *right)
{
    const struct package *a = left, *b = right;
    int order = prereq_compare_nocase(a->name, b->name);

    if (order == 0)
        order = prereq_version_compare(a->version, b->version);
    return order ? order : prereq_compare_nocase(a->identity, b->identity);
}

static bool is_on(const struct package *package)
{
    return package->has_state && (package->state == INSTALLED || package->state == PERMANENT);
}

static bool waits(const struct package *package)
{
    return package->has_state && (package->state == PENDING || package->state == PARTLY);
}

/* The id that a package is recorded under: KB2919355 of Package_for_KB2919355_SP1, else the last KB
 * number of the file that it came from.  NULL: it has none. */
static const char *kb_of(struct prereq_gather *gather, const struct package *package)
{
    static const char prefix[] = "Package_for_";
    size_t len = 0;
    const char *at = package->name + strlen(prefix);

    if (!prereq_starts_nocase(package->name, prefix))
        return NULL;
    if (package->location) {
        at = "";
        for (const char *c = package->location; *c; c++)
            at = *c == '-' && prereq_import_kb_length(c + 1) > 0 ? c + 1 : at;
    }
    if (prereq_starts_nocase(at, "KB"))
        len = prereq_import_kb_length(at);
    return len > 0 ? prereq_gather_printf(gather, "KB%.*s", (int)len - 2, at + 2) : NULL;
}

static void add_update(struct prereq_gather *gather, const struct package *package)
{
    const char *id = kb_of(gather, package);
    struct prereq_update_record *record;
    struct prereq_update_fact *update;

    if (!id)
        return;
    record = PREREQ_NEW(gather->arena, struct prereq_update_record);
    if (!record) {
        gather->no_memory = true;
        return;
    }
    record->source = PREREQ_SOURCE_CBS;
    record->installed_on = package->installed_on;
    update = PREREQ_GATHER_ADD(gather, updates);
    update->id = id;
    update->sources = record;
    update->source_count = 1;
}

/* The servicing stack's own numbers are 10.0.26100.1738; its package says 26100.1738.1.1. */
static struct prereq_version stack_version(const struct prereq_gather *gather,
                                           const struct package *package)
{
    struct prereq_version version = package->version;

    if (gather->os.version.part[0] != 10 || version.parts < 2)
        return (struct prereq_version){{0}, 0};
    return (struct prereq_version){{10, 0, version.part[0], version.part[1]}, 4};
}

static void note_stack(struct prereq_gather *gather, struct prereq_version version)
{
    if (version.parts > 0 && (!gather->stack.version.parts ||
                              prereq_version_compare(version, gather->stack.version) > 0))
        gather->stack.version = version;
}

/* The cumulative update that waits for the restart says what the build will be. */
static void note_pending_build(struct prereq_gather *gather, const struct package *package)
{
    struct prereq_os *os = &gather->os;
    uint32_t build = package->version.part[0], ubr = package->version.part[1];
    struct prereq_os_pending *pending;

    if (!prereq_equal_nocase(package->name, "Package_for_RollupFix") || os->version.part[0] != 10 ||
        package->version.parts < 2 || !os->build.known || !os->ubr.known)
        return;
    if (build < os->build.value || (build == os->build.value && ubr <= os->ubr.value))
        return;
    pending = PREREQ_NEW(gather->arena, struct prereq_os_pending);
    if (!pending) {
        gather->no_memory = true;
        return;
    }
    pending->ubr = (struct prereq_number){ubr, true};
    if (build != os->build.value)
        pending->build = (struct prereq_number){build, true};
    os->pending = pending;
}

/* Packages of one name, from its highest version down. */
static void conclude(struct prereq_gather *gather, const struct packages *packages)
{
    const char *name = "";
    bool higher_is_on = false;

    for (size_t i = packages->count; i > 0; i--) {
        const struct package *package = &packages->items[i - 1];
        bool installed;

        if (!prereq_equal_nocase(package->name, name))
            higher_is_on = false;
        name = package->name;
        installed =
            is_on(package) || (package->has_state && package->state == SUPERSEDED && higher_is_on);
        higher_is_on |= is_on(package);
        if (installed)
            add_update(gather, package);
        if (waits(package))
            note_pending_build(gather, package);
        if (installed && prereq_starts_nocase(package->name, "Package_for_ServicingStack"))
            note_stack(gather, stack_version(gather, package));
    }
}

/* ---- the servicing stack ---- */

static void stack_from_store(struct prereq_gather *gather)
{
    static const char part[] = "_microsoft-windows-servicingstack_";
    struct prereq_refusal why = {0};
    struct prereq_names names;
    const char *folder = prereq_gather_printf(gather, "%s\\WinSxS", gather->source->system_root);

    if (prereq_gather_folder(gather, folder, &names, &why) != PREREQ_LOOK_FOUND)
        return;
    for (size_t i = 0; i < names.count; i++) {
        const char *first = strchr(names.name[i], '_'); /* architecture_name_token_version_... */
        const char *token = first && prereq_starts_nocase(first, part) ? first + strlen(part) : "";
        const char *version = strchr(token, '_');
        struct prereq_version parsed;

        if (version &&
            prereq_version_parse(
                prereq_gather_printf(gather, "%.*s", (int)strcspn(version + 1, "_"), version + 1),
                &parsed))
            note_stack(gather, parsed);
    }
}

static void collect_stack(struct prereq_gather *gather, enum prereq_look cbs)
{
    struct prereq_version of_packages = gather->stack.version, parsed;
    struct prereq_refusal why = {0};
    struct prereq_names names;
    enum prereq_look look =
        prereq_read_value_names(gather, PREREQ_CBS "\\Version", PREREQ_VIEW_64, &names, &why);

    gather->has_stack = true;
    gather->stack.version.parts = 0;
    for (size_t i = 0; look == PREREQ_LOOK_FOUND && i < names.count; i++) {
        if (prereq_version_parse(names.name[i], &parsed))
            note_stack(gather, parsed);
    }
    note_stack(gather, gather->stack.version.parts ? gather->stack.version : of_packages);
    if (!gather->stack.version.parts && cbs != PREREQ_LOOK_ABSENT)
        stack_from_store(gather);
    if (gather->stack.version.parts)
        return;
    if (look == PREREQ_LOOK_FOUND || (look == PREREQ_LOOK_ABSENT && cbs != PREREQ_LOOK_ABSENT)) {
        look = PREREQ_LOOK_UNAVAILABLE;
        prereq_refuse(&why, "error", NULL, "No version of the servicing stack is recorded.");
    }
    PREREQ_GATHER_STATUS(gather, &gather->stack, look, &why);
}

/* ---- the whole ---- */

/* Without the key: manifests say that packages are, or once were, at least staged. */
static void cover_without_key(struct prereq_gather *gather)
{
    struct prereq_refusal why = {0};
    struct prereq_names names = {NULL, 0};
    const char *folder =
        prereq_gather_printf(gather, "%s\\servicing\\Packages", gather->source->system_root);
    enum prereq_look look = prereq_gather_folder(gather, folder, &names, &why);

    if (look == PREREQ_LOOK_ABSENT) { /* a Windows before Vista */
        prereq_gather_cover(gather, PREREQ_LIST_CBS_PACKAGES, PREREQ_LIST_COMPLETE, NULL, NULL);
        return;
    }
    if (look == PREREQ_LOOK_FOUND)
        prereq_refuse(&why, "error", NULL,
                      "The key of the packages is missing; %zu manifests do not say what is "
                      "installed.",
                      names.count);
    prereq_gather_cover(gather, PREREQ_LIST_CBS_PACKAGES,
                        look == PREREQ_LOOK_FOUND ? PREREQ_LIST_PARTIAL : PREREQ_LIST_UNAVAILABLE,
                        NULL, &why);
    prereq_gather_error(gather, "packages", &why);
}

static void read_all(struct prereq_gather *gather, struct prereq_names names)
{
    struct packages packages = {PREREQ_NEW_ARRAY(gather->arena, names.count, struct package), 0};
    size_t at = 0;

    if (!packages.items) {
        gather->no_memory = true;
        return;
    }
    for (; at < names.count && !prereq_gather_stopped(gather); at++) {
        if (*names.name[at]) /* empty only in a damaged hive */
            read_package(gather, names.name[at], &packages.items[packages.count++]);
        if (at % 256 == 0)
            prereq_gather_progress(gather, "packages", at, names.count);
    }
    if (packages.count > 1)
        qsort(packages.items, packages.count, sizeof(*packages.items), compare_packages);
    conclude(gather, &packages);
    prereq_gather_cover(gather, PREREQ_LIST_CBS_PACKAGES,
                        at == names.count ? PREREQ_LIST_COMPLETE : PREREQ_LIST_PARTIAL, NULL, NULL);
}

void prereq_collect_cbs(struct prereq_gather *gather)
{
    struct prereq_refusal why = {0};
    struct prereq_names names;
    enum prereq_look look = prereq_read_key_names(gather, PACKAGES, PREREQ_VIEW_64, &names, &why);

    if (look == PREREQ_LOOK_FOUND) {
        read_all(gather, names);
    } else if (look == PREREQ_LOOK_ABSENT) {
        cover_without_key(gather);
    } else {
        prereq_gather_cover(gather, PREREQ_LIST_CBS_PACKAGES, PREREQ_LIST_UNAVAILABLE, NULL, &why);
        prereq_gather_error(gather, "packages", &why);
    }
    collect_stack(gather, look == PREREQ_LOOK_ABSENT
                              ? prereq_read_key(gather, PREREQ_CBS, PREREQ_VIEW_64, &why)
                              : look);
}
