/* SPDX-License-Identifier: MIT */
/* lint_faults.h - for tests of lint: faults in what entries say of themselves and of each other. */
#ifndef PREREQ_TESTS_LINT_FAULTS_H
#define PREREQ_TESTS_LINT_FAULTS_H

#include "lint_catalog.h"

static struct fault faults[] = {
    {"no source", OPEN_ENTRY("X") ", " BY_HAND "}", "no_source", "X: sources", ""},
    {"address without scheme",
     OPEN_ENTRY("X") ", \"sources\": [{\"url\": \"https://example.org/\"}, {\"url\": "
                     "\"example.org/a\"}], " BY_HAND "}",
     "bad_url", "X: sources/1/url", "example.org/a"},
    {"address of a local machine",
     OPEN_ENTRY("X") ", \"sources\": [{\"url\": \"http://wiki/page.html\"}], " BY_HAND "}",
     "bad_url", "X: sources/0/url", "http://wiki/page.html"},
    {"address with a space",
     OPEN_ENTRY("X") ", \"sources\": [{\"url\": \"https://example.org/a b\"}], " BY_HAND "}",
     "bad_url", "X: sources/0/url", "https://example.org/a b"},
    {"blank address", OPEN_ENTRY("X") ", \"sources\": [{\"url\": \" \"}], " BY_HAND "}", "bad_url",
     "X: sources/0/url", " "},
    {"unknown in supersedes", ENTRY("X", ", \"supersedes\": [\"Q1\", \"Q9\"]"), "dangling_id",
     "X: supersedes/1", "Q9"},
    {"unknown in prerequisites", ENTRY("X", NEEDS("{\"patch\": \"Q9\"}")), "dangling_id",
     "X: prerequisites/0/anyOf/0/patch", "Q9"},
    {"unknown in voidedBy",
     ENTRY("X", ", \"voidedBy\": [{\"patch\": \"Q9\", \"why\": \"It does.\"}]"), "dangling_id",
     "X: voidedBy/0/patch", "Q9"},
    {"unknown in regresses", ENTRY("X", ", \"regresses\": [\"Q9\"]"), "dangling_id",
     "X: regresses/0", "Q9"},
    {"unknown in a patch rule",
     ENTRY("X", NEEDS_RULE("{\"any\": [{\"always\": true}, {\"patch\": {\"id\": \"Q9\"}}]}")),
     "dangling_id", "X: prerequisites/0/anyOf/0/rule/any/1/patch", "Q9"},
    {"unknown in a record rule",
     ENTRY("X", NEEDS_RULE("{\"not\": {\"record\": {\"id\": \"Q9\"}}}")), "dangling_id",
     "X: prerequisites/0/anyOf/0/rule/not/record", "Q9"},
    {"unknown in a file set rule",
     ENTRY("X", ", \"voidedBy\": [{\"feature\": \"F\", \"unless\": {\"fileSet\": {\"patch\": "
                "\"Q9\"}}, \"why\": \"It does.\"}]"),
     "dangling_id", "X: voidedBy/0/unless/fileSet", "Q9"},
    {"unknown product",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"P9\", \"classification\": "
     "\"security\", " SOURCE ", " BY_HAND "}",
     "dangling_id", "X: product", "P9"},
    {"a number of two entries in supersedes",
     ENTRY("X", ", \"aliases\": [\"KB7\"]") "," ENTRY("Y", ", \"aliases\": [\"kb7\"]") "," ENTRY(
         "Z", ", \"supersedes\": [\"KB7\"]"),
     "ambiguous_id", "Z: supersedes/0", "KB7"},
    {"an id twice", ENTRY("q1", ""), "duplicate_id", "q1: id", "Q1 stands in a.json"},
    {"an alias is another entry's id", ENTRY("X", ", \"aliases\": [\"KB7\", \"q2\"]"),
     "alias_is_id", "X: aliases/1", "q2 in a.json"},
    {"an alias is its own id", ENTRY("X", ", \"aliases\": [\"x\"]"), "alias_is_id", "X: aliases/0",
     "x in a.json"},
    {"reserved id: host", ENTRY("Host", ""), "reserved_id", "Host: id", "Host"},
    {"reserved id: repair", ENTRY("repair", ""), "reserved_id", "repair: id", "repair"},
    {"reserved alias: selection", ENTRY("X", ", \"aliases\": [\"selection\"]"), "reserved_id",
     "X: aliases/0", "selection"},
    {"branch that the product does not have", ENTRY("X", ", \"branch\": \"LDR\""), "unknown_branch",
     "X: branch", "LDR"},
    {"withdrawn before released",
     ENTRY("X", ", \"released\": \"2001-02-01\", \"withdrawn\": \"2001-01-31\", "
                "\"withdrawnWhy\": \"w\""),
     "withdrawn_before_release", "X: withdrawn", ""},
    {"withdrawn without why", ENTRY("X", ", \"withdrawn\": \"2001-01-31\""),
     "withdrawn_without_why", "X: withdrawnWhy", ""},
    {"why without withdrawn", ENTRY("X", ", \"withdrawnWhy\": \"w\""), "withdrawn_without_why",
     "X: withdrawnWhy", ""},
    /* what supersedes what */
    {"supersedes in a circle",
     ENTRY("X2", ", \"supersedes\": [\"X3\"]") "," ENTRY(
         "X3", ", \"supersedes\": [\"X1\"]") "," ENTRY("X1",
                                                       ", \"supersedes\": [\"L1\", "
                                                       "\"X2\"]") "," ENTRY("X0", ", "
                                                                                  "\"supersedes"
                                                                                  "\": "
                                                                                  "[\"X3\"]"),
     "supersedes_cycle", "X1: supersedes", "X1 > X2 > X3 > X1"},
    {"supersedes itself", ENTRY("X", ", \"supersedes\": [\"x\"]"), "supersedes_cycle",
     "X: supersedes", "X > X"},
    {"supersedes on another kind of target",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"DB\", \"classification\": \"security\", "
     "\"supersedes\": [\"Q1\"], " SOURCE ", " BY_HAND "}",
     "never_meets", "X: supersedes", "Q1"},
    {"supersedes on another system",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"P5\", \"classification\": \"security\", "
     "\"supersedes\": [\"Q1\"], " SOURCE ", " BY_HAND "}",
     "never_meets", "X: supersedes", "Q1"},
    {"supersedes on another processor",
     ENTRY("X", APPLIES("{\"os\": {\"architecture\": [\"x86\", \"x64\"]}}")) "," ENTRY(
         "Y", ", \"supersedes\": [\"X\"]" APPLIES("{\"os\": {\"architecture\": [\"alpha\"]}}")),
     "never_meets", "Y: supersedes", "X"},
    {"needs a patch of another system",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"P5\", \"classification\": "
     "\"security\", " SOURCE ", " BY_HAND NEEDS("{\"patch\": \"L1\"}") "}",
     "never_meets", "X: prerequisites/0/anyOf/0/patch", "L1"},
    {"an earlier branch supersedes a later one",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"DB\", \"branch\": \"CU\", "
     "\"classification\": \"security\", " SOURCE ", " BY_HAND "},"
     "{\"id\": \"Y\", \"title\": \"t\", \"product\": \"DB\", \"branch\": \"GDR\", "
     "\"supersedes\": [\"X\"], \"classification\": \"security\", " SOURCE ", " BY_HAND "}",
     "branch_backwards", "Y: supersedes", "X"},
    {"released before what it supersedes",
     ENTRY("X", ", \"released\": \"2000-12-31\", \"supersedes\": [\"Q1\"]"),
     "released_before_superseded", "X: supersedes", "Q1"},
    {"a later baseline forgets a row",
     BASELINE("X", LEVEL("4") ROWS(
                       "{\"path\": \"b.dll\", \"version\": \"3.0\"}") ", \"supersedes\": [\"L3\"]"),
     "rows_not_repeated", "X: files", "a.dll of L3"},
    {"a later baseline lists a file lower",
     BASELINE("X",
              LEVEL("4") ROWS(
                  "{\"path\": \"b.dll\", \"version\": \"3.0\"}, "
                  "{\"path\": \"a.dll\", \"version\": \"1.4.9\"}") ", \"supersedes\": [\"L3\"]"),
     "rows_not_repeated", "X: files", "a.dll of L3 is listed lower"},
    /* prerequisites */
    {"prerequisites in a circle through two",
     ENTRY("X2", NEEDS("{\"patch\": \"X1\"}")) "," ENTRY(
         "X1", NEEDS("{\"patch\": \"X2\", \"exact\": true}")) "," ENTRY("X0", NEEDS("{\"patch\": "
                                                                                    "\"X2\"}")),
     "prerequisite_cycle", "X1: prerequisites", "X1 > X2 > X1"},
    {"a later one leads out, but not exactly",
     ENTRY("X1", NEEDS("{\"patch\": \"X1\", \"exact\": true}")) "," ENTRY(
         "X2", ", \"supersedes\": [\"X1\"]"),
     "prerequisite_cycle", "X1: prerequisites", "X1 > X1"},
    {"group without alternatives", ENTRY("X", ", \"prerequisites\": [{\"why\": \"It does.\"}]"),
     "empty_group", "X: prerequisites/0", ""},
    {"alternative of nothing", ENTRY("X", NEEDS("{\"title\": \"t\"}")), "alternative_not_one",
     "X: prerequisites/0/anyOf/0", ""},
    {"alternative of patch and rule",
     ENTRY("X", NEEDS("{\"patch\": \"L1\", \"rule\": {\"always\": true}}")), "alternative_not_one",
     "X: prerequisites/0/anyOf/0", ""},
    {"ordered with a rule",
     ENTRY("X", ", \"prerequisites\": [{\"anyOf\": [{\"patch\": \"L1\"}, {\"rule\": {\"always\": "
                "true}}], \"why\": \"It does.\", \"ordered\": true}]"),
     "ordered_rule", "X: prerequisites/0/ordered", ""},
    {"group without a sentence",
     ENTRY("X", ", \"prerequisites\": [{\"anyOf\": [{\"patch\": \"L1\"}], \"why\": \" \"}]"),
     "no_why", "X: prerequisites/0/why", ""},
    {"invalidation without a sentence",
     ENTRY("X", ", \"voidedBy\": [{\"feature\": \"F\", \"why\": \" \"}]"), "no_why",
     "X: voidedBy/0/why", ""},
    {"alternative twice",
     ENTRY("X", NEEDS("{\"patch\": \"Q1\", \"exact\": true}, {\"patch\": \"KB1\"}")),
     "redundant_alternative", "X: prerequisites/0/anyOf/1", "KB1 by Q1"},
    {"level that a lower one takes in",
     ENTRY("X", NEEDS("{\"patch\": \"L3\", \"exact\": true}, {\"patch\": \"L2\"}")),
     "redundant_alternative", "X: prerequisites/0/anyOf/0", "L3 by L2"},
    {"remedy that is no step of its own",
     ENTRY("X", NEEDS("{\"rule\": {\"always\": true}, \"remedy\": {\"action\": \"install\"}}")),
     "bad_remedy", "X: prerequisites/0/anyOf/0/remedy",
     "the action is configure, manual or restart"},
    {"configure that says nothing",
     ENTRY("X", NEEDS("{\"rule\": {\"always\": true}, \"remedy\": {\"action\": \"configure\", "
                      "\"sets\": [{\"os\": {\"ubr\": 1}}]}}")),
     "bad_remedy", "X: prerequisites/0/anyOf/0/remedy",
     "configure needs a command, or a text that says what to do"},
    {"configure that sets nothing",
     ENTRY("X", NEEDS("{\"rule\": {\"always\": true}, \"remedy\": {\"action\": \"configure\", "
                      "\"command\": {" PROGRAM "}}}")),
     "bad_remedy", "X: prerequisites/0/anyOf/0/remedy", "configure needs what it sets"},
    {"manual without text",
     ENTRY("X", ", \"cautions\": [{\"text\": \"t\", \"after\": [{\"action\": \"restart\"}, "
                "{\"action\": \"manual\", \"verify\": \"v\"}]}]"),
     "bad_remedy", "X: cautions/0/after/1", "manual needs a text that says what to do"},
    {"manual that nobody can check",
     ENTRY("X", ", \"cautions\": [{\"text\": \"t\", \"before\": [{\"action\": \"manual\", "
                "\"text\": \"t\"}]}]"),
     "bad_remedy", "X: cautions/0/before/0",
     "manual needs verify: how a person sees that it is done"},
    {"remedy beside the point",
     ENTRY("X", NEEDS("{\"rule\": {\"registry\": {\"key\": \"K\", \"name\": \"N\", \"number\": "
                      "{\"equals\": [2]}}}, \"remedy\": {\"action\": \"configure\", \"command\": "
                      "{" PROGRAM "}, \"sets\": [{\"registry\": {\"key\": \"K\", \"name\": \"N\", "
                      "\"number\": 1}}]}}")),
     "remedy_does_not_prove_rule", "X: prerequisites/0/anyOf/0/remedy", ""},
    {"voided by nothing", ENTRY("X", ", \"voidedBy\": [{\"why\": \"It does.\"}]"),
     "voided_by_not_one", "X: voidedBy/0", ""},
    {"voided by two",
     ENTRY("X", ", \"voidedBy\": [{\"feature\": \"F\", \"product\": \"DB\", \"why\": \"It "
                "does.\"}]"),
     "voided_by_not_one", "X: voidedBy/0", ""},
    /* on and off */
    {"no way on", OPEN_ENTRY("X") ", " SOURCE COMMANDS("\"uninstall\": {" PROGRAM "}") "}",
     "no_install", "X: commands", ""},
    {"unpacked by nothing",
     ENTRY("X", COMMANDS("\"install\": {" PROGRAM "}, \"uninstall\": {" PROGRAM
                         ", \"needsExtract\": true}")),
     "extract_missing", "X: commands/uninstall/needsExtract", ""},
    {"short hash",
     ENTRY("X",
           COMMANDS("\"install\": {" PROGRAM ", \"package\": \"x.exe\", \"sha256\": \"12ab\"}")),
     "bad_sha256", "X: commands/install/sha256", "12ab"},
    {"hash with another letter",
     ENTRY("X", COMMANDS("\"install\": {" PROGRAM ", \"package\": \"x.exe\", \"sha256\": \"g1234567"
                         "89abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}")),
     "bad_sha256", "X: commands/install/sha256",
     "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
    {"refuses, and stays", ENTRY("X", ", \"refusesWhileRecorded\": true"),
     "refuses_without_removal", "X: refusesWhileRecorded", ""},
    {"permanent and removable",
     ENTRY("X", ", \"permanent\": true" COMMANDS("\"uninstall\": {" PROGRAM "}")),
     "removable_contradiction", "X: permanent", "it is permanent and can be taken off"},
    {"removable by nothing", ENTRY("X", ", \"removable\": true"), "removable_contradiction",
     "X: removable", "no command takes it off"},
    {"not removable by a command",
     ENTRY("X", ", \"removable\": false" COMMANDS("\"uninstall\": {" PROGRAM "}")),
     "removable_contradiction", "X: removable", "there is a command that takes it off"},
    {"a restart that is needed and forbidden",
     ENTRY("X", ", \"noRestartBetween\": true, \"prerequisites\": [{\"anyOf\": [{\"patch\": "
                "\"L1\"}], \"why\": \"It does.\", \"restartBefore\": true}]"),
     "restart_contradiction", "X: prerequisites/0/restartBefore",
     "noRestartBetween forbids the restart"},
    {"a restart that is needed and not waited for",
     ENTRY("X", ", \"prerequisites\": [{\"anyOf\": [{\"patch\": \"L1\", \"pendingIsEnough\": "
                "true}], \"why\": \"It does.\", \"restartBefore\": true}]"),
     "restart_contradiction", "X: prerequisites/0/restartBefore",
     "an alternative may still wait for its restart"},
    {"never chained, without a restart",
     ENTRY("X", ", \"noRestartBetween\": true, \"chain\": \"never\""), "restart_contradiction",
     "X: noRestartBetween", "chain \"never\" asks for the restart"},
    {"at a restart that never comes",
     ENTRY("X", ", \"atRestart\": true, \"restart\": \"no\", \"restartWhen\": [{\"when\": "
                "{\"always\": false}, \"restart\": \"no\"}]"),
     "restart_contradiction", "X: atRestart", "it never needs a restart"},
    {"a package that shows before its restart",
     ENTRY("X", SETS("{\"package\": {\"name\": \"Package_1\"}}")), "package_before_restart",
     "X: sets", ""},
};

/* Products behind the sound ones. */
#define PRODUCT_OF(id, applies)                                                                    \
    "{\"id\": \"" id "\", \"title\": \"t\", \"applies\": " applies ", " SOURCE "}"
#define OF_EDITION "\"edition\": {\"contains\": \"Terminal Server\"}"
static struct fault product_faults[] = {
    {"an edition inside a wider product",
     PRODUCT_OF("E", "{\"os\": {\"version\": {\"equals\": [\"4.0\"]}, " OF_EDITION "}}"),
     "edition_in_another_product", "product E: applies", "P"},
    {"an edition inside a wider product, with more than the version",
     PRODUCT_OF("E", "{\"all\": [{\"os\": {\"version\": {\"equals\": [\"4.0\"]}}}, {\"os\": "
                     "{" OF_EDITION "}}, {\"service\": {\"name\": \"S\"}}]}"),
     "edition_in_another_product", "product E: applies", "P"},
};

#endif
