/* SPDX-License-Identifier: MIT */
/* refresh_log.c - what one refresh did, for people. */
#include <stdio.h>

#include "program/messages.h"
#include "refresh/refresh_parts.h"

void refresh_log_line(struct refresh *refresh, const char *fmt, ...)
{
    char line[2048] = "", time[32];
    va_list args;

    va_start(args, fmt);
    if (vsnprintf(line, sizeof(line), fmt, args) >= (int)sizeof(line))
        prereq_utf8_mend(line);
    va_end(args);
    prereq_time_format(refresh->machine->clock(refresh->machine->context), time);
    prereq_buffer_addf(&refresh->log, "%s ", time);
    printable_add(&refresh->log, line);
    prereq_buffer_add(&refresh->log, "\n");
}

static void log_judge(struct refresh *refresh)
{
    const struct prereq_assessment *assessment = refresh->assessment;

    for (size_t i = 0; i < assessment->catalog_count; i++)
        refresh_log_line(refresh, "catalog %s %s, SHA-256 %s", assessment->catalogs[i].id,
                         assessment->catalogs[i].version, assessment->catalogs[i].sha256);
    for (size_t i = 0; i < assessment->input_count; i++)
        refresh_log_line(refresh, "input %s, SHA-256 %s", assessment->inputs[i].name,
                         assessment->inputs[i].sha256);
}

/* In the order of badness, those that occur. */
static void log_states(struct refresh *refresh, const struct prereq_summary *summary)
{
    for (int state = 0; state < PREREQ_STATES; state++) {
        if (summary->count_of[state].value > 0)
            refresh_log_line(refresh, "%s: %llu", prereq_state_names[state],
                             (unsigned long long)summary->count_of[state].value);
    }
}

void refresh_log_result(struct refresh *refresh)
{
    const struct prereq_facts *facts = refresh->facts;
    struct prereq_summary summary;

    log_judge(refresh);
    refresh_log_line(refresh,
                     "host %s: %zu files, %zu registry values, %zu updates, %zu packages, %zu "
                     "services; %zu things could not be looked at",
                     refresh->assessment->host->host_id, facts->file_count, facts->registry_count,
                     facts->update_count, facts->package_count, facts->service_count,
                     refresh->assessment->collector_error_count);
    prereq_summarize(refresh->assessment, refresh->judge.now, &summary);
    log_states(refresh, &summary);
    refresh_log_line(refresh, "plan of the host: %llu steps, %llu restarts",
                     (unsigned long long)summary.plan_steps.value,
                     (unsigned long long)summary.plan_restarts.value);
}
