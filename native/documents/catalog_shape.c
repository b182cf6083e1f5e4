/* SPDX-License-Identifier: MIT */
/* catalog_shape.c - the members of catalog files: products, patches and all they say of themselves.
 */
#include "documents/catalog_shape.h"

const char *const prereq_severity_names[] = {"Critical", "Important", "Moderate",
                                             "Low",      "Unrated",   NULL};
const char *const prereq_classification_names[] = {"security", "update",        "preview",
                                                   "level",    "configuration", NULL};
const char *const prereq_patch_kind_names[] = {"patch", "baseline", "configuration", NULL};
const char *const prereq_restart_need_names[] = {"no", "possible", "required", NULL};
const char *const prereq_chain_names[] = {"noSharedFile", "never", "always", NULL};
const char *const prereq_repair_names[] = {"reinstall", "prerequisite", NULL};
const char *const prereq_action_names[] = {"extract", "uninstall", "apply-baseline",
                                           "install", "restart",   "configure",
                                           "verify",  "manual",    NULL};
const char *const prereq_holds_names[] = {"always", "before", NULL};
static const char *const file_mode_names[] = {"raise", "replace", NULL};
static const char *const file_list_names[] = {"partial", "complete", NULL};
static const struct prereq_member command_members[] = {
    PREREQ_M_TEXT_REQ("program", prereq_command, program, "never a shell string"),
    PREREQ_M_TEXTS_IN_ORDER("arguments", prereq_command, arguments, argument_count,
                            "one by one, unquoted"),
    PREREQ_M_TEXT("workingDirectory", prereq_command, working_directory, "where it runs"),
    PREREQ_M_TEXT("package", prereq_command, package, "file under the policy's packageRoot"),
    PREREQ_M_TEXT("sha256", prereq_command, sha256, "of the package, 64 hex digits"),
    PREREQ_M_FLAG("needsExtract", prereq_command, needs_extract, "runs from the unpacked package"),
    PREREQ_M_UINTS("done", prereq_command, done, done_count, "exit codes: done; default 0"),
    PREREQ_M_UINTS("doneRestart", prereq_command, done_restart, done_restart_count,
                   "exit codes: done, a restart is needed; default 3010 and 1641"),
    PREREQ_M_UINTS("nothingToDo", prereq_command, nothing_to_do, nothing_to_do_count,
                   "exit codes: it was there already"),
    PREREQ_M_END};
static const struct prereq_shape command_shape = {"command", "a program and its arguments",
                                                  sizeof(struct prereq_command), command_members,
                                                  false};

static const struct prereq_member set_os_members[] = {
    PREREQ_M_UINT("build", prereq_set_os, build, "build number"),
    PREREQ_M_UINT("ubr", prereq_set_os, ubr, "revision"),
    PREREQ_M_UINT("servicePack", prereq_set_os, service_pack, "service pack"),
    PREREQ_M_TEXT("edition", prereq_set_os, edition, "edition"), PREREQ_M_END};
static const struct prereq_shape set_os_shape = {
    "setOs", "of the operating system", sizeof(struct prereq_set_os), set_os_members, false};

static const struct prereq_member set_product_members[] = {
    PREREQ_M_ID("product", prereq_set_product, product, true, "as in the facts' instances"),
    PREREQ_M_VERSION("version", prereq_set_product, version, "its build"),
    PREREQ_M_TEXT("level", prereq_set_product, level, "its level"),
    PREREQ_M_TEXT("branch", prereq_set_product, branch, "its branch"), PREREQ_M_END};
static const struct prereq_shape set_product_shape = {
    "setProduct", "of the target instance, or of the one instance on the host",
    sizeof(struct prereq_set_product), set_product_members, false};

