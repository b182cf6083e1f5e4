/* SPDX-License-Identifier: MIT */
/* commands.c - the tables of options and commands. */
#include "commands/commands.h"

#define MANY SIZE_MAX

const struct option_info option_table[OPTIONS] = {
    [OPTION_CATALOG] = {"catalog", 0, "DIR", true,
                        "add the catalog in DIR to the built-in one; its entries replace those of "
                        "the same id"},
    [OPTION_NO_BUILTIN] = {"no-builtin", 0, NULL, false, "leave the built-in catalog out"},
    [OPTION_POLICY] = {"policy", 0, "FILE", false, "what is required, and by when (policy.json)"},
    [OPTION_WAIVERS] = {"waivers", 0, "FILE", false, "exceptions with their expiry (waivers.json)"},
    [OPTION_SCOPE] = {"scope", 0, "FILE", false,
                      "hosts with group, site, owner and period (scope.csv)"},
    [OPTION_PREVIOUS] = {"previous", 0, "DOC", false,
                         "assessments made before: carries over since when findings are open, and "
                         "what an unfinished plan took off"},
    [OPTION_GOAL] = {"goal", 0, "ID", true,
                     "plan for this patch or status; also host (the default) and repair"},
    [OPTION_VERIFY] = {"verify", 0, "PLAN", false,
                       "say whether a plan made earlier still fits the facts"},
    [OPTION_FACTS_TIME] = {"facts-time", 0, "TIME", false,
                           "when the texts were taken; default: the time of the file"},
    [OPTION_ROOT] = {"root", 0, "DIR", false,
                     "read the Windows tree in DIR: what holds Windows or WINNT, or is it"},
    [OPTION_WIM] = {"wim", 0, "FILE", false, "read an image of this WIM file"},
    [OPTION_INDEX] = {"index", 0, "N", false, "which image of --wim, from 1"},
    [OPTION_NO_USER_NAMES] = {"no-user-names", 0, NULL, false,
                              "leave out what can hold the name of a user"},
    [OPTION_TIMEOUT] = {"timeout", 0, "S", false,
                        "stop after S seconds and write what is known by then"},
    [OPTION_ACCEPT_DIRTY] = {"accept-dirty", 0, NULL, false,
                             "take what a registry file holds although its log holds changes"},
    [OPTION_HOST_ID] = {"host-id", 0, "ID", false, "the host's id in the documents"},
    [OPTION_MERGE] = {"merge", 0, NULL, false, "make one document of all files of one host"},
    [OPTION_FORMAT] = {"format", 0, "FORMAT", false, "form of the output"},
    [OPTION_CSV] = {"csv", 0, "DIR", false, "write every table as CSV into DIR"},
    [OPTION_PLANS] = {"plans", 0, "DIR", false,
                      "write each host's plan as workbook, Markdown and scripts into DIR"},
    [OPTION_KEY] = {"key", 0, "FILE", false,
                    "pack: the secret key to sign with; verify and install: a public key to trust "
                    "instead of the machine's"},
    [OPTION_ALLOW_OLDER] = {"allow-older", 0, NULL, false,
                            "install a pack that is older than what is there"},
    [OPTION_GO_BACK] = {"previous", 0, NULL, false,
                        "go back to the catalog that was there before the last install"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", false,
                       "write to FILE, which is replaced only when all is done; default and -: "
                       "standard output"},
    [OPTION_NOW] = {"now", 0, "TIME", false,
                    "the time to judge at, as 2026-11-22T08:00:00Z; default: the system clock"},
    [OPTION_UNTRUSTED] = {"untrusted", 0, NULL, false,
                          "take catalog and policy from places that others may write to (matters "
                          "to elevated programs on Windows)"},
    [OPTION_QUIET] = {"quiet", 'q', NULL, false, "no notes and no progress, errors only"},
    [OPTION_HELP] = {"help", 'h', NULL, false, "this text"},
    [OPTION_VERSION] = {"version", 'V', NULL, false, "name and version"},
};

#define OPTIONS_CATALOG (OPTION_BIT(OPTION_CATALOG) | OPTION_BIT(OPTION_NO_BUILTIN))
#define OPTIONS_JUDGE                                                                              \
    (OPTIONS_CATALOG | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_WAIVERS) |                    \
     OPTION_BIT(OPTION_SCOPE))

