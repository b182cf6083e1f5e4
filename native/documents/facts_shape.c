/* SPDX-License-Identifier: MIT */
/* facts_shape.c - the members of a facts document: names, types and meanings. */
#include "documents/facts.h"

const char *const prereq_fact_status_names[] = {"known", "absent", "unavailable", NULL};
const char *const prereq_method_names[] = {"live", "offline", "import", "manual", NULL};
const char *const prereq_product_type_names[] = {"workstation", "domainController", "server", NULL};
const char *const prereq_architecture_names[] = {"x86", "x64",  "arm64", "ia64", "alpha",
                                                 "arm", "mips", "ppc",   NULL};
const char *const prereq_view_names[] = {"64", "32", NULL};
const char *const prereq_start_names[] = {"boot",   "system",   "automatic",
                                          "manual", "disabled", NULL};
const char *const prereq_feature_state_names[] = {"installed", "notInstalled", "pending", NULL};
const char *const prereq_update_source_names[] = {
    "hotfix-key", "cbs", "msi", "qfe", "systeminfo", "update-history", "product", "manual", NULL};
const char *const prereq_volume_role_names[] = {"system", "recovery", "boot", "data", NULL};
const char *const prereq_setting_kind_names[] = {"boot",     "license", "cpu",      "variant",
                                                 "metabase", "domain",  "external", NULL};
const char *const prereq_restart_source_names[] = {
    "cbs",         "windows-update", "file-rename", "computer-rename", "domain-join",
    "pending-xml", "setup",          "msi",         "update-exe",      NULL};
const char *const prereq_answer_names[] = {"no", "yes", "unknown", NULL};
const char *const prereq_list_kind_names[] = {
    "hotfixKeys", "cbsPackages", "msiPatches", "msiProducts",   "services", "features",
    "instances",  "qfe",         "systeminfo", "updateHistory", NULL};
const char *const prereq_list_state_names[] = {"complete", "partial", "unavailable", NULL};

/* Members that every observed thing has. */
#define STATUS(S)                                                                                  \
    PREREQ_M_ENUM(                                                                                 \
        "status", S, status, false, prereq_fact_status_names,                                      \
        "known (the default), absent (looked, not there) or unavailable (could not look)"),        \
        PREREQ_M_TEXT("code", S, code,                                                             \
                      "why unavailable: access_denied, hive_dirty, bad_version, error"),           \
        PREREQ_M_TEXT("text", S, text, "why unavailable, in words")

static const struct prereq_member identity_members[] = {
    PREREQ_M_ID("hostId", prereq_identity, host_id, false,
                "given by the site; without it the machine GUID, else host.domain, else the name"),
    PREREQ_M_TEXT("machineGuid", prereq_identity, machine_guid,
                  "HKLM\\SOFTWARE\\Microsoft\\Cryptography, MachineGuid"),
    PREREQ_M_TEXT_REQ("hostName", prereq_identity, host_name, "the computer's name"),
    PREREQ_M_TEXT("domain", prereq_identity, domain, "its DNS domain, else domain or workgroup"),
    PREREQ_M_TEXT("group", prereq_identity, group, "as the host reports it; never judged by"),
    PREREQ_M_TEXT("site", prereq_identity, site, "as the host reports it; never judged by"),
    PREREQ_M_TEXT("owner", prereq_identity, owner, "as the host reports it; never judged by"),
    PREREQ_M_END};
static const struct prereq_shape identity_shape = {
    "identity", "which host this is", sizeof(struct prereq_identity), identity_members, false};

