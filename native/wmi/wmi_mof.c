/* SPDX-License-Identifier: MIT */
/* wmi_mof.c - the MOF files of the provider, written from the tables of classes. */
#include <inttypes.h>
#include <string.h>

#include "wmi/wmi.h"

/* Administrators and SYSTEM all; the accounts of provider hosts read and call; Performance Monitor
 * Users read, from afar too. */
#define NAMESPACE_RIGHTS                                                                           \
    "O:BAG:BAD:(A;CI;0x6003F;;;BA)(A;CI;0x6003F;;;SY)(A;CI;0x13;;;LS)(A;CI;0x13;;;NS)"             \
    "(A;CI;0x23;;;MU)"
#define PARENT "root"
#define EVENT_BASE "__ExtrinsicEvent"

/* ---- texts ---- */

/* As MOF writes it, with its quotes.  What is not ASCII does not come here; a test says so. */
static void add_text(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            prereq_buffer_add(out, "\\");
        prereq_buffer_add_bytes(out, text, 1);
    }
    prereq_buffer_add(out, "\"");
}

/* Descriptions are sentences; the tables hold what comes after a colon. */
static void add_sentence(struct prereq_buffer *out, const char *about)
{
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, about);
    if (text.len && text.text[0] >= 'a' && text.text[0] <= 'z')
        text.text[0] = (char)(text.text[0] - 'a' + 'A');
    if (text.len && text.text[text.len - 1] != '.')
        prereq_buffer_add(&text, ".");
    add_text(out, text.len ? text.text : "");
    out->failed = out->failed || text.failed;
    prereq_buffer_free(&text);
}

static void add_pragma_namespace(struct prereq_buffer *out, const char *name)
{
    struct prereq_buffer path = {0};

    prereq_buffer_addf(&path, "\\\\.\\%s", name);
    prereq_buffer_add(out, "#pragma namespace(");
    add_text(out, path.failed ? "" : path.text);
    prereq_buffer_add(out, ")\n");
    out->failed = out->failed || path.failed;
    prereq_buffer_free(&path);
}

/* ---- qualifiers ---- */

/* The unit is in the name: it is what scripts see. */
static void add_units(struct prereq_buffer *out, const char *name)
{
    static const struct {
        const char *suffix, *units;
    } table[] = {{"Seconds", "seconds"}, {"Days", "days"}, {"Percent", "percent"}};
    size_t len = strlen(name);

    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        size_t suffix = strlen(table[i].suffix);

        if (len > suffix && strcmp(name + len - suffix, table[i].suffix) == 0)
            prereq_buffer_addf(out, ", Units(\"%s\")", table[i].units);
    }
}

static void add_list(struct prereq_buffer *out, const char *qualifier, const char *const *words)
{
    prereq_buffer_addf(out, ",\n     %s{", qualifier);
    for (size_t i = 0; words[i]; i++) {
        prereq_buffer_add(out, i ? ", " : "");
        add_text(out, words[i]);
    }
    prereq_buffer_add(out, "}: ToSubclass");
}

/* A number and its words, or the words that a text may be. */
static void add_values(struct prereq_buffer *out, const struct prereq_wmi_property *property)
{
    const char *const *names = property->field.member->names;

    if (!names)
        return;
    if (property->type != PREREQ_WMI_UINT32) {
        add_list(out, "ValueMap", names);
        return;
    }
    prereq_buffer_add(out, ",\n     ValueMap{");
    for (size_t i = 0; names[i]; i++)
        prereq_buffer_addf(out, "%s\"%zu\"", i ? ", " : "", i);
    prereq_buffer_add(out, "}: ToSubclass");
    add_list(out, "Values", names);
}

static void add_returns(struct prereq_buffer *out, const struct prereq_wmi_method *method)
{
    prereq_buffer_add(out, ",\n     ValueMap{");
    for (size_t i = 0; i < method->return_count; i++)
        prereq_buffer_addf(out, "%s\"%" PRIu32 "\"", i ? ", " : "", method->returns[i].value);
    prereq_buffer_add(out, "}: ToSubclass,\n     Values{");
    for (size_t i = 0; i < method->return_count; i++) {
        prereq_buffer_add(out, i ? ", " : "");
        add_text(out, method->returns[i].about);
    }
    prereq_buffer_add(out, "}: ToSubclass");
}

