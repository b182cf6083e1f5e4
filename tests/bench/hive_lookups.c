/* SPDX-License-Identifier: MIT */
/* hive_lookups.c - look-ups in a wide key of a registry file, ours and hivex's own.
 *
 * hive_lookups HIVE KEY COUNT: looks COUNT times for sub-keys of KEY; prints the nanoseconds of
 * each way, and how many times ours is faster. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "offline/hive.h"

static double now(void)
{
    struct timespec time;

    (void)timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static unsigned char *read_all(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    unsigned char *bytes = malloc(PREREQ_MAX_HIVE);

    *len = file && bytes ? fread(bytes, 1, PREREQ_MAX_HIVE, file) : 0;
    if (file)
        (void)fclose(file);
    return bytes;
}

static double plain(const char *path, const struct prereq_names *names, hive_node_h parent,
                    size_t count)
{
    hive_h *file = hivex_open(path, 0);
    double start = now();

    if (!file)
        exit(1);
    for (size_t i = 0; i < count; i++) {
        if (!hivex_node_get_child(file, parent, names->name[i * 7919 % names->count]))
            exit(1);
    }
    start = now() - start;
    (void)hivex_close(file);
    return start / (double)count;
}

int main(int argc, char **argv)
{
    size_t count = argc == 4 ? (size_t)strtoul(argv[3], NULL, 10) : 0;
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 30);
    struct prereq_hive_input input = {.name = "hive"};
    struct prereq_hive *hive = NULL;
    struct prereq_names names = {0};
    hive_node_h parent = 0, node = 0;
    unsigned char *bytes;
    double start, ours, theirs;

    if (!count || !arena)
        return 2;
    input.bytes = bytes = read_all(argv[1], &input.len);
    if (prereq_hive_open(&input, &hive, NULL) != PREREQ_LOOK_FOUND ||
        prereq_hive_find(hive, argv[2], &parent, NULL) != PREREQ_LOOK_FOUND ||
        prereq_hive_key_names(hive, parent, arena, &names, NULL) != PREREQ_LOOK_FOUND ||
        !names.count)
        return 1;
    prereq_hive_close(hive);
    /* The index is part of the price. */
    if (prereq_hive_open(&input, &hive, NULL) != PREREQ_LOOK_FOUND)
        return 1;
    start = now();
    for (size_t i = 0; i < count; i++) {
        if (prereq_hive_child(hive, parent, names.name[i * 7919 % names.count], &node, NULL) !=
            PREREQ_LOOK_FOUND)
            return 1;
    }
    ours = (now() - start) / (double)count;
    theirs = plain(argv[1], &names, parent, count);
    printf("%zu keys: %.0f ns with the index, %.0f ns with hivex alone, %.0f times\n", names.count,
           ours, theirs, theirs / ours);
    prereq_hive_close(hive);
    prereq_arena_free(arena);
    free(bytes);
    return 0;
}