static const struct prereq_member collection_members[] = {
    PREREQ_M_TEXT("collector", prereq_collection, collector, "the program that collected"),
    PREREQ_M_TEXT("collectorVersion", prereq_collection, collector_version, "its version"),
    PREREQ_M_ENUM("method", prereq_collection, method, true, prereq_method_names,
                  "live host, offline tree or image, import of a text, or written by hand"),
    PREREQ_M_TIME("started", prereq_collection, started, "when collecting began"),
    {"finished", PREREQ_TIME, offsetof(struct prereq_collection, finished), 0, true,
     PREREQ_ANY_TEXT, NULL, NULL, "the moment that the facts speak of (FactsTime)", NULL, 0, 0},
    PREREQ_M_FLAG("cutShort", prereq_collection, cut_short, "it ended before it was done"),
    PREREQ_M_TEXT("source", prereq_collection, source, "what was read, for people"),
    PREREQ_M_END};
const struct prereq_shape prereq_collection_shape = {
    "collection", "how and when the facts were collected", sizeof(struct prereq_collection),
    collection_members, false};

static const struct prereq_member os_pending_members[] = {
    PREREQ_M_UINT("build", prereq_os_pending, build, "build after the restart"),
    PREREQ_M_UINT("ubr", prereq_os_pending, ubr, "revision after the restart"),
    PREREQ_M_UINT("servicePack", prereq_os_pending, service_pack, "service pack after the restart"),
    PREREQ_M_END};
static const struct prereq_shape os_pending_shape = {
    "osPending", "what the operating system becomes at the next start",
    sizeof(struct prereq_os_pending), os_pending_members, false};

static const struct prereq_member os_members[] = {
    PREREQ_M_TEXT("product", prereq_os, product,
                  "caption, as Microsoft Windows Server 2019 Standard"),
    PREREQ_M_VERSION("version", prereq_os, version, "4.0, 5.0, 6.1, 6.3, 10.0"),
    PREREQ_M_UINT("build", prereq_os, build, "build number: 1381, 2195, 17763, 26100"),
    PREREQ_M_UINT("ubr", prereq_os, ubr, "revision of the build, since Windows 10"),
    PREREQ_M_UINT("servicePack", prereq_os, service_pack,
                  "0 for none; NT 4.0 SP6 and SP6a both say 6"),
    PREREQ_M_TEXT("servicePackText", prereq_os, service_pack_text, "CSDVersion as found"),
    PREREQ_M_TEXT("edition", prereq_os, edition, "EditionID: ServerStandard, Enterprise"),
    PREREQ_M_ENUM("productType", prereq_os, product_type, false, prereq_product_type_names,
                  "from Control\\ProductOptions"),
    PREREQ_M_ENUM("architecture", prereq_os, architecture, false, prereq_architecture_names,
                  "the native one"),
    PREREQ_M_TEXT("language", prereq_os, language, "ISO: en-US"),
    PREREQ_M_TEXT("installType", prereq_os, install_type,
                  "Client, Server, Server Core, Nano Server"),
    PREREQ_M_TIME("installedOn", prereq_os, installed_on, "when Windows was installed"),
    PREREQ_M_OBJECT("pending", prereq_os, pending, false, &os_pending_shape,
                    "what waits for the restart"),
    PREREQ_M_END};
static const struct prereq_shape os_shape = {
    "os", "the operating system; a member that is not there was not collected",
    sizeof(struct prereq_os), os_members, false};

static const struct prereq_member file_pending_members[] = {
    PREREQ_M_FLAG("removed", prereq_file_pending, removed, "the file will be deleted"),
    PREREQ_M_FILE_VERSION("version", prereq_file_pending, version, "version after the restart"),
    PREREQ_M_TIME("modified", prereq_file_pending, modified, "its date"),
    PREREQ_M_UINT("size", prereq_file_pending, size, "its size in bytes"), PREREQ_M_END};
static const struct prereq_shape file_pending_shape = {
    "filePending", "the file that replaces this one at the restart; empty when it cannot be read",
    sizeof(struct prereq_file_pending), file_pending_members, false};

