/* SPDX-License-Identifier: MIT */
/* explain_shape.c - the members of an explanation. */
#include "assess/explain.h"

const char *const prereq_explain_kind_names[] = {"patch",    "needs",   "rule",
                                                 "voidedBy", "caution", NULL};

#define R prereq_explain_row
static const struct prereq_member row_members[] = {
    PREREQ_M_UINT("depth", R, depth, "how far it stands below the patch"),
    PREREQ_M_ENUM("kind", R, kind, true, prereq_explain_kind_names, "what the line is"),
    PREREQ_M_ID("id", R, id, false, "of a patch"),
    PREREQ_M_TEXT("text", R, text, "what is asked for, or what the patch is"),
    PREREQ_M_TEXT("holds", R, holds, "Yes, No, Unknown, NotApplicable; left out without a host"),
    PREREQ_M_TEXT("state", R, state, "of a patch on the host"),
    PREREQ_M_TEXT("found", R, found, "what the host has"),
    PREREQ_M_TEXT("why", R, why, "why it is needed"),
    PREREQ_M_TEXTS("errors", R, errors, error_count, "what fails without it"),
    PREREQ_M_TEXT("source", R, source, "where that is written"),
    PREREQ_M_FLAG("seenAbove", R, seen_above, "the patch is explained further up already"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape row_shape = {
    "explainRow", "One line of the tree.", sizeof(struct prereq_explain_row), row_members, false};

#define R prereq_explanation
static const struct prereq_member members[] = {
    PREREQ_M_TEXT_REQ("format", R, format, "patchprereq-explain/1.0"),
    PREREQ_M_ID("id", R, id, true, "of the patch"),
    PREREQ_M_TEXT("target", R, target, "host, or the instance"),
    PREREQ_M_TEXT("hostName", R, host_name, "left out without a host"),
    PREREQ_M_TEXT("title", R, title, "of the patch"),
    PREREQ_M_OBJECTS("rows", R, rows, row_count, &row_shape, "the tree, line by line"),
    PREREQ_M_IDS("supersedes", R, supersedes, supersedes_count, "what it replaces directly"),
    PREREQ_M_IDS("supersededBy", R, superseded_by, superseded_by_count,
                 "what replaces it directly"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape explanation_shape = {
    "explanation", "The prerequisites of a patch as a tree.", sizeof(struct prereq_explanation),
    members, false};

const struct prereq_document prereq_explain_document = {"patchprereq-explain", 1, 0,
                                                        &explanation_shape, PREREQ_MAX_FACTS_BYTES};
