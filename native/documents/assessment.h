/* SPDX-License-Identifier: MIT */
/* assessment.h - the verdict on one host: the document patchprereq-assessment/1.0.
 *
 * It holds everything that any output shows of a host; outputs format it and judge nothing. */
#ifndef PREREQ_ASSESSMENT_H
#define PREREQ_ASSESSMENT_H

#include "documents/policy.h"
#include "documents/verdict.h"

/* ---- rows of the document: each member once, with its column (assess_fields.c) ---- */

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
    enum prereq_flag actionable; /* no: missing, not required, and withdrawn or in the place of
                                    which a later one is required */
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
    const char *verify;         /* how a person sees that it is done */
    const char *verify_command; /* the same as a command, for cmd.exe */
    const char *note;           /* what else a person should know */
    const char *download;       /* address where the package is looked for */
    const char *undo;           /* the command that takes it off again */
    const char *const *clears;  /* status ids that are sound through it */
    size_t clears_count;
    const uint64_t *done, *done_restart, *nothing_to_do; /* exit codes */
    size_t done_count, done_restart_count, nothing_to_do_count;
    const char *plan_hash;
};

struct prereq_fact_needed {
    const char *fact;
    const char *collect; /* the command that collects it, or how it is stated */
};

struct prereq_left_out { /* a member of the goal that cannot be planned, and why */
    const char *id;      /* status id */
    const char *reason;
    const struct prereq_fact_needed *facts;
    size_t fact_count;
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
    const struct prereq_left_out *left_out; /* of host and repair: the rest is planned without */
    size_t left_out_count;
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
    bool received; /* no member: it was read from a document, not judged here */
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
    /* In tenths; not known: nothing to divide by.  What is Unknown is in the first denominator. */
    struct prereq_number compliance_percent;  /* of required_count */
    struct prereq_number compliance_of_known; /* of required_known */
    struct prereq_number compliant_and_superseded, required_known;
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
/* The program with its arguments, each quoted; nothing where a step has no program. */
void prereq_step_command(const struct prereq_step_row *step, struct prereq_buffer *out);
/* What a document shows as a command is what it runs, else PREREQ_BAD_INPUT: a text beside the
 * vector could show one thing and do another.  `listed`: the plans of an assessment, for the place.
 */
enum prereq_status prereq_step_commands_check(const struct prereq_plan *plans, size_t count,
                                              bool listed, struct prereq_error *err);

/* Figures of one assessment as seen at `now`. */
void prereq_summarize(const struct prereq_assessment *assessment, struct prereq_time now,
                      struct prereq_summary *summary);
/* The row with its age as seen at `now`, in whole seconds; no age where `since` is not known. */
struct prereq_restart_row prereq_restart_at(const struct prereq_restart_row *row,
                                            struct prereq_time now);
/* state_meaning.c: what a status enters.  Read off the document: `counts`, state, `waived`. */
/* It counts and applies. */
bool prereq_status_in_figures(const struct prereq_status_row *status);
/* In figures and not settled, waived ones too; Unknown is a finding. */
bool prereq_status_finding(const struct prereq_status_row *status);
/* A finding that is not waived. */
bool prereq_status_open(const struct prereq_status_row *status);
/* Tenths of a percent, half away from zero: 995 is 99.5 %.  False: nothing to divide by. */
bool prereq_permille(uint64_t numerator, uint64_t denominator, uint64_t *tenths);
/* A plan that did not hold before the proof is refused, and its reason begins with this word: a
 * fault of the program. */
#define PREREQ_PLAN_FAILED_PROOF "failed_proof"
bool prereq_plan_failed_proof(const struct prereq_plan *plan);
/* The plan for a goal, or NULL. */
const struct prereq_plan *prereq_assessment_plan(const struct prereq_assessment *assessment,
                                                 const char *goal);

#endif