/* ---- members of a class ---- */

static void add_property(struct prereq_buffer *out, const struct prereq_wmi_property *property)
{
    prereq_buffer_addf(out, "    [%sread", property->key ? "key, " : "");
    add_units(out, property->name);
    add_values(out, property);
    prereq_buffer_add(out, ",\n     Description(");
    add_sentence(out, property->field.member->about);
    prereq_buffer_add(out, "): ToSubclass]\n    ");
    if (property->refers)
        prereq_buffer_addf(out, "%s ", property->refers->name);
    prereq_buffer_addf(out, "%s %s;\n", prereq_wmi_type_name(property->type), property->name);
}

static void add_parameter(struct prereq_buffer *out, const struct prereq_wmi_parameter *parameter,
                          size_t number)
{
    prereq_buffer_addf(out, "%s\n        [%s, ID(%zu)", number ? "," : "",
                       parameter->out ? "out" : "in", number);
    add_units(out, parameter->name);
    prereq_buffer_add(out, ", Description(");
    add_sentence(out, parameter->about);
    prereq_buffer_addf(out, "): ToSubclass]\n        %s %s", prereq_wmi_type_name(parameter->type),
                       parameter->name);
}

static void add_method(struct prereq_buffer *out, const struct prereq_wmi_method *method)
{
    prereq_buffer_addf(out, "\n    [implemented%s", method->is_static ? ", static" : "");
    add_returns(out, method);
    prereq_buffer_add(out, ",\n     Description(");
    add_sentence(out, method->about);
    prereq_buffer_addf(out, "): ToSubclass]\n    uint32 %s(", method->name);
    for (size_t i = 0; i < method->parameter_count; i++)
        add_parameter(out, &method->parameters[i], i);
    prereq_buffer_add(out, ");\n");
}