#define ABOUT_DOC                                                                                  \
    "DOC is facts or an assessment: a JSON file, many hosts as NDJSON (one per line), a folder "   \
    "with such files, or - for standard input. Documents say themselves what they are. An "        \
    "assessment is shown as it is: --catalog, --policy, --waivers, --scope and --previous are "    \
    "refused with it."
#define UNUSABLE "usage or input unusable, nothing written"
#define LEFT_OUT "done, but some hosts were left out"
#define NO_IO "input or output failed, or memory ran out"

static const char *const assess_formats[] = {"text", "json", "ndjson", "csv", NULL};
static const char *const plan_formats[] = {"text", "json", "markdown", "powershell", "cmd", NULL};
static const char *const list_formats[] = {"text", "json", "ids", NULL};
static const char *const graph_formats[] = {"dot", NULL};
static const char *const lint_formats[] = {"text", "json", NULL};

static const char *const collect_examples[] = {
    "patchprereq collect --root /mnt/disk -o facts.json",
    "patchprereq collect --wim install.wim --index 1 | patchprereq assess -", NULL};
static const char *const import_examples[] = {
    "patchprereq import systeminfo.txt -o facts.json",
    "patchprereq import inventories/*.txt | patchprereq assess -", NULL};
static const char *const assess_examples[] = {
    "patchprereq assess facts.json",
    "patchprereq assess fleet.ndjson --policy policy.json --format ndjson -o assessed.ndjson",
    "patchprereq assess today/ --previous assessed.ndjson --format csv -o states.csv", NULL};
static const char *const plan_examples[] = {
    "patchprereq plan facts.json", "patchprereq plan facts.json --goal Q269862 --format markdown",
    "patchprereq plan facts-now.json --verify plan.json", NULL};
static const char *const report_examples[] = {
    "patchprereq report assessed.ndjson -o compliance.xlsx",
    "patchprereq report facts/ -o compliance.xlsx --csv tables --plans plans", NULL};
static const char *const refresh_examples[] = {"patchprereq refresh",
                                               "patchprereq refresh --timeout 600", NULL};
static const char *const list_examples[] = {"patchprereq catalog list --format ids", NULL};
static const char *const probes_examples[] = {"patchprereq catalog probes --format json", NULL};
static const char *const show_examples[] = {"patchprereq catalog show MS00-057", NULL};
static const char *const explain_examples[] = {"patchprereq explain KB5048667",
                                               "patchprereq explain Q269862 facts.json", NULL};
static const char *const search_examples[] = {"patchprereq catalog search 0x800f0823",
                                              "patchprereq catalog search w3svc.dll", NULL};
static const char *const graph_examples[] = {
    "patchprereq catalog graph KB5048667 | dot -Tsvg -o graph.svg", NULL};
static const char *const pack_examples[] = {
    "patchprereq catalog pack catalog --key site.key -o catalog-2026.11.pack", NULL};
static const char *const keygen_examples[] = {"patchprereq catalog keygen -o site.key", NULL};
static const char *const verify_examples[] = {
    "patchprereq catalog verify catalog-2026.11.pack --key site.key.pub", NULL};
static const char *const install_examples[] = {"patchprereq catalog install catalog-2026.11.pack",
                                               "patchprereq catalog install --previous", NULL};
static const char *const test_examples[] = {"patchprereq catalog test my-catalog", NULL};
static const char *const lint_examples[] = {"patchprereq catalog lint my-catalog", NULL};
static const char *const register_examples[] = {"patchprereq provider register", NULL};
static const char *const unregister_examples[] = {"patchprereq provider unregister", NULL};
static const char *const repair_examples[] = {"patchprereq provider repair", NULL};
static const char *const status_examples[] = {"patchprereq provider status", NULL};

