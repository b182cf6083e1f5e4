/* SPDX-License-Identifier: MIT */
/* collect_exchange.c - Exchange Server: product EXCHANGE. */
#include <string.h>

#include "collect/looks.h"

#define PRODUCT "EXCHANGE"
#define OLD "HKLM\\SOFTWARE\\Microsoft\\Exchange\\Setup"
#define UNINSTALL "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"

/* Newest first: an upgrade may leave the keys of what was before. */
static const struct generation {
    const char *setup, *uninstall;
} generations[] = {
    {"HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup", UNINSTALL "Microsoft Exchange v15"},
    {"HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup", UNINSTALL "Microsoft Exchange v14"},
    {OLD, UNINSTALL "Microsoft Exchange"},
};

/* "Microsoft Exchange Server 2019 Cumulative Update 14": CU14. */
static const char *level_of(struct prereq_gather *gather, const char *title)
{
    static const struct word {
        const char *text, *level;
    } words[] = {{"Cumulative Update ", "CU"}, {"Service Pack ", "SP"}};
    size_t len = title ? strlen(title) : 0;

    for (size_t w = 0; title && w < PREREQ_COUNT(words); w++) {
        const char *found = strstr(title, words[w].text);
        size_t digits;

        if (!found)
            continue;
        found += strlen(words[w].text);
        digits = strspn(found, "0123456789");
        if (digits > 0 && digits <= 3)
            return prereq_gather_printf(gather, "%s%.*s", words[w].level, (int)digits, found);
    }
    return len >= 4 && strcmp(title + len - 4, " RTM") == 0 ? "RTM" : NULL;
}

/* Exchange 2007 and later.  Updates that go on a level change nothing of the registry: the build is
 * the file version of ExSetup.exe. */
static bool add_new(struct prereq_looks *whether, const struct generation *generation)
{
    struct prereq_gather *gather = whether->gather;
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT};
    uint64_t major;
    const char *path;

    if (!prereq_looks_number(whether, generation->setup, PREREQ_VIEW_64, "MsiProductMajor", &major))
        return false;
    looks = *whether;
    path = prereq_looks_text(&looks, generation->setup, PREREQ_VIEW_64, "MsiInstallPath");
    instance.level = level_of(
        gather, prereq_looks_text(&looks, generation->uninstall, PREREQ_VIEW_64, "DisplayName"));
    if (path) {
        const char *separator = path[strlen(path) - 1] == '\\' ? "" : "\\";

        instance.path = prereq_looks_path(gather, path);
        (void)prereq_looks_file(
            &looks, prereq_gather_printf(gather, "%s%sbin\\ExSetup.exe", path, separator),
            &instance.version);
    }
    prereq_product_add(&looks, &instance);
    return true;
}

/* Exchange 2000 and 2003: "Services Version" is 60 or 65, "ServicePackBuild" the build. */
static bool add_old(struct prereq_looks *whether)
{
    struct prereq_gather *gather = whether->gather;
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT};
    uint64_t version, build;
    const char *path = prereq_looks_text(whether, OLD, PREREQ_VIEW_64, "Services");
    bool found = prereq_looks_number(whether, OLD, PREREQ_VIEW_64, "Services Version", &version);

    if (!path && !found)
        return false;
    looks = *whether;
    if (path)
        instance.path = prereq_looks_path(gather, path);
    if (found && (prereq_looks_number(&looks, OLD, PREREQ_VIEW_64, "ServicePackBuild", &build) ||
                  prereq_looks_number(&looks, OLD, PREREQ_VIEW_64, "NewestBuild", &build)))
        instance.version = (struct prereq_version){
            {(uint32_t)version / 10, (uint32_t)version % 10, (uint32_t)build, 0}, 3};
    prereq_product_add(&looks, &instance);
    return true;
}

void prereq_collect_exchange(struct prereq_gather *gather)
{
    struct prereq_looks whether = {.gather = gather};
    bool found = false;

    for (size_t i = 0; !found && !whether.refused && i < PREREQ_COUNT(generations); i++)
        found = add_new(&whether, &generations[i]);
    if (!found && !whether.refused)
        found = add_old(&whether);
    prereq_product_end(&whether, PRODUCT, found);
}
