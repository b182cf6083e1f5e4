/* SPDX-License-Identifier: MIT */
/* test_mof.c - the MOF files that are shipped: what the tables say, and sound; and a lint that
 * bites. */
#include <string.h>

#include "mof_lint.h"
#include "table.h"
#include "wmi/wmi.h"

typedef void write_mof(struct prereq_buffer *out);
typedef void lint_mof(const char *text, size_t len, struct prereq_buffer *out);

/* ---- the files ---- */

static struct shipped {
    const char *name; /* in TEST_MOF */
    write_mof *write;
    lint_mof *lint;
} shipped[] = {
    {"patchprereq.mof", prereq_wmi_mof, mof_lint_install},
    {"patchprereq-uninstall.mof", prereq_wmi_mof_uninstall, mof_lint_uninstall},
};

static void read_file(const char *name, struct prereq_buffer *out)
{
    char path[1024], piece[4096];
    size_t len;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s/%s", TEST_MOF, name);
    file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    while ((len = fread(piece, 1, sizeof(piece), file)) > 0)
        prereq_buffer_add_bytes(out, piece, len);
    (void)fclose(file);
}

static void check_shipped(void **state)
{
    const struct shipped *row = *state;
    struct prereq_buffer file = {0}, made = {0}, findings = {0};

    read_file(row->name, &file);
    row->write(&made);
    assert_false(made.failed);
    if (file.len != made.len || memcmp(file.text, made.text, made.len) != 0)
        fail_msg("wmi-provider/%s is behind the tables; renew it with print_mof", row->name);
    row->lint(file.text, file.len, &findings);
    if (findings.len)
        fail_msg("%s", findings.text);
    prereq_buffer_free(&findings);
    prereq_buffer_free(&made);
    prereq_buffer_free(&file);
}

/* ---- planted faults ---- */

