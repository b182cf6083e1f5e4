/* SPDX-License-Identifier: MIT */
/* collect_services.c - services and drivers: how they start, and which of them run. */
#include <string.h>

#include "collect/collect.h"

#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services"
#define WIN32_SERVICE 0x30 /* of its own process, or of a shared one */

static bool is_win32(uint64_t type)
{
    return (type & WIN32_SERVICE) != 0;
}

static enum prereq_look read_open(struct prereq_gather *gather, struct prereq_key *open,
                                  struct prereq_service_fact *service, uint64_t *type,
                                  struct prereq_refusal *why)
{
    enum prereq_look look = prereq_key_number(gather, open, "Type", type, why);
    const char *text;
    uint64_t start;

    if (look != PREREQ_LOOK_FOUND)
        return look;
    look = prereq_key_number(gather, open, "Start", &start, why);
    if (look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_ABSENT)
        return look;
    if (look == PREREQ_LOOK_FOUND && start <= 4)
        service->start = (int)start + PREREQ_START_BOOT;
    /* "@%SystemRoot%\..." names a resource, which is not what is shown. */
    if (is_win32(*type) &&
        prereq_key_text(gather, open, "DisplayName", &text, why) == PREREQ_LOOK_FOUND && *text &&
        *text != '@')
        service->display_name = text;
    return PREREQ_LOOK_FOUND;
}

/* The first that could not be asked is named for all. */
static void ask_whether_it_runs(struct prereq_gather *gather, struct prereq_service_fact *service,
                                bool *refused)
{
    struct prereq_source *source = gather->source;
    struct prereq_refusal why = {0};
    bool running;

    if (source->ops->service_running(source, service->name, &running, &why) == PREREQ_LOOK_FOUND) {
        service->running = running ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
        return;
    }
    if (why.code && !*refused)
        prereq_gather_error(gather, "services.running", &why);
    *refused |= why.code != NULL;
}

/* Keys without a Type are no services: counters of a product, or settings alone. */
static void read_service(struct prereq_gather *gather, const char *name, bool *refused)
{
    struct prereq_service_fact made = {.name = name};
    struct prereq_refusal why = {0};
    struct prereq_key *open;
    uint64_t type = 0;
    enum prereq_look look = prereq_key_begin(
        gather, prereq_gather_printf(gather, SERVICES "\\%s", name), PREREQ_VIEW_64, &open, &why);

    if (look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE) {
        look = look == PREREQ_LOOK_FOUND ? read_open(gather, open, &made, &type, &why) : look;
        prereq_key_end(gather, open);
    }
    if (look == PREREQ_LOOK_ABSENT)
        return;
    PREREQ_GATHER_STATUS(gather, &made, look, &why);
    if (look == PREREQ_LOOK_FOUND && is_win32(type) && gather->source->ops->service_running)
        ask_whether_it_runs(gather, &made, refused);
    *PREREQ_GATHER_ADD(gather, services) = made;
}

void prereq_collect_services(struct prereq_gather *gather)
{
    struct prereq_refusal why = {0};
    struct prereq_names names;
    bool refused = false;
    enum prereq_look look = prereq_read_key_names(gather, SERVICES, PREREQ_VIEW_64, &names, &why);

    if (look != PREREQ_LOOK_FOUND) {
        if (look == PREREQ_LOOK_ABSENT)
            prereq_refuse(&why, "error", NULL, "The registry has no key of services.");
        prereq_gather_cover(gather, PREREQ_LIST_SERVICES, PREREQ_LIST_UNAVAILABLE, NULL, &why);
        prereq_gather_error(gather, "services", &why);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        if (prereq_gather_stopped(gather))
            break;
        if (*names.name[i]) /* only in a damaged hive */
            read_service(gather, names.name[i], &refused);
    }
    prereq_gather_cover(gather, PREREQ_LIST_SERVICES,
                        gather->stopped ? PREREQ_LIST_PARTIAL : PREREQ_LIST_COMPLETE, NULL, NULL);
}
