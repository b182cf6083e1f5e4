/* SPDX-License-Identifier: MIT */
/* catalog.h - what is known of patches: the document patchprereq-catalog/1.0, and many of them as
 * one.
 *
 * Written by people (docs/catalog.md shows how).  Everything that a state or a plan needs to know
 * of a patch is said here and nowhere else. */
#ifndef PREREQ_CATALOG_H
#define PREREQ_CATALOG_H

#include "documents/facts.h"

/* ---- rules: exactly one member of a rule is set ---- */

struct prereq_number_test {
    const uint64_t *equals; /* one of these */
    size_t equals_count;
    struct prereq_number at_least, below, bits_set, bits_clear;
};

struct prereq_version_range { /* from <= v < below */
    struct prereq_version from, below;
};

struct prereq_version_test {
    const struct prereq_version *equals;
    size_t equals_count;
    struct prereq_version at_least, below;
    const struct prereq_version_range *within; /* in at least one of these */
    size_t within_count;
};

struct prereq_text_test {
    const char *const *equals; /* one of these, without regard to case */
    size_t equals_count;
    const char *begins, *contains, *ends, *glob;
};

struct prereq_os_rule { /* all that are given must hold */
    const struct prereq_version_test *version;
    const struct prereq_number_test *build, *ubr, *service_pack;
    const struct prereq_text_test *edition, *language, *install_type;
    const int *product_type, *architecture;
    size_t product_type_count, architecture_count;
};

enum prereq_quantifier {
    PREREQ_ANY_OF = 1,
    PREREQ_ALL_OF,
};

struct prereq_product_rule { /* of the target instance, or of instances on the host */
    const char *product;
    enum prereq_flag installed; /* false: the product must not be there */
    const struct prereq_version_test *version;
    const struct prereq_text_test *level, *branch, *edition;
    int quantifier; /* when the patch's target is not an instance of it; default any */
};

enum prereq_rule_view {
    PREREQ_RULE_VIEW_64 = 1,
    PREREQ_RULE_VIEW_32,
    PREREQ_RULE_VIEW_BOTH,
};

struct prereq_file_rule {
    const char *path;
    enum prereq_flag
        exists; /* false: must not be there; true or left out with no other test: must be */
    enum prereq_flag if_present; /* absent: not applicable */
    const struct prereq_version_test *version;
    const struct prereq_number_test *size;
    struct prereq_time modified_from; /* this UTC date or later */
    const struct prereq_text_test *company, *original_name;
};

struct prereq_file_set_rule { /* every row of the patch's file list at or above */
    const char *patch;
};

struct prereq_registry_rule {
    const char *key;
    int view;
    const char *name;
    enum prereq_flag exists;
    const char *type;
    const struct prereq_text_test *text;
    const struct prereq_number_test *number;
    const struct prereq_version_test *version; /* REG_SZ read as a version */
    const char *bytes;
};

struct prereq_service_rule {
    const char *name;
    enum prereq_flag exists;
    const int *start;
    size_t start_count;
    enum prereq_flag running;
};

struct prereq_feature_rule {
    const char *name;
    enum prereq_flag installed; /* false: must not be */
    const struct prereq_version_test *version;
};

struct prereq_patch_rule { /* satisfied as a prerequisite is: effect, in order, not voided */
    const char *id;
    enum prereq_flag exact; /* not a later one in its place */
};

struct prereq_record_rule { /* some source says installed, whatever the files say */
    const char *id;
};

struct prereq_package_rule { /* CBS */
    const char *name;        /* first part of the identity; `*` allowed */
    const uint64_t *states;
    size_t state_count; /* default: installed (0x70, 0x80) */
    const struct prereq_version_test *version;
};

struct prereq_msi_rule {
    const char *product_code, *patch_code; /* exactly one */
    const struct prereq_version_test *version;
};

struct prereq_stack_rule {
    struct prereq_version at_least;
};

struct prereq_space_rule {
    int volume;
    struct prereq_number at_least; /* bytes */
};

struct prereq_setting_rule {
    int kind;
    const char *name;
    enum prereq_flag exists;
    const struct prereq_text_test *text;
    const struct prereq_number_test *number;
};

