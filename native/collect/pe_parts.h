/* SPDX-License-Identifier: MIT */
/* pe_parts.h - inside the reader of executable files: bytes through two windows, and its halves. */
#ifndef PREREQ_PE_PARTS_H
#define PREREQ_PE_PARTS_H

#include "collect/pe.h"

#define PE_WINDOW 4096

struct pe_window {
    uint64_t offset;
    size_t len;
    unsigned char bytes[PE_WINDOW];
};

/* One file being read.  `head` keeps the start of it, where the headers are; `body` moves. */
struct pe_file {
    const struct prereq_pe_input *input;
    struct prereq_pe *pe;
    bool unreadable;
    const char *why; /* the first thing that was wrong */
    struct pe_window head, body;
};

/* `len` bytes (at most PE_WINDOW) at `offset`, good until the next call; NULL when the file ends
 * before, or cannot be read. */
const unsigned char *prereq_pe_view(struct pe_file *file, uint64_t offset, size_t len);
/* Remember what is wrong; returns DAMAGED, or UNREADABLE when that is why. */
enum prereq_pe_answer prereq_pe_damaged(struct pe_file *file, const char *why);

/* Where the version resource is, in the file.  VERSION when there is one. */
enum prereq_pe_answer prereq_pe_find(struct pe_file *file, uint64_t header, uint64_t *offset,
                                     uint32_t *len);
enum prereq_pe_answer prereq_ne_find(struct pe_file *file, uint64_t header, uint64_t *offset,
                                     uint32_t *len);
enum prereq_pe_answer prereq_pe_version(struct pe_file *file, uint64_t offset, uint32_t len);

static inline uint16_t pe_u16(const unsigned char *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t pe_u32(const unsigned char *bytes)
{
    return (uint32_t)pe_u16(bytes) | (uint32_t)pe_u16(bytes + 2) << 16;
}

#endif
