/* SPDX-License-Identifier: MIT */
/* json_tree.c - a text as a cJSON tree that lives in an arena, and what a text says that it is.
 *
 * A document of a host is a tree of some ten thousand nodes.  Out of an arena they cost half the
 * time that malloc() and free() take for them. */
#include "formats/json.h"

#include <cjson/cJSON.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where cJSON takes its memory from while this thread reads a text. */
static _Thread_local struct prereq_arena *current;

static void *take(size_t size)
{
    return current ? prereq_alloc_unset(current, size) : malloc(size);
}

static void give_back(void *memory)
{
    if (!current)
        free(memory);
}

/* cJSON has one pair of functions for the whole program: set once, by the thread that comes first.
 */
static void set_hooks(void)
{
    enum { UNSET, BEING_SET, SET };
    static atomic_int state = UNSET;
    int unset = UNSET;

    if (atomic_compare_exchange_strong(&state, &unset, BEING_SET)) {
        cJSON_InitHooks(&(cJSON_Hooks){take, give_back});
        atomic_store(&state, SET);
    }
    while (atomic_load(&state) != SET) {
    }
}

static size_t line_of(const char *json, const char *at)
{
    size_t line = 1;

    for (; json < at; json++)
        line += *json == '\n';
    return line;
}

const struct cJSON *prereq_json_tree(struct prereq_arena *arena, const char *json, size_t len,
                                     struct prereq_error *err)
{
    const char *end = json;
    const cJSON *root;

    set_hooks();
    current = arena;
    root = cJSON_ParseWithLengthOpts(json, len, &end, 0);
    current = NULL;
    if (!root) {
        prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: not JSON", line_of(json, end));
        return NULL;
    }
    while (end < json + len && *end && strchr(" \t\r\n", *end))
        end++;
    if (end < json + len) {
        prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: text follows the end of the document",
                    line_of(json, end));
        return NULL;
    }
    return root;
}

/* ---- what it says that it is ---- */

/* Behind the closing quote of the text that begins at `at`; NULL: it has none. */
static const char *behind_text(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\')
            at++;
    }
    return at < end ? at + 1 : NULL;
}

static const char *skip_blank(const char *at, const char *end)
{
    while (at < end && *at && strchr(" \t\r\n", *at))
        at++;
    return at;
}

/* The value behind the name "format", when it is a text as ours are. */
static bool take_format(const char *at, const char *end, char format[64])
{
    size_t len = 0;

    at = skip_blank(at, end);
    if (at >= end || *at != ':')
        return false;
    at = skip_blank(at + 1, end);
    if (at >= end || *at != '"')
        return false;
    for (at++; at < end && *at != '"' && len < 63; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '-' ||
                     *at == '/' || *at == '.';

        if (!plain)
            return false;
        format[len++] = *at;
    }
    format[len] = '\0';
    return at < end && *at == '"';
}

/* The first member "format" of the top object, found without reading what is in the others. */
static bool find_format(const char *json, size_t len, char format[64])
{
    static const char name[] = "\"format\"";
    const char *at = json, *end = json + len;
    size_t depth = 0;

    while (at && at < end) {
        if (*at == '"' && depth == 1 && (size_t)(end - at) >= sizeof(name) - 1 &&
            memcmp(at, name, sizeof(name) - 1) == 0)
            return take_format(at + sizeof(name) - 1, end, format);
        if (*at == '"') {
            at = behind_text(at, end);
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        else if ((*at == '}' || *at == ']') && depth > 0)
            depth--;
        at++;
    }
    return false;
}

/* Of a text that is no JSON behind its format, the reader of that format says so. */
enum prereq_status prereq_format_peek(const char *json, size_t len, char format[64],
                                      struct prereq_error *err)
{
    struct prereq_arena *tree;
    enum prereq_status status;
    const cJSON *root, *node;

    if (find_format(json, len, format))
        return PREREQ_OK;
    status = prereq_json_scan(json, len, err);
    if (status)
        return status;
    tree = prereq_arena_new(SIZE_MAX);
    if (!tree)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to read the document");
    root = prereq_json_tree(tree, json, len, err);
    if (root) {
        node = cJSON_GetObjectItemCaseSensitive(root, "format");
        if (snprintf(format, 64, "%s", cJSON_IsString(node) ? node->valuestring : "") >= 64)
            prereq_utf8_mend(format);
    }
    prereq_arena_free(tree);
    return root ? PREREQ_OK : PREREQ_BAD_INPUT;
}
