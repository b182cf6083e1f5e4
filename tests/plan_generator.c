/* SPDX-License-Identifier: MIT */
/* plan_generator.c - small catalogs and hosts made from a seed: levels that replace or raise,
 * shared files, chains, order, records that refuse, backups, pending restarts. */
#include "plan_generator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const file_names[MADE_FILES] = {"a", "b", "c", "d", "e", "f"};
static const char *const ids[MADE_PATCHES] = {"SP1", "SP2", "Q1", "Q2", "Q3", "Q4", "Q5"};

/* SplitMix64, public domain. */
uint32_t made_random(uint64_t *state, uint32_t below)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (uint32_t)((z ^ (z >> 31)) % below);
}

static bool often(uint64_t *state, uint32_t percent)
{
    return made_random(state, 100) < percent;
}

/* What the buffer holds, as a string of its own; the buffer is empty again. */
static char *taken(struct prereq_buffer *out)
{
    char *text = out->text;

    if (out->failed || !text)
        abort();
    *out = (struct prereq_buffer){0};
    return text;
}

static char *taken_text(const char *text)
{
    struct prereq_buffer out = {0};

    prereq_buffer_add(&out, text);
    return taken(&out);
}

static void add_rows(struct prereq_buffer *out, uint64_t *state, unsigned files, unsigned version)
{
    const char *comma = "";

    prereq_buffer_add(out, ",'files':[");
    for (unsigned i = 0; i < MADE_FILES; i++) {
        if (!(files >> i & 1))
            continue;
        prereq_buffer_addf(out, "%s{'path':'%s','version':'%u.%u'}", comma, file_names[i], version,
                           made_random(state, 2));
        comma = ",";
    }
    prereq_buffer_add(out, "]");
}

static unsigned some_files(uint64_t *state, unsigned most)
{
    unsigned set = 0;

    for (unsigned i = 0; i < most; i++)
        set |= 1U << made_random(state, MADE_FILES);
    return set;
}

static void make_level(struct made *made, uint64_t *state, unsigned number, unsigned files)
{
    struct prereq_buffer out = {0};

    prereq_buffer_addf(&out,
                       "{'id':'%s','kind':'baseline','title':'t','product':'P',"
                       "'classification':'level','marker':{'os':{'servicePack':{'atLeast':%u}}},"
                       "'sets':[{'os':{'servicePack':%u}}],'commands':{'install':{'program':'s'}}",
                       ids[number - 1], number, number);
    add_rows(&out, state, files, number * 10);
    if (often(state, 60))
        prereq_buffer_add(&out, ",'fileMode':'replace'");
    if (often(state, 50))
        prereq_buffer_add(&out, ",'fileList':'complete'");
    if (often(state, 40))
        prereq_buffer_add(&out, ",'atRestart':true");
    if (number == 2)
        prereq_buffer_add(&out, ",'supersedes':['SP1']");
    if (number == 2 && often(state, 20))
        prereq_buffer_add(&out, ",'prerequisites':[{'why':'w','anyOf':[{'patch':'SP1'}]}]");
    prereq_buffer_add(&out, "}");
    made->patches[made->patch_count++] = taken(&out);
}

static void add_rule(struct prereq_buffer *out, uint64_t *state, unsigned number, unsigned place)
{
    unsigned setting = made_random(state, MADE_SETTINGS), value = 1 + made_random(state, 2);

    if (often(state, 15)) {
        prereq_buffer_add(out, "{'title':'n','rule':{'nothingPending':{}}}");
        return;
    }
    if (often(state, 30)) { /* a person sees to it */
        prereq_buffer_addf(out,
                           "{'title':'s','rule':{'setting':{'kind':'variant','name':'m',"
                           "'number':{'equals':[1]}}},'remedy':{'action':'manual',"
                           "'text':'see to %u.%u','verify':'v'}}",
                           number, place);
        return;
    }
    prereq_buffer_addf(out,
                       "{'title':'s','rule':{'setting':{'kind':'variant','name':'s%u','number':"
                       "{'equals':[%u]}}},'remedy':{'action':'configure','text':'remedy %u.%u',"
                       "'sets':[{'setting':{'kind':'variant','name':'s%u','number':%u}}]}}",
                       setting, value, number, place, setting, value);
}

