/* SPDX-License-Identifier: MIT */
/* facts.h - what one host looked like: the document patchprereq-facts/1.0.
 *
 * Facts are untrusted data.  Each observed thing is known (with its value), absent (looked, not
 * there) or unavailable (could not look: code and text); what the document does not mention was not
 * collected. The four are never mixed up.  Times are UTC, sizes are bytes, texts are UTF-8 as
 * found. */
#ifndef PREREQ_FACTS_H
#define PREREQ_FACTS_H

#include "base/shape.h"

enum prereq_fact_status { /* 0 in a document means known */
                          PREREQ_FACT_KNOWN = 1,
                          PREREQ_FACT_ABSENT,
                          PREREQ_FACT_UNAVAILABLE,
                          PREREQ_FACT_NOT_COLLECTED, /* never written: the thing is not in the
                                                        document */
};

struct prereq_identity {
    const char *host_id;      /* given by the site; else see prereq_facts_host_id() */
    const char *machine_guid; /* HKLM\SOFTWARE\Microsoft\Cryptography\MachineGuid */
    const char *host_name;
    const char *domain;
    const char *group, *site, *owner; /* as reported by the host: shown, never judged by */
};

enum prereq_method {
    PREREQ_METHOD_LIVE = 1,
    PREREQ_METHOD_OFFLINE,
    PREREQ_METHOD_IMPORT,
    PREREQ_METHOD_MANUAL,
};

struct prereq_collection {
    const char *collector, *collector_version;
    int method; /* enum prereq_method */
    struct prereq_time started;
    struct prereq_time finished; /* FactsTime: the moment the facts speak of */
    enum prereq_flag cut_short;  /* the collection ended before it was done */
    const char *source;          /* what was read: a file name, a folder, an image */
};

enum prereq_product_type {
    PREREQ_WORKSTATION = 1,
    PREREQ_DOMAIN_CONTROLLER,
    PREREQ_SERVER,
};

enum prereq_architecture { /* of the system, from the registry value */
                           PREREQ_X86 = 1,
                           PREREQ_X64,
                           PREREQ_ARM64,
                           PREREQ_IA64,
                           PREREQ_ALPHA,
                           PREREQ_ARM,
                           PREREQ_MIPS,
                           PREREQ_PPC,
};

/* What the operating system becomes at the next start. */
struct prereq_os_pending {
    struct prereq_number build, ubr, service_pack;
};

struct prereq_os {
    const char *product;               /* caption: "Microsoft Windows Server 2019 Standard" */
    struct prereq_version version;     /* 4.0, 5.0, 6.1, 6.3, 10.0 */
    struct prereq_number build;        /* 1381, 2195, 17763 */
    struct prereq_number ubr;          /* the revision: 10.0.17763.<ubr> */
    struct prereq_number service_pack; /* 0: none; SP6 and SP6a both say 6 */
    const char *service_pack_text;     /* CSDVersion as found */
    const char *edition;               /* EditionID: ServerStandard, Enterprise */
    int product_type, architecture;
    const char *language;     /* ISO: en-US */
    const char *install_type; /* Client, Server, Server Core, Nano Server */
    struct prereq_time installed_on;
    const struct prereq_os_pending *pending;
};

struct prereq_file_pending {
    enum prereq_flag removed; /* the file will be deleted */
    struct prereq_version version;
    struct prereq_time modified;
    struct prereq_number size;
};

struct prereq_file_fact {
    const char *path; /* %SystemRoot%\System32\inetsrv\w3svc.dll; variables of docs/facts.md */
    int status;
    const char *code, *text;       /* why unavailable */
    struct prereq_version version; /* VS_FIXEDFILEINFO, four numbers */
    enum prereq_flag no_version;   /* the file has no version resource */
    const char *version_text;      /* a version that could not be read as numbers */
    struct prereq_number size;
    struct prereq_time modified, created;
    const char *company, *original_name;
    struct prereq_version last_known; /* of an unavailable file, for people */
    const struct prereq_file_pending *pending;
};

enum prereq_view {
    PREREQ_VIEW_64 = 1, /* the native view; the only one on 32-bit systems */
    PREREQ_VIEW_32,
};

struct prereq_registry_fact {
    const char *key;  /* HKLM\SOFTWARE\... without a final backslash */
    int view;         /* 0 means 64 */
    const char *name; /* NULL: the key itself; "": the default value */
    int status;
    const char *code, *text;
    const char *type;            /* REG_SZ, REG_DWORD, ... */
    const char *value;           /* REG_SZ, REG_EXPAND_SZ */
    struct prereq_number number; /* REG_DWORD, REG_QWORD */
    const char *const *values;   /* REG_MULTI_SZ */
    size_t value_count;
    const char *bytes; /* REG_BINARY and others, lower-case hex */
};

