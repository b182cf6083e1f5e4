/* SPDX-License-Identifier: MIT */
/* refreshing.h - for tests of refresh: a machine that is a folder, a small catalog, facts at will.
 */
#ifndef PREREQ_TESTS_REFRESHING_H
#define PREREQ_TESTS_REFRESHING_H

#include "commands/commands.h"
#include "files.h"
#include "refresh/refresh.h"

#define MACHINE "machine"

/* Texts are JSON with ' for ". */
#define INFO_TEXT                                                                                  \
    "{'format':'patchprereq-catalog-info/1.0','id':'test','version':'1','released':'2026-11-01'"   \
    ",'title':'For tests'}"
#define CATALOG_TEXT                                                                               \
    "{'format':'patchprereq-catalog/1.0','family':'test','products':[{'id':'NT4','title':'NT 4'"   \
    ",'applies':{'os':{'version':{'equals':['4.0']}}}}],'patches':["                               \
    "{'id':'NT4-SP6','kind':'baseline','title':'SP6','product':'NT4','level':'SP6',"               \
    "'classification':'level','marker':{'os':{'servicePack':{'atLeast':6}}},"                      \
    "'sets':[{'os':{'servicePack':6}}],'atRestart':true,"                                          \
    "'commands':{'install':{'program':'update.exe'}}},"                                            \
    "{'id':'Q1','title':'A patch','product':'NT4','classification':'security',"                    \
    "'files':[{'path':'%SystemRoot%\\\\part.dll','version':'4.2.780.1'}],"                         \
    "'prerequisites':[{'anyOf':[{'patch':'NT4-SP6'}],'why':'It checks.'}],"                        \
    "'commands':{'install':{'program':'hotfix.exe'}}}]}"

struct machine {
    int64_t clock; /* seconds; each collection takes one */
    int level;     /* of the service pack: 6 is sound, 5 makes Q1 OutOfOrder */
    bool cut_short, collect_fails;
    unsigned events[16];
    size_t event_count;
    struct options options;
    struct prereq_settings settings;
    struct prereq_places places;
    struct refresh_machine machine;
    struct prereq_arena *arena;
};

static inline void put_json(const char *path, const char *text)
{
    char copy[4096];

    assert_true(strlen(text) < sizeof(copy));
    for (size_t i = 0; i <= strlen(text); i++)
        copy[i] = (char)(text[i] == '\'' ? '"' : text[i]);
    put_text(path, copy);
}

