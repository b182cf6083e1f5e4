/* SPDX-License-Identifier: MIT */
/* lint_rule_faults.h - for tests of lint: faults in rules. */
#ifndef PREREQ_TESTS_LINT_RULE_FAULTS_H
#define PREREQ_TESTS_LINT_RULE_FAULTS_H

#include "lint_catalog.h"

/* An alternative of a prerequisite that is this rule. */
#define IN_GROUP(rule) ENTRY("X", NEEDS_RULE(rule))
#define PLACE "X: prerequisites/0/anyOf/0/rule"

#define OS(tests) IN_GROUP("{\"os\": {" tests "}}")
#define FILE_RULE(tests) IN_GROUP("{\"file\": {\"path\": \"a\"" tests "}}")
#define REGISTRY(tests) IN_GROUP("{\"registry\": {\"key\": \"K\"" tests "}}")

#define NOT_LESS "atLeast is not less than below"
#define NOT_EARLIER "atLeast is not earlier than below"

static struct fault rule_faults[] = {
    {"all of nothing", IN_GROUP("{\"all\": []}"), "empty_rule", PLACE "/all", ""},
    {"any of nothing", IN_GROUP("{\"not\": {\"any\": []}}"), "empty_rule", PLACE "/not/any", ""},
    {"none of nothing", IN_GROUP("{\"none\": []}"), "empty_rule", PLACE "/none", ""},
    {"one of nothing", IN_GROUP("{\"one\": []}"), "empty_rule", PLACE "/one", ""},
    {"xor of nothing", IN_GROUP("{\"xor\": []}"), "empty_rule", PLACE "/xor", ""},
    {"system without a test", OS(""), "empty_rule", PLACE "/os", ""},
    {"number without a test", OS("\"build\": {}"), "empty_rule", PLACE "/os/build", ""},
    {"number that equals nothing", OS("\"build\": {\"equals\": []}"), "empty_rule",
     PLACE "/os/build", ""},
    {"version without a test", OS("\"version\": {}"), "empty_rule", PLACE "/os/version", ""},
    {"range without ends", OS("\"version\": {\"within\": [{\"from\": \"1.0\"}, {}]}"), "empty_rule",
     PLACE "/os/version/within/1", ""},
    {"text without a test", OS("\"edition\": {}"), "empty_rule", PLACE "/os/edition", ""},
    {"calendar without a day", IN_GROUP("{\"calendar\": {}}"), "empty_rule", PLACE "/calendar", ""},
    {"number from its own end", OS("\"ubr\": {\"atLeast\": 5, \"below\": 5}"), "impossible_rule",
     PLACE "/os/ubr", NOT_LESS},
    {"number below nothing", OS("\"ubr\": {\"below\": 0}"), "impossible_rule", PLACE "/os/ubr",
     NOT_LESS},
    {"bit that is both",
     IN_GROUP("{\"setting\": {\"kind\": \"boot\", \"name\": \"S\", \"number\": {\"bitsSet\": 6, "
              "\"bitsClear\": 2}}}"),
     "impossible_rule", PLACE "/setting/number", "a bit is to be both 1 and 0"},
    {"equal numbers outside of the range",
     REGISTRY(", \"number\": {\"equals\": [1, 2, 9], \"atLeast\": 3, \"below\": 9}"),
     "impossible_rule", PLACE "/registry/number", "none of the equal values passes the rest"},
    {"version from its own end",
     IN_GROUP("{\"product\": {\"product\": \"DB\", \"version\": {\"atLeast\": \"15.0.1\", "
              "\"below\": \"15.0.1.0\"}}}"),
     "impossible_rule", PLACE "/product/version", NOT_EARLIER},
    {"range the wrong way round",
     FILE_RULE(", \"version\": {\"within\": [{\"from\": \"2.0\", \"below\": \"1.0\"}]}"),
     "impossible_rule", PLACE "/file/version/within/0", "from is not earlier than below"},
    {"ranges outside of the bounds",
     IN_GROUP("{\"package\": {\"name\": \"p\", \"version\": {\"atLeast\": \"3.0\", \"within\": "
              "[{\"below\": \"1.0\"}, {\"from\": \"2.0\", \"below\": \"3.0\"}]}}}"),
     "impossible_rule", PLACE "/package/version", "no range of within meets atLeast and below"},
    {"equal versions outside of the bounds",
     IN_GROUP("{\"feature\": {\"name\": \"F\", \"version\": {\"equals\": [\"1.0\", \"2.0\"], "
              "\"below\": \"1.0\"}}}"),
     "impossible_rule", PLACE "/feature/version", "none of the equal versions passes the rest"},
    {"equal texts that do not match",
     OS("\"language\": {\"equals\": [\"de-DE\"], \"glob\": \"en-*\"}"), "impossible_rule",
     PLACE "/os/language", "none of the equal texts passes the rest"},
    {"thirteenth month", IN_GROUP("{\"calendar\": {\"months\": [12, 13]}}"), "impossible_rule",
     PLACE "/calendar/months/1", "a month is 1 to 12"},
    {"calendar the wrong way round",
     IN_GROUP("{\"calendar\": {\"from\": \"2001-01-02\", \"until\": \"2001-01-01\"}}"),
     "impossible_rule", PLACE "/calendar", "from is later than until"},
    {"bytes that are none", REGISTRY(", \"bytes\": \"abc\""), "impossible_rule",
     PLACE "/registry/bytes", "these are no bytes"},
    {"absent and present", FILE_RULE(", \"exists\": false, \"ifPresent\": true"), "impossible_rule",
     PLACE "/file", "it must not be there, and where it is not there the rule does not apply"},
    {"version of an absent file",
     FILE_RULE(", \"exists\": false, \"version\": {\"atLeast\": \"1.0\"}"), "test_of_absent",
     PLACE "/file", ""},
    {"number of an absent value", REGISTRY(", \"exists\": false, \"number\": {\"equals\": [1]}"),
     "test_of_absent", PLACE "/registry", ""},
    {"start of an absent service",
     IN_GROUP("{\"service\": {\"name\": \"S\", \"exists\": false, \"start\": [\"boot\"]}}"),
     "test_of_absent", PLACE "/service", ""},
    {"version of an absent feature",
     IN_GROUP("{\"feature\": {\"name\": \"F\", \"installed\": false, \"version\": {\"below\": "
              "\"2.0\"}}}"),
     "test_of_absent", PLACE "/feature", ""},
    {"text of an absent setting",
     IN_GROUP("{\"setting\": {\"kind\": \"cpu\", \"name\": \"S\", \"exists\": false, \"text\": "
              "{\"begins\": \"a\"}}}"),
     "test_of_absent", PLACE "/setting", ""},
    {"part of a file version that is too large",
     FILE_RULE(", \"version\": {\"equals\": [\"1.0\", \"1.65536\"]}"), "bad_file_version",
     PLACE "/file/version", "a"},
    {"msi of nothing", IN_GROUP("{\"msi\": {}}"), "msi_not_one", PLACE "/msi", ""},
    {"msi of both", IN_GROUP("{\"msi\": {\"productCode\": \"{1}\", \"patchCode\": \"{2}\"}}"),
     "msi_not_one", PLACE "/msi", ""},
    {"not true", IN_GROUP("{\"not\": {\"always\": true}}"), "constant_rule", PLACE "/not", ""},
    {"a kind of a newer version", IN_GROUP("{\"newerKind\": {}}"), "unsupported_kind", PLACE, ""},
    {"no such patch on every host of a role",
     IN_GROUP("{\"allHosts\": {\"role\": \"domain controller\", \"patch\": \"Q99\"}}"),
     "dangling_id", PLACE "/allHosts", "Q99"},
    /* where other patches have no say */
    {"patch rule in applies", ENTRY("X", APPLIES("{\"patch\": {\"id\": \"Q1\"}}")),
     "patch_rule_not_allowed", "X: applies/patch", "Q1"},
    {"patch rule in a marker",
     ENTRY("X", MARKER("{\"any\": [{\"patch\": {\"id\": \"Q1\"}}, {\"always\": true}]}")),
     "patch_rule_not_allowed", "X: marker/any/0/patch", "Q1"},
    {"patch rule in unless",
     ENTRY("X", ", \"voidedBy\": [{\"product\": \"DB\", \"unless\": {\"patch\": {\"id\": \"Q1\"}}, "
                "\"why\": \"It does.\"}]"),
     "patch_rule_not_allowed", "X: voidedBy/0/unless/patch", "Q1"},
    {"patch rule of a file row",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"when\": {\"not\": {\"patch\": "
                     "{\"id\": \"Q1\"}}}}")),
     "patch_rule_not_allowed", "X: files/0/when/not/patch", "Q1"},
    /* every place where a rule may stand is looked at */
    {"condition of a group",
     ENTRY("X", ", \"prerequisites\": [{\"anyOf\": [{\"patch\": \"L1\"}], \"why\": \"It does.\", "
                "\"when\": {\"any\": []}}]"),
     "empty_rule", "X: prerequisites/0/when/any", ""},
    {"condition of a caution",
     ENTRY("X", ", \"cautions\": [{\"text\": \"t\", \"when\": {\"any\": []}}]"), "empty_rule",
     "X: cautions/0/when/any", ""},
    {"condition of a restart",
     ENTRY("X", ", \"restartWhen\": [{\"when\": {\"any\": []}, \"restart\": \"no\"}]"),
     "empty_rule", "X: restartWhen/0/when/any", ""},
    {"an entry for other hosts than its product",
     ENTRY("X", APPLIES("{\"all\": [{\"os\": {\"version\": {\"atLeast\": \"5.0\"}}}]}")),
     "impossible_rule", "X: applies", "no host satisfies it together with the rule of the product"},
    {"where an entry applies", ENTRY("X", APPLIES("{\"any\": []}")), "empty_rule", "X: applies/any",
     ""},
};

#endif
