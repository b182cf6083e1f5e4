/* SPDX-License-Identifier: MIT */
/* gather_registry.c - keys and values of a source as texts, numbers and times. */
#include <string.h>

#include "collect/gather.h"

#define FILETIME_SECOND 10000000u
#define FILETIME_1970 UINT64_C(11644473600) /* seconds from 1601 to 1970 */

static bool is_there(enum prereq_look look)
{
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

/* A value that is there and of another type; in a stale hive the right one may be missing. */
static enum prereq_look other_type(enum prereq_look look)
{
    return look == PREREQ_LOOK_STALE ? PREREQ_LOOK_UNAVAILABLE : PREREQ_LOOK_ABSENT;
}

enum prereq_look prereq_key_begin(struct prereq_gather *gather, const char *key,
                                  enum prereq_view view, struct prereq_key **open,
                                  struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    struct prereq_refusal own = {0};
    struct prereq_refusal *said = why ? why : &own;

    return prereq_gather_look(gather, source->ops->key_open(source, key, view, open, said), said);
}

void prereq_key_end(struct prereq_gather *gather, struct prereq_key *open)
{
    gather->source->ops->key_close(gather->source, open);
}

enum prereq_look prereq_read_key(struct prereq_gather *gather, const char *key,
                                 enum prereq_view view, struct prereq_refusal *why)
{
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, why);

    if (is_there(look))
        prereq_key_end(gather, open);
    return look;
}

enum prereq_look prereq_key_value(struct prereq_gather *gather, struct prereq_key *open,
                                  const char *name, struct prereq_reg_value *value,
                                  struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    struct prereq_refusal own = {0};
    struct prereq_refusal *said = why ? why : &own;

    return prereq_gather_look(
        gather, source->ops->value(source, open, name, gather->arena, value, said), said);
}

enum prereq_look prereq_read_value(struct prereq_gather *gather, const char *key,
                                   enum prereq_view view, const char *name,
                                   struct prereq_reg_value *value, struct prereq_refusal *why)
{
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, why);

    if (!is_there(look))
        return look;
    look = prereq_key_value(gather, open, name, value, why);
    prereq_key_end(gather, open);
    return look;
}

typedef enum prereq_look names_of(struct prereq_source *source, struct prereq_key *key,
                                  struct prereq_arena *arena, struct prereq_names *names,
                                  struct prereq_refusal *why);

static enum prereq_look read_names(struct prereq_gather *gather, const char *key,
                                   enum prereq_view view, names_of *read,
                                   struct prereq_names *names, struct prereq_refusal *why)
{
    struct prereq_refusal own = {0};
    struct prereq_refusal *said = why ? why : &own;
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, said);

    if (!is_there(look))
        return look;
    look = prereq_gather_look(gather, read(gather->source, open, gather->arena, names, said), said);
    prereq_key_end(gather, open);
    return look;
}

enum prereq_look prereq_read_key_names(struct prereq_gather *gather, const char *key,
                                       enum prereq_view view, struct prereq_names *names,
                                       struct prereq_refusal *why)
{
    return read_names(gather, key, view, gather->source->ops->key_names, names, why);
}

enum prereq_look prereq_read_value_names(struct prereq_gather *gather, const char *key,
                                         enum prereq_view view, struct prereq_names *names,
                                         struct prereq_refusal *why)
{
    return read_names(gather, key, view, gather->source->ops->value_names, names, why);
}

enum prereq_look prereq_read_key_time(struct prereq_gather *gather, const char *key,
                                      enum prereq_view view, struct prereq_time *time,
                                      struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, why);

    if (!is_there(look))
        return look;
    look = source->ops->key_time(source, open, time, why);
    prereq_key_end(gather, open);
    return look;
}

static unsigned unit_at(const unsigned char *bytes, size_t index)
{
    return (unsigned)bytes[index * 2] | (unsigned)bytes[index * 2 + 1] << 8;
}

const char *prereq_utf16_text(struct prereq_gather *gather, const unsigned char *bytes,
                              size_t units)
{
    char *text = prereq_alloc_unset(gather->arena, units * 3 + 1);
    size_t len = 0;

    if (!text) {
        gather->no_memory = true;
        return "";
    }
    /* A text that no document can hold is cut; what is that long is compared with nothing. */
    for (size_t at = 0; at < units * 2 && len + 4 < PREREQ_MAX_TEXT;) {
        uint32_t c = prereq_utf16_next(bytes, units * 2, &at, false);

        len += prereq_utf8_put(c ? c : 0xFFFD, text + len);
    }
    text[len] = '\0';
    return text;
}

