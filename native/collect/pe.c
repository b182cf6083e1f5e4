/* SPDX-License-Identifier: MIT */
/* pe.c - executable files: bytes through windows, which format it is, and the answer. */
#include "collect/pe_parts.h"

#include <string.h>

#define DOS_HEADER 64
#define DOS_NEW_HEADER 0x3C /* e_lfanew: where the header of the real format is */

static bool fill(struct pe_file *file, struct pe_window *window, uint64_t offset)
{
    uint64_t left = file->input->size - offset;
    size_t want = left < PE_WINDOW ? (size_t)left : PE_WINDOW;

    window->offset = offset;
    window->len = 0;
    if (!file->input->read(file->input->context, offset, window->bytes, want, &window->len)) {
        file->unreadable = true;
        window->len = 0;
        return false;
    }
    return true;
}

static const unsigned char *in_window(const struct pe_window *window, uint64_t offset, size_t len)
{
    if (offset < window->offset || offset - window->offset > window->len ||
        window->len - (size_t)(offset - window->offset) < len)
        return NULL;
    return window->bytes + (offset - window->offset);
}

const unsigned char *prereq_pe_view(struct pe_file *file, uint64_t offset, size_t len)
{
    const unsigned char *bytes = in_window(&file->head, offset, len);

    if (!bytes)
        bytes = in_window(&file->body, offset, len);
    if (bytes || file->unreadable)
        return bytes;
    if (offset > file->input->size || file->input->size - offset < len)
        return NULL;
    return fill(file, &file->body, offset) ? in_window(&file->body, offset, len) : NULL;
}

enum prereq_pe_answer prereq_pe_damaged(struct pe_file *file, const char *why)
{
    if (file->unreadable)
        return PREREQ_PE_UNREADABLE;
    file->why = why;
    return PREREQ_PE_DAMAGED;
}

typedef enum prereq_pe_answer find_resource(struct pe_file *file, uint64_t header, uint64_t *offset,
                                            uint32_t *len);

static enum prereq_pe_answer read_resource(struct pe_file *file, uint64_t header,
                                           find_resource *find)
{
    uint64_t offset = 0;
    uint32_t len = 0;
    enum prereq_pe_answer answer = find(file, header, &offset, &len);

    return answer == PREREQ_PE_VERSION ? prereq_pe_version(file, offset, len) : answer;
}

/* A DOS program, or one with another in front of it.  Old DOS programs have anything at e_lfanew,
 * so that an offset to nowhere is no damage. */
static enum prereq_pe_answer read_new_header(struct pe_file *file)
{
    uint64_t header = pe_u32(file->head.bytes + DOS_NEW_HEADER);
    const unsigned char *mark = prereq_pe_view(file, header, 4);

    if (!mark)
        return file->unreadable ? PREREQ_PE_UNREADABLE : PREREQ_PE_NO_VERSION;
    if (!memcmp(mark, "PE\0\0", 4)) {
        file->pe->kind = PREREQ_PE_32;
        return read_resource(file, header, prereq_pe_find);
    }
    if (!memcmp(mark, "NE", 2)) {
        file->pe->kind = PREREQ_PE_NE;
        return read_resource(file, header, prereq_ne_find);
    }
    if (!memcmp(mark, "LE", 2) || !memcmp(mark, "LX", 2))
        file->pe->kind = PREREQ_PE_OTHER;
    return PREREQ_PE_NO_VERSION;
}

enum prereq_pe_answer prereq_pe_read(const struct prereq_pe_input *input, struct prereq_pe *pe,
                                     const char **why)
{
    struct pe_file file;
    enum prereq_pe_answer answer;

    /* Not the windows: clearing them would cost as much as reading a file. */
    file.input = input;
    file.pe = pe;
    file.unreadable = false;
    file.why = NULL;
    file.head.len = file.body.len = 0;
    file.head.offset = file.body.offset = 0;
    memset(pe, 0, sizeof(*pe));
    if (input->size > 0 && !fill(&file, &file.head, 0))
        return PREREQ_PE_UNREADABLE;
    if (file.head.len < DOS_HEADER || memcmp(file.head.bytes, "MZ", 2) != 0)
        return PREREQ_PE_NO_VERSION;
    answer = read_new_header(&file);
    if (answer == PREREQ_PE_DAMAGED)
        *why = file.why;
    return answer;
}