static const struct prereq_member set_registry_members[] = {
    PREREQ_M_TEXT_REQ("key", prereq_set_registry, key, "HKLM\\..."),
    PREREQ_M_ENUM("view", prereq_set_registry, view, false, prereq_view_names, "64 is the default"),
    PREREQ_M_TEXT("name", prereq_set_registry, name, "of the value; left out: the key"),
    PREREQ_M_TEXT("type", prereq_set_registry, type, "REG_DWORD ..."),
    PREREQ_M_TEXT("value", prereq_set_registry, value, "text"),
    PREREQ_M_UINT("number", prereq_set_registry, number, "number"),
    PREREQ_M_FLAG("removed", prereq_set_registry, removed, "it is deleted"),
    PREREQ_M_END};
static const struct prereq_shape set_registry_shape = {"setRegistry", "a registry key or value",
                                                       sizeof(struct prereq_set_registry),
                                                       set_registry_members, false};

static const struct prereq_member set_package_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_set_package, name, "first part of the identity"),
    PREREQ_M_UINT("state", prereq_set_package, state, "CurrentState; default 112"),
    PREREQ_M_VERSION("version", prereq_set_package, version, "last part of the identity"),
    PREREQ_M_END};
static const struct prereq_shape set_package_shape = {
    "setPackage", "a CBS package", sizeof(struct prereq_set_package), set_package_members, false};

static const struct prereq_member set_setting_members[] = {
    PREREQ_M_ENUM("kind", prereq_set_setting, kind, true, prereq_setting_kind_names, "which kind"),
    PREREQ_M_TEXT_REQ("name", prereq_set_setting, name, "of the setting"),
    PREREQ_M_TEXT("value", prereq_set_setting, value, "text"),
    PREREQ_M_UINT("number", prereq_set_setting, number, "number"), PREREQ_M_END};
static const struct prereq_shape set_setting_shape = {
    "setSetting", "a named value", sizeof(struct prereq_set_setting), set_setting_members, false};

static const struct prereq_member set_service_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_set_service, name, "service name"),
    PREREQ_M_ENUM("start", prereq_set_service, start, false, prereq_start_names, "start type"),
    PREREQ_M_END};
static const struct prereq_shape set_service_shape = {
    "setService", "a service", sizeof(struct prereq_set_service), set_service_members, false};

static const struct prereq_member set_feature_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_set_feature, name, "of the feature"),
    PREREQ_M_ENUM("state", prereq_set_feature, state, false, prereq_feature_state_names,
                  "installed is the default"),
    PREREQ_M_VERSION("version", prereq_set_feature, version, "its version"), PREREQ_M_END};
static const struct prereq_shape set_feature_shape = {"setFeature", "a role or feature",
                                                      sizeof(struct prereq_set_feature),
                                                      set_feature_members, false};

static const struct prereq_member set_file_members[] = {
    PREREQ_M_TEXT_REQ("path", prereq_set_file, path, "of the file"),
    PREREQ_M_FLAG("removed", prereq_set_file, removed, "it is deleted"),
    PREREQ_M_FILE_VERSION("version", prereq_set_file, version, "its version"),
    PREREQ_M_DATE("date", prereq_set_file, date, "its date"),
    PREREQ_M_UINT("size", prereq_set_file, size, "bytes"),
    PREREQ_M_END};
static const struct prereq_shape set_file_shape = {
    "setFile", "a file", sizeof(struct prereq_set_file), set_file_members, false};

#define SET(n, f, shape, about) PREREQ_M_OBJECT(n, prereq_set, f, false, &shape, about)
static const struct prereq_member set_members[] = {
    SET("os", os, set_os_shape, "operating system"),
    SET("product", product, set_product_shape, "product instance"),
    SET("registry", registry, set_registry_shape, "registry"),
    SET("package", package, set_package_shape, "CBS package"),
    SET("setting", setting, set_setting_shape, "named value"),
    SET("service", service, set_service_shape, "service"),
    SET("feature", feature, set_feature_shape, "role or feature"),
    SET("file", file, set_file_shape, "file"),
    PREREQ_M_VERSION("servicingStack", prereq_set, servicing_stack,
                     "version of the servicing stack"),
    PREREQ_M_END};
static const struct prereq_shape set_shape = {"set",
                                              "One fact that a step changes. Exactly one member.",
                                              sizeof(struct prereq_set), set_members, true};

