/* SPDX-License-Identifier: MIT */
/* plan_checker_facts.c - from a facts document to the checked host, and back as a collector would
 * find it now. */
#include "plan_checker.h"

#include <inttypes.h>
#include <string.h>

static bool is_good(int state)
{
    return state == PREREQ_STATE_NOT_APPLICABLE || state == PREREQ_STATE_SUPERSEDED ||
           state == PREREQ_STATE_COMPLIANT;
}

static void load_files(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->file_count && i < CHECK_FILES; i++) {
        const struct prereq_file_fact *fact = &facts->files[i];
        struct check_file *now = &checker->now.files[i], *later = &checker->later.files[i];

        *now = (struct check_file){.path = fact->path,
                                   .gone = fact->status == PREREQ_FACT_ABSENT,
                                   .version = fact->version};
        now->unknown = !now->gone && !fact->version.parts;
        *later = *now;
        if (!fact->pending)
            continue;
        later->gone = fact->pending->removed == PREREQ_FLAG_TRUE;
        later->version = fact->pending->version;
        later->unknown = !later->gone && !later->version.parts;
    }
    checker->file_count = facts->file_count;
}

static void load_settings(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->setting_count && i < CHECK_SETTINGS; i++) {
        checker->now.settings[i] =
            (struct check_setting){.name = facts->settings[i].name,
                                   .gone = facts->settings[i].status == PREREQ_FACT_ABSENT,
                                   .number = facts->settings[i].number.value};
        checker->later.settings[i] = checker->now.settings[i];
    }
    checker->setting_count = facts->setting_count;
}

static void load_records(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->update_count; i++) {
        size_t patch = checker_find(checker, facts->updates[i].id);
        const struct prereq_update_record *source = &facts->updates[i].sources[0];

        if (patch == SIZE_MAX)
            continue;
        checker->records[patch] =
            (struct check_record){.on = true,
                                  .backup = source->backup == PREREQ_FLAG_TRUE,
                                  .time_known = source->installed_on.known,
                                  .day_only = source->installed_on.day_only,
                                  .first = source->installed_on.seconds,
                                  .last = source->installed_on.seconds};
        checker->since[patch] =
            source->installed_on.known && source->installed_on.seconds > checker->start_up;
        checker->left[patch] =
            checker->since[patch] &&
            (!checker->catalog->patches[patch].restart ||
             checker->catalog->patches[patch].restart == PREREQ_RESTART_REQUIRED ||
             checker->catalog->patches[patch].at_restart == PREREQ_FLAG_TRUE);
    }
}

const char *checker_start(struct checker *checker, const struct prereq_catalog_file *catalog,
                          const struct prereq_facts *facts, const char *const *restore,
                          size_t restore_count)
{
    memset(checker, 0, sizeof(*checker));
    if (catalog->patch_count > CHECK_PATCHES || facts->file_count > CHECK_FILES ||
        facts->setting_count > CHECK_SETTINGS)
        return "too large for the checker";
    checker->catalog = catalog;
    checker->clock = facts->collection->finished.seconds;
    checker->start_up = facts->last_start_up.seconds;
    checker->now.level = checker->later.level = facts->os->service_pack.value;
    if (facts->os->pending && facts->os->pending->service_pack.known)
        checker->later.level = facts->os->pending->service_pack.value;
    load_files(checker, facts);
    load_settings(checker, facts);
    load_records(checker, facts);
    for (size_t i = 0; i < facts->pending_restart_count; i++)
        checker->now.pending[facts->pending_restarts[i].source] =
            facts->pending_restarts[i].pending == PREREQ_ANSWER_YES;
    for (size_t i = 0; i < restore_count; i++)
        checker->in_restore[checker_find(checker, restore[i])] = true;
    memcpy(checker->old, checker->records, sizeof(checker->old));
    for (size_t p = 0; p < catalog->patch_count; p++) {
        checker->was_on[p] = checker_effect(checker, &checker->now, p) == CHECK_YES;
        checker->state_before[p] = checker_state(checker, &checker->now, p);
        checker->falls[p] = !is_good(checker_state(checker, &checker->later, p));
    }
    return NULL;
}

