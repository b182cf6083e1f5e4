/* SPDX-License-Identifier: MIT */
/* assess_shape.h - how tables of rows are written: columns that must be there, shared shapes. */
#ifndef PREREQ_ASSESS_SHAPE_H
#define PREREQ_ASSESS_SHAPE_H

#include "documents/assessment.h"

/* Where columns go, two or more at a time. */
#define PREREQ_IN_TABLES (PREREQ_IN_SHEET | PREREQ_IN_CSV)
#define PREREQ_IN_DATA (PREREQ_IN_CSV | PREREQ_IN_WMI)
#define PREREQ_NOT_TEXT (PREREQ_IN_SHEET | PREREQ_IN_CSV | PREREQ_IN_WMI)

/* A column, with everything that PREREQ_COL leaves at its default. */
#define PREREQ_COLUMN(n, t, S, F, req, rule_, names_, title_, width_, outputs_, about_)            \
    {                                                                                              \
        n, t, offsetof(struct S, F), 0, req, rule_, NULL, names_, about_, title_, width_, outputs_ \
    }
/* A column whose member every document has: ids, states, and what is never NULL in WMI. */
#define PREREQ_COL_REQ(n, t, S, F, names_, title_, width_, outputs_, about_)                       \
    PREREQ_COLUMN(n, t, S, F, true, PREREQ_ANY_TEXT, names_, title_, width_, outputs_, about_)
#define PREREQ_COL_ID(n, S, F, req, title_, width_, outputs_, about_)                              \
    PREREQ_COLUMN(n, PREREQ_TEXT, S, F, req, PREREQ_ID, NULL, title_, width_, outputs_, about_)

extern const struct prereq_shape prereq_plan_shape;

#endif