static const struct prereq_member source_members[] = {
    PREREQ_M_TEXT_REQ("url", prereq_reference, url, "a public page"),
    PREREQ_M_TEXT("title", prereq_reference, title, "of the page"),
    PREREQ_M_TEXT("says", prereq_reference, says, "what was taken from it"), PREREQ_M_END};
const struct prereq_shape prereq_reference_shape = {
    "source", "where it is written", sizeof(struct prereq_reference), source_members, false};

static const struct prereq_member row_members[] = {
    PREREQ_M_TEXT_REQ("path", prereq_file_row, path, "%SystemRoot%\\..."),
    PREREQ_M_FILE_VERSION("version", prereq_file_row, version, "this or later"),
    PREREQ_M_DATE("date", prereq_file_row, date, "UTC date; judged where no version is given"),
    PREREQ_M_DATE("tieDate", prereq_file_row, tie_date,
                  "one version, two builds: this date or later"),
    PREREQ_M_UINT("size", prereq_file_row, size,
                  "bytes; judged where neither version nor date is given"),
    PREREQ_M_TEXT("branch", prereq_file_row, branch, "GDR, LDR, QFE"),
    PREREQ_M_OBJECTS("branchRange", prereq_file_row, branch_range, branch_range_count,
                     &prereq_version_range_shape, "found versions that belong to the branch"),
    PREREQ_M_ENUMS("architecture", prereq_file_row, architecture, architecture_count,
                   prereq_architecture_names, "the row is for these"),
    PREREQ_M_TEXTS("language", prereq_file_row, language, language_count, "the row is for these"),
    PREREQ_M_OBJECT("when", prereq_file_row, when, false, &prereq_rule_shape,
                    "the row counts only while this holds"),
    PREREQ_M_FLAG("ifPresent", prereq_file_row, if_present, "absent: not required"),
    PREREQ_M_TEXT("source", prereq_file_row, source, "article of this row"),
    PREREQ_M_END};
static const struct prereq_shape row_shape = {"fileRow", "one row of a file list",
                                              sizeof(struct prereq_file_row), row_members, false};

static const struct prereq_member remedy_members[] = {
    PREREQ_M_ENUM("action", prereq_remedy, action, true, prereq_action_names,
                  "configure, manual or restart"),
    PREREQ_M_TEXT("text", prereq_remedy, text, "what is done, one sentence"),
    PREREQ_M_TEXT("verify", prereq_remedy, verify, "how a person sees that it is done"),
    PREREQ_M_OBJECT("command", prereq_remedy, command, false, &command_shape, "where there is one"),
    PREREQ_M_OBJECTS("sets", prereq_remedy, sets, set_count, &set_shape, "what it changes"),
    PREREQ_M_FLAG("atRestart", prereq_remedy, at_restart, "the change shows after the restart"),
    PREREQ_M_FLAG("afterRestart", prereq_remedy, after_restart,
                  "of a caution's step after: not before the next restart"),
    PREREQ_M_END};
static const struct prereq_shape remedy_shape = {
    "remedy", "a step that makes a rule hold, or that goes with a patch",
    sizeof(struct prereq_remedy), remedy_members, false};

static const struct prereq_member alternative_members[] = {
    PREREQ_M_ID("patch", prereq_alternative, patch, false,
                "this patch or baseline, or a later one"),
    PREREQ_M_FLAG("exact", prereq_alternative, exact, "not a later one in its place"),
    PREREQ_M_FLAG("pendingIsEnough", prereq_alternative, pending_is_enough,
                  "it need not be effective yet: waiting for the restart is enough"),
    PREREQ_M_OBJECT("rule", prereq_alternative, rule, false, &prereq_rule_shape, "or this rule"),
    PREREQ_M_TEXT("title", prereq_alternative, title, "what the rule asks for"),
    PREREQ_M_OBJECT("remedy", prereq_alternative, remedy, false, &remedy_shape,
                    "what makes the rule hold"),
    PREREQ_M_END};
static const struct prereq_shape alternative_shape = {"alternative", "a patch or a rule",
                                                      sizeof(struct prereq_alternative),
                                                      alternative_members, false};