const char *prereq_value_text(struct prereq_gather *gather, const struct prereq_reg_value *value)
{
    size_t units = value->len / 2;

    if (value->type != PREREQ_REG_SZ && value->type != PREREQ_REG_EXPAND_SZ)
        return NULL;
    while (units > 0 && unit_at(value->bytes, units - 1) == 0)
        units--;
    return prereq_utf16_text(gather, value->bytes, units);
}

bool prereq_value_number(const struct prereq_reg_value *value, uint64_t *number)
{
    size_t len = value->type == PREREQ_REG_QWORD ? 8 : 4;

    if (value->type != PREREQ_REG_DWORD && value->type != PREREQ_REG_QWORD)
        return false;
    if (value->len != len)
        return false;
    *number = 0;
    for (size_t i = len; i > 0; i--)
        *number = *number << 8 | value->bytes[i - 1];
    return true;
}

/* The end of the text that starts at unit `from`: its NUL, or the end of the value. */
static size_t text_end(const struct prereq_reg_value *value, size_t from)
{
    size_t units = value->len / 2;

    while (from < units && unit_at(value->bytes, from) != 0)
        from++;
    return from;
}

struct prereq_names prereq_value_texts(struct prereq_gather *gather,
                                       const struct prereq_reg_value *value)
{
    struct prereq_names texts = {NULL, 0};
    size_t units = value->len / 2, count = 0;

    if (value->type != PREREQ_REG_MULTI_SZ)
        return texts;
    /* The list ends with an empty text of its own, which is not part of it. */
    while (units > 0 && unit_at(value->bytes, units - 1) == 0)
        units--;
    for (size_t at = 0; at < units; at = text_end(value, at) + 1)
        count++;
    texts.name = PREREQ_NEW_ARRAY(gather->arena, count, const char *);
    if (!texts.name) {
        gather->no_memory = true;
        return texts;
    }
    for (size_t at = 0; at < units; at = text_end(value, at) + 1)
        texts.name[texts.count++] =
            prereq_utf16_text(gather, value->bytes + at * 2, text_end(value, at) - at);
    return texts;
}

enum prereq_look prereq_key_text(struct prereq_gather *gather, struct prereq_key *open,
                                 const char *name, const char **text, struct prereq_refusal *why)
{
    struct prereq_reg_value value;
    enum prereq_look look = prereq_key_value(gather, open, name, &value, why);
    const char *read;

    if (!is_there(look))
        return look;
    read = prereq_value_text(gather, &value);
    if (!read)
        return other_type(look);
    *text = read;
    return look;
}

enum prereq_look prereq_key_number(struct prereq_gather *gather, struct prereq_key *open,
                                   const char *name, uint64_t *number, struct prereq_refusal *why)
{
    struct prereq_reg_value value;
    enum prereq_look look = prereq_key_value(gather, open, name, &value, why);

    if (!is_there(look))
        return look;
    return prereq_value_number(&value, number) ? look : other_type(look);
}

enum prereq_look prereq_read_text(struct prereq_gather *gather, const char *key,
                                  enum prereq_view view, const char *name, const char **text,
                                  struct prereq_refusal *why)
{
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, why);

    if (!is_there(look))
        return look;
    look = prereq_key_text(gather, open, name, text, why);
    prereq_key_end(gather, open);
    return look;
}

enum prereq_look prereq_read_number(struct prereq_gather *gather, const char *key,
                                    enum prereq_view view, const char *name, uint64_t *number,
                                    struct prereq_refusal *why)
{
    struct prereq_key *open;
    enum prereq_look look = prereq_key_begin(gather, key, view, &open, why);

    if (!is_there(look))
        return look;
    look = prereq_key_number(gather, open, name, number, why);
    prereq_key_end(gather, open);
    return look;
}

struct prereq_time prereq_time_from_filetime(uint64_t filetime)
{
    if (filetime == 0)
        return (struct prereq_time){0};
    return prereq_time_from_seconds((int64_t)(filetime / FILETIME_SECOND) - (int64_t)FILETIME_1970);
}
