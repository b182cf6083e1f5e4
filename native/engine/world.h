/* SPDX-License-Identifier: MIT */
/* world.h - inside the judgement: one host's facts in the slots of a catalog, now and after a
 * restart.
 *
 * A case is one host before one judge: its targets, its statuses (pairs of patch and target), and
 * two worlds.  `now` is what the facts say; `later` is the same with everything done that waits for
 * the restart.  The planner copies both and changes the copies. */
#ifndef PREREQ_WORLD_H
#define PREREQ_WORLD_H

#include "engine/engine.h"

struct prereq_package_value { /* one CBS package that matches a slot */
    uint64_t state;
    struct prereq_version version;
    const char *identity;
};

struct prereq_fact {
    enum prereq_fact_status status;
    enum prereq_reason reason; /* why it is unavailable */
    int code;                  /* product type, architecture, start type, feature state, answer */
    bool no_version, bad_version;
    bool unreadable; /* of packages: one that matches could not be read; `reason` says why */
    bool lost;       /* a step took it away: every test on it is false until a step sets it */
    struct prereq_version version;
    struct prereq_number number; /* build, size, DWORD, bytes */
    struct prereq_time time;     /* last write, installed on */
    const char *text;
    const void *fact; /* where it came from, for what is only shown */
    const struct prereq_package_value *packages;
    size_t package_count;
};

enum prereq_lost { /* members of an instance that a step took away: tests on them are false */
                   PREREQ_LOST_VERSION = 1,
                   PREREQ_LOST_LEVEL = 2,
                   PREREQ_LOST_BRANCH = 4,
};

struct prereq_instance_value {
    const struct prereq_instance *fact;
    const char *product;
    enum prereq_fact_status status;
    enum prereq_reason reason;
    struct prereq_version version;
    const char *level, *branch, *edition;
    struct prereq_time installed_on;
    uint32_t target; /* its number */
    unsigned lost;   /* bits of enum prereq_lost */
};

struct prereq_record_value {        /* does any source say installed? */
    enum prereq_verdict value;      /* TRUE, FALSE, UNKNOWN */
    struct prereq_time first, last; /* earliest and latest known time */
    bool backup;
    unsigned sources; /* bit n: enum prereq_update_source */
    bool unlisted;    /* the list that proves it was read whole, and it is not in it */
};

struct prereq_world {
    struct prereq_fact *values;
    struct prereq_instance_value *instances;
    struct prereq_record_value *records; /* per pair */
    bool plan_pending;                   /* a step left something for the restart */
};

struct prereq_target {
    const char *id;      /* "host", or MSSQL/PROD1 */
    const char *product; /* NULL for the host */
    uint32_t instance;   /* its number, in a world's instances too; PREREQ_NONE for the host */
};

struct prereq_pair { /* a status: patch and target */
    uint32_t patch, target;
    const char *id;
};

struct prereq_trails;

struct prereq_case {
    struct prereq_arena *arena;
    struct prereq_trails *trails; /* trail.h */
    const struct prereq_catalog *catalog;
    const struct prereq_policy *policy;
    const bool
        *may_leave; /* per pair: plans may leave the target's branch for it; NULL: for none */
    const struct prereq_facts *facts; /* in order: not as they were given */
    struct prereq_target *targets;
    size_t target_count;
    struct prereq_pair *pairs; /* sorted by patch, then target */
    size_t pair_count;
    uint32_t *first_pair; /* of a patch; one more at the end */
    size_t value_count, per_target_count;
    uint32_t *ordinal; /* of a per-target slot */
    size_t instance_count;
    struct prereq_world now, later;
    bool differs;      /* later is not now */
    unsigned complete; /* bit n: enum prereq_list_kind was read whole */
    unsigned unavailable_lists;
};

/* Make the case of a host.  PREREQ_NO_MEMORY only. */
enum prereq_status prereq_case_make(struct prereq_arena *arena,
                                    const struct prereq_catalog *catalog,
                                    const struct prereq_policy *policy,
                                    const struct prereq_facts *facts, struct prereq_case **made,
                                    struct prereq_error *err);
/* Room for another world of the same case, filled from `source`.  False: no memory. */
bool prereq_world_copy(const struct prereq_case *host, const struct prereq_world *source,
                       struct prereq_world *copy);
/* The same into a world that has its room already. */
void prereq_world_assign(const struct prereq_case *host, const struct prereq_world *source,
                         struct prereq_world *copy);
/* The instance that a target is, as the facts tell it; NULL for the host. */
const struct prereq_instance *prereq_target_instance(const struct prereq_case *host,
                                                     uint32_t target);
/* Where a slot's value is, for a target. */
size_t prereq_value_at(const struct prereq_case *host, uint32_t slot, uint32_t target);
/* The pair of a patch on a target, else on the host; PREREQ_NONE: the patch has no such pair. */
uint32_t prereq_pair_find(const struct prereq_case *host, uint32_t patch, uint32_t target);
/* Instance `index` fits a target: it is the target's own, or the target is no instance of its
 * product. */
bool prereq_instance_fits(const struct prereq_case *host,
                          const struct prereq_instance_value *instance, const char *product,
                          uint32_t target);
/* A time later than the facts' own is a clock fault or a planned date: not known. */
struct prereq_time prereq_usable_time(const struct prereq_case *host, struct prereq_time time);
/* An unavailable fact's code as a reason. */
enum prereq_reason prereq_reason_from_code(const char *code);
/* Installed, pending or absent for a CBS CurrentState; 0x50 needs a look at the other packages. */
enum prereq_feature_state prereq_package_state(const struct prereq_fact *value, size_t index);

/* case_load.c: facts into slots. */
enum prereq_status prereq_case_load(struct prereq_case *host, struct prereq_error *err);
/* case_packages.c: CBS packages into slots.  False: no memory. */
bool prereq_case_load_packages(struct prereq_case *host);
/* case_records.c: update records, packages and MSI patches into records. */
enum prereq_status prereq_case_load_records(struct prereq_case *host, struct prereq_error *err);
/* case_pending.c: what waits for the restart, into `later`. */
enum prereq_status prereq_case_load_pending(struct prereq_case *host, struct prereq_error *err);

#endif
