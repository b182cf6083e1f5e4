/* SPDX-License-Identifier: MIT */
/* assess.h - the verdict on one host: the document patchprereq-assessment/1.0.
 *
 * It holds everything that any output shows of a host; outputs format it and judge nothing. */
#ifndef PREREQ_ASSESS_H
#define PREREQ_ASSESS_H

#include "policy.h"

/* Six-valued logic of OVAL 5.11.2, oval-common-schema.  See verdict.c for how values combine. */
enum prereq_verdict {
    PREREQ_NOT_APPLICABLE,
    PREREQ_TRUE,
    PREREQ_FALSE,
    PREREQ_ERROR,
    PREREQ_UNKNOWN,
    PREREQ_NOT_EVALUATED,
};

struct prereq_verdict_counts { /* how many operands had each value */
    unsigned of[6];
};

enum prereq_verdict prereq_verdict_all(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_any(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_none(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_one(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_xor(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_not(enum prereq_verdict verdict);

/* Numbers never change (design.md: they are what monitors and scripts compare). */
enum prereq_state {
    PREREQ_STATE_NOT_APPLICABLE = 0,
    PREREQ_STATE_UNKNOWN = 1,
    PREREQ_STATE_PENDING_RESTART = 2,
    PREREQ_STATE_OUT_OF_ORDER = 3,
    PREREQ_STATE_REGRESSED = 4,
    PREREQ_STATE_SUPERSEDED = 5,
    PREREQ_STATE_COMPLIANT = 6,
    PREREQ_STATE_BLOCKED = 7,
    PREREQ_STATE_READY = 8,
    PREREQ_STATES = 9,
};

enum prereq_evidence {
    PREREQ_EVIDENCE_NONE = 1,
    PREREQ_EVIDENCE_FILES,
    PREREQ_EVIDENCE_BUILD,
    PREREQ_EVIDENCE_PACKAGE,
    PREREQ_EVIDENCE_RECORD,
};

/* Every reason a status can have: one table in reason.c gives code, arguments and sentence. */
enum prereq_reason {
    PREREQ_REASON_NONE,
    PREREQ_REASON_NOT_APPLICABLE, /* product, platform or role is not there */
    PREREQ_REASON_ERROR,          /* a needed fact is unavailable */
    PREREQ_REASON_NOT_COLLECTED,
    PREREQ_REASON_ACCESS_DENIED,
    PREREQ_REASON_UNSUPPORTED_RULE,
    PREREQ_REASON_RECORD_ONLY,
    PREREQ_REASON_BAD_VERSION,
    PREREQ_REASON_NO_VERSION_RESOURCE,
    PREREQ_REASON_BRANCH_UNKNOWN,
    PREREQ_REASON_HIVE_DIRTY,
    PREREQ_REASON_CONFLICT,
    PREREQ_REASON_DATE_UNCERTAIN, /* one day earlier, or a tie without date */
    PREREQ_REASON_RESTART_DUE,    /* files or packages wait for the restart */
    PREREQ_REASON_FILES_PENDING,
    PREREQ_REASON_LEVEL_UNMET, /* a prerequisite level is not reached */
    PREREQ_REASON_PREREQUISITE_UNMET,
    PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE,
    PREREQ_REASON_VOIDED_LATER,
    PREREQ_REASON_FILES_OLDER,
    PREREQ_REASON_FILES_MISSING,
    PREREQ_REASON_MARKER_UNMET,    /* build, branch, level or package state speaks against it */
    PREREQ_REASON_NEVER_EFFECTIVE, /* no earlier assessment saw it good */
    PREREQ_REASON_SUPERSEDED,
    PREREQ_REASON_BELOW_RECORDED_LEVEL, /* a later level is recorded, sound or not */
    PREREQ_REASON_SOUND,                /* compliant */
    PREREQ_REASON_EFFECT_WITHOUT_RECORD,
    PREREQ_REASON_RECORD_TRUSTED,
    PREREQ_REASON_MAY_BE_INSTALLED, /* ready */
    PREREQ_REASON_WITHDRAWN,
    PREREQ_REASON_PERMANENT_PACKAGE,
    PREREQ_REASON_NOT_EVALUATED,    /* Summary alone */
    PREREQ_REASON_DOCUMENT_REFUSED, /* Summary alone: the assessment before it is shown */
    PREREQ_REASONS,
};

struct prereq_reason_info {
    const char *code;
    unsigned states;       /* bit n: may stand with state n */
    const char *arguments; /* names of the arguments of the sentence: "patch, file" */
    const char *sentence;  /* how it begins; the assessment completes it */
};

const struct prereq_reason_info *prereq_reason_info(enum prereq_reason reason);

/* ---- rows of the document: each member once, with its column (assess_fields.c) ---- */

enum prereq_satisfied {
    PREREQ_SATISFIED_NO,
    PREREQ_SATISFIED_YES,
    PREREQ_SATISFIED_UNKNOWN,
    PREREQ_SATISFIED_NOT_APPLICABLE,
};

struct prereq_prerequisite_row { /* one alternative of one group */
    const char *id;              /* <status>/<group>.<alternative> */
    const char *patch_status_id, *patch_id, *target;
    struct prereq_number group_no, alternative_no;
    const char *requires;
    const char *kind; /* patch, os, file, registry … */
    int holds;
    int satisfied;       /* of the alternative */
    int group_satisfied; /* of its whole group */
    const char *expected, *found, *reason, *source;
};

enum prereq_component_result {
    PREREQ_RESULT_UNKNOWN,
    PREREQ_RESULT_AT_LEVEL,
    PREREQ_RESULT_NEWER,
    PREREQ_RESULT_OLDER,
    PREREQ_RESULT_MISSING,
    PREREQ_RESULT_DIFFERENT,
    PREREQ_RESULT_NOT_REQUIRED,
};

enum prereq_role {
    PREREQ_ROLE_BASELINE = 1,
    PREREQ_ROLE_PATCH,
};

struct prereq_component_row { /* one file of the patch or of a baseline it needs */
    const char *id;           /* <status>/c<n> */
    const char *patch_status_id, *patch_id, *target;
    int role;
    const char *baseline_id; /* Role baseline: whose list the row is from */
    const char *path;
    const char *expected, *expected_version, *found, *found_version;
    int result;
    const char *company, *original_filename;
    struct prereq_time last_write;
    enum prereq_flag pending_replace;
};

struct prereq_status_row {
    const char *id; /* PatchId or PatchId@Target */
    const char *patch_id, *target, *title, *product_id, *product;
    int kind, severity, classification;
    struct prereq_time released;
    enum prereq_flag required;   /* by policy */
    enum prereq_flag counts;     /* required, or in state 2, 3, 4: enters figures */
    enum prereq_flag actionable; /* a missing one with a required later one, or withdrawn, is not */
    int state;                   /* enum prereq_state */
    const char *reason_code, *reason, *expected, *found;
    int evidence;
    const char *const *recorded_by;
    size_t recorded_by_count;
    struct prereq_time installed_on;
    const char *superseded_by;
    const char *const *blocked_by;
    size_t blocked_by_count;
    const char *const *warnings;
    size_t warning_count;
    int restart_required; /* No, Possible, Required */
    struct prereq_time open_since, last_changed;
    struct prereq_number age_days, sla_days;
    struct prereq_time due_date;
    struct prereq_number overdue_days;
    enum prereq_flag waived;
    const char *waiver_id;
    struct prereq_time waiver_expires;
    const char *source;
    const char *advice;
    enum prereq_flag fault_at_restart; /* sound now, 3 or 4 after the restart that is due */
    enum prereq_flag ever_good;        /* some assessment saw it Compliant */
    const struct prereq_prerequisite_row *prerequisites;
    size_t prerequisite_count;
    const struct prereq_component_row *components;
    size_t component_count;
};

struct prereq_restart_row {
    const char *source;
    int pending; /* 0 No 1 Yes 2 Unknown */
    struct prereq_time since;
    struct prereq_number age_seconds; /* from `since` to the evaluation; see prereq_restart_at() */
    const char *detail;
    enum prereq_flag blocking;
};

enum prereq_plan_result {
    PREREQ_PLAN_PLANNED = 1,
    PREREQ_PLAN_NOTHING_TO_DO,
    PREREQ_PLAN_REFUSED,
    PREREQ_PLAN_CYCLE,
};

struct prereq_step_row {
    const char *id; /* <goal>/<nn> */
    const char *goal;
    struct prereq_number step_no;
    int action;           /* enum prereq_action */
    const char *patch_id; /* NULL for a restart */
    const char *target;
    const char *reason;
    const char *command; /* program and arguments, quoted for reading; NULL: none */
    const char *program;
    const char *const *arguments;
    size_t argument_count;
    const char *working_directory;
    enum prereq_flag unpacked; /* runs where the package of the same patch was unpacked */
    const char *package, *sha256;
    const char *needs;
    enum prereq_flag reversible;
    const char *verify;                                  /* how a person sees that it is done */
    const uint64_t *done, *done_restart, *nothing_to_do; /* exit codes */
    size_t done_count, done_restart_count, nothing_to_do_count;
    const char *plan_hash;
};

struct prereq_plan {
    const char *goal;         /* host, repair, selection or a status id */
    const char *const *goals; /* status ids it is for */
    size_t goal_count;
    int result;
    const char *reason;
    const char *const *facts_needed; /* refused: what to collect */
    size_t facts_needed_count;
    const struct prereq_step_row *steps;
    size_t step_count;
    struct prereq_number restarts;
    const char *hash;
    const char *const *restore; /* status ids that it takes off or lowers, in old order */
    size_t restore_count;
    const char *const *warnings;
    size_t warning_count;
};

struct prereq_host_row {
    const char *host_id, *host_name, *domain;
    const char *group, *site, *owner; /* from scope.csv */
    const char *reported_group, *reported_site, *reported_owner;
    enum prereq_flag in_scope; /* unset: no scope was given */
    struct prereq_time scope_from;
    const char *os, *os_version, *service_pack, *edition, *product_type, *architecture, *language;
    const char *install_type;
    struct prereq_time last_start_up;
};

struct prereq_catalog_ref {
    const char *id, *version;
    struct prereq_time released;
    const char *sha256;
};

struct prereq_policy_ref {
    const char *id, *version, *sha256;
    const struct prereq_sla_days *sla_days;
    struct prereq_number stale_after_hours, restart_grace_days;
    enum prereq_flag trust_records;
};

struct prereq_input_ref {
    const char *name, *sha256;
};

struct prereq_previous_ref {
    struct prereq_time evaluated;
    const char *sha256;
};

struct prereq_error_row { /* something that could not be looked at */
    const char *fact, *status, *code, *number, *text;
};

struct prereq_assessment {
    const char *format;
    const char *product_version;
    struct prereq_time evaluated; /* LastEvaluated: the `now` it was made with */
    const struct prereq_host_row *host;
    const struct prereq_collection *collection;
    const struct prereq_error_row *collector_errors;
    size_t collector_error_count;
    const struct prereq_restart_row *pending_restarts; /* one per known source, always */
    size_t pending_restart_count;
    const struct prereq_status_row *statuses; /* sorted by id; every catalog patch in every state */
    size_t status_count;
    const char *const
        *restore; /* status ids taken off by a plan that was not finished, old order */
    size_t restore_count;
    const struct prereq_plan *plans; /* `host` first */
    size_t plan_count;
    const struct prereq_waiver *waivers; /* those that matched, whole, expired ones too */
    size_t waiver_count;
    const struct prereq_policy_ref *policy;
    const struct prereq_catalog_ref *catalogs;
    size_t catalog_count;
    const struct prereq_input_ref *inputs;
    size_t input_count;
    const struct prereq_previous_ref *previous;
};

/* A plan on its own, as `plan --format json` writes it and `plan --verify` reads it. */
struct prereq_plan_file {
    const char *format;
    const struct prereq_host_row *host;
    struct prereq_time evaluated;
    const struct prereq_catalog_ref *catalogs;
    size_t catalog_count;
    const struct prereq_plan *plan;
};

extern const struct prereq_document prereq_assessment_document;
extern const struct prereq_document prereq_plan_document; /* patchprereq-plan/1.0 */

/* Row shapes with their columns, for outputs. */
extern const struct prereq_shape prereq_host_shape, prereq_status_shape, prereq_prerequisite_shape,
    prereq_component_shape, prereq_restart_shape, prereq_step_shape, prereq_error_shape,
    prereq_summary_shape;

extern const char *const prereq_state_names[];
extern const char *const prereq_evidence_names[];
extern const char *const prereq_satisfied_names[];
extern const char *const prereq_component_result_names[];
extern const char *const prereq_role_names[];
extern const char *const prereq_pending_names[];
extern const char *const prereq_plan_result_names[];
extern const char *const prereq_need_names[]; /* No, Possible, Required */

enum prereq_status prereq_assessment_read(struct prereq_arena *arena, const char *json, size_t len,
                                          const struct prereq_assessment **assessment,
                                          size_t *ignored, struct prereq_error *err);
void prereq_assessment_write(const struct prereq_assessment *assessment,
                             enum prereq_json_style style, struct prereq_buffer *out);
enum prereq_status prereq_plan_read(struct prereq_arena *arena, const char *json, size_t len,
                                    const struct prereq_plan_file **file, size_t *ignored,
                                    struct prereq_error *err);
void prereq_plan_write(const struct prereq_plan_file *file, enum prereq_json_style style,
                       struct prereq_buffer *out);

/* What a run judges with: the same for every host, shared between threads. */
struct prereq_judge {
    const struct prereq_catalog *catalog;
    const struct prereq_policy *policy;   /* never NULL: prereq_policy_default() */
    const struct prereq_waivers *waivers; /* may be NULL */
    const struct prereq_scope *scope;     /* may be NULL */
    struct prereq_time now;
    const char *product_version;
    const struct prereq_input_ref *inputs; /* copied into each assessment */
    size_t input_count;
    bool plans; /* make the plans too */
};

/* Judge one host.  `previous` may be NULL; one of another host, or with facts not older than these,
 * is PREREQ_BAD_INPUT with the reason.  Everything points into `arena` or into the arguments. */
enum prereq_status prereq_assess(struct prereq_arena *arena, const struct prereq_judge *judge,
                                 const struct prereq_facts *facts,
                                 const struct prereq_assessment *previous,
                                 const struct prereq_assessment **assessment,
                                 struct prereq_error *err);

/* One plan for goals given by id ("Q269862", "KB5046862@MSSQL/PROD1", "host", "repair").  The
 * result says planned, nothing-to-do, refused or cycle; an unknown goal is PREREQ_BAD_INPUT. */
enum prereq_status prereq_plan_make(struct prereq_arena *arena, const struct prereq_judge *judge,
                                    const struct prereq_facts *facts,
                                    const struct prereq_assessment *previous,
                                    const char *const *goals, size_t goal_count,
                                    const struct prereq_plan **plan, struct prereq_error *err);

/* Does a plan made earlier still fit these facts?  True when planning the same goals anew gives the
 * same hash; else *why says what is different. */
enum prereq_status prereq_plan_verify(struct prereq_arena *arena, const struct prereq_judge *judge,
                                      const struct prereq_facts *facts,
                                      const struct prereq_plan *plan, bool *fits, const char **why,
                                      struct prereq_error *err);

/* ---- figures: counted, never judged ---- */

struct prereq_summary {
    const char *host_id, *host_name;
    enum prereq_flag evaluated;
    const char *reason_code, *reason;
    struct prereq_time last_evaluated;
    struct prereq_number evaluation_age_seconds;
    enum prereq_flag stale;
    struct prereq_time facts_time;
    const char *catalog_id, *catalog_version;
    struct prereq_time catalog_released;
    const char *catalog_sha256, *product_version;
    struct prereq_number worst_state; /* not known: none occurs */
    const char *worst_state_name;
    struct prereq_number compliance_percent; /* in tenths; not known: nothing to divide by */
    struct prereq_number compliant_and_superseded, required_known; /* what it is made of */
    struct prereq_number required_count;
    struct prereq_number count_of[PREREQ_STATES]; /* by exact state; [0] counts every status */
    struct prereq_number recorded_only_count, waived_count, overdue_count, waivers_expired;
    enum prereq_flag restart_pending;
    struct prereq_time restart_pending_since;
    struct prereq_number restart_pending_age_seconds, oldest_open_age_days;
    struct prereq_number plan_steps, plan_restarts;
    const char *plan_hash;
    struct prereq_number collector_errors;
};

/* A plan as a document of its own, with the host and the catalogs of its assessment. */
struct prereq_plan_file prereq_plan_file_of(const struct prereq_assessment *assessment,
                                            const struct prereq_plan *plan);

/* Add one argument as CommandLineToArgvW takes it apart again: in quotes where it needs them,
 * backslashes doubled before a quote only. */
void prereq_command_quote(struct prereq_buffer *out, const char *text);

/* Figures of one assessment as seen at `now`. */
void prereq_summarize(const struct prereq_assessment *assessment, struct prereq_time now,
                      struct prereq_summary *summary);
/* The row with its age as seen at `now`, in whole seconds; no age where `since` is not known. */
struct prereq_restart_row prereq_restart_at(const struct prereq_restart_row *row,
                                            struct prereq_time now);
/* A status that counts, is not waived and not NotApplicable, Superseded or Compliant. */
bool prereq_status_open(const struct prereq_status_row *status);
/* Tenths of a percent, half away from zero: 995 is 99.5 %.  False: nothing to divide by. */
bool prereq_permille(uint64_t numerator, uint64_t denominator, uint64_t *tenths);
/* Position in the order of badness: 0 is the worst. */
int prereq_badness(int state);
/* The plan for a goal, or NULL. */
const struct prereq_plan *prereq_assessment_plan(const struct prereq_assessment *assessment,
                                                 const char *goal);

#endif
