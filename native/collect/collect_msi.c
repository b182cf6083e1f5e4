/* SPDX-License-Identifier: MIT */
/* collect_msi.c - products and patches of Windows Installer, for the whole machine; patches that
 * name their KB number are records of updates, too.
 *
 * Read from the registry, never by Win32_Product, which repairs what it lists.  Products of single
 * users (other SIDs) are theirs: they are left out, and make the lists partial. */
#include <string.h>

#include "collect/collect.h"
#include "collect/looks.h"

#define USERS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData"
#define MACHINE_SID "S-1-5-18"
#define MACHINE USERS "\\" MACHINE_SID "\\Products"
#define NO_CODE 38 /* characters of {8-4-4-4-12} */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Key names hold GUIDs with the characters of each group reversed: the first three groups whole,
 * the rest byte by byte. */
static bool unpack(const char *packed, char code[NO_CODE + 1])
{
    static const unsigned char order[] = {7,  6,  5,  4,  3,  2,  1,  0,  11, 10, 9,
                                          8,  15, 14, 13, 12, 17, 16, 19, 18, 21, 20,
                                          23, 22, 25, 24, 27, 26, 29, 28, 31, 30};
    size_t len = 0;

    if (strlen(packed) != sizeof(order))
        return false;
    code[len++] = '{';
    for (size_t i = 0; i < sizeof(order); i++) {
        char c = packed[order[i]];

        if (!is_hex(c))
            return false;
        if (i == 8 || i == 12 || i == 16 || i == 20)
            code[len++] = '-';
        code[len++] = (char)(c >= 'a' ? c - 'a' + 'A' : c);
    }
    code[len++] = '}';
    code[len] = '\0';
    return true;
}

/* "20240312", the local day of the installation. */
static struct prereq_time day_of(const char *text)
{
    struct prereq_time none = {0};
    int digit[8];

    if (!text || strlen(text) != PREREQ_COUNT(digit))
        return none;
    for (size_t i = 0; i < PREREQ_COUNT(digit); i++) {
        if (text[i] < '0' || text[i] > '9')
            return none;
        digit[i] = text[i] - '0';
    }
    return prereq_time_from_date(digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3],
                                 digit[4] * 10 + digit[5], digit[6] * 10 + digit[7]);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Security Update for Microsoft Office 2016 (KB4011610) 32-Bit Edition": KB4011610. */
static const char *kb_of(struct prereq_gather *gather, const char *title)
{
    for (const char *at = title; at && *at; at++) {
        size_t digits = 0;

        if (!prereq_starts_nocase(at, "KB") ||
            (at > title && (is_hex(at[-1]) || (at[-1] >= 'g' && at[-1] <= 'z'))))
            continue;
        while (is_digit(at[2 + digits]))
            digits++;
        if (digits >= 5 && digits <= 8)
            return prereq_gather_printf(gather, "KB%.*s", (int)digits, at + 2);
    }
    return NULL;
}

/* What was refused, or stands in a dirty hive, is no item: items have no status here, and the list
 * is then unavailable. */
static bool is_refused(struct prereq_looks *list, const struct prereq_looks *item)
{
    return item->refused && prereq_looks_refused(list, PREREQ_LOOK_UNAVAILABLE, &item->why);
}

static void add_patch(struct prereq_looks *list, const char *key, const char *packed,
                      const char *product_code)
{
    struct prereq_gather *gather = list->gather;
    struct prereq_looks looks = {.gather = gather};
    const char *patch = prereq_gather_printf(gather, "%s\\%s", key, packed);
    char code[NO_CODE + 1];
    uint64_t state = 0;
    struct prereq_msi_patch item = {.product_code = product_code};

    if (!unpack(packed, code))
        return;
    (void)prereq_looks_number(&looks, patch, PREREQ_VIEW_64, "State", &state);
    item.id = kb_of(gather, prereq_looks_text(&looks, patch, PREREQ_VIEW_64, "DisplayName"));
    item.installed_on = day_of(prereq_looks_text(&looks, patch, PREREQ_VIEW_64, "Installed"));
    /* 1 applied, 2 superseded, 4 obsoleted: the last two are still there. */
    if (is_refused(list, &looks) || (state != 1 && state != 2 && state != 4))
        return;
    item.patch_code = prereq_gather_text(gather, code);
    item.superseded = state == 1 ? PREREQ_FLAG_FALSE : PREREQ_FLAG_TRUE;
    *PREREQ_GATHER_ADD(gather, msi_patches) = item;
    if (item.id)
        prereq_product_record(gather, item.id, NULL, item.installed_on);
}

