/* SPDX-License-Identifier: MIT */
/* collect_restarts.c - what asks for a restart, each source on its own.
 *
 * Keys are tested as keys and values as values.  Some keys are volatile: they live until the
 * restart that they ask for, and no hive on a disk holds them.  So a Windows that is not running
 * can say yes by other signs, and else only that it is not known. */
#include <string.h>

#include "collect/collect.h"
#include "collect/restarts.h"
#include "collect/system.h"

#define WINDOWS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"
#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services"
#define UPDATES "HKLM\\SOFTWARE\\Microsoft\\Updates"

static bool is_live(const struct prereq_gather *gather)
{
    return gather->source->ops->method == PREREQ_METHOD_LIVE;
}

/* ---- signs ---- */

void prereq_sign_yes(struct prereq_signs *signs, const char *detail, struct prereq_time since)
{
    signs->yes = true;
    signs->detail = signs->detail
                        ? prereq_gather_printf(signs->gather, "%s; %s", signs->detail, detail)
                        : detail;
    if (since.known && (!signs->since.known || since.seconds < signs->since.seconds))
        signs->since = since;
}

bool prereq_sign_look(struct prereq_signs *signs, enum prereq_look look,
                      const struct prereq_refusal *why)
{
    if (look == PREREQ_LOOK_STALE || look == PREREQ_LOOK_UNAVAILABLE) {
        if (!signs->refused)
            signs->why = *why;
        signs->refused = true;
    }
    return look == PREREQ_LOOK_FOUND;
}

struct prereq_time prereq_sign_time(struct prereq_signs *signs, const char *key)
{
    struct prereq_time time = {0};

    if (prereq_read_key_time(signs->gather, key, PREREQ_VIEW_64, &time, NULL) != PREREQ_LOOK_FOUND)
        time.known = false;
    return time;
}

static bool has_key(struct prereq_signs *signs, const char *key)
{
    struct prereq_refusal why = {0};

    return prereq_sign_look(signs, prereq_read_key(signs->gather, key, PREREQ_VIEW_64, &why), &why);
}

/* The key's being there is the sign. */
static void key_sign(struct prereq_signs *signs, const char *key, const char *detail)
{
    if (has_key(signs, key))
        prereq_sign_yes(signs, detail, prereq_sign_time(signs, key));
}

/* A number other than 0 is the sign. */
static void number_sign(struct prereq_signs *signs, const char *key, const char *name)
{
    struct prereq_refusal why = {0};
    uint64_t number = 0;

    if (prereq_sign_look(
            signs, prereq_read_number(signs->gather, key, PREREQ_VIEW_64, name, &number, &why),
            &why) &&
        number != 0)
        prereq_sign_yes(signs, name, prereq_sign_time(signs, key));
}

/* `seen_all`: nothing that could say yes was out of sight. */
void prereq_sign_end(struct prereq_signs *signs, enum prereq_restart_source source, bool seen_all)
{
    struct prereq_gather *gather = signs->gather;
    struct prereq_pending_fact *fact;

    if (gather->no_memory)
        return;
    fact = PREREQ_GATHER_ADD(gather, pending_restarts);
    fact->source = (int)source;
    fact->detail = signs->detail;
    fact->targets = signs->targets;
    fact->target_count = signs->target_count;
    if (signs->yes) {
        fact->pending = PREREQ_ANSWER_YES;
        fact->since = signs->since;
    } else if (signs->refused) {
        fact->pending = PREREQ_ANSWER_UNKNOWN;
        fact->code = signs->why.code;
        fact->detail = prereq_gather_why(gather, &signs->why);
    } else if (!seen_all) {
        fact->pending = PREREQ_ANSWER_UNKNOWN;
        fact->code = "volatile";
        fact->detail = "Where this would be said exists only while Windows is running.";
    } else {
        fact->pending = PREREQ_ANSWER_NO;
    }
}

/* ---- the sources ---- */

static size_t waiting_packages(const struct prereq_gather *gather)
{
    size_t count = 0;

    for (size_t i = 0; !gather->no_memory && i < gather->packages.count; i++) {
        const struct prereq_number *state = &gather->packages.items[i].state;

        count += state->known && (state->value == 0x60 || state->value == 0x65);
    }
    return count;
}

static void cbs(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};
    size_t waiting = is_live(gather) ? 0 : waiting_packages(gather);
    bool is_there = has_key(&signs, PREREQ_CBS);

    if (is_there) {
        key_sign(&signs, PREREQ_CBS "\\RebootPending", "RebootPending");
        key_sign(&signs, PREREQ_CBS "\\RebootInProgress", "RebootInProgress");
        key_sign(&signs, PREREQ_CBS "\\PackagesPending", "PackagesPending");
        number_sign(&signs, PREREQ_CBS "\\SessionsPending", "Exclusive");
    }
    if (waiting > 0)
        prereq_sign_yes(&signs, prereq_gather_printf(gather, "packages that wait: %zu", waiting),
                        (struct prereq_time){0});
    prereq_sign_end(&signs, PREREQ_RESTART_CBS, is_live(gather) || !is_there);
}

static void windows_update(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};
    bool is_there = has_key(&signs, WINDOWS "\\WindowsUpdate");

    if (is_there)
        key_sign(&signs, WINDOWS "\\WindowsUpdate\\Auto Update\\RebootRequired", "RebootRequired");
    prereq_sign_end(&signs, PREREQ_RESTART_WINDOWS_UPDATE, is_live(gather) || !is_there);
}

