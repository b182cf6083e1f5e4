/* SPDX-License-Identifier: MIT */
/* mof_lint.c - namespace, provider and registrations of a MOF file, and its uninstalling twin. */
#include "mof_lint.h"

#include <string.h>

#include "wmi/wmi.h"

#define PARENT_PATH "\\\\.\\root"
#define OWN_PATH "\\\\.\\" PREREQ_WMI_NAMESPACE
#define RIGHTS                                                                                     \
    "O:BAG:BAD:(A;CI;0x6003F;;;BA)(A;CI;0x6003F;;;SY)(A;CI;0x13;;;LS)(A;CI;0x13;;;NS)"             \
    "(A;CI;0x23;;;MU)"

static bool is_text(const struct mof_value *value, const char *text)
{
    return value && value->kind == MOF_STRING_VALUE && strcmp(value->text, text) == 0;
}

static void check_ascii(const char *text, size_t len, struct prereq_buffer *out)
{
    size_t line = 1;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        line += c == '\n';
        if (c >= 0x7f || (c < 0x20 && c != '\n'))
            prereq_buffer_addf(out, "line %zu: is not plain ASCII\n", line);
    }
}

/* ---- where things stand ---- */

static bool is_pragma(const struct mof_item *item, const char *name)
{
    return item->kind == MOF_PRAGMA && prereq_equal_nocase(item->pragma.name, name);
}

static size_t count_pragmas(const struct mof_item *items, const char *name)
{
    size_t count = 0;

    for (; items; items = items->next)
        count += is_pragma(items, name);
    return count;
}

static bool is_instance(const struct mof_item *item, const char *class_name)
{
    return item->kind == MOF_INSTANCE && prereq_equal_nocase(item->instance.class_name, class_name);
}

/* The namespace itself belongs to its parent, everything else into it. */
static void check_place(const struct mof_item *item, struct prereq_buffer *out)
{
    const char *expected = is_instance(item, "__Namespace") ? PARENT_PATH : OWN_PATH;

    if (item->kind == MOF_PRAGMA)
        return;
    if (!item->name_space || strcmp(item->name_space, expected) != 0)
        prereq_buffer_addf(out, "line %zu: does not stand in %s\n", item->line, expected);
}

/* ---- instances ---- */

static void expect_text(const struct mof_instance *instance, const char *name, const char *text,
                        struct prereq_buffer *out)
{
    if (!is_text(mof_find_assignment(instance, name), text))
        prereq_buffer_addf(out, "%s.%s: is not \"%s\"\n", instance->class_name, name, text);
}

static void expect_truth(const struct mof_instance *instance, const char *name, bool truth,
                         struct prereq_buffer *out)
{
    const struct mof_value *value = mof_find_assignment(instance, name);

    if (!value || value->kind != MOF_BOOLEAN_VALUE || value->truth != truth)
        prereq_buffer_addf(out, "%s.%s: is not %s\n", instance->class_name, name,
                           truth ? "TRUE" : "FALSE");
}

static void expect_provider(const struct mof_instance *instance, struct prereq_buffer *out)
{
    const struct mof_value *value = mof_find_assignment(instance, "Provider");

    if (!value || value->kind != MOF_ALIAS_VALUE || !value->alias ||
        !prereq_equal_nocase(value->alias->class_name, "__Win32Provider"))
        prereq_buffer_addf(out, "%s: does not name the provider\n", instance->class_name);
}

static void check_namespace(const struct mof_instance *instance, struct prereq_buffer *out)
{
    const struct mof_qualifier *rights =
        mof_find_qualifier(instance->qualifiers, "NamespaceSecuritySDDL");

    expect_text(instance, "Name", strrchr(PREREQ_WMI_NAMESPACE, '\\') + 1, out);
    if (!rights || !is_text(rights->value, RIGHTS))
        prereq_buffer_add(out, "__Namespace: has not its rights\n");
}

static void check_provider(const struct mof_instance *instance, struct prereq_buffer *out)
{
    const struct mof_value *level = mof_find_assignment(instance, "ImpersonationLevel");

    expect_text(instance, "Name", PREREQ_WMI_PROVIDER, out);
    expect_text(instance, "CLSID", PREREQ_WMI_CLSID, out);
    expect_text(instance, "HostingModel", PREREQ_WMI_HOSTING, out);
    expect_truth(instance, "Pure", true, out);
    expect_truth(instance, "PerUserInitialization", false, out);
    if (!level || level->kind != MOF_INTEGER_VALUE || level->negative || level->magnitude != 1)
        prereq_buffer_add(out, "__Win32Provider.ImpersonationLevel: is not 1\n");
}

static void check_instances(const struct mof_instance *instance, struct prereq_buffer *out)
{
    expect_provider(instance, out);
    expect_truth(instance, "SupportsGet", true, out);
    expect_truth(instance, "SupportsEnumeration", true, out);
    expect_truth(instance, "SupportsPut", false, out);
    expect_truth(instance, "SupportsDelete", false, out);
    if (mof_find_assignment(instance, "QuerySupportLevels"))
        prereq_buffer_add(out, "__InstanceProviderRegistration: the provider has no queries\n");
}

static void check_methods(const struct mof_instance *instance, struct prereq_buffer *out)
{
    expect_provider(instance, out);
}

static void check_events(const struct mof_instance *instance, struct prereq_buffer *out)
{
    const struct mof_value *list = mof_find_assignment(instance, "EventQueryList");

    expect_provider(instance, out);
    if (!list || list->item_count != 1 ||
        !is_text(list->items, "SELECT * FROM PatchPrereq_StateChangeEvent"))
        prereq_buffer_add(out, "__EventProviderRegistration: has not our one query\n");
}