/* ---- and back ---- */

static void add_version(struct prereq_buffer *out, struct prereq_version version)
{
    char text[48];

    prereq_version_format(version, text);
    prereq_buffer_addf(out, "'version':'%s'", text);
}

static void add_file(const struct check_file *now, const struct check_file *later, unsigned guise,
                     struct prereq_buffer *out)
{
    bool gone = now->gone || (now->lost && guise % 3 == 0);

    prereq_buffer_addf(out, "{'path':'%s',", now->path);
    if (gone)
        prereq_buffer_add(out, "'status':'absent'");
    else if (now->lost && (guise % 3 == 1 || !now->before.parts))
        prereq_buffer_add(out, "'version':'0.1'");
    else if (now->lost)
        add_version(out, now->before);
    else if (now->unknown)
        prereq_buffer_add(out, "'status':'unavailable','code':'error'");
    else
        add_version(out, now->version);
    if (!later->lost && !later->gone && !later->unknown &&
        (now->lost || now->gone || now->unknown ||
         prereq_version_compare(now->version, later->version) != 0)) {
        prereq_buffer_add(out, ",'pending':{");
        add_version(out, later->version);
        prereq_buffer_add(out, "}");
    } else if (later->gone && !now->gone) {
        prereq_buffer_add(out, ",'pending':{'removed':true}");
    }
    prereq_buffer_add(out, "}");
}

static void add_record(const struct checker *checker, size_t patch, struct prereq_buffer *out)
{
    const struct check_record *record = &checker->records[patch];
    struct prereq_time time = {record->last, record->time_known, record->day_only};
    char text[32];

    prereq_buffer_addf(out, "{'id':'%s','sources':[{'source':'hotfix-key'",
                       checker->catalog->patches[patch].id);
    prereq_time_format(time, text);
    if (time.known)
        prereq_buffer_addf(out, ",'installedOn':'%s'", text);
    prereq_buffer_addf(out, "%s}]}", record->backup ? ",'backup':true" : "");
}

static void add_pending(const struct checker *checker, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "],'pendingRestarts':[");
    for (int source = 1; source <= PREREQ_RESTART_SOURCES; source++) {
        bool yes = checker->now.pending[source] ||
                   (source == PREREQ_RESTART_UPDATE_EXE && checker->now.pending[0]);

        prereq_buffer_addf(out, "%s{'source':'%s','pending':'%s'}", source > 1 ? "," : "",
                           prereq_enum_name(prereq_restart_source_names, source),
                           yes ? "yes" : "no");
    }
    prereq_buffer_add(out, "]");
}

void checker_facts(const struct checker *checker, unsigned guise, struct prereq_buffer *out)
{
    char text[32];
    bool first = true;

    prereq_time_format(prereq_time_from_seconds(checker->start_up), text);
    prereq_buffer_addf(out, "'lastStartUp':'%s','os':{'version':'4.0','servicePack':%" PRIu64, text,
                       checker->now.level);
    if (checker->later.level != checker->now.level)
        prereq_buffer_addf(out, ",'pending':{'servicePack':%" PRIu64 "}", checker->later.level);
    prereq_buffer_add(out, "},'files':[");
    for (size_t i = 0; i < checker->file_count; i++) {
        prereq_buffer_add(out, i ? "," : "");
        add_file(&checker->now.files[i], &checker->later.files[i], guise + (unsigned)i, out);
    }
    prereq_buffer_add(out, "],'settings':[");
    for (size_t i = 0; i < checker->setting_count; i++)
        prereq_buffer_addf(out, "%s{'kind':'variant','name':'%s',%s%" PRIu64 "}", i ? "," : "",
                           checker->now.settings[i].name,
                           checker->now.settings[i].gone ? "'status':'absent','number':"
                                                         : "'number':",
                           checker->now.settings[i].number);
    prereq_buffer_add(out, "],'updates':[");
    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        if (!checker->records[p].on)
            continue;
        prereq_buffer_add(out, first ? "" : ",");
        add_record(checker, p, out);
        first = false;
    }
    add_pending(checker, out);
}