static struct fault {
    const char *name;
    const char *from, *to; /* the first place of `from` becomes `to` */
    const char *finding;
} faults[] = {
    {"no autorecover", "#pragma autorecover\n", "", "does not begin with autorecover"},
    {"no classflags", "#pragma classflags(\"forceupdate\")\n", "", "has no classflags"},
    {"no namespace pragma", "#pragma namespace(\"\\\\\\\\.\\\\root\\\\PatchPrereq\")\n", "",
     "does not stand in \\\\.\\root\\PatchPrereq"},
    {"another namespace", "#pragma namespace(\"\\\\\\\\.\\\\root\\\\PatchPrereq\")",
     "#pragma namespace(\"\\\\\\\\.\\\\root\\\\cimv2\")",
     "does not stand in \\\\.\\root\\PatchPrereq"},
    {"another namespace's name", "Name = \"PatchPrereq\"", "Name = \"PatchPrereqs\"",
     "__Namespace.Name"},
    {"everyone may read", "(A;CI;0x23;;;MU)", "(A;CI;0x23;;;WD)", "has not its rights"},
    {"no rights", "[NamespaceSecuritySDDL(", "[Rights(", "has not its rights"},
    {"another CLSID", "{34ED5D6C-", "{34ED5D6D-", "__Win32Provider.CLSID"},
    {"another host", "LocalServiceHost:PatchPrereq", "LocalSystemHost", "HostingModel"},
    {"no impersonation", "ImpersonationLevel = 1", "ImpersonationLevel = 0", "ImpersonationLevel"},
    {"not pure", "Pure = TRUE", "Pure = FALSE", "Pure"},
    {"another provider's name", "    Name = \"PatchPrereq\";\n    CLSID",
     "    Name = \"PatchPrereq1\";\n    CLSID", "__Win32Provider.Name"},
    {"a wrong alias", "Provider = $Provider", "Provider = $Provide", "line"},
    {"no get", "SupportsGet = TRUE", "SupportsGet = FALSE", "SupportsGet"},
    {"put", "SupportsPut = FALSE", "SupportsPut = TRUE", "SupportsPut"},
    {"queries", "SupportsPut = FALSE;",
     "SupportsPut = FALSE; QuerySupportLevels = {\"WQL:UnarySelect\"};", "has no queries"},
    {"no method registration", "instance of __MethodProviderRegistration",
     "instance of __PropertyProviderRegistration", "__MethodProviderRegistration: does not stand"},
    {"too broad an event query", "SELECT * FROM PatchPrereq_StateChangeEvent",
     "SELECT * FROM __ExtrinsicEvent", "has not our one query"},
    {"a registration twice", "instance of __MethodProviderRegistration",
     "instance of __InstanceProviderRegistration", "does not stand there once"},
    {"a foreign instance", "instance of __MethodProviderRegistration",
     "instance of __EventFilter { Name = \"x\"; };\ninstance of __MethodProviderRegistration",
     "__EventFilter is not ours to make"},
    {"a deletion", "#pragma classflags(\"forceupdate\")\n",
     "#pragma classflags(\"forceupdate\")\n#pragma deleteclass(\"X\", nofail)\n",
     "deletes something"},
    {"not ASCII", "The computer's name", "The computer\342\200\231s name", "is not plain ASCII"},
    {"a tab", "    string HostId", "\tstring HostId", "is not plain ASCII"},
    {"a class renamed", "class PatchPrereq_PlanStep\n", "class PatchPrereq_Step\n",
     "PatchPrereq_Step: is not in the table"},
    {"a class missing", "class PatchPrereq_PlanStep\n", "class PatchPrereq_PlanSteps\n",
     "PatchPrereq_PlanStep: does not stand there once"},
    {"static data", "dynamic: ToInstance, provider", "provider", "dynamic is wrong"},
    {"a class of another provider", "provider(\"PatchPrereq\")", "provider(\"PatchPrereq2\")",
     "provider is wrong"},
    {"no singleton", "singleton: ToInstance ToSubclass DisableOverride, ", "",
     "singleton is wrong"},
    {"no association", "association: ToInstance ToSubclass DisableOverride, ", "",
     "association is wrong"},
    {"events of no base", " : __ExtrinsicEvent", "", "has the wrong base"},
    {"another version", "ClassVersion(\"1.0.0\")", "ClassVersion(\"1.0.1\")",
     "has not the ClassVersion"},
    {"no locale", "Locale(0x409),\n", "\n", "has no Locale"},
    {"a wrong type", "uint32 EvaluationAgeSeconds", "uint64 EvaluationAgeSeconds",
     "EvaluationAgeSeconds: is not uint32"},
    {"an array", "string Warnings;", "string Warnings[];", "Warnings: is not string"},
    {"a property renamed", "string PlanHash;", "string Planhash;", "PlanHash is expected here"},
    {"a property missing",
     "    [read,\n     Description(\"The computer's name.\"): ToSubclass]\n"
     "    string HostName;\n",
     "", "HostName is expected here"},
    {"a property more", "    uint32 CollectorErrors;\n",
     "    uint32 CollectorErrors;\n    [read, Description(\"More.\")] string More;\n",
     "PatchPrereq_Summary.More: is not in the table"},
    {"no key", "[key, read", "[read", "key is wrong"},
    {"a key more", "    [read,\n     Description(\"Id of the patch.\")",
     "    [key, read,\n     Description(\"Id of the patch.\")", "key is wrong"},
    {"writable", "[read, Units(\"seconds\")", "[read, write, Units(\"seconds\")",
     "is not read only"},
    {"no description", "Description(\"The computer's name.\"): ToSubclass",
     "Description(\"\"): ToSubclass", "HostName: has no description"},
    {"a state without a word", "\"Blocked\", \"Ready\"}: ToSubclass,\n     Description",
     "\"Blocked\"}: ToSubclass,\n     Description", "differ in length"},
    {"two words changed over", "\"OutOfOrder\", \"Regressed\"", "\"Regressed\", \"OutOfOrder\"",
     "Values has not OutOfOrder"},
    {"numbers from 1", "ValueMap{\"0\", \"1\",", "ValueMap{\"1\", \"0\",",
     "ValueMap does not count from 0"},
    {"a qualifier twice", "[read, Units(\"seconds\")", "[read, read, Units(\"seconds\")", ""},
    {"an amended text", "Description(\"The computer's name.\"): ToSubclass",
     "Description(\"The computer's name.\"): Amended ToSubclass", "is amended"},
    {"a reference elsewhere", "PatchPrereq_PatchStatus ref Patch", "PatchPrereq_PlanStep ref Patch",
     "Patch: refers elsewhere"},
    {"a method that is not implemented", "[implemented, static", "[static", "is not implemented"},
    {"a static method of instances", "[implemented, static", "[implemented", "static is wrong"},
    {"a static GetPlan", "[implemented,\n", "[implemented, static,\n", "static is wrong"},
    {"a method renamed", "uint32 Refresh(", "uint32 Renew(", "is not uint32 Refresh"},
    {"a method of another type", "uint32 Refresh(", "boolean Refresh(", "is not uint32 Refresh"},
    {"a parameter turned round", "[in, ID(0)", "[out, ID(0)", "has the wrong direction"},
    {"a parameter number twice", "[out, ID(1)", "[out, ID(0)", "has not ID(1)"},
    {"a parameter renamed", "uint32 WaitSeconds", "uint32 Wait", "is not WaitSeconds"},
    {"a parameter of another type", "uint32 WaitSeconds", "uint16 WaitSeconds",
     "is not WaitSeconds"},
    {"a return value without a word", "\"Task missing\", ", "", "differ in length"},
    {"a name of WQL", "string Reason;", "string Group;", "is a word of the language"},
    {"cut off", "};\n\ninstance of __EventProviderRegistration", "\ninstance of", "line"},
};

