/* SPDX-License-Identifier: MIT */
/* verdict.h - the words of judgement: what a rule, a file, a prerequisite and a patch can be, and
 * why.
 *
 * Words alone: how they are found is the engine's, how they are written down assessment.h's. */
#ifndef PREREQ_VERDICT_H
#define PREREQ_VERDICT_H

#include "documents/state_meaning.h"

/* Six-valued logic of OVAL 5.11.2, oval-common-schema.  See verdict.c for how values combine. */
enum prereq_verdict {
    PREREQ_NOT_APPLICABLE,
    PREREQ_TRUE,
    PREREQ_FALSE,
    PREREQ_ERROR,
    PREREQ_UNKNOWN,
    PREREQ_NOT_EVALUATED,
};

struct prereq_verdict_counts { /* how many operands had each value */
    unsigned of[6];
};

enum prereq_verdict prereq_verdict_all(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_any(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_none(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_one(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_xor(const struct prereq_verdict_counts *counts);
enum prereq_verdict prereq_verdict_not(enum prereq_verdict verdict);

enum prereq_evidence {
    PREREQ_EVIDENCE_NONE = 1,
    PREREQ_EVIDENCE_FILES,
    PREREQ_EVIDENCE_BUILD,
    PREREQ_EVIDENCE_PACKAGE,
    PREREQ_EVIDENCE_RECORD,
    PREREQ_EVIDENCE_DATE, /* dates of files whose versions were not read */
};

/* Every reason a status can have: one table in reason.c gives code, arguments and sentence. */
enum prereq_reason {
    PREREQ_REASON_NONE,
    PREREQ_REASON_NOT_APPLICABLE, /* product, platform or role is not there */
    PREREQ_REASON_OTHER_BRANCH,   /* the target is on another branch of the product */
    PREREQ_REASON_ERROR,          /* a needed fact is unavailable */
    PREREQ_REASON_NOT_COLLECTED,
    PREREQ_REASON_ACCESS_DENIED,
    PREREQ_REASON_UNSUPPORTED_RULE,
    PREREQ_REASON_RECORD_ONLY,
    PREREQ_REASON_BAD_VERSION,
    PREREQ_REASON_NO_VERSION_RESOURCE,
    PREREQ_REASON_BRANCH_UNKNOWN,
    PREREQ_REASON_HIVE_DIRTY,
    PREREQ_REASON_CONFLICT,
    PREREQ_REASON_DATE_UNCERTAIN, /* one day earlier, or a tie without date */
    PREREQ_REASON_RESTART_DUE,    /* files or packages wait for the restart */
    PREREQ_REASON_FILES_PENDING,
    PREREQ_REASON_LEVEL_UNMET, /* a prerequisite level is not reached */
    PREREQ_REASON_PREREQUISITE_UNMET,
    PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE,
    PREREQ_REASON_VOIDED_LATER,
    PREREQ_REASON_FILES_OLDER,
    PREREQ_REASON_FILES_MISSING,
    PREREQ_REASON_MARKER_UNMET,    /* build, branch, level or package state speaks against it */
    PREREQ_REASON_NEVER_EFFECTIVE, /* no earlier assessment saw it good */
    PREREQ_REASON_SUPERSEDED,
    PREREQ_REASON_BELOW_RECORDED_LEVEL, /* a later level is recorded, sound or not */
    PREREQ_REASON_SOUND,                /* compliant */
    PREREQ_REASON_EFFECT_WITHOUT_RECORD,
    PREREQ_REASON_RECORD_TRUSTED,
    PREREQ_REASON_MAY_BE_INSTALLED, /* ready */
    PREREQ_REASON_WITHDRAWN,
    PREREQ_REASON_PERMANENT_PACKAGE,
    PREREQ_REASON_NOT_EVALUATED,    /* Summary alone */
    PREREQ_REASON_DOCUMENT_REFUSED, /* Summary alone: the assessment before it is shown */
    PREREQ_REASONS,
};

struct prereq_reason_info {
    const char *code;
    unsigned states;       /* bit n: may stand with state n */
    const char *arguments; /* names of the arguments of the sentence: "patch, file" */
    const char *sentence;  /* how it begins; the assessment completes it */
};

const struct prereq_reason_info *prereq_reason_info(enum prereq_reason reason);

enum prereq_satisfied {
    PREREQ_SATISFIED_NO,
    PREREQ_SATISFIED_YES,
    PREREQ_SATISFIED_UNKNOWN,
    PREREQ_SATISFIED_NOT_APPLICABLE,
};

enum prereq_component_result {
    PREREQ_RESULT_UNKNOWN,
    PREREQ_RESULT_AT_LEVEL,
    PREREQ_RESULT_NEWER,
    PREREQ_RESULT_OLDER,
    PREREQ_RESULT_MISSING,
    PREREQ_RESULT_DIFFERENT,
    PREREQ_RESULT_NOT_REQUIRED,
};

extern const char *const prereq_state_names[];
extern const char *const prereq_evidence_names[];
extern const char *const prereq_satisfied_names[];
extern const char *const prereq_component_result_names[];

#endif
