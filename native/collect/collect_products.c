/* SPDX-License-Identifier: MIT */
/* collect_products.c - products that are on a host once: one reading function each. */
#include <string.h>

#include "collect/collect.h"
#include "collect/looks.h"

#define SOFTWARE "HKLM\\SOFTWARE\\"
#define MICROSOFT SOFTWARE "Microsoft\\"
#define CURRENT MICROSOFT "Windows\\CurrentVersion\\"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"

/* True when the product is there; then what is known of it stands in *instance. */
typedef bool find_product(struct prereq_looks *looks, struct prereq_instance *instance);

static const char *path_at(struct prereq_looks *looks, const char *key, enum prereq_view view,
                           const char *name)
{
    const char *path = prereq_looks_text(looks, key, view, name);

    return path ? prereq_looks_path(looks->gather, path) : NULL;
}

/* ---- IIS and what extends it ---- */

/* The key stays when the role is removed, the services do not. */
static bool find_iis(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char key[] = MICROSOFT "InetStp";
    uint64_t major, minor = 0;

    if (!prereq_looks_number(looks, key, PREREQ_VIEW_64, "MajorVersion", &major) ||
        (!prereq_looks_key(looks, SERVICES "W3SVC", PREREQ_VIEW_64) &&
         !prereq_looks_key(looks, SERVICES "IISADMIN", PREREQ_VIEW_64)))
        return false;
    (void)prereq_looks_number(looks, key, PREREQ_VIEW_64, "MinorVersion", &minor);
    instance->version = (struct prereq_version){{(uint32_t)major, (uint32_t)minor, 0, 0}, 2};
    instance->path = path_at(looks, key, PREREQ_VIEW_64, "InstallPath");
    return true;
}

static bool find_extension(struct prereq_looks *looks, const char *key,
                           struct prereq_instance *instance)
{
    uint64_t install;

    if (!prereq_looks_number(looks, key, PREREQ_VIEW_64, "Install", &install) || install != 1)
        return false;
    (void)prereq_looks_version(looks, key, PREREQ_VIEW_64, "Version", &instance->version);
    return true;
}

/* The version of the product is not that of its files: 7.0 is 1.1, 7.1 and 7.2 are 2.0 up to build
 * 1951 and 2.1 from 1952 on. */
static bool find_url_rewrite(struct prereq_looks *looks, struct prereq_instance *instance)
{
    struct prereq_version *version = &instance->version;
    bool old;

    if (!find_extension(looks, MICROSOFT "IIS Extensions\\URL Rewrite", instance))
        return false;
    if (version->parts == 0 || version->part[0] != 7)
        return true;
    old = version->part[1] == 0;
    *version =
        (struct prereq_version){{old ? 1 : 2, old || version->part[2] >= 1952 ? 1 : 0, 0, 0}, 2};
    return true;
}

static bool find_arr(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return find_extension(looks, MICROSOFT "IIS Extensions\\Application Request Routing", instance);
}

static bool find_aspnetcore(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return find_extension(looks, MICROSOFT "IIS Extensions\\IIS AspNetCore Module V2", instance);
}

/* ---- parts of Windows with levels of their own ---- */

/* `Version` stopped at 9.10 and 9.11 for Internet Explorer 10 and 11. */
static bool find_ie(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char key[] = MICROSOFT "Internet Explorer";

    return prereq_looks_version(looks, key, PREREQ_VIEW_64, "svcVersion", &instance->version) ||
           prereq_looks_version(looks, key, PREREQ_VIEW_64, "Version", &instance->version);
}

static bool find_mdac(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return prereq_looks_version(looks, MICROSOFT "DataAccess", PREREQ_VIEW_64, "FullInstallVer",
                                &instance->version);
}

static bool find_wmf(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return prereq_looks_version(looks, MICROSOFT "PowerShell\\3\\PowerShellEngine", PREREQ_VIEW_64,
                                "PowerShellVersion", &instance->version) ||
           prereq_looks_version(looks, MICROSOFT "PowerShell\\1\\PowerShellEngine", PREREQ_VIEW_64,
                                "PowerShellVersion", &instance->version);
}

/* Updates of the platform go into a folder of their own, ...\Platform\4.18.23050.5-0; the one that
 * came with Windows says its version in its program. */
static bool find_defender(struct prereq_looks *looks, struct prereq_instance *instance)
{
    const char *path =
        prereq_looks_text(looks, MICROSOFT "Windows Defender", PREREQ_VIEW_64, "InstallLocation");
    const char *last;
    char number[48];
    size_t len;

    if (!path)
        return false;
    instance->path = prereq_looks_path(looks->gather, path);
    last = strrchr(instance->path, '\\');
    len = last ? strcspn(last + 1, "-") : 0;
    if (len > 0 && len < sizeof(number)) {
        memcpy(number, last + 1, len);
        number[len] = '\0';
        if (strchr(number, '.') && prereq_version_parse(number, &instance->version))
            return true;
    }
    len = strlen(path);
    (void)prereq_looks_file(looks,
                            prereq_gather_printf(looks->gather, "%s%sMsMpEng.exe", path,
                                                 path[len - 1] == '\\' ? "" : "\\"),
                            &instance->version);
    return true;
}

/* ---- other products ---- */

static bool find_office(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char key[] = MICROSOFT "Office\\ClickToRun\\Configuration";

    for (int view = PREREQ_VIEW_64; prereq_view_is_there(looks->gather, view); view++) {
        if (!prereq_looks_version(looks, key, (enum prereq_view)view, "VersionToReport",
                                  &instance->version))
            continue;
        instance->edition =
            prereq_looks_text(looks, key, (enum prereq_view)view, "ProductReleaseIds");
        instance->path = path_at(looks, key, (enum prereq_view)view, "InstallationPath");
        return true;
    }
    return false;
}