static inline void make_folder(const char *path)
{
    struct prereq_error err = {0};

    if (prereq_folder_make(path, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
}

static inline enum prereq_status machine_folder(void *context, const char *path,
                                                struct prereq_error *err)
{
    (void)context;
    return prereq_folder_make(path, err);
}

static inline struct prereq_time machine_clock(void *context)
{
    const struct machine *machine = context;

    return prereq_time_from_seconds(machine->clock);
}

static inline void machine_event(void *context, enum prereq_event event,
                                 const char *const words[PREREQ_EVENT_WORDS])
{
    struct machine *machine = context;

    assert_non_null(words[0]);
    assert_true(machine->event_count < PREREQ_COUNT(machine->events));
    machine->events[machine->event_count++] = prereq_event_info(event)->id;
}

static inline enum prereq_status
machine_collect(void *context, const struct prereq_catalog *catalog, struct prereq_arena *arena,
                const struct prereq_facts **facts, struct prereq_error *err)
{
    struct machine *machine = context;
    char time[32], *text;

    assert_non_null(catalog);
    if (machine->collect_fails)
        return prereq_fail(err, PREREQ_IO, "the registry is gone");
    machine->clock++;
    prereq_time_format(machine_clock(machine), time);
    text = prereq_printf(
        arena,
        "{'format':'patchprereq-facts/1.0','host':{'hostName':'nt'},'collection':{'collector':'t',"
        "'method':'live','finished':'%s'%s},'lastStartUp':'2026-11-01T06:00:00Z',"
        "'os':{'version':'4.0','build':1381,'servicePack':%d,'architecture':'x86'},"
        "'files':[{'path':'%%SystemRoot%%\\\\part.dll','version':'4.2.780.1'}],"
        "'updates':[{'id':'Q1','sources':[{'source':'hotfix-key'}]}],"
        "'pendingRestarts':[{'source':'file-rename','pending':'no'}],"
        "'coverage':[{'list':'hotfixKeys','state':'complete'}]}",
        time, machine->cut_short ? ",'cutShort':true" : "", machine->level);
    assert_non_null(text);
    for (char *c = text; *c; c++) {
        if (*c == '\'')
            *c = '"';
    }
    return prereq_facts_read(arena, text, strlen(text), facts, NULL, err);
}

/* A machine without documents, in an empty folder. */
static inline void machine_open(struct machine *machine)
{
    static const struct command command = {.name = "refresh", .run = cmd_refresh};
    static const char *empty[] = {""};
    struct prereq_error err = {0};

    *machine = (struct machine){.level = 6, .arena = prereq_arena_new((size_t)64 << 20)};
    assert_non_null(machine->arena);
    machine->clock = 1795000000;
    machine->options.command = &command;
    machine->options.arena = machine->arena;
    machine->options.values[OPTION_NO_BUILTIN] = (struct option_values){empty, 1};
    /* Trust is tested by itself; on Windows the files of a test are those of a user. */
    machine->options.values[OPTION_UNTRUSTED] = (struct option_values){empty, 1};
    machine->machine = (struct refresh_machine){.folder = machine_folder,
                                                .collect = machine_collect,
                                                .event = machine_event,
                                                .clock = machine_clock,
                                                .context = machine,
                                                .door = &refresh_real_door,
                                                .lock_seconds = 0};
    assert_true(prereq_places_fill(machine->arena, MACHINE, '/', NULL, &machine->places));
    if (prereq_folder_remove(machine->arena, MACHINE, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    make_folder(MACHINE);
    make_folder(MACHINE "/catalog");
    make_folder(MACHINE "/catalog/test");
    put_json(MACHINE "/catalog/catalog.json", INFO_TEXT);
    put_json(MACHINE "/catalog/test/entries.json", CATALOG_TEXT);
}

static inline void machine_close(struct machine *machine)
{
    prereq_arena_free(machine->arena);
}

static inline enum outcome machine_refresh(struct machine *machine)
{
    machine->event_count = 0;
    return refresh_run(&machine->options, &machine->places, &machine->settings, &machine->machine);
}

static inline const char *machine_text(struct machine *machine, const char *path)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    const char *kept;
    size_t len = 0;

    if (!prereq_is_file(path))
        return NULL;
    if (prereq_file_read(path, (size_t)1 << 24, &bytes, &len, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    kept = prereq_strdup(machine->arena, bytes);
    free(bytes);
    assert_non_null(kept);
    return kept;
}

/* A whole document, or NULL when there is none. */
static inline const struct prereq_assessment *machine_assessment(struct machine *machine,
                                                                 const char *path)
{
    const struct prereq_assessment *assessment = NULL;
    const char *text = machine_text(machine, path);
    struct prereq_error err = {0};

    if (text && prereq_assessment_read(machine->arena, text, strlen(text), &assessment, NULL, &err))
        fail_msg("%s: %s", path, err.text);
    return assessment;
}

static inline const struct prereq_facts *machine_facts(struct machine *machine)
{
    const char *text = machine_text(machine, machine->places.facts);
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};

    if (text && prereq_facts_read(machine->arena, text, strlen(text), &facts, NULL, &err))
        fail_msg("%s", err.text);
    return facts;
}

static inline const struct prereq_status_row *
status_named(const struct prereq_assessment *assessment, const char *id)
{
    for (size_t i = 0; i < assessment->status_count; i++) {
        if (!strcmp(assessment->statuses[i].id, id))
            return &assessment->statuses[i];
    }
    fail_msg("no status %s", id);
    return NULL;
}

#endif
