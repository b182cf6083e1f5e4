/* SPDX-License-Identifier: MIT */
/* text_parts.c - what several texts for people have in common. */
#include <inttypes.h>
#include <string.h>

#include "text/plan_text.h"

void prereq_text_time(struct prereq_time time, struct prereq_buffer *out)
{
    char text[32];

    if (!time.known) {
        prereq_buffer_add(out, "not known");
        return;
    }
    prereq_time_format(time, text);
    prereq_buffer_add(out, text);
}

void prereq_text_count(uint64_t count, const char *one, const char *many, struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

void prereq_text_host_name(const struct prereq_host_row *host, struct prereq_buffer *out)
{
    const char *name = host->host_name ? host->host_name : host->host_id;

    prereq_printable_add(out, name);
    if (host->domain && host->host_name) {
        prereq_buffer_add(out, ".");
        prereq_printable_add(out, host->domain);
    }
    if (!prereq_starts_nocase(host->host_id, name)) {
        prereq_buffer_add(out, " (");
        prereq_printable_add(out, host->host_id);
        prereq_buffer_add(out, ")");
    }
}

void prereq_text_judged(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "facts of ");
    prereq_text_time(
        assessment->collection ? assessment->collection->finished : (struct prereq_time){0}, out);
    prereq_buffer_add(out, ", judged at ");
    prereq_text_time(assessment->evaluated, out);
    for (size_t i = 0; i < assessment->catalog_count; i++) {
        const struct prereq_catalog_ref *catalog = &assessment->catalogs[i];

        prereq_buffer_add(out, i ? " + " : " with catalog ");
        prereq_printable_add(out, catalog->id ? catalog->id : "?");
        prereq_buffer_add(out, " ");
        prereq_printable_add(out, catalog->version ? catalog->version : "?");
        if (catalog->sha256 && strlen(catalog->sha256) >= 12)
            prereq_buffer_addf(out, " (%.12s)", catalog->sha256);
    }
}
