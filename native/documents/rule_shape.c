/* SPDX-License-Identifier: MIT */
/* rule_shape.c - the members of rules: the language that prerequisites are written in. */
#include "documents/catalog_shape.h"

static const char *const quantifier_names[] = {"any", "all", NULL};
static const char *const rule_view_names[] = {"64", "32", "both", NULL};

static const struct prereq_member number_test_members[] = {
    PREREQ_M_UINTS("equals", prereq_number_test, equals, equals_count, "one of these"),
    PREREQ_M_UINT("atLeast", prereq_number_test, at_least, "this or more"),
    PREREQ_M_UINT("below", prereq_number_test, below, "less than this"),
    PREREQ_M_UINT("bitsSet", prereq_number_test, bits_set, "all of these bits are 1"),
    PREREQ_M_UINT("bitsClear", prereq_number_test, bits_clear, "all of these bits are 0"),
    PREREQ_M_END};
static const struct prereq_shape number_test_shape = {"numberTest", "all that is given must hold",
                                                      sizeof(struct prereq_number_test),
                                                      number_test_members, false};

static const struct prereq_member range_members[] = {
    PREREQ_M_VERSION("from", prereq_version_range, from, "this or later"),
    PREREQ_M_VERSION("below", prereq_version_range, below, "earlier than this"), PREREQ_M_END};
const struct prereq_shape prereq_version_range_shape = {"versionRange", "from <= version < below",
                                                        sizeof(struct prereq_version_range),
                                                        range_members, false};

static const struct prereq_member version_test_members[] = {
    PREREQ_M_VERSIONS("equals", prereq_version_test, equals, equals_count, "one of these"),
    PREREQ_M_VERSION("atLeast", prereq_version_test, at_least, "this or later"),
    PREREQ_M_VERSION("below", prereq_version_test, below, "earlier than this"),
    PREREQ_M_OBJECTS("within", prereq_version_test, within, within_count,
                     &prereq_version_range_shape, "in at least one of these half-open ranges"),
    PREREQ_M_END};
static const struct prereq_shape version_test_shape = {
    "versionTest", "all that is given must hold; versions are compared number by number",
    sizeof(struct prereq_version_test), version_test_members, false};

static const struct prereq_member text_test_members[] = {
    PREREQ_M_TEXTS("equals", prereq_text_test, equals, equals_count, "one of these"),
    PREREQ_M_TEXT("begins", prereq_text_test, begins, "begins with"),
    PREREQ_M_TEXT("contains", prereq_text_test, contains, "contains"),
    PREREQ_M_TEXT("ends", prereq_text_test, ends, "ends with"),
    PREREQ_M_TEXT("glob", prereq_text_test, glob, "a pattern of * and ?"),
    PREREQ_M_END};
static const struct prereq_shape text_test_shape = {
    "textTest", "all that is given must hold; A-Z and a-z are the same",
    sizeof(struct prereq_text_test), text_test_members, false};

#define TEXT_TEST(n, S, F, about) PREREQ_M_OBJECT(n, S, F, false, &text_test_shape, about)
#define NUMBER_TEST(n, S, F, about) PREREQ_M_OBJECT(n, S, F, false, &number_test_shape, about)
#define VERSION_TEST(n, S, F, about) PREREQ_M_OBJECT(n, S, F, false, &version_test_shape, about)

static const struct prereq_member os_members[] = {
    VERSION_TEST("version", prereq_os_rule, version, "4.0, 5.0, 6.1, 10.0"),
    NUMBER_TEST("build", prereq_os_rule, build, "build number"),
    NUMBER_TEST("ubr", prereq_os_rule, ubr, "revision of the build"),
    NUMBER_TEST("servicePack", prereq_os_rule, service_pack, "0 for none"),
    TEXT_TEST("edition", prereq_os_rule, edition, "EditionID"),
    TEXT_TEST("language", prereq_os_rule, language, "ISO: en-US"),
    TEXT_TEST("installType", prereq_os_rule, install_type, "Client, Server, Server Core"),
    PREREQ_M_ENUMS("productType", prereq_os_rule, product_type, product_type_count,
                   prereq_product_type_names, "one of these"),
    PREREQ_M_ENUMS("architecture", prereq_os_rule, architecture, architecture_count,
                   prereq_architecture_names, "one of these"),
    PREREQ_M_END};