static const struct prereq_member file_members[] = {
    PREREQ_M_TEXT_REQ("path", prereq_file_fact, path,
                      "with a variable in front: %SystemRoot%\\System32\\ntdll.dll"),
    STATUS(prereq_file_fact),
    PREREQ_M_FILE_VERSION("version", prereq_file_fact, version,
                          "four numbers of VS_FIXEDFILEINFO, never the text"),
    PREREQ_M_FLAG("noVersion", prereq_file_fact, no_version, "the file has no version resource"),
    PREREQ_M_TEXT("versionText", prereq_file_fact, version_text,
                  "what stood there where it is no version"),
    PREREQ_M_UINT("size", prereq_file_fact, size, "bytes"),
    PREREQ_M_TIME("modified", prereq_file_fact, modified, "last write"),
    PREREQ_M_TIME("created", prereq_file_fact, created, "creation"),
    PREREQ_M_TEXT("company", prereq_file_fact, company, "CompanyName of the version resource"),
    PREREQ_M_TEXT("originalName", prereq_file_fact, original_name, "OriginalFilename"),
    PREREQ_M_FILE_VERSION("lastKnown", prereq_file_fact, last_known,
                          "an unavailable version's last known value, for people"),
    PREREQ_M_OBJECT("pending", prereq_file_fact, pending, false, &file_pending_shape,
                    "the file is a target of a pending rename or delete"),
    PREREQ_M_END};
static const struct prereq_shape file_shape = {
    "fileFact", "one file", sizeof(struct prereq_file_fact), file_members, false};

static const struct prereq_member registry_members[] = {
    PREREQ_M_TEXT_REQ("key", prereq_registry_fact, key,
                      "HKLM\\SOFTWARE\\...; CurrentControlSet as such"),
    PREREQ_M_ENUM("view", prereq_registry_fact, view, false, prereq_view_names,
                  "64: the native view (the default), 32: the 32-bit view of a 64-bit system"),
    PREREQ_M_TEXT("name", prereq_registry_fact, name,
                  "of the value; empty: the default value; left out: the key itself"),
    STATUS(prereq_registry_fact),
    PREREQ_M_TEXT("type", prereq_registry_fact, type, "REG_SZ, REG_DWORD ..."),
    PREREQ_M_TEXT("value", prereq_registry_fact, value,
                  "of REG_SZ and REG_EXPAND_SZ, not expanded"),
    PREREQ_M_UINT("number", prereq_registry_fact, number,
                  "of REG_DWORD and REG_QWORD up to 2^53-1"),
    PREREQ_M_TEXTS_IN_ORDER("values", prereq_registry_fact, values, value_count,
                            "of REG_MULTI_SZ, in order"),
    PREREQ_M_TEXT("bytes", prereq_registry_fact, bytes, "of any other type: lower-case hex"),
    PREREQ_M_END};
static const struct prereq_shape registry_shape = {"registryFact", "one registry key or value",
                                                   sizeof(struct prereq_registry_fact),
                                                   registry_members, false};

static const struct prereq_member service_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_service_fact, name, "service name: W3SVC"),
    STATUS(prereq_service_fact),
    PREREQ_M_TEXT("displayName", prereq_service_fact, display_name, "as shown"),
    PREREQ_M_ENUM("start", prereq_service_fact, start, false, prereq_start_names, "start type"),
    PREREQ_M_FLAG("running", prereq_service_fact, running, "at the time of collecting"),
    PREREQ_M_END};
static const struct prereq_shape service_shape = {
    "serviceFact", "one service", sizeof(struct prereq_service_fact), service_members, false};

static const struct prereq_member feature_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_feature_fact, name,
                      "of the role, feature, optional component, language pack or added product"),
    STATUS(prereq_feature_fact),
    PREREQ_M_ENUM("state", prereq_feature_fact, state, false, prereq_feature_state_names,
                  "installed is the default"),
    PREREQ_M_VERSION("version", prereq_feature_fact, version, "where it has one"),
    PREREQ_M_TIME("installedOn", prereq_feature_fact, installed_on, "when it was added"),
    PREREQ_M_END};