struct prereq_pending_rule { /* nothing of these sources is pending; default: all */
    const int *sources;
    size_t source_count;
};

struct prereq_calendar_rule {       /* judged at the facts' time */
    struct prereq_time from, until; /* until: through the end of that day */
    const uint64_t *months;
    size_t month_count;
};

struct prereq_hosts_rule { /* every host of a role: needs more than one host's facts */
    const char *role;
    const char *patch;
};

struct prereq_rule {
    const struct prereq_rule *all, *any, *none, *one, *xor_;
    size_t all_count, any_count, none_count, one_count, xor_count;
    const struct prereq_rule *not_;
    const struct prereq_os_rule *os;
    const struct prereq_product_rule *product;
    const struct prereq_file_rule *file;
    const struct prereq_file_set_rule *file_set;
    const struct prereq_registry_rule *registry;
    const struct prereq_service_rule *service;
    const struct prereq_feature_rule *feature;
    const struct prereq_patch_rule *patch;
    const struct prereq_record_rule *record;
    const struct prereq_package_rule *package;
    const struct prereq_msi_rule *msi;
    const struct prereq_stack_rule *servicing_stack;
    const struct prereq_space_rule *free_space;
    const struct prereq_setting_rule *setting;
    const struct prereq_pending_rule *nothing_pending;
    const struct prereq_calendar_rule *calendar;
    const struct prereq_hosts_rule *all_hosts;
    enum prereq_flag always; /* true or false, for whole branches */
};

/* ---- commands and what they change ---- */

struct prereq_command {
    const char *program;
    const char *const *arguments;
    size_t argument_count;
    const char *working_directory;
    const char *package;            /* file under the policy's packageRoot that must be there */
    const char *sha256;             /* of it */
    enum prereq_flag needs_extract; /* runs from the unpacked package */
    const uint64_t *done, *done_restart,
        *nothing_to_do; /* exit codes; default 0 / 3010, 1641 / none */
    size_t done_count, done_restart_count, nothing_to_do_count;
};

struct prereq_set_os {
    struct prereq_number build, ubr, service_pack;
    const char *edition;
};

struct prereq_set_product {
    const char *product;
    struct prereq_version version;
    const char *level, *branch;
};

struct prereq_set_registry {
    const char *key;
    int view;
    const char *name;
    const char *type, *value;
    struct prereq_number number;
    enum prereq_flag removed;
};

struct prereq_set_package {
    const char *name;
    struct prereq_number state;
    struct prereq_version version;
};

struct prereq_set_setting {
    int kind;
    const char *name, *value;
    struct prereq_number number;
};

struct prereq_set_service {
    const char *name;
    int start;
};

struct prereq_set_feature {
    const char *name;
    int state;
    struct prereq_version version;
};

struct prereq_set_file { /* by configure and manual steps; a patch's own rows need no set */
    const char *path;
    enum prereq_flag removed;
    struct prereq_version version;
    struct prereq_time date;
    struct prereq_number size;
};

struct prereq_set { /* exactly one */
    const struct prereq_set_os *os;
    const struct prereq_set_product *product;
    const struct prereq_set_registry *registry;
    const struct prereq_set_package *package;
    const struct prereq_set_setting *setting;
    const struct prereq_set_service *service;
    const struct prereq_set_feature *feature;
    const struct prereq_set_file *file;
    struct prereq_version servicing_stack;
};

/* ---- patches ---- */

struct prereq_reference {
    const char *url; /* a public page; or the article's number where no page is left */
    const char *title;
    const char *says; /* what was taken from it, in our words */
};

/* One row of a file list.  The found file is at level when its version is at or above `version`; a
 * row without version goes by date (that UTC date or later), else by size alone (equal). */