const struct command command_table[] = {
    {.name = "collect",
     .operands = "",
     .about = "read facts from a Windows installation",
     .more = "On Linux from a Windows tree that is not running (--root) or from an image (--wim "
             "with --index), on Windows from the running system. Nothing is written to it. What "
             "could not be seen is in the document as unavailable, with the reason.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_ROOT) | OPTION_BIT(OPTION_WIM) |
            OPTION_BIT(OPTION_INDEX) | OPTION_BIT(OPTION_NO_USER_NAMES) |
            OPTION_BIT(OPTION_HOST_ID) | OPTION_BIT(OPTION_TIMEOUT) |
            OPTION_BIT(OPTION_ACCEPT_DIRTY),
     .exits = {"the facts are written", NULL, UNUSABLE,
               "the facts are written, but --timeout cut them short", NO_IO},
     .examples = collect_examples,
     .run = cmd_collect},
    {.name = "import",
     .operands = "FILE...",
     .min_operands = 1,
     .max_operands = MANY,
     .about = "turn texts that people have (systeminfo, wmic qfe list) into facts",
     .more = "FILE is what systeminfo or wmic qfe list printed, in any language and encoding, "
             "recognised by its content; - is standard input. What such a text cannot tell is not "
             "collected, never absent. Several hosts come out one per line (NDJSON).",
     .own = OPTION_BIT(OPTION_FACTS_TIME) | OPTION_BIT(OPTION_HOST_ID) | OPTION_BIT(OPTION_MERGE),
     .exits = {"every file was read", NULL, UNUSABLE, "done, but some files were left out", NO_IO},
     .examples = import_examples,
     .run = cmd_import},
    {.name = "assess",
     .operands = "DOC...",
     .min_operands = 1,
     .max_operands = MANY,
     .about = "judge every patch on every host: states with their reasons",
     .more = ABOUT_DOC " With --format json one host is one readable document and several come out "
                       "one per line.",
     .own = OPTIONS_JUDGE | OPTION_BIT(OPTION_PREVIOUS) | OPTION_BIT(OPTION_FORMAT),
     .formats = assess_formats,
     .exits = {"nothing is open", "findings are open", UNUSABLE, LEFT_OUT, NO_IO},
     .examples = assess_examples,
     .run = cmd_assess},
    {.name = "plan",
     .operands = "DOC...",
     .min_operands = 1,
     .max_operands = MANY,
     .about = "the steps that make a host compliant, in order, with as few restarts as can be",
     .more = ABOUT_DOC " With an assessment only the plans it holds can be had; other goals and "
                       "--verify need facts. Several --goal make one plan.",
     .own = OPTIONS_JUDGE | OPTION_BIT(OPTION_PREVIOUS) | OPTION_BIT(OPTION_GOAL) |
            OPTION_BIT(OPTION_VERIFY) | OPTION_BIT(OPTION_FORMAT),
     .formats = plan_formats,
     .exits = {"planned, or nothing to do", "--verify: the plan no longer fits", UNUSABLE,
               "a goal has no plan (the output says which facts to collect), or hosts were left "
               "out",
               NO_IO},
     .examples = plan_examples,
     .run = cmd_plan},
    {.name = "report",
     .operands = "DOC...",
     .min_operands = 1,
     .max_operands = MANY,
     .about = "a workbook for management and audit, tables as CSV, a hand-out per host",
     .more = ABOUT_DOC " At least one of -o FILE.xlsx, --csv and --plans is needed.",
     .own = OPTIONS_JUDGE | OPTION_BIT(OPTION_PREVIOUS) | OPTION_BIT(OPTION_CSV) |
            OPTION_BIT(OPTION_PLANS),
     .exits = {"written", NULL, UNUSABLE, LEFT_OUT, NO_IO},
     .examples = report_examples,
     .run = cmd_report},
    {.name = "refresh",
     .operands = "",
     .about = "collect, assess and plan on this Windows host, and keep its documents",
     .more = "On Windows, as an administrator or as SYSTEM. Facts and assessment are replaced in "
             "%ProgramData%\\PatchPrereq, which the WMI provider reads; catalog, policy, waivers "
             "and scope are taken from there and from the settings in the registry. The "
             "assessment of before is kept, and its history carried on.",
     .own = OPTION_BIT(OPTION_TIMEOUT),
     .exits = {"the documents are replaced", NULL, UNUSABLE,
               "the documents are replaced, but --timeout cut the facts short", NO_IO},
     .examples = refresh_examples,
     .always_trusted = true,
     .run = cmd_refresh},
    {.name = "explain",
     .operands = "PATCH [DOC...]",
     .min_operands = 1,
     .max_operands = MANY,
     .about = "what a patch needs, as a tree, and what of it a host has",
     .more = "PATCH is any number of a patch, or PATCH@TARGET. DOC is facts as for assess; with it "
             "each line is marked: [x] holds, [ ] does not, [?] is not known, [-] does not apply.",
     .own = OPTIONS_JUDGE | OPTION_BIT(OPTION_FORMAT),
     .formats = lint_formats,
     .exits = {"explained", NULL, "usage, catalog, PATCH or DOC unusable", LEFT_OUT, NO_IO},
     .examples = explain_examples,
     .run = cmd_explain},
    {.name = "catalog search",
     .operands = "TEXT",
     .min_operands = 1,
     .max_operands = 1,
     .about = "entries by KB, bulletin, CVE, file name, error code, product",
     .more =
         "TEXT may stand anywhere in a number, title, product, file, prerequisite, error, caution "
         "or source; case does not count. What fails with an error code is shown with its cause.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = list_formats,
     .exits = {"searched, also when nothing was found", NULL, "usage or catalog unusable", NULL,
               NO_IO},
     .examples = search_examples,
     .run = cmd_catalog_search},
    {.name = "catalog graph",
     .operands = "[ID]",
     .max_operands = 1,
     .about = "the catalog as a graph for Graphviz; with ID what it reaches both ways",
     .more = "Patches are boxes, baselines folders, alternatives diamonds. Requires is solid and "
             "labelled always or before, satisfied-by dashed, supersedes grey, voids red.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = graph_formats,
     .exits = {"drawn", NULL, "usage, catalog or ID unusable", NULL, NO_IO},
     .examples = graph_examples,
     .run = cmd_catalog_graph},
    {.name = "catalog list",
     .operands = "",
     .max_operands = 0,
     .about = "the patches and baselines of the catalog",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = list_formats,
     .exits = {"listed", NULL, "usage or catalog unusable", NULL, NO_IO},
     .examples = list_examples,
     .run = cmd_catalog_list},
    {.name = "catalog show",
     .operands = "ID",
     .min_operands = 1,
     .max_operands = 1,
     .about = "all that the catalog says of a patch; ID may be any of its numbers",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = list_formats,
     .exits = {"shown", NULL, "usage, catalog or ID unusable", NULL, NO_IO},
     .examples = show_examples,
     .run = cmd_catalog_show},
    {.name = "catalog probes",
     .operands = "",
     .max_operands = 0,
     .about = "what a collector has to look at: files, registry, services, products ...",
     .more =
         "All that rules and file lists of the catalog read of a host, each once and sorted, so "
         "that collecting looks at it and at nothing else. With --format ids kind and name stand "
         "with a tab between them, and behind a key its view and value.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = list_formats,
     .exits = {"listed", NULL, "usage or catalog unusable", NULL, NO_IO},
     .examples = probes_examples,
     .run = cmd_catalog_probes},
    {.name = "catalog lint",
     .operands = "[DIR...]",
     .max_operands = MANY,
     .about = "what is wrong with catalog entries",
     .more = "With DIR only what is found in those folders is told; the built-in catalog is "
             "loaded before them unless --no-builtin is given.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = lint_formats,
     .exits = {"nothing found", "something is wrong", "usage unusable, or no catalog there", NULL,
               NO_IO},
     .examples = lint_examples,
     .run = cmd_catalog_lint},
    {.name = "catalog test",
     .operands = "[DIR...]",
     .max_operands = MANY,
     .about = "judge the cases that lie beside the entries",
     .more = "A case is a host and what has to come out for it, judged at the host's own time with "
             "the whole catalog. With DIR only the cases in those folders are run; the built-in "
             "catalog is loaded before them unless --no-builtin is given.",
     .own = OPTIONS_CATALOG | OPTION_BIT(OPTION_FORMAT),
     .formats = lint_formats,
     .exits = {"every case came out as it should", "some case did not",
               "usage or catalog unusable, or no case there", NULL, NO_IO},
     .examples = test_examples,
     .run = cmd_catalog_test},
    {.name = "catalog pack",
     .operands = "DIR",
     .min_operands = 1,
     .max_operands = 1,
     .about = "a catalog folder as one signed file, for machines without a network",
     .more =
         "Writes FILE (-o) and its signature FILE.sig. The pack holds catalog.json and the files "
         "of the families, without their cases, each with its SHA-256.",
     .own = OPTION_BIT(OPTION_KEY),
     .exits = {"written", NULL, "usage, DIR or key unusable, nothing written", NULL, NO_IO},
     .examples = pack_examples,
     .run = cmd_catalog_pack},
    {.name = "catalog keygen",
     .operands = "",
     .about = "a new key pair for signing packs",
     .more = "Writes the secret key to FILE (-o), 32 bytes that nobody else can read, and the "
             "public one to FILE.pub, one line of base64. A file that is there is never replaced.",
     .exits = {"written", NULL, "usage unusable, or a file is there already", NULL, NO_IO},
     .examples = keygen_examples,
     .run = cmd_catalog_keygen},
    {.name = "catalog verify",
     .operands = "PACK",
     .min_operands = 1,
     .max_operands = 1,
     .about = "whether a pack is whole and signed by a trusted key",
     .more = "The signature is PACK.sig. Trusted are the keys *.pub in the machine's folder "
             "(/etc/patchprereq/keys; Windows: %ProgramData%\\PatchPrereq\\keys), or the one that "
             "--key names.",
     .own = OPTION_BIT(OPTION_KEY),
     .exits = {"it is", NULL, "it is not, or it cannot be told", NULL, NO_IO},
     .examples = verify_examples,
     .run = cmd_catalog_verify},
    {.name = "catalog install",
     .operands = "[PACK]",
     .max_operands = 1,
     .about = "put a verified pack in the place of the machine's catalog",
     .more = "Unpacked beside, then renamed: a pack that is not what it says changes nothing. The "
             "catalog before is kept for --previous, which stands behind the command and goes back "
             "to it. The place is /var/lib/patchprereq/catalog (Windows: "
             "%ProgramData%\\PatchPrereq\\catalog), or the folder that -o names; one that holds "
             "anything but a catalog is refused.",
     .own = OPTION_BIT(OPTION_KEY) | OPTION_BIT(OPTION_ALLOW_OLDER) | OPTION_BIT(OPTION_GO_BACK),
     .exits = {"installed", NULL, "refused, nothing changed", NULL, NO_IO},
     .examples = install_examples,
     .run = cmd_catalog_install},
    {.name = "provider register",
     .operands = "",
     .about = "install the WMI provider, the task and what belongs to them (Windows)",
     .more = "For hosts without the MSI. Run elevated, from the unpacked folder: the files are "
             "copied to %ProgramFiles%\\PatchPrereq, then every piece is put in place; see "
             "docs/install.md. Once more does no harm. A DLL in use is renamed aside and goes at "
             "the next restart.",
     .exits = {"every piece is in place", NULL, "usage unusable, or a file is missing", NULL,
               "a piece could not be put in place; it is named"},
     .examples = register_examples,
     .run = cmd_provider_register},
    {.name = "provider unregister",
     .operands = "",
     .about = "take the WMI provider, the task and what belongs to them away (Windows)",
     .more = "Run elevated. Files of the program and the documents in %ProgramData%\\PatchPrereq "
             "stay.",
     .exits = {"nothing is registered any more", NULL, "usage unusable", NULL,
               "a piece could not be taken away; it is named"},
     .examples = unregister_examples,
     .run = cmd_provider_unregister},
    {.name = "provider repair",
     .operands = "",
     .about = "put in place what provider status finds wrong (Windows)",
     .more = "Run elevated. What is right stays as it is.",
     .exits = {"what was wrong is in place, as far as it can be put", NULL, "usage unusable", NULL,
               "a piece could not be put in place; it is named"},
     .examples = repair_examples,
     .run = cmd_provider_repair},
    {.name = "provider status",
     .operands = "",
     .about = "what of an installation is in place, one line each (Windows)",
     .more = "Each line begins with ok, wrong or unknown. Without elevation some of it may be "
             "unknown.",
     .exits = {"all is in place", "something is wrong or could not be told", "usage unusable", NULL,
               NO_IO},
     .examples = status_examples,
     .run = cmd_provider_status},
    {.name = NULL},
};
