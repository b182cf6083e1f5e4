/* SPDX-License-Identifier: MIT */
/* fake_source.c - a Windows installation in memory: its keys, files and refusals. */
#include "fake_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *fake_must(void *made)
{
    if (!made)
        abort();
    return made;
}

void fake_wrong(const char *line, const char *why)
{
    (void)fprintf(stderr, "fake source: %s: %s\n", why, line);
    abort();
}

static struct fake_source *fake_of(struct prereq_source *source)
{
    return (struct fake_source *)(void *)source;
}

/* ---- keys and files ---- */

static struct fake_node **place_of(struct fake_source *fake, const char *path)
{
    return &fake->places[prereq_hash_nocase(path) % PREREQ_COUNT(fake->places)];
}

static struct fake_node *find(struct fake_source *fake, const char *path)
{
    struct fake_node *node = *place_of(fake, path);

    while (node && !prereq_equal_nocase(node->path, path))
        node = node->same_place;
    return node;
}

struct fake_node *fake_node(struct fake_source *fake, const char *path)
{
    struct fake_node *node = find(fake, path), *above = NULL, **place = place_of(fake, path);
    const char *last = strrchr(path, '\\');

    if (node)
        return node;
    if (last)
        above =
            fake_node(fake, fake_must(prereq_strndup(fake->arena, path, (size_t)(last - path))));
    node = fake_must(PREREQ_NEW(fake->arena, struct fake_node));
    node->path = fake_must(prereq_strdup(fake->arena, path));
    node->name = last ? node->path + (last + 1 - path) : node->path;
    node->time = prereq_time_from_date(2020, 1, 1);
    node->time.day_only = false;
    node->end = &node->values;
    node->same_place = *place;
    *place = node;
    if (!above)
        return node;
    if (above->last)
        above->last->next = node;
    else
        above->first = node;
    above->last = node;
    above->child_count++;
    return node;
}

/* The 32-bit view of HKLM\SOFTWARE is its sub-key WOW6432Node; all else is the same in both. */
const char *fake_view(struct fake_source *fake, const char *key, enum prereq_view view,
                      struct prereq_arena *arena)
{
    static const char software[] = "HKLM\\SOFTWARE";
    size_t len = strlen(software);

    if (view != PREREQ_VIEW_32 || !fake->base.has_32_bit_view ||
        !prereq_starts_nocase(key, software) || (key[len] && key[len] != '\\') ||
        prereq_starts_nocase(key, "HKLM\\SOFTWARE\\WOW6432Node"))
        return key;
    return fake_must(prereq_printf(arena, "%s\\WOW6432Node%s", software, key + len));
}

struct fake_value *fake_value(struct fake_source *fake, const char *key, const char *name,
                              uint32_t type, const void *bytes, size_t len)
{
    struct fake_node *node = fake_node(fake, key);
    struct fake_value *value = fake_must(PREREQ_NEW(fake->arena, struct fake_value));
    unsigned char *copy = fake_must(prereq_alloc_unset(fake->arena, len));

    if (len > 0)
        memcpy(copy, bytes, len);
    value->name = fake_must(prereq_strdup(fake->arena, name));
    value->value = (struct prereq_reg_value){type, copy, len};
    *node->end = value;
    node->end = &value->next;
    node->value_count++;
    return value;
}

void fake_file(struct fake_source *fake, const char *path, const char *modified, const void *bytes,
               size_t len)
{
    struct fake_node *node = fake_node(fake, path);
    unsigned char *copy = fake_must(prereq_alloc_unset(fake->arena, len));

    if (len > 0)
        memcpy(copy, bytes, len);
    node->is_file = true;
    node->bytes = copy;
    node->len = len;
    if (!prereq_time_parse(modified, &node->time))
        fake_wrong(modified, "no time");
}

/* ---- what is said of looks ---- */

static const struct fake_rule *rule_for(const struct fake_source *fake, char what, const char *path)
{
    const struct fake_rule *rule = fake->rules;

    while (rule && (rule->what != what || !prereq_glob(rule->pattern, path)))
        rule = rule->next;
    return rule;
}