static const struct prereq_member group_members[] = {
    PREREQ_M_OBJECTS_IN_ORDER("anyOf", prereq_group, any_of, any_of_count, &alternative_shape,
                              "one of these is enough; ids number them in this order"),
    PREREQ_M_OBJECT("when", prereq_group, when, false, &prereq_rule_shape,
                    "else the group does not apply"),
    PREREQ_M_ENUM("holds", prereq_group, holds, false, prereq_holds_names,
                  "always, or before: it matters only until the patch is on"),
    PREREQ_M_FLAG("ordered", prereq_group, ordered, "must have been on earlier than the patch"),
    PREREQ_M_FLAG("restartBefore", prereq_group, restart_before,
                  "a restart stands between it and the patch"),
    PREREQ_M_UINT("soakDays", prereq_group, soak_days, "days between it and the patch"),
    PREREQ_M_TEXT_REQ("why", prereq_group, why, "one sentence"),
    PREREQ_M_TEXTS("errors", prereq_group, errors, error_count, "what fails without it"),
    PREREQ_M_TEXT("source", prereq_group, source, "where it is written, if not the entry's first"),
    PREREQ_M_END};
static const struct prereq_shape group_shape = {"prerequisite",
                                                "what must hold before the patch goes on",
                                                sizeof(struct prereq_group), group_members, false};

static const struct prereq_member invalidation_members[] = {
    PREREQ_M_TEXT("feature", prereq_invalidation, feature, "this feature, or a later"),
    PREREQ_M_ID("patch", prereq_invalidation, patch, false, "this patch or baseline"),
    PREREQ_M_ID("product", prereq_invalidation, product, false, "an instance of this product"),
    PREREQ_M_OBJECT("unless", prereq_invalidation, unless, false, &prereq_rule_shape,
                    "proves the patch sound in spite of it"),
    PREREQ_M_TEXT_REQ("why", prereq_invalidation, why, "one sentence"),
    PREREQ_M_TEXT("source", prereq_invalidation, source, "where it is written"),
    PREREQ_M_END};
static const struct prereq_shape invalidation_shape = {
    "invalidation", "added after the patch, it voids it: exactly one of feature, patch, product",
    sizeof(struct prereq_invalidation), invalidation_members, false};

static const struct prereq_member caution_members[] = {
    PREREQ_M_OBJECT("when", prereq_caution, when, false, &prereq_rule_shape, "where it matters"),
    PREREQ_M_TEXT_REQ("text", prereq_caution, text, "one sentence"),
    PREREQ_M_OBJECTS_IN_ORDER("before", prereq_caution, before, before_count, &remedy_shape,
                              "steps right before the patch, in order"),
    PREREQ_M_OBJECTS_IN_ORDER("after", prereq_caution, after, after_count, &remedy_shape,
                              "steps right after the patch, in order"),
    PREREQ_M_TEXT("source", prereq_caution, source, "where it is written"),
    PREREQ_M_END};
static const struct prereq_shape caution_shape = {
    "caution", "a side condition: it warns and never blocks", sizeof(struct prereq_caution),
    caution_members, false};

static const struct prereq_member restart_case_members[] = {
    PREREQ_M_OBJECT("when", prereq_restart_case, when, true, &prereq_rule_shape, "where"),
    PREREQ_M_ENUM("restart", prereq_restart_case, restart, true, prereq_restart_need_names, "need"),
    PREREQ_M_END};
static const struct prereq_shape restart_case_shape = {
    "restartCase", "a restart need that depends on the host", sizeof(struct prereq_restart_case),
    restart_case_members, false};

#define COMMAND(n, f, about) PREREQ_M_OBJECT(n, prereq_commands, f, false, &command_shape, about)
static const struct prereq_member commands_members[] = {
    COMMAND("install", install, "puts it on"),
    COMMAND("extract", extract, "unpacks the package"),
    COMMAND("uninstall", uninstall, "takes it off"),
    COMMAND("repair", repair, "puts it on again"),
    COMMAND("removeRecord", remove_record, "deletes the record that makes the package refuse"),
    PREREQ_M_END};
