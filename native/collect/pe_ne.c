/* SPDX-License-Identifier: MIT */
/* pe_ne.c - the version resource of 16-bit files: the resource table of the NE header. */
#include "collect/pe_parts.h"

#define NE_HEADER 0x40
#define NE_RESOURCES 0x24      /* offset of the table from the header */
#define NE_RESIDENT_NAMES 0x26 /* what stands behind it; the same: no resources */
#define TYPE_SIZE 8
#define ENTRY_SIZE 12
#define TYPE_VERSION 0x8010 /* RT_VERSION as a number */
#define MAX_TYPES 1024
#define MAX_SHIFT 15

enum prereq_pe_answer prereq_ne_find(struct pe_file *file, uint64_t header, uint64_t *offset,
                                     uint32_t *len)
{
    const unsigned char *bytes = prereq_pe_view(file, header, NE_HEADER);
    uint64_t at;
    unsigned shift;

    if (!bytes)
        return prereq_pe_damaged(file, "its headers are cut off");
    if (pe_u16(bytes + NE_RESOURCES) == pe_u16(bytes + NE_RESIDENT_NAMES))
        return PREREQ_PE_NO_VERSION;
    at = header + pe_u16(bytes + NE_RESOURCES);
    bytes = prereq_pe_view(file, at, 2);
    if (!bytes)
        return prereq_pe_damaged(file, "its resources are cut off");
    shift = pe_u16(bytes);
    if (shift > MAX_SHIFT)
        return prereq_pe_damaged(file, "its resources are aligned as none can be");
    at += 2;
    for (int i = 0; i < MAX_TYPES; i++) {
        uint32_t count;

        bytes = prereq_pe_view(file, at, 2);
        if (bytes && pe_u16(bytes) == 0)
            return PREREQ_PE_NO_VERSION;
        bytes = prereq_pe_view(file, at, TYPE_SIZE);
        if (!bytes)
            break;
        count = pe_u16(bytes + 2);
        if (pe_u16(bytes) == TYPE_VERSION && count > 0) {
            bytes = prereq_pe_view(file, at + TYPE_SIZE, ENTRY_SIZE);
            if (!bytes)
                break;
            *offset = (uint64_t)pe_u16(bytes) << shift;
            *len = (uint32_t)pe_u16(bytes + 2) << shift;
            return PREREQ_PE_VERSION;
        }
        at += TYPE_SIZE + (uint64_t)count * ENTRY_SIZE;
    }
    return prereq_pe_damaged(file, "its resources are cut off");
}