enum prereq_start {
    PREREQ_START_BOOT = 1,
    PREREQ_START_SYSTEM,
    PREREQ_START_AUTOMATIC,
    PREREQ_START_MANUAL,
    PREREQ_START_DISABLED,
};

struct prereq_service_fact {
    const char *name;
    int status;
    const char *code, *text;
    const char *display_name;
    int start;
    enum prereq_flag running;
};

enum prereq_feature_state {
    PREREQ_FEATURE_INSTALLED = 1,
    PREREQ_FEATURE_NOT_INSTALLED,
    PREREQ_FEATURE_PENDING, /* on or off at the next start */
};

/* A role, feature, optional component, language pack or other product: all that can be added later.
 */
struct prereq_feature_fact {
    const char *name;
    int status;
    const char *code, *text;
    int state;
    struct prereq_version version;
    struct prereq_time installed_on;
};

enum prereq_update_source {
    PREREQ_SOURCE_HOTFIX_KEY = 1, /* ...\Windows NT\CurrentVersion\HotFix */
    PREREQ_SOURCE_CBS,
    PREREQ_SOURCE_MSI,
    PREREQ_SOURCE_QFE, /* Win32_QuickFixEngineering, Get-HotFix */
    PREREQ_SOURCE_SYSTEMINFO,
    PREREQ_SOURCE_HISTORY, /* Windows Update history */
    PREREQ_SOURCE_PRODUCT, /* the product's own record, as SQL Server's setup keys */
    PREREQ_SOURCE_MANUAL,
};

struct prereq_update_record {
    int source;
    struct prereq_time installed_on;
    const char *installed_by; /* may be a user name */
    enum prereq_flag backup;  /* the files it replaced are kept, and can come back */
};

struct prereq_update_fact {
    const char *id;     /* as recorded: KB5043080, Q269862 */
    const char *target; /* instance it belongs to: MSSQL/PROD1; NULL: the host */
    const char *title;
    const struct prereq_update_record *sources;
    size_t source_count;
};

struct prereq_package_fact { /* Component Based Servicing */
    const char *identity;    /* name~token~arch~language~version */
    int status;
    const char *code, *text;
    struct prereq_number state; /* CurrentState: 112 is installed */
    struct prereq_time installed_on;
    const char *client;
};

struct prereq_msi_product {
    const char *product_code;
    const char *name;
    struct prereq_version version;
    const char *language;
    struct prereq_time installed_on;
};

struct prereq_msi_patch {
    const char *patch_code;
    const char *product_code;
    const char *id; /* the KB number it says it is */
    struct prereq_time installed_on;
    enum prereq_flag superseded;
};

struct prereq_instance {
    const char *product; /* MSSQL, EXCHANGE, NETFX, URLREWRITE, IIS ... */
    const char *name;    /* of the instance: PROD1; NULL when there can be only one */
    int status;          /* of the product: absent means looked, not there */
    const char *code, *text;
    struct prereq_version version; /* build: 15.0.4430.1 */
    const char *level;             /* RTM, SP2, CU14 */
    const char *branch;            /* GDR, CU */
    const char *edition;
    const char *path;
    struct prereq_time installed_on;
};

struct prereq_servicing_stack {
    int status;
    const char *code, *text;
    struct prereq_version version;
};

enum prereq_volume_role {
    PREREQ_VOLUME_SYSTEM = 1, /* the one that holds %SystemRoot% */
    PREREQ_VOLUME_RECOVERY,   /* WinRE */
    PREREQ_VOLUME_BOOT,       /* EFI or system reserved */
    PREREQ_VOLUME_DATA,
};

struct prereq_volume {
    int role;
    const char *name;
    int status;
    const char *code, *text;
    struct prereq_number free_bytes, size_bytes;
};

enum prereq_setting_kind {
    PREREQ_SETTING_BOOT = 1, /* secureBoot, vbs, dbContainsCa2023 */
    PREREQ_SETTING_LICENSE,
    PREREQ_SETTING_CPU,
    PREREQ_SETTING_VARIANT,  /* package variants: encryption strength */
    PREREQ_SETTING_METABASE, /* IIS 4 to 6 */
    PREREQ_SETTING_DOMAIN,   /* domain role, schema version */
    PREREQ_SETTING_EXTERNAL, /* outside the host, said by a person or a script */
};

struct prereq_setting {
    int kind;
    const char *name;
    int status;
    const char *code, *text;
    const char *value;
    struct prereq_number number;
};

/* Keys of decisions.md: new ones are appended. */
enum prereq_restart_source {
    PREREQ_RESTART_CBS = 1,
    PREREQ_RESTART_WINDOWS_UPDATE,
    PREREQ_RESTART_FILE_RENAME,
    PREREQ_RESTART_COMPUTER_RENAME,
    PREREQ_RESTART_DOMAIN_JOIN,
    PREREQ_RESTART_PENDING_XML,
    PREREQ_RESTART_SETUP,
    PREREQ_RESTART_MSI,
    PREREQ_RESTART_UPDATE_EXE,
    PREREQ_RESTART_SOURCES = PREREQ_RESTART_UPDATE_EXE,
};