static const struct prereq_shape os_shape = {"osRule",
                                             "the operating system; all that is given must hold",
                                             sizeof(struct prereq_os_rule), os_members, false};

static const struct prereq_member product_members[] = {
    PREREQ_M_ID("product", prereq_product_rule, product, true, "as in the facts' instances"),
    PREREQ_M_FLAG("installed", prereq_product_rule, installed, "false: it must not be there"),
    VERSION_TEST("version", prereq_product_rule, version, "its build"),
    TEXT_TEST("level", prereq_product_rule, level, "RTM, SP2, CU14"),
    TEXT_TEST("branch", prereq_product_rule, branch, "GDR, CU"),
    TEXT_TEST("edition", prereq_product_rule, edition, "edition"),
    PREREQ_M_ENUM("quantifier", prereq_product_rule, quantifier, false, quantifier_names,
                  "any (default) or all instances, where the patch's target is not one of them"),
    PREREQ_M_END};
static const struct prereq_shape product_shape = {
    "productRule", "a product: the target instance, or the instances on the host",
    sizeof(struct prereq_product_rule), product_members, false};

static const struct prereq_member file_members[] = {
    PREREQ_M_TEXT_REQ("path", prereq_file_rule, path,
                      "as in the facts' files; %Instance% for its path"),
    PREREQ_M_FLAG("exists", prereq_file_rule, exists, "false: it must not be there"),
    PREREQ_M_FLAG("ifPresent", prereq_file_rule, if_present, "absent: not applicable"),
    VERSION_TEST("version", prereq_file_rule, version, "file version"),
    NUMBER_TEST("size", prereq_file_rule, size, "bytes"),
    PREREQ_M_DATE("modifiedFrom", prereq_file_rule, modified_from,
                  "last written on this UTC date or later"),
    TEXT_TEST("company", prereq_file_rule, company, "CompanyName"),
    TEXT_TEST("originalName", prereq_file_rule, original_name, "OriginalFilename"),
    PREREQ_M_END};
static const struct prereq_shape file_shape = {
    "fileRule", "one file; all that is given must hold, with nothing given it must be there",
    sizeof(struct prereq_file_rule), file_members, false};

static const struct prereq_member file_set_members[] = {
    PREREQ_M_ID("patch", prereq_file_set_rule, patch, true, "whose file list"), PREREQ_M_END};
static const struct prereq_shape file_set_shape = {
    "fileSetRule", "every row of a patch's file list is at or above",
    sizeof(struct prereq_file_set_rule), file_set_members, false};

static const struct prereq_member registry_members[] = {
    PREREQ_M_TEXT_REQ("key", prereq_registry_rule, key, "HKLM\\..."),
    PREREQ_M_ENUM("view", prereq_registry_rule, view, false, rule_view_names,
                  "64 (default), 32, or both by AND"),
    PREREQ_M_TEXT("name", prereq_registry_rule, name, "of the value; left out: the key itself"),
    PREREQ_M_FLAG("exists", prereq_registry_rule, exists, "false: it must not be there"),
    PREREQ_M_TEXT("type", prereq_registry_rule, type, "REG_DWORD ..."),
    TEXT_TEST("text", prereq_registry_rule, text, "REG_SZ, REG_EXPAND_SZ"),
    NUMBER_TEST("number", prereq_registry_rule, number, "REG_DWORD, REG_QWORD"),
    VERSION_TEST("version", prereq_registry_rule, version, "a text read as a version"),
    PREREQ_M_TEXT("bytes", prereq_registry_rule, bytes, "equal to this lower-case hex"),
    PREREQ_M_END};
static const struct prereq_shape registry_shape = {
    "registryRule", "one registry key or value; absent makes every test on it false",
    sizeof(struct prereq_registry_rule), registry_members, false};

