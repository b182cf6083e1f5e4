/* SPDX-License-Identifier: MIT */
/* collect_features.c - roles, optional components, language packs: all that can be added later.
 *
 * No single list of the registry holds them all, so the list of features is never covered whole:
 * each feature that was looked for is written down, there or not. */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/looks.h"

#define OC_MANAGER                                                                                 \
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\OC Manager\\Subcomponents"
#define SERVER_MANAGER                                                                             \
    "HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache"
#define INETSTP "HKLM\\SOFTWARE\\Microsoft\\InetStp"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"
#define ROLE "IIS-WebServerRole"
#define ENGLISH 1033

static struct prereq_feature_fact *find(const struct prereq_gather *gather, const char *name)
{
    for (size_t i = 0; !gather->no_memory && i < gather->features.count; i++)
        if (prereq_equal_nocase(gather->features.items[i].name, name))
            return &gather->features.items[i];
    return NULL;
}

/* One feature as it was found, or unavailable when one of the looks was refused.  Of several
 * answers the first one stays; only a time is added to it. */
static void add(const struct prereq_looks *looks, const char *name, bool installed,
                struct prereq_time installed_on)
{
    struct prereq_feature_fact *feature = find(looks->gather, name);

    if (feature) {
        if (installed && !looks->refused && !feature->status && !feature->installed_on.known)
            feature->installed_on = installed_on;
        return;
    }
    feature = PREREQ_GATHER_ADD(looks->gather, features);
    feature->name = name;
    if (looks->refused) {
        PREREQ_GATHER_STATUS(looks->gather, feature, PREREQ_LOOK_UNAVAILABLE, &looks->why);
        return;
    }
    feature->state = installed ? PREREQ_FEATURE_INSTALLED : PREREQ_FEATURE_NOT_INSTALLED;
    if (installed)
        feature->installed_on = installed_on;
}

static const struct prereq_time no_time;

/* ---- IIS 7 and later: InetStp\Components ---- */

static const struct component {
    const char *value, *feature;
} components[] = {
    /* value of the key, name of the feature as DISM says it */
    {"StaticContent", "IIS-StaticContent"},
    {"DefaultDocument", "IIS-DefaultDocument"},
    {"DirectoryBrowse", "IIS-DirectoryBrowsing"},
    {"HttpErrors", "IIS-HttpErrors"},
    {"HttpRedirect", "IIS-HttpRedirect"},
    {"ASPNET", "IIS-ASPNET"},
    {"NetFxExtensibility", "IIS-NetFxExtensibility"},
    {"ASP", "IIS-ASP"},
    {"CGI", "IIS-CGI"},
    {"ISAPIExtensions", "IIS-ISAPIExtensions"},
    {"ISAPIFilter", "IIS-ISAPIFilter"},
    {"ServerSideInclude", "IIS-ServerSideIncludes"},
    {"HttpLogging", "IIS-HttpLogging"},
    {"LoggingLibraries", "IIS-LoggingLibraries"},
    {"RequestMonitor", "IIS-RequestMonitor"},
    {"HttpTracing", "IIS-HttpTracing"},
    {"CustomLogging", "IIS-CustomLogging"},
    {"ODBCLogging", "IIS-ODBCLogging"},
    {"BasicAuthentication", "IIS-BasicAuthentication"},
    {"WindowsAuthentication", "IIS-WindowsAuthentication"},
    {"DigestAuthentication", "IIS-DigestAuthentication"},
    {"ClientCertificateMappingAuthentication", "IIS-ClientCertificateMappingAuthentication"},
    {"IISClientCertificateMappingAuthentication", "IIS-IISCertificateMappingAuthentication"},
    {"Authorization", "IIS-URLAuthorization"},
    {"RequestFiltering", "IIS-RequestFiltering"},
    {"IPSecurity", "IIS-IPSecurity"},
    {"HttpCompressionStatic", "IIS-HttpCompressionStatic"},
    {"HttpCompressionDynamic", "IIS-HttpCompressionDynamic"},
    {"ManagementConsole", "IIS-ManagementConsole"},
    {"ManagementScriptingTools", "IIS-ManagementScriptingTools"},
    {"AdminService", "IIS-ManagementService"},
    {"Metabase", "IIS-Metabase"},
    {"WMICompatibility", "IIS-WMICompatibility"},
    {"LegacyScripts", "IIS-LegacyScripts"},
    {"LegacySnapin", "IIS-LegacySnapIn"},
};