static const struct prereq_shape commands_shape = {
    "commands", "how it is installed, unpacked, removed, repaired", sizeof(struct prereq_commands),
    commands_members, false};

#define P prereq_patch
static const struct prereq_member patch_members[] = {
    PREREQ_M_ID("id", P, id, true, "KB5043080, Q269862, NT4-SP6a"),
    PREREQ_M_IDS("aliases", P, aliases, alias_count, "other numbers of the same patch"),
    PREREQ_M_ENUM("kind", P, kind, false, prereq_patch_kind_names, "patch is the default"),
    PREREQ_M_TEXT_REQ("title", P, title, "one line"),
    PREREQ_M_ID("product", P, product, true, "id of a product"),
    PREREQ_M_TEXT("branch", P, branch, "product branch it belongs to: GDR, CU"),
    PREREQ_M_TEXT("level", P, level, "product level it makes or is for"),
    PREREQ_M_ENUM("classification", P, classification, true, prereq_classification_names,
                  "what it is"),
    PREREQ_M_ENUM("severity", P, severity, false, prereq_severity_names, "Unrated is the default"),
    PREREQ_M_DATE("released", P, released, "day of release"),
    PREREQ_M_DATE("withdrawn", P, withdrawn, "day it was withdrawn"),
    PREREQ_M_TEXT("withdrawnWhy", P, withdrawn_why, "why"),
    PREREQ_M_TEXTS("cves", P, cves, cve_count, "CVE numbers"),
    PREREQ_M_OBJECTS_IN_ORDER("sources", P, sources, source_count, &prereq_reference_shape,
                              "public pages, the main one first"),
    PREREQ_M_TEXT("conflict", P, conflict, "sources contradict each other: what and where"),
    PREREQ_M_OBJECT("applies", P, applies, false, &prereq_rule_shape, "beyond the product's rule"),
    PREREQ_M_TEXT("advice", P, advice, "for hosts that it does not apply to"),
    PREREQ_M_FLAG("noRecord", P, no_record, "no record exists by nature"),
    PREREQ_M_IDS("recordIds", P, record_ids, record_id_count,
                 "ids in update records that mean it; default: id and aliases"),
    PREREQ_M_TEXTS("packages", P, packages, package_count, "CBS package names"),
    PREREQ_M_TEXTS("msiPatches", P, msi_patches, msi_patch_count, "MSI patch codes"),
    PREREQ_M_OBJECT("marker", P, marker, false, &prereq_rule_shape,
                    "level, build, branch or package state that is part of its effect"),
    PREREQ_M_OBJECTS_IN_ORDER("files", P, files, file_count, &row_shape,
                              "files it provides; ids number them in this order"),
    PREREQ_M_ENUM("fileList", P, file_list, false, file_list_names, "partial is the default"),
    PREREQ_M_ENUM("fileMode", P, file_mode, false, file_mode_names, "raise is the default"),
    PREREQ_M_IDS("supersedes", P, supersedes, supersedes_count, "earlier ones that it replaces"),
    PREREQ_M_OBJECTS_IN_ORDER("prerequisites", P, prerequisites, prerequisite_count, &group_shape,
                              "AND of these; ids number them in this order"),
    PREREQ_M_OBJECTS("voidedBy", P, voided_by, voided_by_count, &invalidation_shape,
                     "invalidations"),
    PREREQ_M_OBJECTS_IN_ORDER("cautions", P, cautions, caution_count, &caution_shape,
                              "side conditions; their steps go in this order"),
    PREREQ_M_OBJECTS("sets", P, sets, set_count, &set_shape, "facts it changes beside its files"),
    PREREQ_M_FLAG("atRestart", P, at_restart, "files and sets show after the restart only"),
    PREREQ_M_ENUM("restart", P, restart, false, prereq_restart_need_names,
                  "required is the default"),
    PREREQ_M_OBJECTS_IN_ORDER("restartWhen", P, restart_when, restart_when_count,
                              &restart_case_shape, "the first that holds decides"),
    PREREQ_M_ENUM("repair", P, repair, false, prereq_repair_names, "reinstall is the default"),
    PREREQ_M_ENUM("chain", P, chain, false, prereq_chain_names,
                  "with which other packages it may share one restart"),
    PREREQ_M_FLAG("noRestartBetween", P, no_restart_between,
                  "no restart between it and what it needs"),
    PREREQ_M_FLAG("removable", P, removable, "default: where an uninstall command is given"),
    PREREQ_M_FLAG("permanent", P, permanent, "cannot come off"),
    PREREQ_M_FLAG("refusesWhileRecorded", P, refuses_while_recorded,
                  "the package does not go on while a record of it stands"),
    PREREQ_M_FLAG("keepsBackup", P, keeps_backup, "false: uninstalling never brings files back"),
    PREREQ_M_IDS("regresses", P, regresses, regresses_count, "patches whose files it puts back"),
    PREREQ_M_OBJECT("commands", P, commands, false, &commands_shape, "how"),
    PREREQ_M_TEXT("installNote", P, install_note, "how a person installs it"),
    PREREQ_M_END};
