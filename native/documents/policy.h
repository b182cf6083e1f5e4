/* SPDX-License-Identifier: MIT */
/* policy.h - files that people write beside the catalog: policy, waivers, scope. */
#ifndef PREREQ_POLICY_H
#define PREREQ_POLICY_H

#include "documents/catalog.h"

/* ---- policy.json: patchprereq-policy/1.0 ---- */

struct prereq_requirement { /* the first that matches product, branch and group decides */
    const char *product;    /* product id, `*` allowed; NULL: any */
    const char *branch;
    const char *const *groups; /* host groups from scope.csv, `*` allowed; none: all */
    size_t group_count;
    const char *level; /* "newest", "none" or the id of a baseline; default newest */
    int updates;       /* enum prereq_updates; default security */
    enum prereq_flag allow_branch_change;
};

enum prereq_updates {
    PREREQ_UPDATES_SECURITY = 1,
    PREREQ_UPDATES_ALL,
    PREREQ_UPDATES_NONE,
};

struct prereq_sla_days {
    struct prereq_number critical, important, moderate, low, unrated;
};

struct prereq_policy {
    const char *format;
    const char *id, *version;
    const struct prereq_requirement *require;
    size_t require_count;
    const struct prereq_sla_days *sla_days;
    struct prereq_number stale_after_hours, restart_grace_days;
    enum prereq_flag trust_records;
    const char *package_root;
    const char *sha256; /* filled by the reader of the file; not a member */
};

extern const struct prereq_document prereq_policy_document;
extern const struct prereq_shape prereq_sla_days_shape;

/* The policy that holds where nothing else is said: decisions.md's defaults. */
const struct prereq_policy *prereq_policy_default(void);
/* Missing members are filled from the default, and behind the requirements stands one more that
 * matches everything, so that one always decides. */
enum prereq_status prereq_policy_read(struct prereq_arena *arena, const char *json, size_t len,
                                      const struct prereq_policy **policy,
                                      struct prereq_error *err);
/* The first requirement that matches; `branch` and `group` may be NULL (then one that names some
 * does not match).  Never NULL: where nothing matches, the newest level and security updates. */
const struct prereq_requirement *prereq_find_requirement(const struct prereq_policy *policy,
                                                         const char *product, const char *branch,
                                                         const char *group);
/* Days of grace for a severity (enum prereq_severity). */
uint64_t prereq_policy_sla(const struct prereq_policy *policy, int severity);

/* ---- waivers.json: patchprereq-waivers/1.0 ---- */

struct prereq_waiver {
    const char *id;
    const char *const *hosts, *const *groups, *const *patches, *const *targets;
    size_t host_count, group_count, patch_count, target_count;
    const char *reason, *compensating_control, *residual_risk, *approver;
    struct prereq_time approved_on, expires; /* valid through the end of the UTC day `expires` */
};

struct prereq_waivers {
    const char *format;
    const struct prereq_waiver *waivers;
    size_t waiver_count;
};

extern const struct prereq_document prereq_waivers_document;
extern const struct prereq_shape prereq_waiver_shape;

enum prereq_status prereq_waivers_read(struct prereq_arena *arena, const char *json, size_t len,
                                       const struct prereq_waivers **waivers,
                                       struct prereq_error *err);

struct prereq_waiver_subject {
    const char *host_id, *fqdn, *host_name, *group, *patch_id, *target;
    const char *const *aliases; /* of the patch: its other numbers */
    size_t alias_count;
};

bool prereq_waiver_matches(const struct prereq_waiver *waiver,
                           const struct prereq_waiver_subject *subject);
bool prereq_waiver_expired(const struct prereq_waiver *waiver, struct prereq_time now);

/* ---- scope.csv: host,group,site,owner,from,to ---- */

struct prereq_scope_row {
    const char *host, *group, *site, *owner;
    struct prereq_time from, to; /* days; not known: open */
    size_t line;
};

struct prereq_scope {
    const struct prereq_scope_row *rows;
    size_t row_count;
    const struct prereq_scope_row *const *by_host; /* all rows by host, then by what counts on a day
                                                            that several hold on */
};

/* RFC 4180, UTF-8 with or without BOM, header in any order; errors name the line. */
enum prereq_status prereq_scope_read(struct prereq_arena *arena, const char *csv, size_t len,
                                     const struct prereq_scope **scope, struct prereq_error *err);
/* The row of this host (hostId, FQDN or name) that holds on the day of `now`; NULL: not in scope.
 * Of several the last one in the file. */
const struct prereq_scope_row *prereq_scope_find(const struct prereq_scope *scope,
                                                 const char *host_id, const char *fqdn,
                                                 const char *host_name, struct prereq_time now);

#endif
