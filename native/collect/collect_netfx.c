/* SPDX-License-Identifier: MIT */
/* collect_netfx.c - .NET Framework: product NETFX, one instance for each that is side by side. */
#include <string.h>

#include "collect/looks.h"

#define PRODUCT "NETFX"
#define NDP "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\"

/* The lowest number of each release: later Windows versions ship higher ones of the same release.
 */
static const struct release {
    uint32_t number;
    const char *level;
} releases[] = {
    {533320, "4.8.1"}, {528040, "4.8"},   {461808, "4.7.2"}, {461308, "4.7.1"},
    {460798, "4.7"},   {394802, "4.6.2"}, {394254, "4.6.1"}, {393295, "4.6"},
    {379893, "4.5.2"}, {378675, "4.5.1"}, {378389, "4.5"},
};

static const struct generation {
    const char *name, *key;
} generations[] = {
    {"v3.5", NDP "v3.5"},
    {"v3.0", NDP "v3.0"},
    {"v2.0", NDP "v2.0.50727"},
    {"v1.1", NDP "v1.1.4322"},
};

static bool add_v4(struct prereq_looks *whether)
{
    struct prereq_gather *gather = whether->gather;
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT, .name = "v4"};
    static const char key[] = NDP "v4\\Full";
    uint64_t install, release;
    const char *path;

    if (!prereq_looks_number(whether, key, PREREQ_VIEW_64, "Install", &install) || install != 1)
        return false;
    looks = *whether;
    (void)prereq_looks_version(&looks, key, PREREQ_VIEW_64, "Version", &instance.version);
    instance.level = "4.0"; /* which had no number */
    if (prereq_looks_number(&looks, key, PREREQ_VIEW_64, "Release", &release)) {
        instance.level = NULL;
        for (size_t i = 0; !instance.level && i < PREREQ_COUNT(releases); i++)
            instance.level = release >= releases[i].number ? releases[i].level : NULL;
    }
    path = prereq_looks_text(&looks, key, PREREQ_VIEW_64, "InstallPath");
    instance.path = path ? prereq_looks_path(gather, path) : NULL;
    prereq_product_add(&looks, &instance);
    return true;
}

static bool add_old(struct prereq_looks *whether, const struct generation *generation)
{
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT, .name = generation->name};
    uint64_t install, pack;

    if (!prereq_looks_number(whether, generation->key, PREREQ_VIEW_64, "Install", &install) ||
        install != 1)
        return false;
    looks = *whether;
    if (!prereq_looks_version(&looks, generation->key, PREREQ_VIEW_64, "Version",
                              &instance.version))
        (void)prereq_version_parse(generation->key + sizeof(NDP),
                                   &instance.version); /* behind the v */
    if (prereq_looks_number(&looks, generation->key, PREREQ_VIEW_64, "SP", &pack))
        instance.level =
            pack == 0 ? "RTM" : prereq_gather_printf(looks.gather, "SP%u", (unsigned)pack);
    prereq_product_add(&looks, &instance);
    return true;
}

void prereq_collect_netfx(struct prereq_gather *gather)
{
    struct prereq_looks whether = {.gather = gather};
    bool found = add_v4(&whether);

    for (size_t i = 0; i < PREREQ_COUNT(generations); i++)
        found = add_old(&whether, &generations[i]) || found;
    prereq_product_end(&whether, PRODUCT, found);
}