static const struct prereq_shape feature_shape = {
    "featureFact", "one thing that can be added to Windows later",
    sizeof(struct prereq_feature_fact), feature_members, false};

static const struct prereq_member record_members[] = {
    PREREQ_M_ENUM("source", prereq_update_record, source, true, prereq_update_source_names,
                  "who says that it is installed"),
    PREREQ_M_TIME("installedOn", prereq_update_record, installed_on, "when, as this source says"),
    PREREQ_M_TEXT("installedBy", prereq_update_record, installed_by, "by whom; may be a user name"),
    PREREQ_M_FLAG("backup", prereq_update_record, backup,
                  "the files it replaced are kept and come back when it is uninstalled"),
    PREREQ_M_END};
static const struct prereq_shape record_shape = {"updateRecord", "one source that says installed",
                                                 sizeof(struct prereq_update_record),
                                                 record_members, false};

static const struct prereq_member update_members[] = {
    PREREQ_M_ID("id", prereq_update_fact, id, true, "as recorded: KB5043080, Q269862"),
    PREREQ_M_TEXT("target", prereq_update_fact, target,
                  "the instance it is recorded for: MSSQL/PROD1; left out: the host"),
    PREREQ_M_TEXT("title", prereq_update_fact, title, "as recorded"),
    PREREQ_M_OBJECTS("sources", prereq_update_fact, sources, source_count, &record_shape,
                     "all sources that say so; at least one"),
    PREREQ_M_END};
static const struct prereq_shape update_shape = {
    "updateFact", "one update that is recorded as installed", sizeof(struct prereq_update_fact),
    update_members, false};

static const struct prereq_member package_members[] = {
    PREREQ_M_TEXT_REQ("identity", prereq_package_fact, identity,
                      "name~token~architecture~language~version"),
    STATUS(prereq_package_fact),
    PREREQ_M_UINT("state", prereq_package_fact, state,
                  "CurrentState: 112 installed, 96 install pending"),
    PREREQ_M_TIME("installedOn", prereq_package_fact, installed_on, "InstallTimeHigh/Low"),
    PREREQ_M_TEXT("client", prereq_package_fact, client, "InstallClient"),
    PREREQ_M_END};
static const struct prereq_shape package_shape = {
    "packageFact", "one package of Component Based Servicing", sizeof(struct prereq_package_fact),
    package_members, false};

static const struct prereq_member msi_product_members[] = {
    PREREQ_M_TEXT_REQ("productCode", prereq_msi_product, product_code, "{GUID}"),
    PREREQ_M_TEXT("name", prereq_msi_product, name, "ProductName"),
    PREREQ_M_VERSION("version", prereq_msi_product, version, "VersionString"),
    PREREQ_M_TEXT("language", prereq_msi_product, language, "of the product"),
    PREREQ_M_TIME("installedOn", prereq_msi_product, installed_on, "InstallDate"),
    PREREQ_M_END};
static const struct prereq_shape msi_product_shape = {
    "msiProduct", "one product of Windows Installer", sizeof(struct prereq_msi_product),
    msi_product_members, false};

static const struct prereq_member msi_patch_members[] = {
    PREREQ_M_TEXT_REQ("patchCode", prereq_msi_patch, patch_code, "{GUID}"),
    PREREQ_M_TEXT("productCode", prereq_msi_patch, product_code, "{GUID} of the product it is on"),
    PREREQ_M_TEXT("id", prereq_msi_patch, id, "the KB number it names"),
    PREREQ_M_TIME("installedOn", prereq_msi_patch, installed_on, "Installed"),
    PREREQ_M_FLAG("superseded", prereq_msi_patch, superseded, "State: superseded by a later one"),
    PREREQ_M_END};
static const struct prereq_shape msi_patch_shape = {"msiPatch", "one patch of Windows Installer",
                                                    sizeof(struct prereq_msi_patch),
                                                    msi_patch_members, false};