static bool is_on(struct prereq_looks *looks, const char *key, const char *value)
{
    uint64_t number;

    return prereq_looks_number(looks, key, PREREQ_VIEW_64, value, &number) && number == 1;
}

static void collect_iis(struct prereq_gather *gather)
{
    static const char key[] = INETSTP "\\Components";
    bool old = gather->os.version.part[0] == 6 && gather->os.version.part[1] == 0;
    struct prereq_looks all = {.gather = gather}, ftp_looks = {.gather = gather};
    bool ftp = is_on(&ftp_looks, key, "FTPServer"), any = ftp || is_on(&all, key, "W3SVC");

    for (size_t i = 0; i < PREREQ_COUNT(components); i++) {
        struct prereq_looks looks = {.gather = gather};
        bool on = is_on(&looks, key, components[i].value);

        any = any || on;
        if (looks.refused)
            (void)prereq_looks_refused(&all, PREREQ_LOOK_UNAVAILABLE, &looks.why);
        add(&looks, components[i].feature, on, no_time);
    }
    /* The same value stands for the old FTP server on Windows Server 2008, for the new one later.
     */
    add(&ftp_looks, old ? "IIS-FTPPublishingService" : "IIS-FTPServer", ftp, no_time);
    add(&all, ROLE, any, no_time);
}

/* ---- Server Manager's list: Windows Server 2012 and later ---- */

static const struct alias {
    const char *server_manager, *feature;
} aliases[] = {
    {"Web-Server", ROLE},
    {"Web-Http-Tracing", "IIS-HttpTracing"},
    {"Web-Basic-Auth", "IIS-BasicAuthentication"},
    {"Web-Digest-Auth", "IIS-DigestAuthentication"},
    {"Web-Windows-Auth", "IIS-WindowsAuthentication"},
    {"Web-Ftp-Service", "IIS-FTPServer"},
    {"ADLDS", "DirectoryServices-ADAM"},
    {"NET-Framework-Core", "NetFx3"},
};

static const char *feature_name(struct prereq_gather *gather, const char *name)
{
    for (size_t i = 0; i < PREREQ_COUNT(aliases); i++)
        if (prereq_equal_nocase(name, aliases[i].server_manager))
            return aliases[i].feature;
    return prereq_gather_text(gather, name);
}

static void collect_server_manager(struct prereq_gather *gather)
{
    struct prereq_looks list = {.gather = gather};
    struct prereq_names names = prereq_looks_keys(&list, SERVER_MANAGER, PREREQ_VIEW_64);

    for (size_t i = 0; i < names.count; i++) {
        struct prereq_looks looks = {.gather = gather};
        const char *key = prereq_gather_printf(gather, SERVER_MANAGER "\\%s", names.name[i]);
        uint64_t state;

        /* 0 and 5 (its files are not there either) are off; others are not known. */
        if (prereq_looks_number(&looks, key, PREREQ_VIEW_64, "InstallState", &state) &&
            (state == 0 || state == 1 || state == 5))
            add(&looks, feature_name(gather, names.name[i]), state == 1, no_time);
    }
}

/* ---- single features ---- */