enum prereq_answer {
    PREREQ_ANSWER_NO = 1,
    PREREQ_ANSWER_YES,
    PREREQ_ANSWER_UNKNOWN,
};

struct prereq_pending_fact {
    int source;
    int pending; /* enum prereq_answer */
    struct prereq_time since;
    const char *detail;
    const char *const *targets; /* paths that will be replaced */
    size_t target_count;
    const char *code;
};

/* Lists that were read whole, so that what is not in them is absent. */
enum prereq_list_kind {
    PREREQ_LIST_HOTFIX_KEYS = 1,
    PREREQ_LIST_CBS_PACKAGES,
    PREREQ_LIST_MSI_PATCHES,
    PREREQ_LIST_MSI_PRODUCTS,
    PREREQ_LIST_SERVICES,
    PREREQ_LIST_FEATURES,
    PREREQ_LIST_INSTANCES, /* of one product: `product` */
    PREREQ_LIST_QFE,
    PREREQ_LIST_SYSTEMINFO,
    PREREQ_LIST_HISTORY,
};

enum prereq_list_state {
    PREREQ_LIST_COMPLETE = 1,
    PREREQ_LIST_PARTIAL,
    PREREQ_LIST_UNAVAILABLE,
};

struct prereq_coverage {
    int list, state;
    const char *product;
    const char *code, *text;
};

struct prereq_collector_error {
    const char *fact; /* which one: "os.ubr", "files", a path */
    const char *code;
    const char *number; /* Win32 error or HRESULT as written: 5, 0x80070005 */
    const char *text;
};

struct prereq_facts {
    const char *format;
    const struct prereq_identity *host;
    const struct prereq_collection *collection;
    struct prereq_time last_start_up;
    const struct prereq_os *os;
    const struct prereq_file_fact *files;
    size_t file_count;
    const struct prereq_registry_fact *registry;
    size_t registry_count;
    const struct prereq_service_fact *services;
    size_t service_count;
    const struct prereq_feature_fact *features;
    size_t feature_count;
    const struct prereq_update_fact *updates;
    size_t update_count;
    const struct prereq_package_fact *packages;
    size_t package_count;
    const struct prereq_msi_product *msi_products;
    size_t msi_product_count;
    const struct prereq_msi_patch *msi_patches;
    size_t msi_patch_count;
    const struct prereq_instance *instances;
    size_t instance_count;
    const struct prereq_servicing_stack *servicing_stack;
    const struct prereq_volume *volumes;
    size_t volume_count;
    const struct prereq_setting *settings;
    size_t setting_count;
    const struct prereq_pending_fact *pending_restarts;
    size_t pending_restart_count;
    const struct prereq_coverage *coverage;
    size_t coverage_count;
    const struct prereq_collector_error *errors;
    size_t error_count;
};

extern const struct prereq_document prereq_facts_document;
extern const struct prereq_shape prereq_collection_shape;

/* Words of the enumerations, for outputs; NULL-terminated, value i + 1. */
extern const char *const prereq_fact_status_names[];
extern const char *const prereq_method_names[];
extern const char *const prereq_product_type_names[];
extern const char *const prereq_architecture_names[];
extern const char *const prereq_view_names[];
extern const char *const prereq_start_names[];
extern const char *const prereq_feature_state_names[];
extern const char *const prereq_update_source_names[];
extern const char *const prereq_volume_role_names[];
extern const char *const prereq_setting_kind_names[];
extern const char *const prereq_restart_source_names[];
extern const char *const prereq_answer_names[];
extern const char *const prereq_list_kind_names[];
extern const char *const prereq_list_state_names[];

/* Read one facts document.  On success *facts points into `arena`; on failure it is left alone.
 * Beyond the shape it checks that no two items speak of the same thing. */
enum prereq_status prereq_facts_read(struct prereq_arena *arena, const char *json, size_t len,
                                     const struct prereq_facts **facts, size_t *ignored,
                                     struct prereq_error *err);
void prereq_facts_write(const struct prereq_facts *facts, enum prereq_json_style style,
                        struct prereq_buffer *out);
/* What a site may give as the id of a host: an id of at most 255 characters. */
bool prereq_is_host_id(const char *text);
/* Given id, else machine GUID, else host.domain, else the name; the last two case-folded.  Bytes
 * that an id may not hold are :XX, so that every name gives an id that readers take.  NULL: no
 * memory. */
const char *prereq_facts_host_id(struct prereq_arena *arena, const struct prereq_facts *facts);
/* The name of an instance as part of an id: A-Z a-z 0-9 . _ - stay, other bytes (SQL instance names
 * hold $ and #) become :XX; of one without end the beginning and a hash.  NULL: no memory. */
const char *prereq_id_part(struct prereq_arena *arena, const char *name);

#endif
