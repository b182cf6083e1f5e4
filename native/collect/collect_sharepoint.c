/* SPDX-License-Identifier: MIT */
/* collect_sharepoint.c - SharePoint: products SHAREPOINT and SHAREPOINT-PART. */
#include <string.h>

#include "collect/looks.h"

#define PRODUCT "SHAREPOINT"
#define PART "SHAREPOINT-PART"
#define EXTENSIONS "HKLM\\SOFTWARE\\Microsoft\\Shared Tools\\Web Server Extensions\\"

/* Updates do not write the version into the registry, they bring this library. */
static bool add_server(struct prereq_looks *whether, const char *generation)
{
    struct prereq_gather *gather = whether->gather;
    struct prereq_looks looks;
    struct prereq_instance instance = {.product = PRODUCT};
    const char *key = prereq_gather_printf(gather, EXTENSIONS "%s", generation), *location;
    const char *installed = prereq_looks_text(whether, key, PREREQ_VIEW_64, "SharePoint");

    if (!installed || !prereq_equal_nocase(installed, "Installed"))
        return false;
    looks = *whether;
    location = prereq_looks_text(&looks, key, PREREQ_VIEW_64, "Location");
    if (location) {
        const char *separator = location[strlen(location) - 1] == '\\' ? "" : "\\";

        instance.path = prereq_looks_path(gather, location);
        (void)prereq_looks_file(&looks,
                                prereq_gather_printf(gather, "%s%sISAPI\\Microsoft.SharePoint.dll",
                                                     location, separator),
                                &instance.version);
    }
    prereq_product_add(&looks, &instance);
    return true;
}

static bool collect_server(struct prereq_looks *whether)
{
    static const char *const generations[] = {"16.0", "15.0", "14.0"};
    bool found = false;

    for (size_t i = 0; !found && i < PREREQ_COUNT(generations); i++)
        found = add_server(whether, generations[i]);
    prereq_product_end(whether, PRODUCT, found);
    return found;
}

/* Product codes of SharePoint 2010, 2013, 2016 and later: {90gg0000-pppp-llll-s000-0000000FF1CE}
 * with the generation g (14, 15, 16), the product p, which of servers begins with 1, and the
 * language l. */
static bool is_part(const struct prereq_msi_product *product)
{
    return product->name && prereq_glob("{901?0000-1*-*-*-0000000FF1CE}", product->product_code);
}

static const struct language {
    const char *number, *name; /* as product codes have it */
} languages[] = {
    {"0401", "ar"}, {"0402", "bg"},    {"0404", "zh-tw"}, {"0405", "cs"},    {"0406", "da"},
    {"0407", "de"}, {"0408", "el"},    {"0409", "en"},    {"040B", "fi"},    {"040C", "fr"},
    {"040D", "he"}, {"040E", "hu"},    {"0410", "it"},    {"0411", "ja"},    {"0412", "ko"},
    {"0413", "nl"}, {"0414", "nb"},    {"0415", "pl"},    {"0416", "pt-br"}, {"0418", "ro"},
    {"0419", "ru"}, {"041B", "sk"},    {"041D", "sv"},    {"041E", "th"},    {"041F", "tr"},
    {"0422", "uk"}, {"0804", "zh-cn"}, {"0816", "pt"},    {"0C0A", "es"},
};

static const char *language_of(struct prereq_gather *gather, const char *code)
{
    const char *number = code + sizeof("{90140000-1014-") - 1;

    for (size_t i = 0; i < PREREQ_COUNT(languages); i++)
        if (strncmp(number, languages[i].number, 4) == 0)
            return languages[i].name;
    return prereq_gather_printf(gather, "%.4s", number);
}

/* "Foundation" and "Server", with "-LP-de" for their language packs; other parts by their title. */
static const char *name_of(struct prereq_gather *gather, const struct prereq_msi_product *product)
{
    static const struct form {
        const char *pattern, *name;
    } forms[] = {
        {"Microsoft SharePoint Foundation 201? Core", "Foundation"},
        {"Microsoft SharePoint Server 201?", "Server"},
        {"Microsoft SharePoint Foundation 201? * Lang Pack", "Foundation-LP"},
        {"Microsoft SharePoint Portal * Language Pack", "Server-LP"},
    };

    for (size_t i = 0; i < PREREQ_COUNT(forms); i++) {
        if (!prereq_glob(forms[i].pattern, product->name))
            continue;
        if (i < 2)
            return forms[i].name;
        return prereq_gather_printf(gather, "%s-%s", forms[i].name,
                                    language_of(gather, product->product_code));
    }
    return product->name;
}

static bool is_named(const struct prereq_gather *gather, const char *name)
{
    for (size_t i = 0; !gather->no_memory && i < gather->instances.count; i++)
        if (strcmp(gather->instances.items[i].product, PART) == 0 &&
            prereq_equal_nocase(gather->instances.items[i].name, name))
            return true;
    return false;
}

/* What setup checks is the level of each component: its Windows Installer product. */
static void collect_parts(const struct prereq_looks *whether, bool server)
{
    struct prereq_looks looks = *whether;
    struct prereq_gather *gather = looks.gather;
    struct prereq_refusal why;
    bool found = false;

    if (server && !prereq_msi_products_known(gather, &why))
        (void)prereq_looks_refused(&looks, PREREQ_LOOK_UNAVAILABLE, &why);
    for (size_t i = 0; server && !gather->no_memory && i < gather->msi_products.count; i++) {
        const struct prereq_msi_product *product = &gather->msi_products.items[i];
        struct prereq_instance instance = {.product = PART, .version = product->version};

        if (!is_part(product))
            continue;
        instance.name = name_of(gather, product);
        if (is_named(gather, instance.name))
            instance.name = product->product_code;
        instance.installed_on = product->installed_on;
        prereq_product_add(&looks, &instance);
        found = true;
    }
    prereq_product_end(&looks, PART, found);
}

void prereq_collect_sharepoint(struct prereq_gather *gather)
{
    struct prereq_looks whether = {.gather = gather};
    bool server = collect_server(&whether);

    collect_parts(&whether, server);
}
