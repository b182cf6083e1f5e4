/* SPDX-License-Identifier: MIT */
/* fuzz_facts.c - the facts reader: whatever the bytes, facts or a reason. */
#include "fuzz.h"

/* What was read can be written, and reads back as the same facts. */
static void check_written(const struct prereq_facts *facts)
{
    struct prereq_arena *arena = prereq_arena_new(FUZZ_NO_LIMIT * 4);
    struct prereq_buffer first = {0}, second = {0};
    const struct prereq_facts *again = NULL;
    struct prereq_error err = {0};

    assert(arena);
    prereq_facts_write(facts, PREREQ_JSON_CANONICAL, &first);
    assert(!first.failed);
    if (prereq_facts_read(arena, first.text, first.len, &again, NULL, &err) != PREREQ_OK)
        abort();
    prereq_facts_write(again, PREREQ_JSON_CANONICAL, &second);
    assert(first.len == second.len && !memcmp(first.text, second.text, first.len));
    prereq_buffer_free(&second);
    prereq_buffer_free(&first);
    prereq_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    struct prereq_arena *arena;
    enum prereq_status status;
    size_t ignored = 0;
    char *text;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    arena = fuzz_arena(data);
    text = fuzz_text(data + FUZZ_LIMIT_BYTES, size - FUZZ_LIMIT_BYTES);
    status = prereq_facts_read(arena, text, size - FUZZ_LIMIT_BYTES, &facts, &ignored, &err);
    free(text);
    if (status == PREREQ_OK) {
        assert(facts);
        (void)prereq_facts_host_id(arena, facts);
        /* A later minor version may hold words that we do not know, also where one is required. */
        if (!ignored)
            check_written(facts);
    } else {
        assert(!facts);
        fuzz_check_refusal(status, &err);
    }
    prereq_arena_free(arena);
    return 0;
}