static const struct {
    const char *class_name;
    void (*check)(const struct mof_instance *instance, struct prereq_buffer *out);
} expected[] = {
    {"__Namespace", check_namespace},
    {"__Win32Provider", check_provider},
    {"__InstanceProviderRegistration", check_instances},
    {"__MethodProviderRegistration", check_methods},
    {"__EventProviderRegistration", check_events},
};

static void check_known(const struct mof_item *item, struct prereq_buffer *out)
{
    for (size_t i = 0; i < PREREQ_COUNT(expected); i++) {
        if (is_instance(item, expected[i].class_name))
            return;
    }
    prereq_buffer_addf(out, "line %zu: %s is not ours to make\n", item->line,
                       item->instance.class_name);
}

static void check_all_instances(const struct mof_item *items, struct prereq_buffer *out)
{
    size_t count;

    for (size_t i = 0; i < PREREQ_COUNT(expected); i++) {
        count = 0;
        for (const struct mof_item *item = items; item; item = item->next) {
            if (!is_instance(item, expected[i].class_name))
                continue;
            expected[i].check(&item->instance, out);
            count++;
        }
        if (count != 1)
            prereq_buffer_addf(out, "%s: does not stand there once\n", expected[i].class_name);
    }
    for (const struct mof_item *item = items; item; item = item->next) {
        check_place(item, out);
        if (item->kind == MOF_INSTANCE)
            check_known(item, out);
    }
}

/* A query can be registered only when its class is there. */
static void check_order(const struct mof_item *items, struct prereq_buffer *out)
{
    bool registered = false, provider = false;

    for (; items; items = items->next) {
        registered = registered || is_instance(items, "__EventProviderRegistration");
        provider = provider || is_instance(items, "__Win32Provider");
        if (items->kind == MOF_CLASS && registered)
            prereq_buffer_addf(out, "%s: stands behind the event registration\n",
                               items->class.name);
        if (items->kind == MOF_CLASS && !provider)
            prereq_buffer_addf(out, "%s: stands before the provider\n", items->class.name);
    }
}

static const struct mof_item *parse(struct prereq_arena *arena, const char *text, size_t len,
                                    struct prereq_buffer *out)
{
    const struct mof_item *items = NULL;
    struct prereq_error err = {0};

    check_ascii(text, len, out);
    if (mof_parse(arena, text, len, &items, &err) != PREREQ_OK)
        prereq_buffer_addf(out, "%s\n", err.text);
    else if (!items)
        prereq_buffer_add(out, "nothing is in it\n");
    return items;
}

void mof_lint_install(const char *text, size_t len, struct prereq_buffer *out)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    const struct mof_item *items = arena ? parse(arena, text, len, out) : NULL;

    if (items) {
        if (!is_pragma(items, "autorecover") || count_pragmas(items, "autorecover") != 1)
            prereq_buffer_add(out, "does not begin with autorecover\n");
        if (count_pragmas(items, "classflags") != 1)
            prereq_buffer_add(out, "has no classflags\n");
        if (count_pragmas(items, "deleteclass") + count_pragmas(items, "deleteinstance") > 0)
            prereq_buffer_add(out, "deletes something\n");
        check_all_instances(items, out);
        check_order(items, out);
        mof_lint_classes(items, out);
    }
    prereq_arena_free(arena);
}

/* ---- uninstalling ---- */

static size_t count_deletions(const struct mof_item *items, const char *pragma, const char *what,
                              const char *name_space)
{
    size_t count = 0;

    for (; items; items = items->next)
        count += is_pragma(items, pragma) && items->pragma.argument && items->pragma.nofail &&
                 items->name_space && strcmp(items->name_space, name_space) == 0 &&
                 strcmp(items->pragma.argument, what) == 0;
    return count;
}

static void expect_deletion(const struct mof_item *items, const char *pragma, const char *what,
                            const char *name_space, struct prereq_buffer *out)
{
    if (count_deletions(items, pragma, what, name_space) != 1)
        prereq_buffer_addf(out, "%s: is not deleted in %s, once, with nofail\n", what, name_space);
}

void mof_lint_uninstall(const char *text, size_t len, struct prereq_buffer *out)
{
    static const char *const instances[] = {
        "__EventProviderRegistration.Provider=\"__Win32Provider.Name=\\\"PatchPrereq\\\"\"",
        "__MethodProviderRegistration.Provider=\"__Win32Provider.Name=\\\"PatchPrereq\\\"\"",
        "__InstanceProviderRegistration.Provider=\"__Win32Provider.Name=\\\"PatchPrereq\\\"\"",
        "__Win32Provider.Name=\"PatchPrereq\""};
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    const struct mof_item *items = arena ? parse(arena, text, len, out) : NULL;

    for (size_t i = 0; i < PREREQ_COUNT(instances) && items; i++)
        expect_deletion(items, "deleteinstance", instances[i], OWN_PATH, out);
    for (int id = 0; id < PREREQ_WMI_CLASSES && items; id++)
        expect_deletion(items, "deleteclass", prereq_wmi_class((enum prereq_wmi_class_id)id)->name,
                        OWN_PATH, out);
    if (items)
        expect_deletion(items, "deleteinstance", "__Namespace.Name=\"PatchPrereq\"", PARENT_PATH,
                        out);
    if (items && count_pragmas(items, "autorecover") > 0)
        prereq_buffer_add(out, "must not be recovered\n");
    for (const struct mof_item *item = items; item; item = item->next) {
        if (item->kind != MOF_PRAGMA)
            prereq_buffer_addf(out, "line %zu: makes something\n", item->line);
    }
    prereq_arena_free(arena);
}