static void add_class(struct prereq_buffer *out, const struct prereq_wmi_class *wmi_class)
{
    struct prereq_wmi_property properties[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(wmi_class, properties);
    bool event = wmi_class->kind == PREREQ_WMI_EVENT;

    prereq_buffer_add(out, "\n[");
    if (wmi_class->kind == PREREQ_WMI_ASSOCIATION)
        prereq_buffer_add(out, "association: ToInstance ToSubclass DisableOverride, ");
    if (wmi_class->kind == PREREQ_WMI_SINGLETON)
        prereq_buffer_add(out, "singleton: ToInstance ToSubclass DisableOverride, ");
    if (!event)
        prereq_buffer_add(out, "dynamic: ToInstance, provider(\"" PREREQ_WMI_PROVIDER
                               "\"): ToInstance,\n ");
    prereq_buffer_add(out, "ClassVersion(\"" PREREQ_WMI_CLASS_VERSION "\"), Locale(0x409),\n");
    prereq_buffer_add(out, " Description(");
    add_sentence(out, wmi_class->about);
    prereq_buffer_addf(out, "): ToSubclass]\nclass %s%s\n{\n", wmi_class->name,
                       event ? " : " EVENT_BASE : "");
    for (size_t i = 0; i < count; i++)
        add_property(out, &properties[i]);
    for (size_t i = 0; i < wmi_class->method_count; i++)
        add_method(out, &wmi_class->methods[i]);
    prereq_buffer_add(out, "};\n");
}

/* ---- the files ---- */

static void add_head(struct prereq_buffer *out, const char *name, const char *what)
{
    prereq_buffer_addf(out,
                       "// SPDX-License-Identifier: MIT\n"
                       "// %s - %s\n"
                       "// Written from native/wmi/wmi_class.c by print_mof; do not edit.\n\n",
                       name, what);
}

static void add_namespace(struct prereq_buffer *out)
{
    add_pragma_namespace(out, PARENT);
    prereq_buffer_add(out, "\n[NamespaceSecuritySDDL(");
    add_text(out, NAMESPACE_RIGHTS);
    prereq_buffer_add(out, ")]\ninstance of __Namespace\n{\n    Name = ");
    add_text(out, strrchr(PREREQ_WMI_NAMESPACE, '\\') + 1);
    prereq_buffer_add(out, ";\n};\n\n");
    add_pragma_namespace(out, PREREQ_WMI_NAMESPACE);
}

/* ImpersonationLevel 1: GetFacts and Refresh act as the caller. */
static void add_provider(struct prereq_buffer *out)
{
    prereq_buffer_add(out, "\ninstance of __Win32Provider as $Provider\n"
                           "{\n"
                           "    Name = \"" PREREQ_WMI_PROVIDER "\";\n"
                           "    CLSID = \"" PREREQ_WMI_CLSID "\";\n"
                           "    HostingModel = \"" PREREQ_WMI_HOSTING "\";\n"
                           "    ImpersonationLevel = 1;\n"
                           "    PerUserInitialization = FALSE;\n"
                           "    Pure = TRUE;\n"
                           "};\n\n"
                           "instance of __InstanceProviderRegistration\n"
                           "{\n"
                           "    Provider = $Provider;\n"
                           "    SupportsGet = TRUE;\n"
                           "    SupportsEnumeration = TRUE;\n"
                           "    SupportsPut = FALSE;\n"
                           "    SupportsDelete = FALSE;\n"
                           "};\n\n"
                           "instance of __MethodProviderRegistration\n"
                           "{\n"
                           "    Provider = $Provider;\n"
                           "};\n");
}

void prereq_wmi_mof(struct prereq_buffer *out)
{
    add_head(out, "patchprereq.mof", "classes, provider and namespace of PatchPrereq");
    prereq_buffer_add(out, "#pragma autorecover\n#pragma classflags(\"forceupdate\")\n");
    add_namespace(out);
    add_provider(out);
    for (int i = 0; i < PREREQ_WMI_CLASSES; i++)
        add_class(out, prereq_wmi_class((enum prereq_wmi_class_id)i));
    /* Behind the class of events, which its query names. */
    prereq_buffer_addf(out,
                       "\ninstance of __EventProviderRegistration\n"
                       "{\n"
                       "    Provider = $Provider;\n"
                       "    EventQueryList = {\"SELECT * FROM %s\"};\n"
                       "};\n",
                       prereq_wmi_class(PREREQ_WMI_STATE_CHANGE_EVENT)->name);
}

static void add_deletion(struct prereq_buffer *out, const char *kind, const char *text)
{
    prereq_buffer_addf(out, "#pragma %s(", kind);
    add_text(out, text);
    prereq_buffer_add(out, ", nofail)\n");
}

#define PROVIDER_PATH "__Win32Provider.Name=\"" PREREQ_WMI_PROVIDER "\""

static void add_registration_deletion(struct prereq_buffer *out, const char *class_name)
{
    const struct prereq_wmi_path path = {
        .class_name = class_name,
        .keys = {{"Provider", PREREQ_WMI_KEY_TEXT, PROVIDER_PATH, 0}},
        .key_count = 1};
    struct prereq_buffer text = {0};

    prereq_wmi_path_write(&path, &text);
    add_deletion(out, "deleteinstance", text.failed ? "" : text.text);
    out->failed = out->failed || text.failed;
    prereq_buffer_free(&text);
}

/* Event registrations first, and what refers before what it refers to. */
void prereq_wmi_mof_uninstall(struct prereq_buffer *out)
{
    add_head(out, "patchprereq-uninstall.mof", "takes out all that patchprereq.mof put in");
    add_pragma_namespace(out, PREREQ_WMI_NAMESPACE);
    add_registration_deletion(out, "__EventProviderRegistration");
    add_registration_deletion(out, "__MethodProviderRegistration");
    add_registration_deletion(out, "__InstanceProviderRegistration");
    for (int i = PREREQ_WMI_CLASSES - 1; i >= 0; i--)
        add_deletion(out, "deleteclass", prereq_wmi_class((enum prereq_wmi_class_id)i)->name);
    add_deletion(out, "deleteinstance", PROVIDER_PATH);
    prereq_buffer_add(out, "\n");
    add_pragma_namespace(out, PARENT);
    add_deletion(out, "deleteinstance", "__Namespace.Name=\"PatchPrereq\"");
}