/* A level beside levels, a patch beside patches or rules: of levels only the recorded one counts,
 * and with something else beside it none would. */
/* Numbers are drawn one by one: the order of arguments is the compiler's own. */
static void add_named(struct prereq_buffer *out, uint64_t *state, bool levels, unsigned number)
{
    bool enough = often(state, 10);
    unsigned which = levels ? made_random(state, 2) : 2 + made_random(state, number - 2);

    prereq_buffer_addf(out, "{'patch':'%s'%s}", ids[which],
                       enough ? ",'pendingIsEnough':true" : "");
}

static void add_group(struct prereq_buffer *out, uint64_t *state, unsigned number, unsigned place)
{
    bool ordered = often(state, 25), patches_only = ordered || often(state, 60);
    bool levels = number < 3 || often(state, 40);
    unsigned count = 1 + made_random(state, 2);

    prereq_buffer_addf(out, "{'why':'group %u.%u'", number, place);
    if (often(state, 3)) { /* a circle of one */
        prereq_buffer_addf(out, ",'anyOf':[{'patch':'%s'}]}", ids[number]);
        return;
    }
    if (ordered)
        prereq_buffer_add(out, ",'ordered':true");
    if (often(state, 10))
        prereq_buffer_add(out, ",'restartBefore':true");
    prereq_buffer_add(out, ",'anyOf':[");
    for (unsigned i = 0; i < count; i++) {
        prereq_buffer_add(out, i ? "," : "");
        if (levels || patches_only || often(state, 50))
            add_named(out, state, levels, number);
        else
            add_rule(out, state, number, place * 2 + i);
    }
    prereq_buffer_add(out, "]}");
}

/* `stuck` becomes true where a recorded one may be neither taken off nor put on again. */
static void add_handling(struct prereq_buffer *out, uint64_t *state, bool *stuck)
{
    static const char *const chains[] = {"noSharedFile", "never", "always"};
    static const char *const restarts[] = {"required", "possible", "no"};
    bool unpacked = often(state, 30), refuses = often(state, 40), permanent = often(state, 3);
    bool withdrawn = often(state, 3), comes_off = often(state, 80);
    bool record_goes = often(state, 25) || (refuses && !comes_off && often(state, 80));
    const char *restart;

    *stuck |= permanent || withdrawn || (refuses && !comes_off && !record_goes);
    restart = restarts[made_random(state, 3)];
    prereq_buffer_addf(out, ",'chain':'%s','restart':'%s'", chains[made_random(state, 3)], restart);
    if (often(state, 40))
        prereq_buffer_add(out, ",'atRestart':true");
    if (refuses)
        prereq_buffer_add(out, ",'refusesWhileRecorded':true");
    if (often(state, 20))
        prereq_buffer_add(out, ",'repair':'prerequisite'");
    if (often(state, 10))
        prereq_buffer_add(out, ",'keepsBackup':false");
    if (permanent)
        prereq_buffer_add(out, ",'permanent':true");
    if (withdrawn)
        prereq_buffer_add(out, ",'withdrawn':'2026-01-01'");
    prereq_buffer_addf(out, ",'commands':{'install':{'program':'i'%s}",
                       unpacked ? ",'needsExtract':true" : "");
    if (unpacked)
        prereq_buffer_add(out, ",'extract':{'program':'x'}");
    if (comes_off)
        prereq_buffer_addf(out, ",'uninstall':{'program':'u'%s}",
                           unpacked && often(state, 50) ? ",'needsExtract':true" : "");
    if (record_goes)
        prereq_buffer_add(out, ",'removeRecord':{'program':'r'}");
    prereq_buffer_add(out, "}");
}