struct prereq_file_row {
    const char *path;
    struct prereq_version version;
    struct prereq_time date;     /* UTC */
    struct prereq_time tie_date; /* one version, two builds: the date tells them apart */
    struct prereq_number size;
    const char *branch;                              /* GDR, LDR, QFE */
    const struct prereq_version_range *branch_range; /* found versions that belong to the branch */
    size_t branch_range_count;
    const int *architecture;
    size_t architecture_count;
    const char *const *language;
    size_t language_count;
    const struct prereq_rule *when; /* the row counts only while this holds */
    enum prereq_flag if_present;    /* absent: not required */
    const char *source;             /* article the row is from, where it is not the entry's first */
};

enum prereq_action { /* the words of a plan's steps */
                     PREREQ_STEP_EXTRACT = 1,
                     PREREQ_STEP_UNINSTALL,
                     PREREQ_STEP_APPLY_BASELINE,
                     PREREQ_STEP_INSTALL,
                     PREREQ_STEP_RESTART,
                     PREREQ_STEP_CONFIGURE,
                     PREREQ_STEP_VERIFY,
                     PREREQ_STEP_MANUAL,
};

/* What a plan may do to make a rule hold, or has to do around a patch. */
struct prereq_remedy {
    int action;         /* configure, manual or restart */
    const char *text;   /* what is to be done, one sentence */
    const char *verify; /* how a person sees that it is done */
    const struct prereq_command *command;
    const struct prereq_set *sets;
    size_t set_count;
    enum prereq_flag at_restart;    /* the change shows after a restart only */
    enum prereq_flag after_restart; /* of a caution's step after: not before the next restart */
};

struct prereq_alternative { /* a rule, or a patch or baseline (this one or a later one) */
    const char *patch;
    enum prereq_flag exact;
    enum prereq_flag pending_is_enough;
    const struct prereq_rule *rule;
    const char *title; /* of a rule: what it asks for */
    const struct prereq_remedy *remedy;
};

enum prereq_holds {
    PREREQ_HOLDS_ALWAYS = 1,
    PREREQ_HOLDS_BEFORE,
};

struct prereq_group { /* one prerequisite: any of its alternatives */
    const struct prereq_alternative *any_of;
    size_t any_of_count;
    const struct prereq_rule *when; /* false: the group does not apply */
    int holds; /* default: always; before for rules that only concern the moment of installing */
    enum prereq_flag ordered;
    enum prereq_flag restart_before; /* a satisfier must be effective: a restart stands between */
    struct prereq_number soak_days;  /* whole days between the satisfier and this patch */
    const char *why;                 /* one sentence */
    const char *const *errors;       /* what fails without it: error codes, symptoms */
    size_t error_count;
    const char *source;
};

struct prereq_invalidation { /* one of feature, patch, product: added after the patch, it voids it
                              */
    const char *feature;
    const char *patch;
    const char *product;
    const struct prereq_rule *unless; /* proves the patch sound in spite of it */
    const char *why;
    const char *source;
};

struct prereq_caution {
    const struct prereq_rule *when;
    const char *text;
    const struct prereq_remedy *before, *after;
    size_t before_count, after_count;
    const char *source;
};

enum prereq_restart_need {
    PREREQ_RESTART_NO = 1,
    PREREQ_RESTART_POSSIBLE,
    PREREQ_RESTART_REQUIRED,
};

struct prereq_restart_case { /* the first whose `when` holds, else the entry's `restart` */
    const struct prereq_rule *when;
    int restart;
};

enum prereq_chain {
    PREREQ_CHAIN_NO_SHARED_FILE = 1,
    PREREQ_CHAIN_NEVER,
    PREREQ_CHAIN_ALWAYS,
};

enum prereq_repair {
    PREREQ_REPAIR_REINSTALL = 1,
    PREREQ_REPAIR_PREREQUISITE,
};

enum prereq_severity {
    PREREQ_CRITICAL = 1,
    PREREQ_IMPORTANT,
    PREREQ_MODERATE,
    PREREQ_LOW,
    PREREQ_UNRATED,
    PREREQ_SEVERITIES = PREREQ_UNRATED,
};

enum prereq_classification {
    PREREQ_SECURITY = 1,
    PREREQ_UPDATE,
    PREREQ_PREVIEW,
    PREREQ_LEVEL,
    PREREQ_CONFIGURATION,
};

