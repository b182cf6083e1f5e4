/* SPDX-License-Identifier: MIT */
/* catalog_shape.h - shapes that the tables of rules and of patches share. */
#ifndef PREREQ_CATALOG_SHAPE_H
#define PREREQ_CATALOG_SHAPE_H

#include "documents/catalog.h"

extern const struct prereq_shape prereq_reference_shape, prereq_rule_shape,
    prereq_version_range_shape;

#endif