static void make_patch(struct made *made, uint64_t *state, unsigned number)
{
    struct prereq_buffer out = {0};
    unsigned groups = made_random(state, 3), files = some_files(state, 3);

    prereq_buffer_addf(&out, "{'id':'%s','title':'t','product':'P','classification':'%s'",
                       ids[number], often(state, 80) ? "security" : "update");
    add_rows(&out, state, files, 5 + made_random(state, 30));
    add_handling(&out, state, &made->stuck);
    if (number > 2 && often(state, 20))
        prereq_buffer_addf(&out, ",'supersedes':['%s']", ids[2 + made_random(state, number - 2)]);
    if (groups > 0)
        prereq_buffer_add(&out, ",'prerequisites':[");
    for (unsigned g = 0; g < groups; g++) {
        prereq_buffer_add(&out, g ? "," : "");
        add_group(&out, state, number, g);
    }
    prereq_buffer_addf(&out, "%s}", groups > 0 ? "]" : "");
    made->patches[made->patch_count++] = taken(&out);
}

/* ---- the host ---- */

static void make_files(struct made *made, uint64_t *state)
{
    struct prereq_buffer out = {0};

    if (often(state, 8))
        made->hidden = 1 + made_random(state, MADE_FILES);
    for (unsigned i = 0; i < MADE_FILES; i++) {
        prereq_buffer_addf(&out, "{'path':'%s',", file_names[i]);
        if (often(state, 5)) {
            prereq_buffer_add(&out, "'status':'absent'");
        } else {
            unsigned minor = made_random(state, 2);

            prereq_buffer_addf(&out, "'version':'%u.%u'", 1 + made_random(state, 40), minor);
        }
        if (often(state, 5))
            prereq_buffer_addf(&out, ",'pending':{'version':'%u.0'}", 1 + made_random(state, 40));
        prereq_buffer_add(&out, "}");
        made->files[made->file_count++] = taken(&out);
    }
}

static void make_updates(struct made *made, uint64_t *state)
{
    struct prereq_buffer out = {0};

    for (unsigned i = 2; i < MADE_PATCHES; i++) {
        if (often(state, 45))
            continue;
        prereq_buffer_addf(&out, "{'id':'%s','sources':[{'source':'hotfix-key'", ids[i]);
        if (often(state, 95)) {
            const char *hour = often(state, 50) ? "T08:00:00Z" : "";
            unsigned day = 1 + made_random(state, 28);

            prereq_buffer_addf(&out, ",'installedOn':'2026-%02u-%02u%s'",
                               1 + made_random(state, 10), day, hour);
        }
        if (often(state, 40))
            prereq_buffer_add(&out, ",'backup':true");
        prereq_buffer_add(&out, "}]}");
        made->updates[made->update_count++] = taken(&out);
    }
}

static void make_rest(struct made *made, uint64_t *state)
{
    static const char *const sources[] = {
        "cbs",         "windows-update", "file-rename", "computer-rename", "domain-join",
        "pending-xml", "setup",          "msi",         "update-exe"};
    struct prereq_buffer out = {0};
    bool pending = often(state, 15);

    prereq_buffer_addf(&out,
                       "'lastStartUp':'2026-11-01T00:00:00Z','os':{'version':'4.0',"
                       "'servicePack':%u},'settings':[",
                       made_random(state, 3));
    for (unsigned i = 0; i < MADE_SETTINGS; i++)
        prereq_buffer_addf(&out, "%s{'kind':'variant','name':'s%u','number':%u}", i ? "," : "", i,
                           1 + made_random(state, 2));
    prereq_buffer_addf(&out, ",{'kind':'variant','name':'m','number':%u}],'pendingRestarts':[",
                       made_random(state, 2));
    for (unsigned i = 0; i < 9; i++)
        prereq_buffer_addf(&out, "%s{'source':'%s','pending':'%s'}", i ? "," : "", sources[i],
                           pending && often(state, 25) ? "yes" : "no");
    prereq_buffer_add(&out, "]");
    made->rest = taken(&out);
}

