/* SPDX-License-Identifier: MIT */
/* wmi_path.c - WMI object paths: a cursor over the text, and the one spelling of the result. */
#include "wmi/wmi_path.h"

#include <inttypes.h>
#include <string.h>

struct cursor {
    struct prereq_arena *arena;
    const char *at;
    struct prereq_error *err;
};

static bool is_slash(char c)
{
    return c == '\\' || c == '/';
}

/* Letters, digits, underscore, and whatever is not ASCII. */
static bool is_word(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

static enum prereq_status bad(const struct cursor *cursor, const char *what)
{
    return prereq_fail(cursor->err, PREREQ_BAD_INPUT, "not an object path: %s", what);
}

static enum prereq_status no_memory(const struct cursor *cursor)
{
    return prereq_fail(cursor->err, PREREQ_NO_MEMORY, "not enough memory for an object path");
}

static enum prereq_status read_word(struct cursor *cursor, const char *missing, const char **word)
{
    const char *start = cursor->at;

    while (is_word(*cursor->at))
        cursor->at++;
    if (cursor->at == start)
        return bad(cursor, missing);
    *word = prereq_strndup(cursor->arena, start, (size_t)(cursor->at - start));
    return *word ? PREREQ_OK : no_memory(cursor);
}

/* ---- server and namespace ---- */

static enum prereq_status read_server(struct cursor *cursor, const char *end,
                                      struct prereq_wmi_path *path)
{
    const char *start = cursor->at + 2;

    cursor->at = start;
    while (cursor->at < end && !is_slash(*cursor->at))
        cursor->at++;
    if (cursor->at == start || cursor->at == end)
        return bad(cursor, "server and namespace are expected after two slashes");
    path->server = prereq_strndup(cursor->arena, start, (size_t)(cursor->at - start));
    cursor->at++;
    return path->server ? PREREQ_OK : no_memory(cursor);
}

static enum prereq_status read_namespace(struct cursor *cursor, const char *end,
                                         struct prereq_wmi_path *path)
{
    size_t len = (size_t)(end - cursor->at);
    char *name = prereq_strndup(cursor->arena, cursor->at, len);

    if (!name)
        return no_memory(cursor);
    for (size_t i = 0; i < len; i++) {
        bool slash = is_slash(name[i]);

        if (slash ? i == 0 || is_slash(name[i - 1]) || i + 1 == len : !is_word(name[i]))
            return bad(cursor, "the namespace is malformed");
        if (slash)
            name[i] = '\\';
    }
    if (len == 0)
        return bad(cursor, "the namespace is missing");
    path->name_space = name;
    cursor->at = end + 1;
    return PREREQ_OK;
}

/* The prefix ends at a colon before any value: values may hold colons, too. */
static enum prereq_status read_prefix(struct cursor *cursor, struct prereq_wmi_path *path)
{
    const char *end = cursor->at + strcspn(cursor->at, ":=\"'");
    enum prereq_status status = PREREQ_OK;

    if (*end != ':') {
        if (is_slash(*cursor->at))
            return bad(cursor, "the class is missing");
        return PREREQ_OK;
    }
    if (is_slash(cursor->at[0]) && is_slash(cursor->at[1]))
        status = read_server(cursor, end, path);
    return status ? status : read_namespace(cursor, end, path);
}

/* ---- values ---- */

/* Bytes up to the quote that closes, or to the end. */
static size_t quoted_len(const char *text, char quote)
{
    size_t len = 0;

    while (text[len] && text[len] != quote)
        len += text[len] == '\\' && text[len + 1] ? 2 : 1;
    return len;
}

static enum prereq_status read_text(struct cursor *cursor, struct prereq_wmi_key *key)
{
    char quote = *cursor->at++;
    char *text = prereq_alloc_unset(cursor->arena, quoted_len(cursor->at, quote) + 1);
    size_t len = 0;

    if (!text)
        return no_memory(cursor);
    while (*cursor->at != quote) {
        char c = *cursor->at++;

        if (c == '\0')
            return bad(cursor, "a quote is not closed");
        if ((unsigned char)c < 0x20)
            return bad(cursor, "a value holds a control character");
        if (c == '\\') {
            c = *cursor->at;
            if (c != '\\' && c != '"' && c != '\'')
                return bad(cursor, "a backslash in a value stands alone; write two");
            cursor->at++;
        }
        text[len++] = c;
    }
    cursor->at++;
    text[len] = '\0';
    key->type = PREREQ_WMI_KEY_TEXT;
    key->text = text;
    return PREREQ_OK;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* Decimal, or hexadecimal after 0x: Microsoft's texts contradict each other on the latter. */
static enum prereq_status read_number(struct cursor *cursor, struct prereq_wmi_key *key)
{
    bool negative = *cursor->at == '-';
    int base = 10;
    int64_t number = 0;
    const char *start;

    cursor->at += *cursor->at == '-' || *cursor->at == '+';
    if (cursor->at[0] == '0' && (cursor->at[1] == 'x' || cursor->at[1] == 'X')) {
        base = 16;
        cursor->at += 2;
    }
    start = cursor->at;
    for (int digit; (digit = digit_of(*cursor->at)) < base; cursor->at++) {
        if (number > (INT64_MAX - digit) / base)
            return bad(cursor, "a number is too large");
        number = number * base + digit;
    }
    if (cursor->at == start || is_word(*cursor->at))
        return bad(cursor, "a value is neither a quoted text nor a number, TRUE or FALSE");
    key->type = PREREQ_WMI_KEY_NUMBER;
    key->number = negative ? -number : number;
    return PREREQ_OK;
}

static enum prereq_status read_value(struct cursor *cursor, struct prereq_wmi_key *key)
{
    static const char *const words[] = {"FALSE", "TRUE"};

    if (*cursor->at == '"' || *cursor->at == '\'')
        return read_text(cursor, key);
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(words[i]);

        if (!prereq_starts_nocase(cursor->at, words[i]) || is_word(cursor->at[len]))
            continue;
        cursor->at += len;
        key->type = PREREQ_WMI_KEY_FLAG;
        key->number = i;
        return PREREQ_OK;
    }
    return read_number(cursor, key);
}

/* ---- keys ---- */

static bool has_key(const struct prereq_wmi_path *path, const char *name)
{
    for (size_t i = 0; i < path->key_count; i++) {
        if (prereq_equal_nocase(path->keys[i].name, name))
            return true;
    }
    return false;
}

static enum prereq_status read_key(struct cursor *cursor, struct prereq_wmi_path *path)
{
    struct prereq_wmi_key key = {NULL, PREREQ_WMI_KEY_TEXT, NULL, 0};
    enum prereq_status status = read_word(cursor, "the name of a key is missing", &key.name);

    if (status)
        return status;
    if (*cursor->at != '=')
        return bad(cursor, "= is expected after the name of a key");
    cursor->at++;
    if (has_key(path, key.name))
        return bad(cursor, "a key stands twice");
    if (path->key_count == PREREQ_WMI_MAX_KEYS)
        return bad(cursor, "too many keys");
    status = read_value(cursor, &key);
    if (!status)
        path->keys[path->key_count++] = key;
    return status;
}

static enum prereq_status read_keys(struct cursor *cursor, struct prereq_wmi_path *path)
{
    enum prereq_status status;

    do {
        cursor->at++; /* the dot, then commas */
        status = read_key(cursor, path);
    } while (!status && *cursor->at == ',');
    return status;
}

static enum prereq_status read_short(struct cursor *cursor, struct prereq_wmi_path *path)
{
    cursor->at++;
    if (*cursor->at == '@') {
        cursor->at++;
        path->singleton = true;
        return PREREQ_OK;
    }
    path->key_count = 1;
    return read_value(cursor, &path->keys[0]);
}

static enum prereq_status read_path(struct cursor *cursor, struct prereq_wmi_path *path)
{
    enum prereq_status status = read_prefix(cursor, path);

    if (!status)
        status = read_word(cursor, "the class is missing", &path->class_name);
    if (!status && *cursor->at == '.')
        status = read_keys(cursor, path);
    else if (!status && *cursor->at == '=')
        status = read_short(cursor, path);
    if (!status && *cursor->at != '\0')
        status = bad(cursor, "there is something behind its end");
    return status;
}

enum prereq_status prereq_wmi_path_read(struct prereq_arena *arena, const char *text,
                                        struct prereq_wmi_path *path, struct prereq_error *err)
{
    struct cursor cursor = {arena, text, err};
    struct prereq_wmi_path read = {0};
    size_t len = strlen(text), wrong;
    enum prereq_status status;

    if (len > PREREQ_WMI_MAX_PATH)
        return bad(&cursor, "it is too long");
    if (!prereq_utf8_valid(text, len, &wrong))
        return bad(&cursor, "it is not UTF-8");
    status = read_path(&cursor, &read);
    if (!status)
        *path = read;
    return status;
}

/* ---- writing ---- */

static void add_quoted(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "\"");
    while (*text) {
        size_t plain = strcspn(text, "\\\"");

        prereq_buffer_add_bytes(out, text, plain);
        text += plain;
        if (!*text)
            break;
        prereq_buffer_add(out, "\\");
        prereq_buffer_add_bytes(out, text++, 1);
    }
    prereq_buffer_add(out, "\"");
}

static void add_value(const struct prereq_wmi_key *key, struct prereq_buffer *out)
{
    switch (key->type) {
    case PREREQ_WMI_KEY_TEXT:
        add_quoted(out, key->text);
        break;
    case PREREQ_WMI_KEY_NUMBER:
        prereq_buffer_addf(out, "%" PRId64, key->number);
        break;
    case PREREQ_WMI_KEY_FLAG:
        prereq_buffer_add(out, key->number ? "TRUE" : "FALSE");
        break;
    }
}

void prereq_wmi_path_write(const struct prereq_wmi_path *path, struct prereq_buffer *out)
{
    if (path->server)
        prereq_buffer_addf(out, "\\\\%s\\", path->server);
    if (path->name_space)
        prereq_buffer_addf(out, "%s:", path->name_space);
    prereq_buffer_add(out, path->class_name);
    if (path->singleton)
        prereq_buffer_add(out, "=@");
    for (size_t i = 0; i < path->key_count; i++) {
        const struct prereq_wmi_key *key = &path->keys[i];

        if (key->name)
            prereq_buffer_addf(out, "%s%s", i ? "," : ".", key->name);
        prereq_buffer_add(out, "=");
        add_value(key, out);
    }
}