#undef P
const struct prereq_shape prereq_patch_shape = {"patch", "an installable change",
                                                sizeof(struct prereq_patch), patch_members, false};

static const struct prereq_member product_members[] = {
    PREREQ_M_ID("id", prereq_product, id, true, "of the product"),
    PREREQ_M_TEXT_REQ("title", prereq_product, title, "its name"),
    PREREQ_M_ID("instanceProduct", prereq_product, instance_product, false,
                "targets are the instances of this product; left out: the host"),
    PREREQ_M_OBJECT("applies", prereq_product, applies, true, &prereq_rule_shape,
                    "where it is there"),
    PREREQ_M_TEXTS_IN_ORDER("branches", prereq_product, branches, branch_count, "in order"),
    PREREQ_M_OBJECTS_IN_ORDER("sources", prereq_product, sources, source_count,
                              &prereq_reference_shape, "public pages, the main one first"),
    PREREQ_M_END};
static const struct prereq_shape product_shape = {"product", "a product that patches are for",
                                                  sizeof(struct prereq_product), product_members,
                                                  false};

static const struct prereq_member file_members[] = {
    PREREQ_M_TEXT_REQ("format", prereq_catalog_file, format, "patchprereq-catalog/1.0"),
    PREREQ_M_TEXT("family", prereq_catalog_file, family, "what the file is about"),
    PREREQ_M_OBJECTS("products", prereq_catalog_file, products, product_count, &product_shape,
                     "products"),
    PREREQ_M_OBJECTS("patches", prereq_catalog_file, patches, patch_count, &prereq_patch_shape,
                     "patches"),
    PREREQ_M_END};
static const struct prereq_shape file_shape = {"catalog", "What is known of patches.",
                                               sizeof(struct prereq_catalog_file), file_members,
                                               false};

const struct prereq_document prereq_catalog_document = {"patchprereq-catalog", 1, 0, &file_shape,
                                                        PREREQ_MAX_CATALOG_BYTES};

static const struct prereq_member info_members[] = {
    PREREQ_M_TEXT_REQ("format", prereq_catalog_info, format, "patchprereq-catalog-info/1.0"),
    PREREQ_M_ID("id", prereq_catalog_info, id, true, "of the catalog"),
    PREREQ_M_TEXT_REQ("version", prereq_catalog_info, version, "of the catalog"),
    PREREQ_M_DATE("released", prereq_catalog_info, released, "day"),
    PREREQ_M_TEXT("title", prereq_catalog_info, title, "its name"),
    PREREQ_M_END};
static const struct prereq_shape info_shape = {"catalogInfo", "Which catalog a folder is.",
                                               sizeof(struct prereq_catalog_info), info_members,
                                               false};

const struct prereq_document prereq_catalog_info_document = {"patchprereq-catalog-info", 1, 0,
                                                             &info_shape, PREREQ_MAX_CATALOG_BYTES};
