/* SPDX-License-Identifier: MIT */
/* collect_sql.c - instances of SQL Server: product MSSQL. */
#include <string.h>

#include "collect/looks.h"

#define PRODUCT "MSSQL"
#define SQL "HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server"
#define OLD "HKLM\\SOFTWARE\\Microsoft\\MSSQLServer"
#define DEFAULT_NAME "MSSQLSERVER"

static bool have(const struct prereq_gather *gather, const char *name)
{
    for (size_t i = 0; !gather->no_memory && i < gather->instances.count; i++) {
        const struct prereq_instance *instance = &gather->instances.items[i];

        if (instance->name && prereq_equal_nocase(instance->product, PRODUCT) &&
            prereq_equal_nocase(instance->name, name))
            return true;
    }
    return false;
}

/* SQLPath names the folder MSSQL inside the instance's own; facts name the instance's own. */
static const char *instance_folder(struct prereq_gather *gather, const char *path)
{
    static const char inner[] = "\\MSSQL";
    size_t len;
    char *copy;

    if (!path)
        return NULL;
    path = prereq_looks_path(gather, path);
    len = strlen(path);
    if (len < sizeof(inner) || !prereq_equal_nocase(path + len - (sizeof(inner) - 1), inner))
        return path;
    copy = prereq_strndup(gather->arena, path, len - (sizeof(inner) - 1));
    gather->no_memory = gather->no_memory || !copy;
    return copy ? copy : "";
}

/* Service packs ended with SQL Server 2016; later levels stand in no key, and neither does the
 * branch: only the build tells, which the catalog judges by. */
static const char *level_of(struct prereq_looks *looks, const char *setup, enum prereq_view view,
                            struct prereq_version version)
{
    uint64_t pack;

    if (version.parts == 0 || version.part[0] > 13 ||
        !prereq_looks_number(looks, setup, view, "SP", &pack))
        return NULL;
    return pack == 0 ? "RTM" : prereq_gather_printf(looks->gather, "SP%u", (unsigned)pack);
}

/* Updates are patches of the instance's own Windows Installer product. */
static void add_records(struct prereq_gather *gather, const char *name, const char *product_code)
{
    const char *target = prereq_gather_printf(gather, PRODUCT "/%s", name);

    for (size_t i = 0; !gather->no_memory && i < gather->msi_patches.count; i++) {
        const struct prereq_msi_patch *patch = &gather->msi_patches.items[i];

        if (patch->id && prereq_equal_nocase(patch->product_code, product_code))
            prereq_product_record(gather, patch->id, target, patch->installed_on);
    }
}

/* SQL Server 2005 and later: the key of the instance, "MSSQL15.PROD1". */
static void add_instance(struct prereq_gather *gather, const char *name, const char *id,
                         enum prereq_view view)
{
    struct prereq_looks looks = {.gather = gather};
    struct prereq_instance instance = {.product = PRODUCT, .name = name};
    const char *setup = prereq_gather_printf(gather, SQL "\\%s\\Setup", id), *code;

    /* PatchLevel is what the last update brought; Version may still say what setup brought. */
    if (!prereq_looks_version(&looks, setup, view, "PatchLevel", &instance.version))
        (void)prereq_looks_version(&looks, setup, view, "Version", &instance.version);
    instance.level = level_of(&looks, setup, view, instance.version);
    instance.edition = prereq_looks_text(&looks, setup, view, "Edition");
    instance.path = instance_folder(gather, prereq_looks_text(&looks, setup, view, "SQLPath"));
    code = prereq_looks_text(&looks, setup, view, "ProductCode");
    prereq_product_add(&looks, &instance);
    if (code)
        add_records(gather, name, code);
}

static void list_instances(struct prereq_looks *names, enum prereq_view view)
{
    static const char key[] = SQL "\\Instance Names\\SQL";
    struct prereq_names values = prereq_looks_values(names, key, view);

    for (size_t i = 0; i < values.count; i++) {
        const char *id;

        if (!*values.name[i] || have(names->gather, values.name[i]))
            continue;
        id = prereq_looks_text(names, key, view, values.name[i]);
        if (id)
            add_instance(names->gather, values.name[i], id, view);
    }
}

/* SQL Server 2000 and before.  CSDVersion is there once a service pack is on. */
static void add_old(struct prereq_looks *names, const char *name, const char *top,
                    enum prereq_view view)
{
    struct prereq_gather *gather = names->gather;
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT, .name = name};
    const char *current = prereq_gather_printf(gather, "%s\\MSSQLServer\\CurrentVersion", top);
    const char *setup = prereq_gather_printf(gather, "%s\\Setup", top);

    if (!prereq_looks_version(names, current, view, "CSDVersion", &instance.version) &&
        !prereq_looks_version(names, current, view, "CurrentVersion", &instance.version))
        return;
    looks = *names;
    instance.edition = prereq_looks_text(&looks, setup, view, "Edition");
    instance.path = instance_folder(gather, prereq_looks_text(&looks, setup, view, "SQLPath"));
    prereq_product_add(&looks, &instance);
}

static void list_old(struct prereq_looks *names, enum prereq_view view)
{
    struct prereq_gather *gather = names->gather;
    struct prereq_names listed = prereq_looks_texts(names, SQL, view, "InstalledInstances");

    for (size_t i = 0; i < listed.count; i++) {
        const char *name = listed.name[i];

        if (*name && !prereq_equal_nocase(name, DEFAULT_NAME) && !have(gather, name))
            add_old(names, name, prereq_gather_printf(gather, SQL "\\%s", name), view);
    }
    if (!have(gather, DEFAULT_NAME))
        add_old(names, DEFAULT_NAME, OLD, view);
}

void prereq_collect_sql(struct prereq_gather *gather)
{
    struct prereq_looks names = {.gather = gather};
    size_t before = gather->instances.count;

    /* Named ones first: a newer default instance may leave keys of the old kind. */
    for (int view = PREREQ_VIEW_64; prereq_view_is_there(gather, view); view++)
        list_instances(&names, (enum prereq_view)view);
    for (int view = PREREQ_VIEW_64; prereq_view_is_there(gather, view); view++)
        list_old(&names, (enum prereq_view)view);
    prereq_product_end(&names, PRODUCT, gather->instances.count > before);
}
