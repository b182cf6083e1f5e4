/* SPDX-License-Identifier: MIT */
/* live_installer.c - Windows Installer: is it at work, and what does it know beyond its keys?
 *
 * collect_msi.c reads the keys; this asks the functions and adds what is missing there.  Only what
 * is installed for the whole machine: products of single users would need their profiles. */
#include <stdio.h>

/* clang-format off: windows.h comes first. */
#include "win32/live_parts.h"
#include <msi.h>
/* clang-format on */

#include "win32/wide.h"

#define CODE 39 /* units of {GUID} and a NUL */

typedef UINT(WINAPI *enum_products)(const wchar_t *product, const wchar_t *sid, DWORD context,
                                    DWORD index, wchar_t *code, MSIINSTALLCONTEXT *found,
                                    wchar_t *found_sid, DWORD *sid_len);
typedef UINT(WINAPI *enum_patches)(const wchar_t *product, const wchar_t *sid, DWORD context,
                                   DWORD filter, DWORD index, wchar_t *patch, wchar_t *target,
                                   MSIINSTALLCONTEXT *found, wchar_t *sid_found, DWORD *sid_len);
typedef UINT(WINAPI *product_info)(const wchar_t *product, const wchar_t *sid,
                                   MSIINSTALLCONTEXT context, const wchar_t *property,
                                   wchar_t *value, DWORD *len);

struct installer {
    struct prereq_gather *gather;
    enum_products products;
    enum_patches patches;
    product_info info;
};

static bool has_product(const struct prereq_gather *gather, const char *code)
{
    for (size_t i = 0; i < gather->msi_products.count; i++) {
        if (prereq_equal_nocase(gather->msi_products.items[i].product_code, code))
            return true;
    }
    return false;
}

static bool has_patch(const struct prereq_gather *gather, const char *patch, const char *product)
{
    for (size_t i = 0; i < gather->msi_patches.count; i++) {
        const struct prereq_msi_patch *item = &gather->msi_patches.items[i];

        if (prereq_equal_nocase(item->patch_code, patch) && item->product_code &&
            prereq_equal_nocase(item->product_code, product))
            return true;
    }
    return false;
}

static const char *text_of(struct prereq_gather *gather, const wchar_t *wide, size_t units)
{
    const char *text = prereq_name_from_wide(gather->arena, wide, units);

    if (!text)
        gather->no_memory = true;
    return text ? text : "";
}

/* A property of a product; NULL when there is none. */
static const char *property(const struct installer *installer, const wchar_t *code,
                            const wchar_t *name)
{
    wchar_t value[512];
    DWORD len = PREREQ_COUNT(value);

    if (installer->info(code, NULL, MSIINSTALLCONTEXT_MACHINE, name, value, &len) !=
            ERROR_SUCCESS ||
        len == 0)
        return NULL;
    return text_of(installer->gather, value, len);
}

static void add_product(const struct installer *installer, const wchar_t *code, const char *text)
{
    struct prereq_msi_product *item = PREREQ_GATHER_ADD(installer->gather, msi_products);
    const char *version = property(installer, code, L"VersionString");

    item->product_code = text;
    item->name = property(installer, code, L"InstalledProductName");
    if (version)
        (void)prereq_version_parse(version, &item->version);
}

/* What the keys did not show was added: people should know that the keys are not whole. */
static void tell(struct prereq_gather *gather, const char *fact, UINT error, size_t added)
{
    struct prereq_refusal why;

    if (error != ERROR_NO_MORE_ITEMS)
        (void)prereq_refuse_error(error, "The list of Windows Installer", &why);
    else if (added > 0)
        prereq_refuse(&why, "error", NULL,
                      "Windows Installer named %lu more than its registry keys showed.",
                      (unsigned long)added);
    else
        return;
    prereq_gather_error(gather, fact, &why);
}

/* By product: not every Windows lists the patches of all of them at once. */
static UINT complete_patches(const struct installer *installer, const wchar_t *product, DWORD state,
                             size_t *added)
{
    struct prereq_gather *gather = installer->gather;
    UINT error = ERROR_SUCCESS;

    for (DWORD index = 0; !prereq_gather_stopped(gather); index++) {
        wchar_t code[CODE] = L"", target[CODE] = L"";
        MSIINSTALLCONTEXT found = MSIINSTALLCONTEXT_NONE;
        struct prereq_msi_patch *item;
        const char *patch, *of;

        error = installer->patches(product, NULL, MSIINSTALLCONTEXT_MACHINE, state, index, code,
                                   target, &found, NULL, NULL);
        if (error != ERROR_SUCCESS || index >= PREREQ_MAX_NAMES)
            break;
        patch = text_of(gather, code, wcslen(code));
        of = text_of(gather, product, wcslen(product));
        if (gather->no_memory || has_patch(gather, patch, of))
            continue;
        item = PREREQ_GATHER_ADD(gather, msi_patches);
        item->patch_code = patch;
        item->product_code = of;
        item->superseded = state == MSIPATCHSTATE_SUPERSEDED ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
        (*added)++;
    }
    return error;
}