void make_case(struct made *made, uint64_t seed)
{
    uint64_t state = seed * 0x2545F4914F6CDD1DU + 1;
    unsigned files, last = 3 + made_random(&state, MADE_PATCHES - 2);

    memset(made, 0, sizeof(*made));
    files = some_files(&state, 3);
    make_level(made, &state, 1, files);
    make_level(made, &state, 2, files | some_files(&state, 2));
    for (unsigned i = 2; i < MADE_PATCHES && i < last; i++)
        make_patch(made, &state, i);
    for (size_t i = 0; i < made->patch_count; i++)
        made->ids[i] = ids[i];
    make_files(made, &state);
    make_updates(made, &state);
    make_rest(made, &state);
}

/* ---- hotfixes that share a file and are cumulative in name only ---- */

/* All bring `a`, and files of their own that a later one may or may not list. */
static void make_sharer(struct made *made, uint64_t *state, unsigned number)
{
    struct prereq_buffer out = {0};
    bool refuses = often(state, 80);

    prereq_buffer_addf(&out, "{'id':'%s','title':'t','product':'P','classification':'security'",
                       ids[number]);
    add_rows(&out, state, 1U | some_files(state, 2), number);
    if (refuses)
        prereq_buffer_add(&out, ",'refusesWhileRecorded':true");
    if (number > 2 && often(state, 60))
        prereq_buffer_addf(&out, ",'supersedes':['%s']", ids[2 + made_random(state, number - 2)]);
    prereq_buffer_add(&out, ",'restart':'required','commands':{'install':{'program':'i'},"
                            "'uninstall':{'program':'u'}}}");
    made->patches[made->patch_count++] = taken(&out);
}

void make_shared_case(struct made *made, uint64_t seed)
{
    uint64_t state = seed * 0x2545F4914F6CDD1DU + 7;
    struct prereq_buffer out = {0};

    memset(made, 0, sizeof(*made));
    make_level(made, &state, 1, 0);
    make_level(made, &state, 2, 0);
    for (unsigned i = 2; i < MADE_PATCHES; i++)
        make_sharer(made, &state, i);
    for (size_t i = 0; i < made->patch_count; i++)
        made->ids[i] = ids[i];
    for (unsigned i = 0; i < MADE_FILES; i++) { /* now and then an older file came back */
        unsigned version = i > 0 && often(&state, 25) ? 1 : 40;

        prereq_buffer_addf(&out, "{'path':'%s','version':'%u.0'}", file_names[i], version);
        made->files[made->file_count++] = taken(&out);
    }
    for (unsigned i = 2; i < MADE_PATCHES; i++) {
        if (often(&state, 20))
            continue;
        prereq_buffer_addf(&out,
                           "{'id':'%s','sources':[{'source':'hotfix-key','installedOn':"
                           "'2026-%02u-%02uT08:00:00Z'%s}]}",
                           ids[i], 1 + made_random(&state, 10), i,
                           often(&state, 20) ? ",'backup':true" : "");
        made->updates[made->update_count++] = taken(&out);
    }
    made->rest = taken_text("'lastStartUp':'2026-11-01T00:00:00Z',"
                            "'os':{'version':'4.0','servicePack':2}");
}

void free_case(struct made *made)
{
    for (size_t i = 0; i < MADE_PATCHES; i++) {
        free(made->patches[i]);
        free(made->updates[i]);
    }
    for (size_t i = 0; i < MADE_FILES; i++)
        free(made->files[i]);
    free(made->rest);
}

char *join_made(char *const *list, size_t count, size_t turn)
{
    struct prereq_buffer out = {0};

    prereq_buffer_add(&out, "");
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(&out, "%s%s", i ? "," : "", list[(i + turn) % count]);
    if (!out.text)
        prereq_buffer_add(&out, " ");
    return taken(&out);
}
