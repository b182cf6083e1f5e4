/* SPDX-License-Identifier: MIT */
/* violations.h - what a provider may not do, by name. */
#ifndef PREREQ_TESTS_TOM_VIOLATIONS_H
#define PREREQ_TESTS_TOM_VIOLATIONS_H

#include <stdbool.h>
#include <stddef.h>

#define TOM_VIOLATIONS(X)                                                                          \
    X(WRONG_VARTYPE, "a value is not of the property's canonical VARTYPE")                         \
    X(TYPE_ARGUMENT, "Put was given a type on an instance")                                        \
    X(UNDECLARED_PROPERTY, "Put of a property that the class has not")                             \
    X(SYSTEM_PROPERTY, "Put of a system property")                                                 \
    X(NULL_IN_NEVER_NULL, "NULL in a property that must not be NULL")                              \
    X(NULL_KEY, "an object without its key")                                                       \
    X(NULL_BSTR, "VT_BSTR without a string")                                                       \
    X(BAD_BOOLEAN, "a boolean that is neither 0 nor -1")                                           \
    X(BAD_DATETIME, "not a UTC datetime of 25 characters")                                         \
    X(BAD_NUMBER, "a number beyond its type")                                                      \
    X(BAD_REFERENCE, "a reference that is no path to a class of the namespace")                    \
    X(WRONG_CLASS, "an object of another class than was asked for")                                \
    X(FOREIGN_OBJECT, "an object that the namespace did not make")                                 \
    X(DUPLICATE_KEY, "two objects with the same path")                                             \
    X(WRONG_INSTANCE, "GetObject answered with another object")                                    \
    X(NO_STATUS, "no COMPLETE status")                                                             \
    X(DOUBLE_STATUS, "more than one COMPLETE status")                                              \
    X(STATUS_AFTER_FAILURE, "a status although the method returned a failure")                     \
    X(UNEXPECTED_STATUS, "a status that nobody asked for")                                         \
    X(INDICATE_AFTER_COMPLETE, "Indicate after the COMPLETE status")                               \
    X(INDICATE_AFTER_REFUSAL, "Indicate after Indicate had failed")                                \
    X(LOST_REFUSAL, "COMPLETE without the code of the failing Indicate")                           \
    X(BAD_ERROR_OBJECT, "an error object of the wrong shape")                                      \
    X(NO_ERROR_OBJECT, "a failure without an error object")                                        \
    X(STATUS_ON_EVENTS, "SetStatus on an event sink")                                              \
    X(LEAKED_ROW, "an instance was not released")                                                  \
    X(LEAKED_CLASS, "a class or signature was not released")                                       \
    X(LEAKED_SINK, "the sink was not released")                                                    \
    X(LEAKED_CONTEXT, "the context was not released")                                              \
    X(LEAKED_NAMESPACE, "the namespace was not released")                                          \
    X(OVER_RELEASED, "something was released too often")                                           \
    X(WRONG_CONTEXT, "a back call without the context of its request")                             \
    X(CALL_OUTSIDE_REQUEST, "a back call outside of any request")                                  \
    X(CALL_IN_INITIALIZE, "a back call before Initialize returned")                                \
    X(WRITE_CALL, "a back call that writes")                                                       \
    X(UNEXPECTED_CALL, "a back call that WMI would not answer so")                                 \
    X(METHOD_ON_INSTANCE, "GetMethod on an instance")                                              \
    X(CLASS_FETCHED_TWICE, "a class fetched twice in one request")                                 \
    X(NOT_REVERTED, "the thread was left impersonating")                                           \
    X(STATUS_WHILE_IMPERSONATING, "COMPLETE before CoRevertToSelf")                                \
    X(TEXT_CHANGED, "a text of WMI was changed")                                                   \
    X(TEXT_OVERREAD, "a text of WMI was read beyond its end")                                      \
    X(TEXT_FREED, "a text of WMI was freed")                                                       \
    X(NOT_INITIALIZED, "Initialize did not send WBEM_S_INITIALIZED once")                          \
    X(WRONG_CODE, "an answer with another code than the contract has")                             \
    X(WRONG_INTERFACE, "QueryInterface broke the rules of COM")                                    \
    X(LEAKED_MEMORY, "COM memory was not freed")

enum tom_violation {
#define X(name, meaning) TOM_##name,
    TOM_VIOLATIONS(X)
#undef X
        TOM_VIOLATION_COUNT
};

/* Note one.  The text goes to the log (variable TOM_LOG), too. */
void tom_violate(enum tom_violation violation, const char *fmt, ...)
    __attribute__((format(gnu_printf, 2, 3)));
const char *tom_violation_name(enum tom_violation violation);
size_t tom_violation_count(enum tom_violation violation);
size_t tom_violation_total(void);
/* One line each, the first hundred or so. */
const char *tom_violation_text(void);
void tom_violations_forget(void);

#endif
