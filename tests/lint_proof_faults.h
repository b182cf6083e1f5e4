/* SPDX-License-Identifier: MIT */
/* lint_proof_faults.h - for tests of lint: faults in file rows, and in what proves a patch. */
#ifndef PREREQ_TESTS_LINT_PROOF_FAULTS_H
#define PREREQ_TESTS_LINT_PROOF_FAULTS_H

#include "lint_catalog.h"

static struct fault proof_faults[] = {
    /* files */
    {"row that lists nothing", ENTRY("X", ROWS("{\"path\": \"a\"}")), "row_without_test",
     "X: files/0", "a"},
    {"tie date without version",
     ENTRY("X", ROWS("{\"path\": \"a\", \"date\": \"2000-01-01\", \"tieDate\": \"2000-01-01\"}")),
     "tie_date_without_version", "X: files/0/tieDate", "a"},
    {"tie date after the row's own date",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"date\": \"2000-01-01\", "
                     "\"tieDate\": \"2000-01-02\"}")),
     "tie_date_later", "X: files/0/tieDate", "a"},
    {"row twice",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\"}, {\"path\": \"b\", \"version\": "
                     "\"1.0\"}, {\"path\": \"A\", \"version\": \"1.0.0\", \"architecture\": "
                     "[\"x86\"]}")),
     "duplicate_row", "X: files/2", "A"},
    {"row twice, under one condition",
     ENTRY("X", ROWS("{\"path\": \"a\", \"size\": 1, \"when\": {\"service\": {\"name\": \"S\"}}}, "
                     "{\"path\": \"a\", \"size\": 1, \"when\": {\"service\": {\"name\": \"S\"}}}")),
     "duplicate_row", "X: files/1", "a"},
    {"rows against each other",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.0\", \"language\": [\"en-US\", "
                     "\"de-DE\"]}, {\"path\": \"a\", \"version\": \"1.1\", \"language\": "
                     "[\"DE-de\"]}")),
     "conflicting_rows", "X: files/1", "a"},
    {"rows of two branches that meet",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.1\", \"branch\": \"GDR\", "
                     "\"branchRange\": [{\"below\": \"2.0\"}]}, {\"path\": \"a\", \"version\": "
                     "\"1.9\", \"branch\": \"LDR\", \"branchRange\": [{\"from\": \"1.5\"}]}")),
     "conflicting_rows", "X: files/1", "a"},
    {"range without branch",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"1.1\", \"branchRange\": [{\"below\": "
                     "\"2.0\"}]}")),
     "range_without_branch", "X: files/0/branchRange", "a"},
    {"row outside of its own branch",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"2.0\", \"branch\": \"GDR\", "
                     "\"branchRange\": [{\"below\": \"2.0\"}]}")),
     "row_outside_branch", "X: files/0/branchRange", "a"},
    {"branch without end or beginning",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"2.0\", \"branch\": \"GDR\", "
                     "\"branchRange\": [{}]}")),
     "empty_rule", "X: files/0/branchRange/0", ""},
    {"branch beyond file versions",
     ENTRY("X", ROWS("{\"path\": \"a\", \"version\": \"2.0\", \"branch\": \"GDR\", "
                     "\"branchRange\": [{\"below\": \"2.65536\"}]}")),
     "bad_file_version", "X: files/0", "a"},
    /* what proves it */
    {"baseline without marker", BASELINE("X", ""), "baseline_without_marker", "X: marker", ""},
    {"what the entry sets is too low",
     ENTRY("X",
           MARKER("{\"os\": {\"build\": {\"atLeast\": 10}}}") SETS("{\"os\": {\"build\": 9}}")),
     "sets_do_not_prove_effect", "X: marker", ""},
    {"what the entry sets cannot be read",
     ENTRY("X", MARKER("{\"setting\": {\"kind\": \"boot\", \"name\": \"S\", \"number\": "
                       "{\"atLeast\": 1}}}")
                    SETS("{\"setting\": {\"kind\": \"boot\", \"name\": \"S\", \"value\": \"1\"}}")),
     "sets_do_not_prove_effect", "X: marker", ""},
    {"the entry's own file is too low",
     ENTRY("X", MARKER("{\"file\": {\"path\": \"a\", \"version\": {\"atLeast\": \"1.1\"}}}")
                    ROWS("{\"path\": \"A\", \"version\": \"1.0\"}")),
     "sets_do_not_prove_effect", "X: marker", ""},
    {"set in the other view",
     ENTRY("X", MARKER("{\"registry\": {\"key\": \"K\", \"view\": \"both\"}}")
                    SETS("{\"registry\": {\"key\": \"K\"}}")),
     "marker_fact_not_set", "X: marker", "registry, 32-bit view: K"},
    {"build without revision",
     ENTRY("X", MARKER("{\"os\": {\"build\": {\"equals\": [9]}, \"ubr\": {\"atLeast\": 1}}}")
                    SETS("{\"os\": {\"build\": 9}}")),
     "marker_fact_not_set", "X: marker", "os.ubr"},
    {"a version of the system beside a fact that is not set",
     ENTRY("X", MARKER("{\"all\": [{\"os\": {\"version\": {\"equals\": [\"4.0\"]}}}, {\"os\": "
                       "{\"servicePack\": {\"atLeast\": 1}}}]}")),
     "marker_fact_not_set", "X: marker", "os.servicePack"},
    {"instance of another product",
     ENTRY("X", MARKER("{\"product\": {\"product\": \"DB\", \"version\": {\"atLeast\": \"2\"}}}")
                    SETS("{\"product\": {\"product\": \"DC\", \"version\": \"2.0\"}}")),
     "marker_fact_not_set", "X: marker", "product DB"},
    {"registry value that nobody writes",
     ENTRY("X", MARKER("{\"registry\": {\"key\": \"K\", \"name\": \"N\"}}")
                    SETS("{\"registry\": {\"key\": \"K\", \"name\": \"M\", \"number\": 1}}")),
     "marker_fact_not_set", "X: marker", "registry K, N"},
    {"servicing stack that nobody sets",
     ENTRY("X", MARKER("{\"servicingStack\": {\"atLeast\": \"10.0.1\"}}")), "marker_fact_not_set",
     "X: marker", "servicingStack"},
    {"package that nobody sets",
     ENTRY("X", MARKER("{\"package\": {\"name\": \"Package_*\"}}")
                    SETS("{\"package\": {\"name\": \"Other\"}}") ", \"atRestart\": true"),
     "marker_fact_not_set", "X: marker", "package Package_*"},
};

#endif