static struct fault uninstall_faults[] = {
    {"a class stays", "#pragma deleteclass(\"PatchPrereq_PlanStep\", nofail)\n", "",
     "PatchPrereq_PlanStep: is not deleted"},
    {"fails where it is gone", "(\"PatchPrereq_PlanStep\", nofail)",
     "(\"PatchPrereq_PlanStep\", fail)", "\"nofail\" is missing"},
    {"the namespace stays",
     "#pragma deleteinstance(\"__Namespace.Name=\\\"PatchPrereq\\\"\", nofail)", "",
     "__Namespace.Name=\"PatchPrereq\": is not deleted"},
    {"the namespace is sought in itself", "#pragma namespace(\"\\\\\\\\.\\\\root\")\n", "",
     "__Namespace.Name=\"PatchPrereq\": is not deleted"},
    {"the provider stays",
     "#pragma deleteinstance(\"__Win32Provider.Name=\\\"PatchPrereq\\\"\", nofail)", "",
     "__Win32Provider.Name=\"PatchPrereq\": is not deleted"},
    {"a registration stays", "#pragma deleteinstance(\"__Method",
     "#pragma deleteinstance(\"__Nothing", "__MethodProviderRegistration"},
    {"it is recovered", "#pragma namespace", "#pragma autorecover\n#pragma namespace",
     "must not be recovered"},
    {"it makes something", "#pragma namespace",
     "instance of __Namespace { Name = \"x\"; };\n#pragma namespace", "makes something"},
};

static void plant(const struct fault *fault, write_mof *write, lint_mof *lint)
{
    struct prereq_buffer sound = {0}, broken = {0}, findings = {0};
    const char *place;

    write(&sound);
    assert_false(sound.failed);
    place = strstr(sound.text, fault->from);
    if (!place)
        fail_msg("the text has no \"%s\"", fault->from);
    prereq_buffer_add_bytes(&broken, sound.text, (size_t)(place - sound.text));
    prereq_buffer_add(&broken, fault->to);
    prereq_buffer_add(&broken, place + strlen(fault->from));
    lint(broken.text, broken.len, &findings);
    if (!findings.len)
        fail_msg("nothing was found");
    if (!strstr(findings.text, fault->finding))
        fail_msg("\"%s\" is not in:\n%s", fault->finding, findings.text);
    prereq_buffer_free(&findings);
    prereq_buffer_free(&broken);
    prereq_buffer_free(&sound);
}

static void check_fault(void **state)
{
    plant(*state, prereq_wmi_mof, mof_lint_install);
}

static void check_uninstall_fault(void **state)
{
    plant(*state, prereq_wmi_mof_uninstall, mof_lint_uninstall);
}

int main(void)
{
    int failed = RUN_TABLE(shipped, check_shipped);

    failed |= RUN_TABLE(faults, check_fault);
    failed |= RUN_TABLE(uninstall_faults, check_uninstall_fault);
    return failed;
}