/* Two names of which the one is used now and the other after the restart.  False: not both are
 * there. */
static bool compare_names(struct prereq_signs *signs, const char *now_key, const char *now_name,
                          const char *next_key, const char *next_name)
{
    struct prereq_refusal why = {0};
    const char *now, *next;

    if (!prereq_sign_look(
            signs, prereq_read_text(signs->gather, now_key, PREREQ_VIEW_64, now_name, &now, &why),
            &why) ||
        !prereq_sign_look(
            signs,
            prereq_read_text(signs->gather, next_key, PREREQ_VIEW_64, next_name, &next, &why),
            &why))
        return false;
    if (!prereq_equal_nocase(now, next))
        prereq_sign_yes(signs, prereq_gather_printf(signs->gather, "%s becomes %s", now, next),
                        prereq_sign_time(signs, next_key));
    return true;
}

/* ActiveComputerName is volatile; the two host names of TCP/IP are not, and NT 4.0 has but one. */
static void computer_rename(struct prereq_gather *gather)
{
    static const char key[] = CONTROL "\\ComputerName\\ComputerName";
    static const char tcpip[] = SERVICES "\\Tcpip\\Parameters";
    struct prereq_signs signs = {.gather = gather};
    bool seen = compare_names(&signs, CONTROL "\\ComputerName\\ActiveComputerName", "ComputerName",
                              key, "ComputerName");

    if (!signs.yes)
        seen |= compare_names(&signs, tcpip, "Hostname", tcpip, "NV Hostname");
    prereq_sign_end(&signs, PREREQ_RESTART_COMPUTER_RENAME, seen);
}

static void names_sign(struct prereq_signs *signs, const char *key,
                       const struct prereq_names *names)
{
    static const char *const words[] = {"JoinDomain", "AvoidSpnSet"};

    for (size_t i = 0; i < names->count; i++) {
        for (size_t k = 0; k < PREREQ_COUNT(words); k++) {
            if (prereq_equal_nocase(names->name[i], words[k]))
                prereq_sign_yes(signs, words[k], prereq_sign_time(signs, key));
        }
    }
}

/* Values in some versions of Windows, keys in others. */
static void domain_join(struct prereq_gather *gather)
{
    static const char key[] = SERVICES "\\Netlogon";
    struct prereq_signs signs = {.gather = gather};
    struct prereq_refusal why = {0};
    struct prereq_names names;

    if (prereq_sign_look(&signs, prereq_read_value_names(gather, key, PREREQ_VIEW_64, &names, &why),
                         &why))
        names_sign(&signs, key, &names);
    if (prereq_sign_look(&signs, prereq_read_key_names(gather, key, PREREQ_VIEW_64, &names, &why),
                         &why))
        names_sign(&signs, key, &names);
    prereq_sign_end(&signs, PREREQ_RESTART_DOMAIN_JOIN, true);
}

static void pending_xml(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};
    struct prereq_refusal why = {0};
    struct prereq_file file;
    const char *path =
        prereq_gather_printf(gather, "%s\\WinSxS\\pending.xml", gather->source->system_root);

    if (prereq_sign_look(&signs, prereq_gather_file(gather, path, &file, &why), &why))
        prereq_sign_yes(&signs, "WinSxS\\pending.xml", file.modified);
    prereq_sign_end(&signs, PREREQ_RESTART_PENDING_XML, true);
}

static void setup(struct prereq_gather *gather)
{
    static const char key[] = "HKLM\\SYSTEM\\Setup";
    struct prereq_signs signs = {.gather = gather};

    number_sign(&signs, key, "SystemSetupInProgress");
    number_sign(&signs, key, "SetupType");
    number_sign(&signs, key, "RestartSetup");
    prereq_sign_end(&signs, PREREQ_RESTART_SETUP, true);
}

static void msi(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};

    key_sign(&signs, WINDOWS "\\Installer\\InProgress", "Installer\\InProgress");
    prereq_sign_end(&signs, PREREQ_RESTART_MSI, true);
}

/* The installer of Windows 2000 to 2003.  A Windows that has CBS does not use it. */
static void update_exe(struct prereq_gather *gather)
{
    struct prereq_signs signs = {.gather = gather};
    bool is_there = has_key(&signs, UPDATES);

    if (is_there) {
        number_sign(&signs, UPDATES, "UpdateExeVolatile");
        number_sign(&signs, UPDATES "\\UpdateExeVolatile", "Flags");
    }
    prereq_sign_end(&signs, PREREQ_RESTART_UPDATE_EXE,
                    is_live(gather) || !is_there || gather->os.version.part[0] >= 6);
}

void prereq_collect_restarts(struct prereq_gather *gather)
{
    static void (*const sources[])(struct prereq_gather * gather) = {cbs,
                                                                     windows_update,
                                                                     prereq_collect_renames,
                                                                     computer_rename,
                                                                     domain_join,
                                                                     pending_xml,
                                                                     setup,
                                                                     msi,
                                                                     update_exe};

    for (size_t i = 0; i < PREREQ_COUNT(sources) && !prereq_gather_stopped(gather); i++)
        sources[i](gather);
}