static const struct prereq_member instance_members[] = {
    PREREQ_M_ID("product", prereq_instance, product, true,
                "MSSQL, EXCHANGE, NETFX, URLREWRITE ..."),
    PREREQ_M_TEXT("name", prereq_instance, name,
                  "of the instance; left out where there is only one"),
    STATUS(prereq_instance),
    PREREQ_M_VERSION("version", prereq_instance, version, "its build: 15.0.4430.1"),
    PREREQ_M_TEXT("level", prereq_instance, level, "RTM, SP2, CU14"),
    PREREQ_M_TEXT("branch", prereq_instance, branch, "GDR or CU"),
    PREREQ_M_TEXT("edition", prereq_instance, edition, "as the product says"),
    PREREQ_M_TEXT("path", prereq_instance, path, "where it is installed"),
    PREREQ_M_TIME("installedOn", prereq_instance, installed_on, "when it was added"),
    PREREQ_M_END};
static const struct prereq_shape instance_shape = {"instance", "one instance of a product",
                                                   sizeof(struct prereq_instance), instance_members,
                                                   false};

static const struct prereq_member stack_members[] = {
    STATUS(prereq_servicing_stack),
    PREREQ_M_VERSION("version", prereq_servicing_stack, version, "10.0.26100.1738"), PREREQ_M_END};
static const struct prereq_shape stack_shape = {"servicingStack", "the servicing stack",
                                                sizeof(struct prereq_servicing_stack),
                                                stack_members, false};

static const struct prereq_member volume_members[] = {
    PREREQ_M_ENUM("role", prereq_volume, role, true, prereq_volume_role_names,
                  "system holds %SystemRoot%; recovery is WinRE's partition"),
    PREREQ_M_TEXT("name", prereq_volume, name, "drive letter or label"),
    STATUS(prereq_volume),
    PREREQ_M_UINT("freeBytes", prereq_volume, free_bytes, "free space"),
    PREREQ_M_UINT("sizeBytes", prereq_volume, size_bytes, "whole size"),
    PREREQ_M_END};
static const struct prereq_shape volume_shape = {"volume", "free space of a volume by its role",
                                                 sizeof(struct prereq_volume), volume_members,
                                                 false};

static const struct prereq_member setting_members[] = {
    PREREQ_M_ENUM("kind", prereq_setting, kind, true, prereq_setting_kind_names,
                  "boot security, licence, processor, package variant, IIS metabase, domain, or "
                  "external state that a person or script reports"),
    PREREQ_M_TEXT_REQ("name", prereq_setting, name, "secureBoot, vbs, encryption ..."),
    STATUS(prereq_setting),
    PREREQ_M_TEXT("value", prereq_setting, value, "as text"),
    PREREQ_M_UINT("number", prereq_setting, number, "as number"),
    PREREQ_M_END};
static const struct prereq_shape setting_shape = {
    "setting", "a named value of a kind", sizeof(struct prereq_setting), setting_members, false};

static const struct prereq_member pending_members[] = {
    PREREQ_M_ENUM("source", prereq_pending_fact, source, true, prereq_restart_source_names,
                  "what asks for the restart"),
    PREREQ_M_ENUM("pending", prereq_pending_fact, pending, true, prereq_answer_names,
                  "whether it is pending"),
    PREREQ_M_TIME("since", prereq_pending_fact, since, "since when"),
    PREREQ_M_TEXT("detail", prereq_pending_fact, detail, "what exactly, for people"),
    PREREQ_M_TEXTS("targets", prereq_pending_fact, targets, target_count,
                   "files that will be replaced or removed"),
    PREREQ_M_TEXT("code", prereq_pending_fact, code, "why unknown"),
    PREREQ_M_END};
static const struct prereq_shape pending_shape = {
    "pendingRestart", "one source of a pending restart", sizeof(struct prereq_pending_fact),
    pending_members, false};

