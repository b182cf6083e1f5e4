/* SPDX-License-Identifier: MIT */
/* summaries.h - for tests: figures of an assessment of which only a few rows are given. */
#ifndef PREREQ_TESTS_SUMMARIES_H
#define PREREQ_TESTS_SUMMARIES_H

#include <string.h>

#include "documents/assessment.h"
#include "table.h"

static inline struct prereq_time at(const char *text)
{
    struct prereq_time time;

    assert_true(prereq_time_parse(text, &time));
    return time;
}

static const char evaluated[] = "2026-11-22T12:00:00Z";

static inline void summarize(struct prereq_assessment *assessment, const char *now,
                             struct prereq_summary *summary)
{
    static const struct prereq_host_row host = {.host_id = "id-1", .host_name = "WEB01"};
    static struct prereq_collection collection;

    collection.finished = at("2026-11-22T11:00:00Z");
    assessment->host = &host;
    if (!assessment->collection)
        assessment->collection = &collection;
    assessment->evaluated = at(evaluated);
    assessment->product_version = "1.2.3";
    memset(summary, 0xa5, sizeof(*summary)); /* nothing of an old one may be left */
    prereq_summarize(assessment, at(now), summary);
}

#endif