static bool file_is_there(struct prereq_looks *looks, const char *below_root)
{
    struct prereq_gather *gather = looks->gather;
    struct prereq_refusal why = {0};
    struct prereq_file file;
    enum prereq_look look = prereq_gather_file(
        gather, prereq_gather_printf(gather, "%s\\%s", gather->source->system_root, below_root),
        &file, &why);

    (void)prereq_looks_refused(looks, look, &why);
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

/* Active Directory Lightweight Directory Services: its files are there while the feature is on. */
static void collect_adam(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    bool on = file_is_there(&looks, "ADAM\\dsamain.exe");
    bool client = gather->os.product_type == PREREQ_WORKSTATION;

    if (gather->os.product_type == 0)
        return;
    add(&looks, "DirectoryServices-ADAM", on && !client, no_time);
    add(&looks, "DirectoryServices-ADAM-Client", on && client, no_time);
}

static void collect_net35(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};

    add(&looks, "NetFx3",
        is_on(&looks, "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v3.5", "Install"),
        no_time);
}

static void collect_defender(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};

    if (gather->os.product_type == PREREQ_SERVER ||
        gather->os.product_type == PREREQ_DOMAIN_CONTROLLER)
        add(&looks, "Windows-Defender",
            prereq_looks_key(&looks, SERVICES "WinDefend", PREREQ_VIEW_64), no_time);
}

/* ---- language packs ---- */

/* When the last one was added; not known as soon as one of them is not. */
struct last_added {
    struct prereq_time time;
    bool unknown;
};

static void later(struct last_added *last, struct prereq_time other)
{
    if (!other.known)
        last->unknown = true;
    else if (!last->time.known || other.seconds > last->time.seconds)
        last->time = other;
}

static bool is_net_language_pack(const char *product)
{
    return product && prereq_glob("Microsoft .NET Framework 4*", product) &&
           (prereq_glob("*Language Pack*", product) || prereq_glob("* (*)", product)) &&
           !prereq_glob("*(KB*", product);
}

/* The language that .NET Framework came with as a part of Windows, since Windows 8; 0: none. */
static uint32_t own_language(struct prereq_looks *looks)
{
    const struct prereq_version *version = &looks->gather->os.version;
    const char *text;

    if (version->part[0] < 6 || (version->part[0] == 6 && version->part[1] < 2))
        return 0;
    text = prereq_looks_text(looks, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language",
                             PREREQ_VIEW_64, "InstallLanguage");
    return text ? (uint32_t)strtoul(text, NULL, 16) : 0;
}

/* Of .NET Framework 4: each language has a key named by its number. */
static bool net_language_packs(struct prereq_looks *looks, struct last_added *last)
{
    struct prereq_gather *gather = looks->gather;
    struct prereq_names names = prereq_looks_keys(
        looks, "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", PREREQ_VIEW_64);
    uint32_t own = own_language(looks);
    size_t packs = 0, products = 0;

    for (size_t i = 0; i < names.count; i++) {
        unsigned long number = strtoul(names.name[i], NULL, 10);

        packs += number != 0 && number != ENGLISH && number != own;
    }
    for (size_t i = 0; packs > 0 && !gather->no_memory && i < gather->msi_products.count; i++) {
        const struct prereq_msi_product *product = &gather->msi_products.items[i];

        if (!is_net_language_pack(product->name))
            continue;
        later(last, product->installed_on);
        products++;
    }
    last->unknown = last->unknown || products < packs;
    return packs > 0;
}

/* The packages of Windows' own packs, in the list that was collected before. Updates raise their
 * versions, so the time is that of the first version, and none where that was cleaned up. */
static struct prereq_time pack_time(const struct prereq_gather *gather, const char *pattern)
{
    struct prereq_time time = {0};

    for (size_t i = 0; !gather->no_memory && i < gather->packages.count; i++) {
        const struct prereq_package_fact *package = &gather->packages.items[i];
        const char *text = strrchr(package->identity, '~');
        struct prereq_version version;

        if (!text || package->status || !prereq_glob(pattern, package->identity) ||
            !prereq_version_parse(text + 1, &version))
            continue;
        if (version.part[0] < 10 || version.part[3] <= 1 || version.part[3] == 16384)
            time = package->installed_on;
    }
    return time;
}