static const struct prereq_member service_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_service_rule, name, "service name"),
    PREREQ_M_FLAG("exists", prereq_service_rule, exists, "false: it must not be there"),
    PREREQ_M_ENUMS("start", prereq_service_rule, start, start_count, prereq_start_names,
                   "one of these start types"),
    PREREQ_M_FLAG("running", prereq_service_rule, running, "running or stopped"), PREREQ_M_END};
static const struct prereq_shape service_shape = {
    "serviceRule", "one service", sizeof(struct prereq_service_rule), service_members, false};

static const struct prereq_member feature_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_feature_rule, name, "as in the facts' features"),
    PREREQ_M_FLAG("installed", prereq_feature_rule, installed, "false: it must not be"),
    VERSION_TEST("version", prereq_feature_rule, version, "its version"), PREREQ_M_END};
static const struct prereq_shape feature_shape = {
    "featureRule", "one role, feature, component or language pack",
    sizeof(struct prereq_feature_rule), feature_members, false};

static const struct prereq_member patch_members[] = {
    PREREQ_M_ID("id", prereq_patch_rule, id, true, "patch or baseline"),
    PREREQ_M_FLAG("exact", prereq_patch_rule, exact, "not a later one in its place"), PREREQ_M_END};
static const struct prereq_shape patch_shape = {
    "patchRule", "a patch is on and proven, or a later one", sizeof(struct prereq_patch_rule),
    patch_members, false};

static const struct prereq_member record_members[] = {
    PREREQ_M_ID("id", prereq_record_rule, id, true, "patch or baseline"), PREREQ_M_END};
static const struct prereq_shape record_shape = {
    "recordRule", "a patch is recorded as installed, whatever its files say",
    sizeof(struct prereq_record_rule), record_members, false};

static const struct prereq_member package_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_package_rule, name,
                      "first part of the identity; * and ? allowed"),
    PREREQ_M_UINTS("states", prereq_package_rule, states, state_count,
                   "CurrentState is one of these; default installed"),
    VERSION_TEST("version", prereq_package_rule, version, "last part of the identity"),
    PREREQ_M_END};
static const struct prereq_shape package_shape = {
    "packageRule", "a CBS package", sizeof(struct prereq_package_rule), package_members, false};

static const struct prereq_member msi_members[] = {
    PREREQ_M_TEXT("productCode", prereq_msi_rule, product_code, "{GUID}"),
    PREREQ_M_TEXT("patchCode", prereq_msi_rule, patch_code, "{GUID}"),
    VERSION_TEST("version", prereq_msi_rule, version, "of the product"), PREREQ_M_END};
static const struct prereq_shape msi_shape = {"msiRule", "an MSI product or patch is installed",
                                              sizeof(struct prereq_msi_rule), msi_members, false};

static const struct prereq_member stack_members[] = {
    {"atLeast", PREREQ_VERSION, offsetof(struct prereq_stack_rule, at_least), 0, true,
     PREREQ_ANY_TEXT, NULL, NULL, "version of the servicing stack", NULL, 0, 0},
    PREREQ_M_END};
static const struct prereq_shape stack_shape = {"servicingStackRule", "the servicing stack",
                                                sizeof(struct prereq_stack_rule), stack_members,
                                                false};

static const struct prereq_member space_members[] = {
    PREREQ_M_ENUM("volume", prereq_space_rule, volume, true, prereq_volume_role_names,
                  "which volume"),
    {"atLeast", PREREQ_UINT, offsetof(struct prereq_space_rule, at_least), 0, true, PREREQ_ANY_TEXT,
     NULL, NULL, "free bytes", NULL, 0, 0},
    PREREQ_M_END};
static const struct prereq_shape space_shape = {"freeSpaceRule", "free space on a volume",
                                                sizeof(struct prereq_space_rule), space_members,
                                                false};

static const struct prereq_member setting_members[] = {
    PREREQ_M_ENUM("kind", prereq_setting_rule, kind, true, prereq_setting_kind_names, "which kind"),
    PREREQ_M_TEXT_REQ("name", prereq_setting_rule, name, "of the setting"),
    PREREQ_M_FLAG("exists", prereq_setting_rule, exists, "false: it must not be there"),
    TEXT_TEST("text", prereq_setting_rule, text, "its value"),
    NUMBER_TEST("number", prereq_setting_rule, number, "its number"),
    PREREQ_M_END};
