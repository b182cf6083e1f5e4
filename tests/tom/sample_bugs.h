/* SPDX-License-Identifier: MIT */
/* sample_bugs.h - the bugs that the sample provider can have: variable TOM_BUG names one. */
#ifndef PREREQ_TESTS_TOM_SAMPLE_BUGS_H
#define PREREQ_TESTS_TOM_SAMPLE_BUGS_H

#define SAMPLE_BUGS(X)                                                                             \
    X(NO_BUG)                                                                                      \
    X(WRONG_VARTYPE_BUG)                                                                           \
    X(TYPE_ARGUMENT_BUG)                                                                           \
    X(UNDECLARED_BUG)                                                                              \
    X(BAD_BOOLEAN_BUG)                                                                             \
    X(BAD_DATETIME_BUG)                                                                            \
    X(NULL_BUG)                                                                                    \
    X(NO_REVERT_BUG)                                                                               \
    X(LATE_REVERT_BUG)                                                                             \
    X(DOUBLE_STATUS_BUG)                                                                           \
    X(NO_STATUS_BUG)                                                                               \
    X(STATUS_AND_FAILURE_BUG)                                                                      \
    X(LEAKED_ROW_BUG)                                                                              \
    X(LEAKED_CLASS_BUG)                                                                            \
    X(OVER_RELEASE_BUG)                                                                            \
    X(INDICATE_AFTER_COMPLETE_BUG)                                                                 \
    X(IGNORED_REFUSAL_BUG)                                                                         \
    X(LOST_REFUSAL_BUG)                                                                            \
    X(PREFIX_CLASS_BUG)                                                                            \
    X(CASE_CLASS_BUG)                                                                              \
    X(WRONG_NOT_FOUND_BUG)                                                                         \
    X(WRONG_INSTANCE_BUG)                                                                          \
    X(SINK_BUG)                                                                                    \
    X(CONTEXT_BUG)                                                                                 \
    X(CONTEXT_LEAK_BUG)                                                                            \
    X(FETCH_EACH_ROW_BUG)                                                                          \
    X(FREED_TEXT_BUG)                                                                              \
    X(CHANGED_TEXT_BUG)                                                                            \
    X(METHOD_ON_INSTANCE_BUG)                                                                      \
    X(BAD_ERROR_OBJECT_BUG)                                                                        \
    X(INITIALIZE_CALLS_BUG)                                                                        \
    X(NAMESPACE_LEAK_BUG)                                                                          \
    X(EVENT_STATUS_BUG)                                                                            \
    X(BSTR_LEAK_BUG)                                                                               \
    X(DUPLICATE_KEY_BUG)                                                                           \
    X(WRITE_BUG)                                                                                   \
    X(ACCESS_BUG)

enum sample_bug {
#define X(name) name,
    SAMPLE_BUGS(X)
#undef X
        SAMPLE_BUG_COUNT
};

#endif