static void collect_language_packs(struct prereq_gather *gather)
{
    static const char key[] = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\MUI\\UILanguages";
    const char *own = gather->os.language ? gather->os.language : "";
    struct prereq_looks windows = {.gather = gather}, all = {.gather = gather};
    struct prereq_names languages = prereq_looks_keys(&windows, key, PREREQ_VIEW_64);
    struct last_added last = {{0}, false};
    bool several = languages.count > 1, net = net_language_packs(&all, &last);

    for (size_t i = 0; several && i < languages.count; i++) {
        const char *name = languages.name[i];
        struct prereq_time added =
            pack_time(gather, prereq_gather_printf(gather, "*-LanguagePack-Package~*~%s~*", name));

        add(&windows, prereq_gather_printf(gather, "LanguagePack-%s", name), true, added);
        if (several && !prereq_equal_nocase(name, own))
            later(&last, added);
    }
    if (windows.refused)
        (void)prereq_looks_refused(&all, PREREQ_LOOK_UNAVAILABLE, &windows.why);
    add(&all, "LanguagePack", net || several, last.unknown ? no_time : last.time);
}

/* ---- Windows NT 4.0 to Server 2003: OC Manager ---- */

static void collect_oc_manager(struct prereq_gather *gather)
{
    struct prereq_looks list = {.gather = gather};
    struct prereq_names names = prereq_looks_values(&list, OC_MANAGER, PREREQ_VIEW_64);

    for (size_t i = 0; i < names.count; i++) {
        struct prereq_looks looks = {.gather = gather};
        uint64_t state;

        if (*names.name[i] &&
            prereq_looks_number(&looks, OC_MANAGER, PREREQ_VIEW_64, names.name[i], &state))
            add(&looks, names.name[i], state != 0, no_time);
    }
}

/* The Option Pack brought OC Manager and IIS 4.0.  Its list is written each time setup of the
 * Option Pack changes something, and each such run may bring back files of its media. */
static void collect_option_pack(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    struct prereq_names names = prereq_looks_values(&looks, OC_MANAGER, PREREQ_VIEW_64);
    struct prereq_time time = {0};
    struct prereq_refusal why = {0};
    uint64_t state, major;
    bool found =
        prereq_looks_number(&looks, INETSTP, PREREQ_VIEW_64, "MajorVersion", &major) && major == 4;

    for (size_t i = 0; !found && i < names.count; i++)
        found = prereq_looks_number(&looks, OC_MANAGER, PREREQ_VIEW_64, names.name[i], &state) &&
                state != 0;
    if (names.count > 0)
        (void)prereq_looks_refused(
            &looks, prereq_read_key_time(gather, OC_MANAGER, PREREQ_VIEW_64, &time, &why), &why);
    add(&looks, "NT4-OptionPack", found, time);
}

static void collect_nt4(struct prereq_gather *gather)
{
    struct prereq_looks looks = {.gather = gather};
    bool router = prereq_looks_key(&looks, SERVICES "Router\\RouterManagers", PREREQ_VIEW_64) ||
                  prereq_looks_key(&looks, "HKLM\\SOFTWARE\\Microsoft\\Router\\CurrentVersion",
                                   PREREQ_VIEW_64);

    collect_option_pack(gather);
    add(&looks, "NT4-RRAS", router, no_time);
}

void prereq_collect_features(struct prereq_gather *gather)
{
    uint32_t major = gather->os.version.part[0], minor = gather->os.version.part[1];
    struct prereq_refusal why;

    if (gather->os.version.parts == 0)
        return; /* which features can be there is not known */
    if (major == 4)
        collect_nt4(gather);
    if (major < 6) {
        collect_oc_manager(gather);
    } else {
        collect_iis(gather);
        collect_adam(gather);
        collect_language_packs(gather);
    }
    if (major > 6 || (major == 6 && minor >= 1))
        collect_net35(gather);
    if (major > 6 || (major == 6 && minor >= 2))
        collect_server_manager(gather);
    if (major >= 10)
        collect_defender(gather);
    prereq_refuse(&why, NULL, NULL, "Only features that can be read from the registry are listed.");
    prereq_gather_cover(gather, PREREQ_LIST_FEATURES, PREREQ_LIST_PARTIAL, NULL, &why);
}