/* The highest of the Windows Installer products with such a title. */
static bool find_msi(struct prereq_looks *looks, const char *pattern,
                     struct prereq_instance *instance)
{
    const struct prereq_gather *gather = looks->gather;
    struct prereq_refusal why = {0};
    bool found = false;

    if (!prereq_msi_products_known(gather, &why))
        (void)prereq_looks_refused(looks, PREREQ_LOOK_UNAVAILABLE, &why);
    for (size_t i = 0; !gather->no_memory && i < gather->msi_products.count; i++) {
        const struct prereq_msi_product *product = &gather->msi_products.items[i];

        if (!product->name || !prereq_glob(pattern, product->name) ||
            (found && prereq_version_compare(product->version, instance->version) <= 0))
            continue;
        instance->version = product->version;
        instance->installed_on = product->installed_on;
        found = true;
    }
    return found;
}

/* Of the native width, which is what programs that ask for it mean. */
static bool find_runtime(struct prereq_looks *looks, const char *year,
                         struct prereq_instance *instance)
{
    return find_msi(looks,
                    prereq_gather_printf(looks->gather,
                                         "Microsoft Visual C++ %s %s Minimum Runtime*", year,
                                         looks->gather->source->has_32_bit_view ? "x64" : "x86"),
                    instance);
}

static bool find_runtime_2012(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return find_runtime(looks, "2012", instance);
}

static bool find_runtime_2013(struct prereq_looks *looks, struct prereq_instance *instance)
{
    return find_runtime(looks, "2013", instance);
}

/* By what setup wrote, or by its program; the program's version is that of the product. */
static bool find_intellipoint(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char key[] = MICROSOFT "IntelliPoint";
    const char *program =
        prereq_looks_text(looks, CURRENT "App Paths\\point32.exe", PREREQ_VIEW_64, "");
    bool found = prereq_looks_key(looks, key, PREREQ_VIEW_64);

    if (!found && !program)
        return false;
    if (!prereq_looks_version(looks, key, PREREQ_VIEW_64, "Version", &instance->version) && program)
        (void)prereq_looks_file(looks, program, &instance->version);
    return true;
}

/* HP NTLock has no key that is known: its service, or its title among the programs. */
static bool find_ntlock(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char uninstall[] = CURRENT "Uninstall";
    struct prereq_names programs = prereq_looks_keys(looks, uninstall, PREREQ_VIEW_64);

    for (size_t i = 0; i < programs.count; i++) {
        const char *key =
            prereq_gather_printf(looks->gather, "%s\\%s", uninstall, programs.name[i]);
        const char *title = prereq_looks_text(looks, key, PREREQ_VIEW_64, "DisplayName");

        if (!title || !prereq_glob("*NTLock*", title))
            continue;
        (void)prereq_looks_version(looks, key, PREREQ_VIEW_64, "DisplayVersion",
                                   &instance->version);
        return true;
    }
    return prereq_looks_key(looks, SERVICES "NTLock", PREREQ_VIEW_64) ||
           prereq_looks_key(looks, SERVICES "HPNTLock", PREREQ_VIEW_64);
}

/* "2.00.1380.0000".  The level stands in no value; the catalog goes by the build. */
static bool find_sms(struct prereq_looks *looks, struct prereq_instance *instance)
{
    static const char key[] = MICROSOFT "SMS\\Setup";

    if (!prereq_looks_version(looks, key, PREREQ_VIEW_64, "Full Version", &instance->version) &&
        !prereq_looks_version(looks, key, PREREQ_VIEW_64, "Version", &instance->version))
        return false;
    instance->path = path_at(looks, key, PREREQ_VIEW_64, "Installation Directory");
    return true;
}

static bool find_site_server(struct prereq_looks *looks, struct prereq_instance *instance)
{
    if (!prereq_looks_key(looks, MICROSOFT "Site Server\\3.0", PREREQ_VIEW_64))
        return false;
    instance->version = (struct prereq_version){{3, 0, 0, 0}, 2};
    return true;
}

static const struct single {
    const char *product;
    find_product *find;
} singles[] = {
    {"IIS", find_iis},
    {"URLREWRITE", find_url_rewrite},
    {"ARR", find_arr},
    {"ASPNETCORE-MODULE", find_aspnetcore},
    {"IE", find_ie},
    {"MDAC", find_mdac},
    {"WMF", find_wmf},
    {"DEFENDER-PLATFORM", find_defender},
    {"OFFICE-C2R", find_office},
    {"VCREDIST2012", find_runtime_2012},
    {"VCREDIST2013", find_runtime_2013},
    {"INTELLIPOINT", find_intellipoint},
    {"HPNTLOCK", find_ntlock},
    {"SMS", find_sms},
    {"SITESERVER", find_site_server},
};

static void collect_single(struct prereq_gather *gather, const struct single *single)
{
    struct prereq_looks looks = {.gather = gather};
    struct prereq_instance instance = {.product = single->product};
    bool found = single->find(&looks, &instance);

    if (found)
        prereq_product_add(&looks, &instance);
    prereq_product_end(&looks, single->product, found);
}

void prereq_collect_products(struct prereq_gather *gather)
{
    for (size_t i = 0; i < PREREQ_COUNT(singles); i++) {
        if (prereq_gather_stopped(gather))
            return;
        collect_single(gather, &singles[i]);
    }
    prereq_collect_netfx(gather);
    prereq_collect_sql(gather);
    prereq_collect_exchange(gather);
    prereq_collect_sharepoint(gather);
}
