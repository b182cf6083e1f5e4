/* SPDX-License-Identifier: MIT */
/* import_facts.c - what the readers of imported texts gather, made into lists of facts. */
#include <stdlib.h>
#include <string.h>

#include "import/import_parts.h"

#define MAX_ID 128
#define MAX_NOTES 100
#define NETBIOS_NAME 15

enum prereq_status prereq_import_no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to import the text");
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool prereq_import_is_id(const char *text, size_t len)
{
    if (len == 0 || len > MAX_ID)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];

        if (!is_letter(c) && !prereq_import_is_digit(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return true;
}

size_t prereq_import_kb_length(const char *text)
{
    size_t prefix, digits;

    if (prereq_starts_nocase(text, "KB"))
        prefix = 2;
    else if (prereq_starts_nocase(text, "Q"))
        prefix = 1;
    else
        return 0;
    digits = strspn(text + prefix, "0123456789");
    return digits >= 5 && digits <= 8 ? prefix + digits : 0;
}

bool prereq_import_is_sub_key(const char *text, size_t len)
{
    return len > 5 && prereq_starts_nocase(text, "File ") &&
           strspn(text + 5, "0123456789") == len - 5;
}

bool prereq_import_is_host_name(const char *text)
{
    size_t len = strlen(text);

    /* Tables of PowerShell end in dots, or in U+2026, where a column was too narrow. */
    return len > 0 && len <= 255 && !strpbrk(text, " \\/:*?\"<>|,") && !strstr(text, "...") &&
           !strstr(text, "\xE2\x80\xA6");
}

/* A name of just so many characters that another one begins with. */
static bool is_start_of(const char *name, const char *longer)
{
    size_t count = 0;

    for (; *name; count++) {
        if (prereq_fold(prereq_utf8_next(&name)) != prereq_fold(prereq_utf8_next(&longer)))
            return false;
    }
    return count == NETBIOS_NAME;
}

bool prereq_import_same_host(const char *a, const char *b)
{
    return prereq_equal_folded(a, b) || is_start_of(a, b) || is_start_of(b, a);
}

/* U+FFFD stands for bytes of a code page that nobody names: two hosts would have one such name. */
static bool has_lost_letters(const char *name)
{
    return strstr(name, "\xEF\xBF\xBD") != NULL;
}

enum prereq_status prereq_import_domain(struct prereq_import_work *work, const char *domain,
                                        size_t line, struct prereq_error *err)
{
    if (work->domain || !prereq_import_is_host_name(domain))
        return PREREQ_OK;
    if (has_lost_letters(domain)) {
        work->lost_domain = work->lost_domain ? work->lost_domain : line;
        return PREREQ_OK;
    }
    work->domain = prereq_strdup(work->arena, domain);
    return work->domain ? PREREQ_OK : prereq_import_no_memory(err);
}

enum prereq_status prereq_import_host(struct prereq_import_work *work, const char *name,
                                      size_t line, struct prereq_error *err)
{
    const char *known = work->host_name;

    if (!prereq_import_is_host_name(name))
        return PREREQ_OK;
    if (has_lost_letters(name)) {
        work->lost_name = work->lost_name ? work->lost_name : line;
        return PREREQ_OK;
    }
    if (known && !prereq_import_same_host(known, name))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "line %zu: a second host, \"%s\" (the first is \"%s\"); give "
                           "each host's text as a file of its own",
                           line, name, known);
    if (known && strlen(known) >= strlen(name))
        return PREREQ_OK;
    work->host_name = prereq_strdup(work->arena, name);
    return work->host_name ? PREREQ_OK : prereq_import_no_memory(err);
}

/* Twice the room; the old block stays in the arena. */
static void *grow(struct prereq_arena *arena, const void *old, size_t *capacity, size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 16;
    void *block = prereq_alloc(arena, more, size);

    if (!block)
        return NULL;
    if (old)
        memcpy(block, old, *capacity * size);
    *capacity = more;
    return block;
}

enum prereq_status prereq_import_add(struct prereq_import_work *work, const char *id, size_t len,
                                     const struct prereq_update_record *record,
                                     struct prereq_error *err)
{
    struct prereq_import_record *added;
    char *copy;

    if (work->record_count == PREREQ_MAX_IMPORT_UPDATES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %d updates",
                           PREREQ_MAX_IMPORT_UPDATES);
    if (work->record_count == work->record_capacity) {
        added = grow(work->arena, work->records, &work->record_capacity, sizeof(*added));
        if (!added)
            return prereq_import_no_memory(err);
        work->records = added;
    }
    copy = prereq_strndup(work->arena, id, len);
    if (!copy)
        return prereq_import_no_memory(err);
    if (prereq_import_kb_length(copy)) {
        bool is_q = prereq_starts_nocase(copy, "Q");

        memcpy(copy, is_q ? "Q" : "KB", is_q ? 1 : 2);
    }
    added = &work->records[work->record_count];
    *added = (struct prereq_import_record){copy, *record, work->record_count};
    work->record_count++;
    return PREREQ_OK;
}