static const struct prereq_member coverage_members[] = {
    PREREQ_M_ENUM("list", prereq_coverage, list, true, prereq_list_kind_names, "which list"),
    PREREQ_M_ENUM("state", prereq_coverage, state, true, prereq_list_state_names,
                  "complete: what is not in the list is absent"),
    PREREQ_M_TEXT("product", prereq_coverage, product, "of the list instances: which product"),
    PREREQ_M_TEXT("code", prereq_coverage, code, "why unavailable"),
    PREREQ_M_TEXT("text", prereq_coverage, text, "why unavailable, in words"),
    PREREQ_M_END};
static const struct prereq_shape coverage_shape = {
    "coverage", "how far a list was read; a list that is not named was not collected",
    sizeof(struct prereq_coverage), coverage_members, false};

static const struct prereq_member error_members[] = {
    PREREQ_M_TEXT_REQ("fact", prereq_collector_error, fact,
                      "os.ubr, os.servicePack, servicingStack, or what was read, for people"),
    PREREQ_M_TEXT("code", prereq_collector_error, code, "access_denied, hive_dirty, error ..."),
    PREREQ_M_TEXT("number", prereq_collector_error, number, "Win32 error or HRESULT"),
    PREREQ_M_TEXT("text", prereq_collector_error, text, "in words"), PREREQ_M_END};
static const struct prereq_shape error_shape = {
    "collectorError", "something that could not be looked at; named os members become unavailable",
    sizeof(struct prereq_collector_error), error_members, false};

#define LIST(n, f, c, shape, about) PREREQ_M_OBJECTS(n, prereq_facts, f, c, &shape, about)

static const struct prereq_member facts_members[] = {
    PREREQ_M_TEXT_REQ("format", prereq_facts, format, "patchprereq-facts/1.0"),
    PREREQ_M_OBJECT("host", prereq_facts, host, true, &identity_shape, "which host"),
    PREREQ_M_OBJECT("collection", prereq_facts, collection, true, &prereq_collection_shape,
                    "how and when"),
    PREREQ_M_TIME("lastStartUp", prereq_facts, last_start_up, "last start of Windows"),
    PREREQ_M_OBJECT("os", prereq_facts, os, false, &os_shape, "the operating system"),
    LIST("files", files, file_count, file_shape, "files that were looked at"),
    LIST("registry", registry, registry_count, registry_shape, "keys and values looked at"),
    LIST("services", services, service_count, service_shape, "services"),
    LIST("features", features, feature_count, feature_shape, "roles, features, added products"),
    LIST("updates", updates, update_count, update_shape, "recorded updates"),
    LIST("packages", packages, package_count, package_shape, "CBS packages"),
    LIST("msiProducts", msi_products, msi_product_count, msi_product_shape, "installed products"),
    LIST("msiPatches", msi_patches, msi_patch_count, msi_patch_shape, "installed MSI patches"),
    LIST("instances", instances, instance_count, instance_shape, "product instances"),
    PREREQ_M_OBJECT("servicingStack", prereq_facts, servicing_stack, false, &stack_shape,
                    "servicing stack"),
    LIST("volumes", volumes, volume_count, volume_shape, "free space"),
    LIST("settings", settings, setting_count, setting_shape, "named values"),
    LIST("pendingRestarts", pending_restarts, pending_restart_count, pending_shape,
         "restart sources that were looked at"),
    LIST("coverage", coverage, coverage_count, coverage_shape, "which lists are complete"),
    LIST("errors", errors, error_count, error_shape, "what could not be looked at"),
    PREREQ_M_END};
static const struct prereq_shape facts_shape = {
    "facts",
    "What one host looked like. Four answers are kept apart: known, absent, unavailable, "
    "and not collected (not in the document).",
    sizeof(struct prereq_facts), facts_members, false};

const struct prereq_document prereq_facts_document = {"patchprereq-facts", 1, 0, &facts_shape,
                                                      PREREQ_MAX_FACTS_BYTES};