static void add_product(struct prereq_looks *list, struct prereq_looks *patches, const char *packed)
{
    struct prereq_gather *gather = list->gather;
    struct prereq_looks looks = {.gather = gather};
    const char *key = prereq_gather_printf(gather, MACHINE "\\%s\\Patches", packed);
    const char *properties =
        prereq_gather_printf(gather, MACHINE "\\%s\\InstallProperties", packed);
    struct prereq_msi_product item = {0};
    struct prereq_names names;
    char code[NO_CODE + 1];
    uint64_t language;
    bool found;

    if (!unpack(packed, code))
        return;
    /* Without InstallProperties nothing is installed: a product that was removed leaves its key. */
    found = prereq_looks_key(&looks, properties, PREREQ_VIEW_64);
    item.name = prereq_looks_text(&looks, properties, PREREQ_VIEW_64, "DisplayName");
    (void)prereq_looks_version(&looks, properties, PREREQ_VIEW_64, "DisplayVersion", &item.version);
    if (prereq_looks_number(&looks, properties, PREREQ_VIEW_64, "Language", &language))
        item.language = prereq_gather_printf(gather, "%u", (unsigned)language);
    item.installed_on =
        day_of(prereq_looks_text(&looks, properties, PREREQ_VIEW_64, "InstallDate"));
    if (is_refused(list, &looks) || !found)
        return;
    item.product_code = prereq_gather_text(gather, code);
    *PREREQ_GATHER_ADD(gather, msi_products) = item;
    names = prereq_looks_keys(patches, key, PREREQ_VIEW_64);
    for (size_t i = 0; i < names.count; i++)
        add_patch(patches, key, names.name[i], item.product_code);
}

/* `partial` is a sentence, or NULL. */
static void cover(struct prereq_gather *gather, enum prereq_list_kind list,
                  const struct prereq_looks *looks, const char *partial)
{
    struct prereq_refusal why;

    if (looks->refused) {
        prereq_gather_cover(gather, list, PREREQ_LIST_UNAVAILABLE, NULL, &looks->why);
        return;
    }
    prereq_refuse(&why, NULL, NULL, "%s", partial ? partial : "");
    prereq_gather_cover(gather, list, partial ? PREREQ_LIST_PARTIAL : PREREQ_LIST_COMPLETE, NULL,
                        partial ? &why : NULL);
}

/* Whose products are left out; NULL: nobody's. */
static const char *left_out(struct prereq_looks *looks)
{
    struct prereq_names users = prereq_looks_keys(looks, USERS, PREREQ_VIEW_64);

    for (size_t i = 0; i < users.count; i++) {
        const char *key =
            prereq_gather_printf(looks->gather, USERS "\\%s\\Products", users.name[i]);

        if (!prereq_equal_nocase(users.name[i], MACHINE_SID) &&
            prereq_looks_keys(looks, key, PREREQ_VIEW_64).count > 0)
            return "Products of single users are left out.";
    }
    if (users.count == 0 &&
        prereq_looks_keys(looks, "HKLM\\SOFTWARE\\Classes\\Installer\\Products", PREREQ_VIEW_64)
                .count > 0)
        return "Windows Installer 1 keeps its list elsewhere.";
    return NULL;
}

void prereq_collect_msi(struct prereq_gather *gather)
{
    struct prereq_looks products = {.gather = gather}, patches = {.gather = gather};
    const char *partial = left_out(&products);
    struct prereq_names names;

    names = prereq_looks_keys(&products, MACHINE, PREREQ_VIEW_64);
    for (size_t i = 0; i < names.count; i++) {
        if (prereq_gather_stopped(gather))
            return;
        prereq_gather_progress(gather, "Windows Installer", i, names.count);
        add_product(&products, &patches, names.name[i]);
    }
    if (products.refused)
        (void)prereq_looks_refused(&patches, PREREQ_LOOK_UNAVAILABLE, &products.why);
    cover(gather, PREREQ_LIST_MSI_PRODUCTS, &products, partial);
    cover(gather, PREREQ_LIST_MSI_PATCHES, &patches, partial);
}