static enum prereq_look refused(struct prereq_refusal *why, const char *code, const char *number,
                                const char *path)
{
    prereq_refuse(why, code, number, "%s: %s.", path, code);
    return PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look stale(struct prereq_refusal *why, const char *path, bool found)
{
    refused(why, "hive_dirty", NULL, path);
    return found ? PREREQ_LOOK_STALE : PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look no_memory(struct prereq_refusal *why)
{
    return refused(why, "no_memory", NULL, "memory");
}

/* ---- the registry ---- */

static enum prereq_look key_open(struct prereq_source *source, const char *path,
                                 enum prereq_view view, struct prereq_key **key,
                                 struct prereq_refusal *why)
{
    struct fake_source *fake = fake_of(source);
    struct prereq_arena *arena = fake_must(prereq_arena_new(65536));
    const char *real = fake_view(fake, path, view, arena);
    const struct fake_rule *rule = rule_for(fake, 'r', real);
    struct fake_node *node = find(fake, real);
    enum prereq_look look = node ? PREREQ_LOOK_FOUND : PREREQ_LOOK_ABSENT;

    fake->looks++;
    if (rule)
        look = refused(why, rule->code, rule->number, path);
    else if (rule_for(fake, 's', real))
        look = stale(why, path, node != NULL);
    if (look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE) {
        fake->open_keys++;
        *key = (struct prereq_key *)(void *)node;
    }
    prereq_arena_free(arena);
    return look;
}

static void key_close(struct prereq_source *source, struct prereq_key *key)
{
    (void)key;
    fake_of(source)->open_keys--;
}

static enum prereq_look found_in(struct prereq_source *source, const struct fake_node *node,
                                 bool found, struct prereq_refusal *why)
{
    fake_of(source)->looks++;
    if (rule_for(fake_of(source), 's', node->path))
        return stale(why, node->path, found);
    return found ? PREREQ_LOOK_FOUND : PREREQ_LOOK_ABSENT;
}

static enum prereq_look child_names(struct prereq_source *source, const struct fake_node *node,
                                    struct prereq_arena *arena, struct prereq_names *names,
                                    struct prereq_refusal *why)
{
    struct prereq_names found = {PREREQ_NEW_ARRAY(arena, node->child_count, const char *), 0};

    if (!found.name)
        return no_memory(why);
    for (const struct fake_node *child = node->first; child; child = child->next) {
        found.name[found.count] = prereq_strdup(arena, child->name);
        if (!found.name[found.count++])
            return no_memory(why);
    }
    *names = found;
    return found_in(source, node, true, why);
}

static enum prereq_look key_names(struct prereq_source *source, struct prereq_key *key,
                                  struct prereq_arena *arena, struct prereq_names *names,
                                  struct prereq_refusal *why)
{
    return child_names(source, (const struct fake_node *)(const void *)key, arena, names, why);
}

static enum prereq_look value_names(struct prereq_source *source, struct prereq_key *key,
                                    struct prereq_arena *arena, struct prereq_names *names,
                                    struct prereq_refusal *why)
{
    const struct fake_node *node = (const struct fake_node *)(const void *)key;
    struct prereq_names found = {PREREQ_NEW_ARRAY(arena, node->value_count, const char *), 0};

    if (!found.name)
        return no_memory(why);
    for (const struct fake_value *value = node->values; value; value = value->next) {
        found.name[found.count] = prereq_strdup(arena, value->name);
        if (!found.name[found.count++])
            return no_memory(why);
    }
    *names = found;
    return found_in(source, node, true, why);
}

static enum prereq_look read_value(struct prereq_source *source, struct prereq_key *key,
                                   const char *name, struct prereq_arena *arena,
                                   struct prereq_reg_value *value, struct prereq_refusal *why)
{
    const struct fake_node *node = (const struct fake_node *)(const void *)key;
    const struct fake_value *found = node->values;
    unsigned char *copy;

    while (found && !prereq_equal_nocase(found->name, name))
        found = found->next;
    if (!found)
        return found_in(source, node, false, why);
    if (found->refused)
        return refused(why, found->refused, NULL, name);
    copy = prereq_alloc_unset(arena, found->value.len);
    if (!copy)
        return no_memory(why);
    memcpy(copy, found->value.bytes, found->value.len);
    *value = (struct prereq_reg_value){found->value.type, copy, found->value.len};
    return found_in(source, node, true, why);
}

static enum prereq_look key_time(struct prereq_source *source, struct prereq_key *key,
                                 struct prereq_time *time, struct prereq_refusal *why)
{
    const struct fake_node *node = (const struct fake_node *)(const void *)key;

    *time = node->time;
    return found_in(source, node, true, why);
}

/* ---- files ---- */

static enum prereq_look file_open(struct prereq_source *source, const char *path,
                                  struct prereq_file *file, struct prereq_refusal *why)
{
    struct fake_source *fake = fake_of(source);
    const struct fake_rule *rule = rule_for(fake, 'r', path);
    struct fake_node *node = find(fake, path);

    atomic_fetch_add(&fake->looks, 1);
    if (rule)
        return refused(why, rule->code, rule->number, path);
    if (!node)
        return PREREQ_LOOK_ABSENT;
    *file = (struct prereq_file){.modified = node->time, .is_folder = !node->is_file};
    if (!node->is_file)
        return PREREQ_LOOK_FOUND;
    file->size = node->len;
    file->handle = (struct prereq_handle *)(void *)node;
    atomic_fetch_add(&fake->open_files, 1);
    return PREREQ_LOOK_FOUND;
}

static enum prereq_look file_read(struct prereq_source *source, struct prereq_handle *handle,
                                  uint64_t offset, void *bytes, size_t len, size_t *got,
                                  struct prereq_refusal *why)
{
    struct fake_source *fake = fake_of(source);
    const struct fake_node *node = (const struct fake_node *)(const void *)handle;
    const struct fake_rule *rule = rule_for(fake, 'n', node->path);
    size_t left = offset < node->len ? node->len - (size_t)offset : 0;

    atomic_fetch_add(&fake->looks, 1);
    if (rule)
        return refused(why, rule->code, rule->number, node->path);
    *got = len < left ? len : left;
    if (*got > 0)
        memcpy(bytes, node->bytes + offset, *got);
    return PREREQ_LOOK_FOUND;
}

static void file_close(struct prereq_source *source, struct prereq_handle *handle)
{
    (void)handle;
    atomic_fetch_sub(&fake_of(source)->open_files, 1);
}

static enum prereq_look folder_names(struct prereq_source *source, const char *path,
                                     struct prereq_arena *arena, struct prereq_names *names,
                                     struct prereq_refusal *why)
{
    struct fake_source *fake = fake_of(source);
    const struct fake_rule *rule = rule_for(fake, 'r', path);
    const struct fake_node *node = find(fake, path);

    if (rule)
        return refused(why, rule->code, rule->number, path);
    if (!node || node->is_file) {
        atomic_fetch_add(&fake->looks, 1);
        return PREREQ_LOOK_ABSENT;
    }
    return child_names(source, node, arena, names, why);
}

static enum prereq_look prepare(struct prereq_source *source, const char *const *paths,
                                size_t count, struct prereq_refusal *why)
{
    (void)paths;
    (void)why;
    fake_of(source)->prepared += count;
    return PREREQ_LOOK_FOUND;
}

/* From the last to the first: no result may depend on the order. */
static void each(struct prereq_source *source, prereq_source_work *work, void *context,
                 size_t count)
{
    (void)source;
    for (size_t i = count; i > 0; i--)
        work(context, i - 1);
}

static enum prereq_look service_running(struct prereq_source *source, const char *name,
                                        bool *running, struct prereq_refusal *why)
{
    struct fake_source *fake = fake_of(source);
    const struct fake_rule *rule =
        rule_for(fake, 'r', fake_must(prereq_printf(fake->arena, "service:%s", name)));

    fake->looks++;
    if (rule)
        return refused(why, rule->code, rule->number, name);
    *running = rule_for(fake, 'R', name) != NULL;
    return PREREQ_LOOK_FOUND;
}

void fake_live(struct fake_source *fake)
{
    fake->ops.method = PREREQ_METHOD_LIVE;
    fake->ops.service_running = service_running;
    fake->ops.prepare = NULL;
    fake->base.name = NULL;
}

static void fake_close(struct prereq_source *source)
{
    fake_free(fake_of(source));
}

struct fake_source *fake_new(const char *system_root, bool has_32_bit_view)
{
    struct fake_source *fake = fake_must(calloc(1, sizeof(*fake)));

    fake->arena = fake_must(prereq_arena_new((size_t)256 << 20));
    fake->ops = (struct prereq_source_ops){
        .method = PREREQ_METHOD_OFFLINE,
        .close = fake_close,
        .key_open = key_open,
        .key_close = key_close,
        .key_names = key_names,
        .value_names = value_names,
        .value = read_value,
        .key_time = key_time,
        .each = each,
        .file_open = file_open,
        .file_read = file_read,
        .file_close = file_close,
        .folder_names = folder_names,
        .prepare = prepare,
    };
    fake->base = (struct prereq_source){
        &fake->ops, fake_must(prereq_strdup(fake->arena, system_root)), "a tree", has_32_bit_view};
    fake_node(fake, system_root);
    return fake;
}

void fake_free(struct fake_source *fake)
{
    if (!fake)
        return;
    if (fake->open_keys != 0 || fake->open_files != 0)
        fake_wrong(fake->base.system_root, "something is open still");
    prereq_arena_free(fake->arena);
    free(fake);
}
