/* SPDX-License-Identifier: MIT */
/* replay.c - runs a fuzz target over stored inputs, where libFuzzer is not at hand.
 *
 * replay CORPUS [SEEDS...]: the files in CORPUS are inputs as they are, limit bytes included; those
 * in the SEEDS folders are plain texts, run with many limits. */
#include <stdio.h>

#include "fuzz.h"

#define MAX_INPUT ((size_t)4 << 20)

static void run_plain(const char *text, size_t len)
{
    uint8_t *input = malloc(len + FUZZ_LIMIT_BYTES);

    if (!input)
        abort();
    memcpy(input + FUZZ_LIMIT_BYTES, text, len);
    for (unsigned limit = 1; limit < 0xFFFF; limit += limit / 4 + 1) {
        input[0] = (uint8_t)(limit & 0xFF);
        input[1] = (uint8_t)(limit >> 8);
        (void)LLVMFuzzerTestOneInput(input, len + FUZZ_LIMIT_BYTES);
    }
    input[0] = 0xFF;
    input[1] = 0xFF;
    (void)LLVMFuzzerTestOneInput(input, len + FUZZ_LIMIT_BYTES);
    free(input);
}

static void run_file(const char *path, bool plain)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    (void)printf("%s\n", path);
    (void)fflush(stdout); /* the last name printed is the input that broke the target */
    if (prereq_file_read(path, MAX_INPUT, &bytes, &len, &err) != PREREQ_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    if (plain)
        run_plain(bytes, len);
    else
        (void)LLVMFuzzerTestOneInput((const uint8_t *)bytes, len);
    free(bytes);
}

/* The files directly in the folder; how many there were. */
static size_t run_folder(const char *folder, bool plain)
{
    struct prereq_arena *arena = prereq_arena_new(MAX_INPUT);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0, files = 0;

    if (!arena || prereq_folder_list(arena, folder, &names, &count, &err) != PREREQ_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = prereq_printf(arena, "%s/%s", folder, names[i]);

        if (path && prereq_is_file(path)) {
            run_file(path, plain);
            files++;
        }
    }
    prereq_arena_free(arena);
    return files;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!run_folder(argv[i], i > 1)) {
            (void)fprintf(stderr, "%s: no inputs\n", argv[i]);
            return 1;
        }
    }
    return argc < 2;
}
