/* SPDX-License-Identifier: MIT */
/* lint_sound.h - for tests of lint: entries that must not be blamed, each close to a fault. */
#ifndef PREREQ_TESTS_LINT_SOUND_H
#define PREREQ_TESTS_LINT_SOUND_H

#include "lint_rule_faults.h"

static struct sound {
    const char *name, *more;
} sounds[] = {
    {"nothing more", ""},
    {"number of an article for a page",
     OPEN_ENTRY("X") ", \"sources\": [{\"url\": \"Q269862\"}, {\"url\": \"MS00-057\"}], " BY_HAND
                     "}"},
    {"one alias of several packages",
     ENTRY("X", ", \"aliases\": [\"MS7\"]") "," ENTRY("Y", ", \"aliases\": [\"ms7\"]")},
    {"entries that are one behind the other",
     ENTRY("X", ", \"supersedes\": [\"Q2\", \"Q1\"]") "," ENTRY(
         "Y", ", \"supersedes\": [\"X\", \"Q2\"]")},
    {"a set of levels", ENTRY("X", NEEDS("{\"patch\": \"L1\"}, {\"patch\": \"L3\"}"))},
    {"levels each for itself",
     ENTRY("X", NEEDS("{\"patch\": \"L2\", \"exact\": true}, {\"patch\": \"L3\"}"))},
    {"a circle that an alternative leaves",
     ENTRY("X1", NEEDS("{\"patch\": \"X2\"}, {\"patch\": \"L1\"}")) "," ENTRY(
         "X2", NEEDS("{\"patch\": \"X1\"}"))},
    {"a circle that a rule leaves",
     ENTRY("X1", NEEDS("{\"patch\": \"X2\"}, {\"rule\": {\"always\": true}}")) "," ENTRY(
         "X2", NEEDS("{\"patch\": \"X1\"}"))},
    {"a circle that a later one leaves",
     ENTRY("X1", NEEDS("{\"patch\": \"X1\"}")) "," ENTRY("X2", ", \"supersedes\": [\"X1\"]")},
    {"a branch that follows another",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"DB\", \"branch\": \"gdr\", "
     "\"classification\": \"security\", " SOURCE ", " BY_HAND "},"
     "{\"id\": \"Y\", \"title\": \"t\", \"product\": \"DB\", \"branch\": \"CU\", "
     "\"supersedes\": [\"X\"], \"classification\": \"security\", " SOURCE ", " BY_HAND "}"},
    {"an instance that needs a patch of the host",
     "{\"id\": \"X\", \"title\": \"t\", \"product\": \"DB\", \"classification\": "
     "\"security\", " SOURCE ", " BY_HAND NEEDS("{\"patch\": \"Q1\"}") "}"},
    {"rows of platforms, languages, conditions",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"architecture\": [\"x86\"]}, "
                     "{\"path\": \"a\", \"size\": 7, \"architecture\": [\"alpha\"]}, "
                     "{\"path\": \"b\", \"size\": 1, \"language\": [\"en-US\"]}, "
                     "{\"path\": \"b\", \"size\": 2, \"language\": [\"de-DE\"]}, "
                     "{\"path\": \"c\", \"version\": \"1.0\"}, {\"path\": \"c\", \"version\": "
                     "\"2.0\", \"when\": {\"service\": {\"name\": \"S\"}}}, {\"path\": \"c\", "
                     "\"version\": \"3.0\", \"when\": {\"service\": {\"name\": \"T\"}}}"))},
    {"rows of branches",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"branch\": \"GDR\", "
                     "\"branchRange\": [{\"below\": \"2.0\"}]}, {\"path\": \"a\", \"version\": "
                     "\"2.5\", \"branch\": \"LDR\", \"branchRange\": [{\"from\": \"2.0\"}]}"))},
    {"two builds of one version",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"date\": \"2001-01-02\", "
                     "\"tieDate\": \"2001-01-02\"}"))},
    {"numbers at the edge",
     OS("\"build\": {\"equals\": [1, 9], \"atLeast\": 9}, \"ubr\": {\"atLeast\": 1, \"below\": 2}, "
        "\"version\": {\"atLeast\": \"1.0\", \"within\": [{\"below\": \"1.0\"}, {\"from\": "
        "\"0.5\", \"below\": \"1.0.1\"}]}, \"servicePack\": {\"bitsSet\": 1, \"bitsClear\": 2}")},
    {"a text that passes", OS("\"edition\": {\"equals\": [\"A\", \"server\"], \"begins\": \"S\"}")},
    {"one day of a calendar",
     IN_GROUP("{\"calendar\": {\"from\": \"2001-01-01\", \"until\": \"2001-01-01\", \"months\": "
              "[1, 12]}}")},
    {"what must not be there",
     FILE_RULE(", \"exists\": false") "," ENTRY(
         "Y", NEEDS_RULE("{\"product\": {\"product\": \"DB\", \"installed\": false, \"version\": "
                         "{\"below\": \"4.0\"}}}"))},
    {"other patches in a prerequisite",
     IN_GROUP("{\"none\": [{\"patch\": {\"id\": \"Q1\"}}, {\"record\": {\"id\": \"KB1\"}}]}")},
    /* what proves it */
    {"a marker that everything sets",
     ENTRY(
         "X",
         MARKER("{\"all\": [{\"os\": {\"build\": {\"equals\": [9]}, \"edition\": {\"equals\": "
                "[\"E\"]}}}, {\"registry\": {\"key\": \"HKLM\\\\K\", \"name\": \"N\", \"type\": "
                "\"REG_SZ\", \"version\": {\"atLeast\": \"2.0\"}}}, {\"registry\": {\"key\": "
                "\"hklm\\\\k\"}}, {\"service\": {\"name\": \"S\", \"start\": [\"manual\"]}}, "
                "{\"feature\": {\"name\": \"F\", \"version\": {\"atLeast\": \"3.0\"}}}, "
                "{\"package\": {\"name\": \"Pack*\", \"version\": {\"atLeast\": \"4.0\"}}}, "
                "{\"setting\": {\"kind\": \"boot\", \"name\": \"B\", \"text\": {\"equals\": "
                "[\"on\"]}}}, {\"servicingStack\": {\"atLeast\": \"5.0\"}}, {\"file\": "
                "{\"path\": \"a\", \"version\": {\"atLeast\": \"6.0\"}}}, {\"file\": {\"path\": "
                "\"b\", \"exists\": false}}, {\"product\": {\"product\": \"DC\", \"level\": "
                "{\"equals\": [\"SP1\"]}, \"branch\": {\"equals\": [\"CU\"]}}}]}")
             SETS("{\"os\": {\"build\": 9, \"edition\": \"e\"}}, {\"registry\": {\"key\": "
                  "\"HKLM\\\\K\", \"name\": \"n\", \"type\": \"REG_SZ\", \"value\": \"2.1\"}}, "
                  "{\"service\": {\"name\": \"s\", \"start\": \"manual\"}}, {\"feature\": "
                  "{\"name\": \"F\", \"version\": \"3.0\"}}, {\"package\": {\"name\": "
                  "\"Other\"}}, {\"package\": {\"name\": \"Package_1\", \"version\": \"4.0\"}}, "
                  "{\"setting\": {\"kind\": \"boot\", \"name\": \"B\", \"value\": \"on\"}}, "
                  "{\"servicingStack\": \"5.0\"}, {\"file\": {\"path\": \"a\", \"version\": "
                  "\"5.0\"}}, {\"file\": {\"path\": \"b\", \"removed\": true}}, {\"product\": "
                  "{\"product\": \"DC\", \"level\": \"SP1\"}}, {\"product\": {\"product\": "
                  "\"DC\", \"branch\": \"CU\"}}") ", \"atRestart\": true" ROWS("{\"path\": \"A\", "
                                                                               "\"version\": "
                                                                               "\"6.0\"}"))},
    {"a marker beside what a host keeps",
     ENTRY("X", MARKER("{\"os\": {\"version\": {\"equals\": [\"4.0\"]}, \"architecture\": "
                       "[\"x86\"], \"servicePack\": {\"equals\": [1]}}}")
                    SETS("{\"os\": {\"servicePack\": 1}}"))},
    {"a marker that wants something away",
     ENTRY("X", MARKER("{\"none\": [{\"registry\": {\"key\": \"K\", \"name\": \"N\", \"number\": "
                       "{\"equals\": [1]}}}]}"))},
    {"a marker of MSI", ENTRY("X", MARKER("{\"msi\": {\"productCode\": \"{1}\"}}"))},
    {"a marker of records", ENTRY("X", MARKER("{\"record\": {\"id\": \"Q1\"}}"))},
    {"a remedy that helps",
     ENTRY("X", NEEDS("{\"rule\": {\"not\": {\"registry\": {\"key\": \"K\", \"name\": \"N\", "
                      "\"number\": {\"equals\": [2]}}}}, \"remedy\": {\"action\": \"configure\", "
                      "\"text\": \"t\", \"sets\": [{\"registry\": {\"key\": \"K\", \"name\": "
                      "\"N\", \"number\": 1}}]}}"))},
    {"a person who helps",
     ENTRY("X",
           NEEDS("{\"rule\": {\"setting\": {\"kind\": \"external\", \"name\": \"S\"}}, "
                 "\"remedy\": {\"action\": \"manual\", \"text\": \"t\", \"verify\": \"v\"}}"))},
    /* on and off */
    {"commands of every kind",
     OPEN_ENTRY("X") ", " SOURCE ", \"refusesWhileRecorded\": true, \"removable\": true" COMMANDS(
         "\"install\": {" PROGRAM ", \"package\": \"x.exe\", \"sha256\": \"" SHA
         "\"}, \"extract\": {" PROGRAM "}, \"uninstall\": {" PROGRAM
         ", \"needsExtract\": true}") "}"},
    {"refuses, and the record goes",
     ENTRY("X", ", \"refusesWhileRecorded\": true" COMMANDS("\"removeRecord\": {" PROGRAM "}"))},
    {"restarts on some hosts",
     ENTRY("X", ", \"atRestart\": true, \"restart\": \"no\", \"restartWhen\": [{\"when\": "
                "{\"always\": true}, \"restart\": \"required\"}]")},
};

#endif
