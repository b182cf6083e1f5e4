/* SPDX-License-Identifier: MIT */
/* import_dism.c - what `DISM /Get-Packages` and `/Get-Features` print, as list and as table.
 *
 * Identities of packages and the two versions on top are known by their shape, whatever the
 * language. States and the label of a feature are words, of which the English ones are read
 * (/English). */
#include <string.h>

#include "import/import_parts.h"

/* A value between `from` and `to`, without blanks around it. */
static const char *cut(struct prereq_arena *arena, const char *from, const char *to)
{
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return prereq_strndup(arena, from, (size_t)(to - from));
}

/* What stands behind the colon, or NULL. */
static const char *value_of(const char *line)
{
    const char *colon = strchr(line, ':');

    return colon ? prereq_import_skip_blanks(colon + 1) : NULL;
}

static bool has_label(const char *line, const char *label)
{
    size_t len = strlen(label);

    return prereq_starts_nocase(line, label) && *prereq_import_skip_blanks(line + len) == ':';
}

static bool four_numbers(const char *text, uint32_t version[4])
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && *text++ != '.')
            return false;
        if (!prereq_import_number(&text, &version[i]))
            return false;
    }
    return !*text;
}

/* "Version: 10.0.20348.681" is the tool's; the second one is the image's, with its revision. */
static enum prereq_status read_versions(struct prereq_import_work *work, struct prereq_error *err)
{
    uint32_t version[4];
    size_t seen = 0;

    for (size_t i = 0; i < work->lines.count && i < 40; i++) {
        const char *value = value_of(work->lines.line[i]);
        struct prereq_os *os;

        if (!value || !four_numbers(value, version) || ++seen < 2)
            continue;
        os = PREREQ_NEW(work->arena, struct prereq_os);
        if (!os)
            return prereq_import_no_memory(err);
        os->version = (struct prereq_version){.part = {version[0], version[1]}, .parts = 2};
        os->build = (struct prereq_number){version[2], true};
        if (version[0] >= 10)
            os->ubr = (struct prereq_number){version[3], true};
        if (!work->os)
            work->os = os;
        return PREREQ_OK;
    }
    return PREREQ_OK;
}

/* One package of a list: the lines below its identity, to the empty one. */
static enum prereq_status read_listed(struct prereq_import_work *work, size_t *at,
                                      struct prereq_error *err)
{
    const char *identity = value_of(work->lines.line[*at]), *word = NULL;
    struct prereq_time time = {0};
    size_t first = *at + 1;

    for (++*at; *at < work->lines.count && work->lines.line[*at][0]; ++*at) {
        const char *value = value_of(work->lines.line[*at]);

        if (!value)
            continue;
        if (has_label(work->lines.line[*at], "State"))
            word = value;
        else if (prereq_import_is_date(value))
            time = prereq_import_date(value);
    }
    /* "Features listing for package : ..." stands alone. */
    if (*at == first)
        return PREREQ_OK;
    return prereq_import_package(work, identity, strlen(identity), word, time, err);
}

/* "Package~..~1.0 | Installed | Update | 12/10/2023 11:01 AM" */
static enum prereq_status read_row(struct prereq_import_work *work, const char *line,
                                   struct prereq_error *err)
{
    const char *cells[4] = {NULL, NULL, NULL, NULL};
    struct prereq_time time = {0};

    for (size_t i = 0; i < PREREQ_COUNT(cells); i++) {
        size_t len = strcspn(line, "|");

        cells[i] = cut(work->arena, line, line + len);
        if (!cells[i])
            return prereq_import_no_memory(err);
        line += len;
        line += *line == '|';
    }
    if (prereq_import_is_identity(cells[0], strlen(cells[0]))) {
        if (prereq_import_is_date(cells[3]))
            time = prereq_import_date(cells[3]);
        return prereq_import_package(work, cells[0], strlen(cells[0]), cells[1], time, err);
    }
    if (!cells[0][0] || cells[2][0] || prereq_equal_nocase(cells[0], "Feature Name") ||
        strspn(cells[0], "- ") == strlen(cells[0]) || strchr(cells[0], '~'))
        return PREREQ_OK;
    return prereq_import_feature(work, cells[0], cells[1], err);
}

static enum prereq_status read_feature(struct prereq_import_work *work, size_t *at,
                                       struct prereq_error *err)
{
    const char *name = value_of(work->lines.line[*at]), *word = NULL;

    for (++*at; *at < work->lines.count && work->lines.line[*at][0]; ++*at) {
        if (has_label(work->lines.line[*at], "State"))
            word = value_of(work->lines.line[*at]);
    }
    return *name ? prereq_import_feature(work, name, word, err) : PREREQ_OK;
}

enum prereq_status prereq_import_dism(struct prereq_import_work *work, bool *found,
                                      struct prereq_error *err)
{
    size_t packages = work->package_count, features = work->feature_count;
    bool table = false;
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < work->lines.count; i++) {
        const char *line = work->lines.line[i], *value = value_of(line);

        /* The rule under a table's header. */
        table = table || (strchr(line, '|') && strspn(line, "-| ") == strlen(line));
        if (value && prereq_import_is_identity(value, strlen(value)))
            status = read_listed(work, &i, err);
        else if (value && has_label(line, "Feature Name"))
            status = read_feature(work, &i, err);
        else if (table && strchr(line, '|'))
            status = read_row(work, line, err);
    }
    *found = !status && (work->package_count > packages || work->feature_count > features);
    return *found ? read_versions(work, err) : status;
}
