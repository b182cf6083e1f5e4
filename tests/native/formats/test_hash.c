/* SPDX-License-Identifier: MIT */
/* test_hash.c - SHA-256, with the examples of FIPS 180-4. */
#include <string.h>

#include "files/file.h"
#include "table.h"

static struct example {
    const char *name;
    const char *text;
    const char *hex;
} examples[] = {
    {"nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void check_example(void **state)
{
    const struct example *example = *state;
    char hex[65];

    prereq_sha256_hex(example->text, strlen(example->text), hex);
    assert_string_equal(hex, example->hex);
}

/* However the text is cut in pieces, the hash is the same. */
static void check_pieces(void **state)
{
    const struct example *example = *state;
    size_t len = strlen(example->text);

    for (size_t cut = 0; cut <= len; cut++) {
        struct prereq_arena *arena = prereq_arena_new(4096);
        struct prereq_sha256 *hash = prereq_sha256_new(arena);
        char hex[65];

        assert_non_null(hash);
        prereq_sha256_add(hash, example->text, cut);
        prereq_sha256_add(hash, example->text + cut, len - cut);
        prereq_sha256_end(hash, hex);
        assert_string_equal(hex, example->hex);
        prereq_arena_free(arena);
    }
}

static void no_memory(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(8);

    (void)state;
    assert_null(prereq_sha256_new(arena));
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest hash[] = {cmocka_unit_test(no_memory)};
    int failed = RUN_TESTS(hash);

    failed |= RUN_TABLE(examples, check_example);
    failed |= RUN_TABLE(examples, check_pieces);
    return failed;
}