enum prereq_patch_kind {
    PREREQ_KIND_PATCH = 1,
    PREREQ_KIND_BASELINE,
    PREREQ_KIND_CONFIGURATION,
};

enum prereq_file_mode {
    PREREQ_FILES_RAISED = 1, /* to the listed version where lower, missing or unavailable */
    PREREQ_FILES_REPLACED,   /* to the listed version even where newer */
};

enum prereq_file_list {
    PREREQ_FILE_LIST_PARTIAL = 1,
    PREREQ_FILE_LIST_COMPLETE,
};

struct prereq_commands {
    const struct prereq_command *install, *extract, *uninstall, *repair, *remove_record;
};

struct prereq_patch {
    const char *id;
    const char *const *aliases; /* other numbers of the same patch: KB…, MS… */
    size_t alias_count;
    int kind;
    const char *title;
    const char *product; /* id of a product of this catalog */
    const char *branch;  /* the product branch it belongs to, GDR or CU */
    const char *level;   /* the product level it is for or makes: RTM, SP2 */
    int classification, severity;
    struct prereq_time released, withdrawn;
    const char *withdrawn_why;
    const char *const *cves;
    size_t cve_count;
    const struct prereq_reference *sources; /* the first one is the entry's */
    size_t source_count;
    const char *conflict;              /* facts in conflict: what and where; judged Unknown */
    const struct prereq_rule *applies; /* beyond the product's own rule */
    const char *advice;                /* for hosts it does not apply to */

    enum prereq_flag no_record; /* no record exists by nature */
    const char *const
        *record_ids; /* ids in update records that mean this patch; default: id, aliases */
    size_t record_id_count;
    const char *const *packages; /* CBS package names; `*` allowed */
    size_t package_count;
    const char *const *msi_patches; /* patch codes */
    size_t msi_patch_count;
    const struct prereq_rule *marker; /* OS level, build, branch, package state that prove it */
    const struct prereq_file_row *files;
    size_t file_count;
    int file_list; /* whether `files` is all that it brings; default partial */
    int file_mode; /* default raised */

    const char *const *supersedes;
    size_t supersedes_count;
    const struct prereq_group *prerequisites;
    size_t prerequisite_count;
    const struct prereq_invalidation *voided_by;
    size_t voided_by_count;
    const struct prereq_caution *cautions;
    size_t caution_count;

    const struct prereq_set *sets; /* all that marker tests read; files come from the rows */
    size_t set_count;
    enum prereq_flag at_restart; /* files and sets show after the restart only */
    int restart;                 /* default required */
    const struct prereq_restart_case *restart_when;
    size_t restart_when_count;
    int repair, chain;
    enum prereq_flag
        no_restart_between;     /* goes on together with what it needs: no restart between */
    enum prereq_flag removable; /* left out: removable when an uninstall command is given */
    enum prereq_flag permanent; /* cannot come off, nor go on again */
    enum prereq_flag refuses_while_recorded;
    enum prereq_flag keeps_backup; /* false: uninstalling never brings files back */
    const char *const *regresses;  /* ids of patches whose files it puts back */
    size_t regresses_count;
    const struct prereq_commands *commands;
    const char *install_note; /* how a person installs it where no command is known */
};

struct prereq_product {
    const char *id;
    const char *title;
    const char *instance_product; /* targets are the instances of this product; else the host */
    const struct prereq_rule *applies;
    const char *const *branches; /* in order: a later one is never left for an earlier one */
    size_t branch_count;
    const struct prereq_reference *sources;
    size_t source_count;
};

struct prereq_releases_file; /* releases.h */
struct prereq_line;

struct prereq_catalog_file {
    const char *format;
    const char *family;
    const struct prereq_product *products;
    size_t product_count;
    const struct prereq_patch *patches;
    size_t patch_count;
    const struct prereq_releases_file *releases; /* of a file of release lines; then no entries */
};

extern const struct prereq_document prereq_catalog_document;

struct prereq_catalog_info { /* catalog.json: patchprereq-catalog-info/1.0 */
    const char *format;
    const char *id, *version;
    struct prereq_time released;
    const char *title;
    const char *sha256; /* filled by the loader: over all files in load order */
};

