/* SPDX-License-Identifier: MIT */
/* fuzz_hive.c - registry files and the paths of keys: whatever the bytes, an answer. */
#include "fuzz.h"

#include "offline/hive.h"

/* All keys and values, to the end or to a limit. */
static void walk(struct prereq_hive *hive, hive_node_h node, unsigned depth, unsigned *left)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)16 << 20);
    struct prereq_names names = {0};

    if (prereq_hive_value_names(hive, node, arena, &names, NULL) == PREREQ_LOOK_FOUND) {
        for (size_t i = 0; i < names.count && i < 100; i++) {
            struct prereq_reg_value value = {0};

            (void)prereq_hive_value(hive, node, names.name[i], arena, &value, NULL);
        }
    }
    if (depth < 32 && prereq_hive_key_names(hive, node, arena, &names, NULL) == PREREQ_LOOK_FOUND) {
        for (size_t i = 0; i<names.count && * left> 0; i++, (*left)--) {
            hive_node_h child = 0;

            if (prereq_hive_child(hive, node, names.name[i], &child, NULL) == PREREQ_LOOK_FOUND)
                walk(hive, child, depth + 1, left);
        }
    }
    prereq_arena_free(arena);
}

static void check_path(const uint8_t *data, size_t size)
{
    size_t len = size < 4096 ? size : 4096;
    char *text = malloc(len + 1);
    char out[8192];

    if (!text)
        abort();
    if (len > 0)
        memcpy(text, data, len);
    text[len] = '\0';
    (void)prereq_wow64_path(text, true, out, sizeof(out));
    (void)prereq_wow64_path(text, false, out, sizeof(out));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct prereq_hive_input input = {.name = "FUZZ", .bytes = data, .len = size};
    struct prereq_hive_base base = {0};
    struct prereq_refusal why = {0};
    struct prereq_hive *hive = NULL;
    hive_node_h root = 0;
    unsigned left = 2000;

    check_path(data, size);
    (void)prereq_hive_log_is_newer(&base, data, size);
    if (prereq_hive_open(&input, &hive, &why) != PREREQ_LOOK_FOUND) {
        assert(!hive && why.code);
        return 0;
    }
    if (prereq_hive_find(hive, "", &root, &why) == PREREQ_LOOK_FOUND)
        walk(hive, root, 0, &left);
    prereq_hive_close(hive);
    return 0;
}
