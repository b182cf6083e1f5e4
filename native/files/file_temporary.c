/* SPDX-License-Identifier: MIT */
/* file_temporary.c - the temporary files of outputs. */
#include "files/file_temporary.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "files/file_system.h"

#define MARK ".patchprereq-"
#define ENDING ".tmp"
#define MOST_OF_NAME 120 /* bytes of the target's name; with the rest it stays a usable name */

static const char *name_in(const char *path)
{
    const char *name = path;

    for (const char *at = path; *at; at++) {
        if (strchr(prereq_system_separators, *at))
            name = at + 1;
    }
    return name;
}

/* ---- names ---- */

char *prereq_temporary_name(const char *target, unsigned number)
{
    const char *name = name_in(target);
    size_t folder = (size_t)(name - target), keep = strlen(name);
    size_t size = folder + MOST_OF_NAME + sizeof(MARK) + sizeof(ENDING) + 48;
    char *path = malloc(size);

    if (keep > MOST_OF_NAME)
        keep = MOST_OF_NAME;
    while (keep > 0 && ((unsigned char)name[keep] & 0xC0) == 0x80)
        keep--; /* whole characters */
    if (path)
        (void)snprintf(path, size, "%.*s" MARK "%lu-%u" ENDING, (int)(folder + keep), target,
                       prereq_system_process(), number);
    return path;
}

static const char *behind_digits(const char *text)
{
    const char *end = text + strspn(text, "0123456789");

    return end > text ? end : NULL;
}

/* What follows MARK. */
static bool is_numbered(const char *text)
{
    const char *dash = behind_digits(text);
    const char *end = dash && *dash == '-' ? behind_digits(dash + 1) : NULL;

    return end && strcmp(end, ENDING) == 0;
}

bool prereq_output_is_temporary(const char *name)
{
    for (const char *at = strstr(name, MARK); at; at = strstr(at + 1, MARK)) {
        if (at > name && is_numbered(at + strlen(MARK)))
            return true;
    }
    return false;
}

/* ---- what was left ---- */

struct cleaning {
    const char *folder; /* with its separator; may be empty */
    size_t len;
};

static bool clean_name(void *context, const char *name)
{
    const struct cleaning *cleaning = context;
    size_t size = cleaning->len + strlen(name) + 1;
    char *path;

    if (!prereq_output_is_temporary(name))
        return true;
    path = malloc(size);
    if (!path)
        return false;
    (void)snprintf(path, size, "%.*s%s", (int)cleaning->len, cleaning->folder, name);
    prereq_system_remove_stale(path);
    free(path);
    return true;
}

/* FNV-1a; two folders that fall together are cleaned one time less. */
static uint64_t mark_of(const char *text, size_t len)
{
    uint64_t mark = 14695981039346656037U;

    for (size_t i = 0; i < len; i++)
        mark = (mark ^ (unsigned char)text[i]) * 1099511628211U;
    return mark;
}

void prereq_temporary_clean(const char *target)
{
    /* Thousands of files into one folder look at it once. */
    static _Atomic(uint64_t) last;
    struct cleaning cleaning = {target, (size_t)(name_in(target) - target)};
    uint64_t mark = mark_of(target, cleaning.len);
    char *folder;

    if (atomic_exchange(&last, mark) == mark)
        return;
    folder = malloc(cleaning.len + 2);
    if (!folder)
        return;
    (void)snprintf(folder, cleaning.len + 2, "%.*s", (int)cleaning.len, target);
    if (!cleaning.len)
        (void)snprintf(folder, 2, ".");
    (void)prereq_system_list(folder, clean_name, &cleaning);
    free(folder);
}

/* ---- what is being written ---- */

/* A handler may run between any two instructions, on Windows beside them. */
#define MOST_NOTED 64
static _Atomic(char *) noted[MOST_NOTED];

bool prereq_temporary_note(char *path)
{
    for (size_t i = 0; i < MOST_NOTED; i++) {
        char *none = NULL;

        if (atomic_compare_exchange_strong(&noted[i], &none, path))
            return true;
    }
    return false;
}

bool prereq_temporary_forget(char *path)
{
    for (size_t i = 0; i < MOST_NOTED; i++) {
        char *expected = path;

        if (atomic_compare_exchange_strong(&noted[i], &expected, NULL))
            return true;
    }
    return false;
}

void prereq_outputs_abandon(void)
{
    for (size_t i = 0; i < MOST_NOTED; i++) {
        const char *path = atomic_exchange(&noted[i], NULL);

        if (path)
            (void)prereq_system_remove(path);
    }
}
