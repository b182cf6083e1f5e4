/* SPDX-License-Identifier: MIT */
/* fuzz_import.c - texts that people have: whatever the bytes and their encoding, facts or a reason.
 */
#include "fuzz.h"

/* What import makes, the facts reader takes. */
static void check_document(const struct prereq_facts *facts)
{
    struct prereq_arena *arena = prereq_arena_new(FUZZ_NO_LIMIT * 4);
    const struct prereq_facts *again = NULL;
    struct prereq_buffer json = {0};
    struct prereq_error err = {0};

    assert(arena);
    prereq_facts_write(facts, PREREQ_JSON_READABLE, &json);
    assert(!json.failed);
    if (prereq_facts_read(arena, json.text, json.len, &again, NULL, &err) != PREREQ_OK)
        abort();
    prereq_buffer_free(&json);
    prereq_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct prereq_import_options options = {
        .name = "fuzz.txt", .facts_time = prereq_time_from_date(2026, 11, 22)};
    struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    struct prereq_arena *arena;
    enum prereq_status status;
    char *text;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    arena = fuzz_arena(data);
    text = fuzz_text(data + FUZZ_LIMIT_BYTES, size - FUZZ_LIMIT_BYTES);
    status = prereq_import_text(arena, text, size - FUZZ_LIMIT_BYTES, &options, &facts, &err);
    if (status == PREREQ_OK) {
        assert(facts);
        check_document(facts);
    } else {
        assert(!facts);
        fuzz_check_refusal(status, &err);
    }
    free(text);
    prereq_arena_free(arena);
    return 0;
}
