/* SPDX-License-Identifier: MIT */
/* fuzz_pe.c - executable files: whatever the bytes, an answer after few reads of what is there.
 *
 * Nothing is allocated, so the limit of memory is the offset, in units of 64 bytes, from which
 * reading fails. */
#include "collect/pe.h"
#include "fuzz.h"

struct memory {
    const char *bytes;
    uint64_t size, fail_from;
    int reads;
};

static bool read_memory(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    struct memory *memory = context;

    assert(offset <= memory->size && len > 0 && len <= memory->size - offset);
    memory->reads++;
    if (offset + len > memory->fail_from)
        return false;
    memcpy(bytes, memory->bytes + offset, len);
    *got = len;
    return true;
}

static void check_text(const char text[PREREQ_PE_TEXT])
{
    size_t bad = 0;

    assert(memchr(text, 0, PREREQ_PE_TEXT));
    assert(prereq_utf8_valid(text, strlen(text), &bad));
    assert(text[0] != ' ');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = {0};
    struct prereq_pe_input input = {read_memory, &memory, 0};
    struct prereq_pe pe;
    enum prereq_pe_answer answer;
    const char *why = NULL;
    char *bytes;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    size -= FUZZ_LIMIT_BYTES;
    bytes = fuzz_text(data + FUZZ_LIMIT_BYTES, size);
    memory.bytes = bytes;
    memory.size = input.size = size;
    memory.fail_from = ((uint64_t)data[0] | (uint64_t)data[1] << 8) * FUZZ_LIMIT_UNIT;
    if (memory.fail_from == (uint64_t)0xFFFF * FUZZ_LIMIT_UNIT)
        memory.fail_from = UINT64_MAX;
    answer = prereq_pe_read(&input, &pe, &why);
    assert((answer == PREREQ_PE_DAMAGED) == (why != NULL));
    assert(answer != PREREQ_PE_UNREADABLE || memory.fail_from != UINT64_MAX);
    if (answer == PREREQ_PE_VERSION)
        assert(pe.version.parts == 4 && pe.version.part[0] <= 0xFFFF);
    check_text(pe.company);
    check_text(pe.original_name);
    /* The longest walk: every block of a resource of 64 KiB in a window of its own. */
    assert(memory.reads < 30000);
    free(bytes);
    return 0;
}