enum prereq_status prereq_import_note(struct prereq_import_work *work, const char *fact,
                                      const char *code, const char *text, struct prereq_error *err)
{
    struct prereq_collector_error *notes;

    if (!text)
        return prereq_import_no_memory(err);
    if (work->note_count == MAX_NOTES)
        return PREREQ_OK;
    if (work->note_count == work->note_capacity) {
        notes = grow(work->arena, work->notes, &work->note_capacity, sizeof(*notes));
        if (!notes)
            return prereq_import_no_memory(err);
        work->notes = notes;
    }
    work->notes[work->note_count++] =
        (struct prereq_collector_error){.fact = fact, .code = code, .text = text};
    return PREREQ_OK;
}

void prereq_import_cover(struct prereq_import_work *work, enum prereq_list_kind list,
                         enum prereq_list_state state, const char *text)
{
    struct prereq_coverage *coverage = &work->coverage[work->coverage_count++];

    *coverage = (struct prereq_coverage){.list = (int)list, .state = (int)state, .text = text};
    if (state == PREREQ_LIST_UNAVAILABLE)
        coverage->code = "error";
}

static int by_id(const void *left, const void *right)
{
    const struct prereq_import_record *a = left, *b = right;
    int order = prereq_compare_nocase(a->id, b->id);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* A group of records of one id, in the order of mention. */
struct group {
    struct prereq_import_record *first;
    size_t count;
};

static int by_mention(const void *left, const void *right)
{
    const struct group *a = left, *b = right;

    return (a->first->index > b->first->index) - (a->first->index < b->first->index);
}

static bool same_time(struct prereq_time a, struct prereq_time b)
{
    return a.seconds == b.seconds && a.day_only == b.day_only;
}

/* Say no less than before, and nothing that another record of the same source contradicts. */
static void add_to_record(struct prereq_update_record *record,
                          const struct prereq_update_record *other, bool *conflict)
{
    if (!record->installed_by)
        record->installed_by = other->installed_by;
    if (!other->installed_on.known)
        return;
    if (record->installed_on.known && !same_time(record->installed_on, other->installed_on))
        *conflict = true;
    record->installed_on = other->installed_on;
}

static bool fill_update(struct prereq_arena *arena, const struct group *group,
                        struct prereq_update_fact *update, size_t *conflicts)
{
    struct prereq_update_record *records =
        PREREQ_NEW_ARRAY(arena, group->count, struct prereq_update_record);
    bool conflict[PREREQ_SOURCE_MANUAL + 1] = {false};
    size_t count = 0;

    if (!records)
        return false;
    for (size_t i = 0; i < group->count; i++) {
        const struct prereq_update_record *record = &group->first[i].record;
        size_t at = 0;

        while (at < count && records[at].source != record->source)
            at++;
        if (at == count)
            records[count++] = *record;
        else
            add_to_record(&records[at], record, &conflict[record->source]);
    }
    for (size_t i = 0; i < count; i++) {
        if (!conflict[records[i].source])
            continue;
        records[i].installed_on = (struct prereq_time){0};
        *conflicts += 1;
    }
    *update = (struct prereq_update_fact){
        .id = group->first->id, .sources = records, .source_count = count};
    return true;
}

enum prereq_status prereq_import_group(struct prereq_arena *arena,
                                       struct prereq_import_record *records, size_t count,
                                       struct prereq_update_fact **updates, size_t *update_count,
                                       size_t *conflicts, struct prereq_error *err)
{
    struct group *groups = PREREQ_NEW_ARRAY(arena, count, struct group);
    size_t group_count = 0;
    struct prereq_update_fact *list;

    if (!groups)
        return prereq_import_no_memory(err);
    if (count > 1)
        qsort(records, count, sizeof(*records), by_id);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || prereq_compare_nocase(records[i].id, records[i - 1].id) != 0)
            groups[group_count++].first = &records[i];
        groups[group_count - 1].count++;
    }
    if (group_count > 1)
        qsort(groups, group_count, sizeof(*groups), by_mention);
    list = PREREQ_NEW_ARRAY(arena, group_count, struct prereq_update_fact);
    if (!list)
        return prereq_import_no_memory(err);
    *conflicts = 0;
    for (size_t i = 0; i < group_count; i++) {
        if (!fill_update(arena, &groups[i], &list[i], conflicts))
            return prereq_import_no_memory(err);
    }
    *updates = list;
    *update_count = group_count;
    return PREREQ_OK;
}
