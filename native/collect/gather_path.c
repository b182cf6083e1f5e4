/* SPDX-License-Identifier: MIT */
/* gather_path.c - the variables that paths of facts begin with, as this installation has them. */
#include <string.h>

#include "collect/gather.h"

#define CURRENT_VERSION "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"

enum variable {
    SYSTEM_ROOT,
    SYSTEM_DRIVE,
    PROGRAM_FILES,
    PROGRAM_FILES_32,
    COMMON_FILES,
    VARIABLES,
};

static const char *const names[VARIABLES] = {"%SystemRoot%", "%SystemDrive%", "%ProgramFiles%",
                                             "%ProgramFiles(x86)%", "%CommonProgramFiles%"};

struct value {
    enum prereq_look look;
    struct prereq_refusal why;
    const char *folder; /* without a final backslash; FOUND and STALE */
};

struct prereq_variables {
    struct value value[VARIABLES];
};

/* A folder without the backslash that some setups leave at its end. */
static const char *trimmed(struct prereq_gather *gather, const char *folder)
{
    size_t len = strlen(folder);

    while (len > 0 && folder[len - 1] == '\\')
        len--;
    return prereq_gather_printf(gather, "%.*s", (int)len, folder);
}

static bool is_seen(enum prereq_look look)
{
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

/* A folder that Windows' own setup wrote down.  Where it is missing the installation is not as any
 * Windows is, and nothing can be said of what is in the folder. */
static void read_folder(struct prereq_gather *gather, enum variable variable, const char *name,
                        enum prereq_view view)
{
    struct value *value = &gather->variables->value[variable];
    const char *text = NULL;

    value->look = prereq_read_text(gather, CURRENT_VERSION, view, name, &text, &value->why);
    if (is_seen(value->look) && text[0])
        value->folder = trimmed(gather, text);
    else if (value->look != PREREQ_LOOK_UNAVAILABLE) {
        value->look = PREREQ_LOOK_UNAVAILABLE;
        prereq_refuse(&value->why, "error", NULL, "The installation does not say where %s is.",
                      names[variable]);
    }
}

static void read_all(struct prereq_gather *gather)
{
    const char *root = gather->source->system_root;
    struct value *value = gather->variables->value;

    value[SYSTEM_ROOT].folder = trimmed(gather, root);
    value[SYSTEM_DRIVE].folder = prereq_gather_printf(gather, "%.2s", root);
    read_folder(gather, PROGRAM_FILES, "ProgramFilesDir", PREREQ_VIEW_64);
    read_folder(gather, COMMON_FILES, "CommonFilesDir", PREREQ_VIEW_64);
    if (gather->source->has_32_bit_view)
        read_folder(gather, PROGRAM_FILES_32, "ProgramFilesDir", PREREQ_VIEW_32);
    else
        value[PROGRAM_FILES_32].look = PREREQ_LOOK_ABSENT;
}

/* Read once; NULL: no memory. */
static const struct value *variables_of(struct prereq_gather *gather)
{
    if (!gather->variables) {
        gather->variables = PREREQ_NEW(gather->arena, struct prereq_variables);
        if (!gather->variables) {
            gather->no_memory = true;
            return NULL;
        }
        read_all(gather);
    }
    return gather->variables->value;
}

/* Whether `path` is `folder` or below it; then *rest is what follows, "" or "\...". */
static bool is_below(const char *path, const char *folder, const char **rest)
{
    size_t len = strlen(folder);

    if (!prereq_starts_nocase(path, folder) || (path[len] && path[len] != '\\'))
        return false;
    *rest = path + len;
    return true;
}

static bool is_absolute(const char *path)
{
    return (path[0] && path[1] == ':' && path[2] == '\\') || (path[0] == '\\' && path[1] == '\\');
}

enum prereq_look prereq_path_look(struct prereq_gather *gather, const char *path,
                                  const char **absolute, struct prereq_refusal *why)
{
    const struct value *values = variables_of(gather);
    const char *rest;

    if (!values) {
        prereq_refuse(why, "no_memory", NULL, "No memory for the folders of the installation.");
        return PREREQ_LOOK_UNAVAILABLE;
    }
    if (is_absolute(path)) {
        *absolute = path;
        return PREREQ_LOOK_FOUND;
    }
    for (int i = 0; i < VARIABLES; i++) {
        if (!is_below(path, names[i], &rest))
            continue;
        if (why && values[i].look != PREREQ_LOOK_FOUND)
            *why = values[i].why;
        if (is_seen(values[i].look))
            *absolute = prereq_gather_printf(gather, "%s%s", values[i].folder, rest);
        return values[i].look;
    }
    prereq_refuse(why, "error", NULL, "%s begins with no folder that is known.",
                  PREREQ_CLIP(path, 100));
    return PREREQ_LOOK_UNAVAILABLE;
}

const char *prereq_path_absolute(struct prereq_gather *gather, const char *path)
{
    const char *absolute = NULL;

    return is_seen(prereq_path_look(gather, path, &absolute, NULL)) ? absolute : NULL;
}

/* Without what the kernel and the long form of the API put in front. */
static const char *without_prefix(struct prereq_gather *gather, const char *path)
{
    if (!prereq_starts_nocase(path, "\\??\\") && !prereq_starts_nocase(path, "\\\\?\\"))
        return path;
    path += 4;
    return prereq_starts_nocase(path, "UNC\\") ? prereq_gather_printf(gather, "\\%s", path + 3)
                                               : path;
}

const char *prereq_path_with_variable(struct prereq_gather *gather, const char *path)
{
    const struct value *values = variables_of(gather);
    const char *rest = NULL, *best_rest = NULL;
    size_t longest = 0;
    int best = VARIABLES;

    path = without_prefix(gather, path);
    if (is_below(path, "\\SystemRoot", &rest))
        return prereq_gather_printf(gather, "%s%s", names[SYSTEM_ROOT], rest);
    for (int i = 0; values && i < VARIABLES; i++) {
        if (!is_seen(values[i].look) || !is_below(path, values[i].folder, &rest) ||
            strlen(values[i].folder) <= longest)
            continue;
        longest = strlen(values[i].folder);
        best = i;
        best_rest = rest;
    }
    return best == VARIABLES ? prereq_gather_text(gather, path)
                             : prereq_gather_printf(gather, "%s%s", names[best], best_rest);
}