static UINT complete_product(const struct installer *installer, const wchar_t *code,
                             size_t *products, size_t *patches)
{
    struct prereq_gather *gather = installer->gather;
    const char *text = text_of(gather, code, wcslen(code));
    UINT error;

    if (gather->no_memory)
        return ERROR_NO_MORE_ITEMS;
    if (!has_product(gather, text)) {
        add_product(installer, code, text);
        (*products)++;
    }
    error = complete_patches(installer, code, MSIPATCHSTATE_APPLIED, patches);
    if (error == ERROR_NO_MORE_ITEMS)
        error = complete_patches(installer, code, MSIPATCHSTATE_SUPERSEDED, patches);
    return error;
}

static void complete_all(const struct installer *installer)
{
    struct prereq_gather *gather = installer->gather;
    UINT error = ERROR_SUCCESS, patch_error = ERROR_NO_MORE_ITEMS;
    size_t products = 0, patches = 0;

    for (DWORD index = 0; !prereq_gather_stopped(gather); index++) {
        wchar_t code[CODE] = L"";
        MSIINSTALLCONTEXT found = MSIINSTALLCONTEXT_NONE;
        UINT of_product;

        error = installer->products(NULL, NULL, MSIINSTALLCONTEXT_MACHINE, index, code, &found,
                                    NULL, NULL);
        if (error != ERROR_SUCCESS || index >= PREREQ_MAX_NAMES)
            break;
        of_product = complete_product(installer, code, &products, &patches);
        if (of_product != ERROR_NO_MORE_ITEMS)
            patch_error = of_product;
    }
    if (prereq_gather_stopped(gather))
        return;
    tell(gather, "msiProducts", error, products);
    tell(gather, "msiPatches", patch_error, patches);
}

static void complete(struct prereq_gather *gather)
{
    struct installer installer = {.gather = gather};
    HMODULE library = prereq_live_library(L"msi.dll");
    struct prereq_refusal why;

    installer.products = (enum_products)prereq_live_function_of(library, "MsiEnumProductsExW");
    installer.patches = (enum_patches)prereq_live_function_of(library, "MsiEnumPatchesExW");
    installer.info = (product_info)prereq_live_function_of(library, "MsiGetProductInfoExW");
    if (installer.products && installer.patches && installer.info) {
        complete_all(&installer);
    } else {
        (void)prereq_refuse_error(ERROR_PROC_NOT_FOUND, "Windows Installer", &why);
        prereq_gather_error(gather, "msiProducts", &why);
    }
    if (library)
        (void)FreeLibrary(library);
}

static struct prereq_pending_fact *pending_msi(struct prereq_gather *gather)
{
    for (size_t i = 0; i < gather->pending_restarts.count; i++) {
        if (gather->pending_restarts.items[i].source == PREREQ_RESTART_MSI)
            return &gather->pending_restarts.items[i];
    }
    return NULL;
}

/* The mutex is there while an installation changes the machine.  It is opened and not waited for:
 * owning it, even for a moment, could stop an installation.  The name in the registry
 * (Installer\InProgress) is collect_restarts.c's; here a "yes" is added to it. */
static void in_progress(struct prereq_gather *gather)
{
    HANDLE mutex = OpenMutexW(SYNCHRONIZE, FALSE, L"Global\\_MSIExecute");
    DWORD error = mutex ? ERROR_SUCCESS : GetLastError();
    struct prereq_pending_fact *item = gather->no_memory ? NULL : pending_msi(gather);

    if (mutex)
        (void)CloseHandle(mutex);
    if (error == ERROR_FILE_NOT_FOUND || (item && item->pending == PREREQ_ANSWER_YES))
        return;
    if (!item) {
        item = PREREQ_GATHER_ADD(gather, pending_restarts);
        item->source = PREREQ_RESTART_MSI;
    }
    /* Denied: it is there, and somebody else's. */
    item->pending = error == ERROR_SUCCESS || error == ERROR_ACCESS_DENIED ? PREREQ_ANSWER_YES
                                                                           : PREREQ_ANSWER_UNKNOWN;
    item->detail = "Windows Installer is at work";
}

void prereq_live_installer(struct prereq_gather *gather)
{
    in_progress(gather);
    complete(gather);
}