extern const struct prereq_document prereq_catalog_info_document;
extern const struct prereq_shape prereq_patch_shape; /* for `catalog show` and the plan hash */

extern const char *const prereq_severity_names[];
extern const char *const prereq_classification_names[];
extern const char *const prereq_patch_kind_names[];
extern const char *const prereq_restart_need_names[];
extern const char *const prereq_chain_names[];
extern const char *const prereq_repair_names[];
extern const char *const prereq_action_names[];
extern const char *const prereq_holds_names[];

/* Read one catalog file, of entries or of release lines; strict, with the JSON pointer of what is
 * wrong. */
enum prereq_status prereq_catalog_file_read(struct prereq_arena *arena, const char *json,
                                            size_t len, const struct prereq_catalog_file **file,
                                            struct prereq_error *err);

/* ---- the catalog as a whole ---- */

struct prereq_catalog; /* compiled: slots, flat nodes, supersedence both ways */

/* One part in load order: its name (for messages) and its content. */
struct prereq_catalog_part {
    const char *name;
    const struct prereq_catalog_file *file;
    bool overlay; /* may replace entries of earlier parts by id */
};

/* Put the parts together and compile them.  Dangling ids, cycles through supersedence and doubled
 * ids are PREREQ_BAD_INPUT with names.  Everything points into `arena`. */
enum prereq_status prereq_catalog_compile(struct prereq_arena *arena,
                                          const struct prereq_catalog_part *parts,
                                          size_t part_count,
                                          const struct prereq_catalog_info *infos,
                                          size_t info_count, const struct prereq_catalog **catalog,
                                          struct prereq_error *err);

/* Patches in order of id (bytes), 0 to count - 1. */
size_t prereq_catalog_patch_count(const struct prereq_catalog *catalog);
const struct prereq_patch *prereq_catalog_patch(const struct prereq_catalog *catalog, size_t index);
const struct prereq_product *prereq_catalog_product_of(const struct prereq_catalog *catalog,
                                                       size_t index);
/* By id or alias, without regard to case.  SIZE_MAX: there is none, or the alias stands in several
 * entries and means none of them more than another; prereq_catalog_next() gives them. */
size_t prereq_catalog_find(const struct prereq_catalog *catalog, const char *id);
/* Every entry that has this alias, or the one that has this id; *from begins as 0.  SIZE_MAX: no
 * more. */
size_t prereq_catalog_next(const struct prereq_catalog *catalog, const char *id, uint32_t *from);
/* Why prereq_catalog_find() gave none, behind "KB1 ": "is no id or alias in the catalog", or that
 * it stands in several entries, and their ids. */
void prereq_catalog_why_none(const struct prereq_catalog *catalog, const char *id, char *text,
                             size_t size);
const struct prereq_catalog_info *prereq_catalog_infos(const struct prereq_catalog *catalog,
                                                       size_t *count);
/* Release lines, by id. */
size_t prereq_catalog_line_count(const struct prereq_catalog *catalog);
const struct prereq_line *prereq_catalog_line(const struct prereq_catalog *catalog, size_t index);
/* The file that the line is in: its CVEs and sources. */
const struct prereq_releases_file *prereq_catalog_line_file(const struct prereq_catalog *catalog,
                                                            size_t index);
/* Which entries of earlier parts were replaced by overlays: ids. */
const char *const *prereq_catalog_overrides(const struct prereq_catalog *catalog, size_t *count);

/* ---- lint: what is wrong with a catalog that can be read ---- */

struct prereq_lint_finding {
    const char *code;  /* stable word: no_source, cycle, dangling_id … */
    const char *part;  /* file */
    const char *where; /* entry id and member */
    const char *text;
};

/* All findings, sorted by part, place and code.  Works on parts that compile would refuse. */
enum prereq_status prereq_catalog_lint(struct prereq_arena *arena,
                                       const struct prereq_catalog_part *parts, size_t part_count,
                                       const struct prereq_lint_finding **findings, size_t *count,
                                       struct prereq_error *err);

#endif