static const struct prereq_shape setting_shape = {
    "settingRule",
    "boot security, licence, processor, package variant, metabase, domain or external",
    sizeof(struct prereq_setting_rule), setting_members, false};

static const struct prereq_member nothing_pending_members[] = {
    PREREQ_M_ENUMS("sources", prereq_pending_rule, sources, source_count,
                   prereq_restart_source_names, "of these; default all"),
    PREREQ_M_END};
static const struct prereq_shape nothing_pending_shape = {
    "nothingPendingRule", "no restart is pending", sizeof(struct prereq_pending_rule),
    nothing_pending_members, false};

static const struct prereq_member calendar_members[] = {
    PREREQ_M_DATE("from", prereq_calendar_rule, from, "from this UTC day"),
    PREREQ_M_DATE("until", prereq_calendar_rule, until, "through the end of this UTC day"),
    PREREQ_M_UINTS("months", prereq_calendar_rule, months, month_count, "1 to 12: one of these"),
    PREREQ_M_END};
static const struct prereq_shape calendar_shape = {
    "calendarRule", "the facts were collected in this time", sizeof(struct prereq_calendar_rule),
    calendar_members, false};

static const struct prereq_member all_hosts_members[] = {
    PREREQ_M_TEXT_REQ("role", prereq_hosts_rule, role, "all hosts of this role"),
    PREREQ_M_ID("patch", prereq_hosts_rule, patch, true, "have this patch or a later one"),
    PREREQ_M_END};
static const struct prereq_shape all_hosts_shape = {
    "allHostsRule",
    "every host of a role; read from the external setting allHosts:<role>:<patch>, yes or no",
    sizeof(struct prereq_hosts_rule), all_hosts_members, false};

#define RULES(n, f, c, about) PREREQ_M_OBJECTS(n, prereq_rule, f, c, &prereq_rule_shape, about)
#define TEST(n, f, shape, about) PREREQ_M_OBJECT(n, prereq_rule, f, false, &shape, about)

static const struct prereq_member rule_members[] = {
    RULES("all", all, all_count, "AND"),
    RULES("any", any, any_count, "OR"),
    RULES("none", none, none_count, "none of these holds"),
    RULES("one", one, one_count, "exactly one of these holds"),
    RULES("xor", xor_, xor_count, "an odd number of these holds"),
    PREREQ_M_OBJECT("not", prereq_rule, not_, false, &prereq_rule_shape,
                    "true and false change places, nothing else does"),
    TEST("os", os, os_shape, "operating system"),
    TEST("product", product, product_shape, "product level, branch or build"),
    TEST("file", file, file_shape, "one file"),
    TEST("fileSet", file_set, file_set_shape, "a whole file list"),
    TEST("registry", registry, registry_shape, "registry"),
    TEST("service", service, service_shape, "service"),
    TEST("feature", feature, feature_shape, "role or feature"),
    TEST("patch", patch, patch_shape, "another patch, or a later one"),
    TEST("record", record, record_shape, "a record of a patch"),
    TEST("package", package, package_shape, "CBS package"),
    TEST("msi", msi, msi_shape, "MSI product or patch"),
    TEST("servicingStack", servicing_stack, stack_shape, "servicing stack"),
    TEST("freeSpace", free_space, space_shape, "free space"),
    TEST("setting", setting, setting_shape, "a named value"),
    TEST("nothingPending", nothing_pending, nothing_pending_shape, "no pending restart"),
    TEST("calendar", calendar, calendar_shape, "a time window"),
    TEST("allHosts", all_hosts, all_hosts_shape, "every host of a role"),
    PREREQ_M_FLAG("always", prereq_rule, always, "true or false whatever the facts say"),
    PREREQ_M_END};
const struct prereq_shape prereq_rule_shape = {
    "rule", "A test on facts, or a combination of rules. Exactly one member.",
    sizeof(struct prereq_rule), rule_members, true};
