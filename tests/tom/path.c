/* SPDX-License-Identifier: MIT */
/* path.c - WMI object paths (wmi-contract: documented forms, no white space between elements). */
#include <stdlib.h>
#include <string.h>

#include "path.h"

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool take_name(struct prereq_arena *arena, const char **at, const char **name)
{
    size_t len = 0;

    while (is_name((*at)[len]))
        len++;
    *name = prereq_strndup(arena, *at, len);
    *at += len;
    return len > 0 && *name;
}

/* "\\server\ns:" or "ns:" in front of the class, if a ":" comes before any "." "=" or quote. */
static bool take_place(struct prereq_arena *arena, const char **at, struct tom_path *path)
{
    size_t len = strcspn(*at, ":=\"'");
    const char *from = *at;
    bool rooted = (from[0] == '\\' && from[1] == '\\') || (from[0] == '/' && from[1] == '/');

    if (from[len] != ':')
        return !rooted;
    if (rooted) {
        size_t server = strcspn(from + 2, "\\/");

        path->server = prereq_strndup(arena, from + 2, server);
        from += 2 + server + 1;
        if (server == 0 || !path->server || from > *at + len)
            return false;
    }
    path->name_space = prereq_strndup(arena, from, (size_t)(*at + len - from));
    *at += len + 1;
    return path->name_space && *path->name_space;
}

static bool take_text(struct prereq_arena *arena, const char **at, const char **out)
{
    char quote = *(*at)++;
    char *text = prereq_alloc(arena, strlen(*at) + 1, 1);
    size_t len = 0;

    if (!text)
        return false;
    while (**at && **at != quote) {
        if (**at == '\\' && (*at)[1])
            (*at)++;
        text[len++] = *(*at)++;
    }
    *out = text;
    return *(*at)++ == quote;
}

static bool take_value(struct prereq_arena *arena, const char **at, struct tom_key *key)
{
    char *end;

    if (**at == '"' || **at == '\'')
        return take_text(arena, at, &key->text);
    if (prereq_starts_nocase(*at, "true") || prereq_starts_nocase(*at, "false")) {
        key->number = prereq_starts_nocase(*at, "true");
        *at += key->number ? 4 : 5;
        return true;
    }
    if (!strchr("-+0123456789", **at) || !**at)
        return false;
    key->number = strtoll(*at, &end, 0);
    *at = end;
    return true;
}

static bool take_key(struct prereq_arena *arena, const char **at, struct tom_path *path)
{
    struct tom_key *key = &path->keys[path->key_count++];

    *key = (struct tom_key){0};
    if (!take_name(arena, at, &key->name) || *(*at)++ != '=' || !take_value(arena, at, key))
        return false;
    for (size_t i = 0; i + 1 < path->key_count; i++) {
        if (prereq_equal_nocase(path->keys[i].name, key->name))
            return false;
    }
    return true;
}

bool tom_path_parse(struct prereq_arena *arena, const char *text, struct tom_path *path)
{
    const char *at = text;

    *path = (struct tom_path){0};
    if (!take_place(arena, &at, path) || !take_name(arena, &at, &path->class_name))
        return false;
    if (*at == '=' && at[1] == '@') {
        path->singleton = true;
        return at[2] == '\0';
    }
    if (*at == '=') {
        at++;
        path->key_count = 1;
        return take_value(arena, &at, &path->keys[0]) && !*at;
    }
    for (char before = '.'; *at == before; before = ',') {
        at++;
        if (path->key_count == TOM_MAX_KEYS || !take_key(arena, &at, path))
            return false;
    }
    return !*at;
}

void tom_path_add_quoted(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            prereq_buffer_add(out, "\\");
        prereq_buffer_add_bytes(out, text, 1);
    }
    prereq_buffer_add(out, "\"");
}
