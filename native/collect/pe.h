/* SPDX-License-Identifier: MIT */
/* pe.h - what an executable file says of itself: version, company, name, checksum.
 *
 * Read from the bytes, so that Linux and Windows say the same: GetFileVersionInfo() of a running
 * system may answer from a language file beside it, or by the manifest of who asks.
 *
 * Where the facts stand, all numbers little-endian:
 *   32-bit and 64-bit   "Microsoft PE Format": COFF header (machine, time stamp), optional header
 *                       (magic 0x10B or 0x20B, CheckSum, data directory 2), section table, and the
 *                       resource tree: type 16 -> name -> language -> data entry
 *   16-bit              "New Executable" header, its own resource table, type 0x8010
 *   the resource        VS_VERSIONINFO: VS_FIXEDFILEINFO behind its key, then StringFileInfo;
 *                       texts are UTF-16, in 16-bit files Windows-1252
 *
 * A file is untrusted: every offset in it is checked, every walk has an end that does not depend on
 * it, and nothing is allocated. */
#ifndef PREREQ_PE_H
#define PREREQ_PE_H

#include "base/base.h"

/* How the bytes are reached.  `read` puts up to `len` bytes at `offset` into `bytes` and says how
 * many; false: they cannot be read.  It is never asked for what is behind `size`. */
struct prereq_pe_input {
    bool (*read)(void *context, uint64_t offset, void *bytes, size_t len, size_t *got);
    void *context;
    uint64_t size; /* of the file, in bytes */
};

enum prereq_pe_kind {
    PREREQ_PE_NONE,  /* no executable file, or one of DOS */
    PREREQ_PE_NE,    /* 16-bit */
    PREREQ_PE_OTHER, /* another format with a DOS program in front: LE of VxDs, LX */
    PREREQ_PE_32,
    PREREQ_PE_64,
};

enum prereq_pe_answer {
    PREREQ_PE_VERSION,    /* all of struct prereq_pe is filled */
    PREREQ_PE_NO_VERSION, /* it has no version resource, and nothing is wrong with it */
    PREREQ_PE_DAMAGED,    /* it is not what its format says: `why` */
    PREREQ_PE_UNREADABLE, /* `read` said false */
};

/* Bits of file_flags, see VS_FIXEDFILEINFO. */
#define PREREQ_VS_DEBUG 0x01U
#define PREREQ_VS_PRERELEASE 0x02U
#define PREREQ_VS_PATCHED 0x04U
#define PREREQ_VS_PRIVATE_BUILD 0x08U
#define PREREQ_VS_SPECIAL_BUILD 0x20U

#define PREREQ_PE_TEXT 256 /* bytes of a text with its NUL; longer ones are cut */

struct prereq_pe {
    enum prereq_pe_kind kind;
    uint16_t machine;                      /* COFF Machine: 0x14C x86, 0x8664 x64; 0 in NE */
    uint32_t time_stamp;                   /* seconds since 1970, or a hash; COFF TimeDateStamp */
    uint32_t checksum;                     /* CheckSum of the optional header; 0: none */
    struct prereq_version version;         /* dwFileVersionMS and LS, four numbers */
    struct prereq_version product_version; /* dwProductVersionMS and LS */
    uint32_t file_flags;                   /* those that dwFileFlagsMask calls valid */
    char company[PREREQ_PE_TEXT];          /* CompanyName; "" when there is none */
    char original_name[PREREQ_PE_TEXT];    /* OriginalFilename */
};

/* What is known of the file stands in *pe even where there is no version.  *why is a static
 * sentence when the answer is DAMAGED.  Costs three reads of at most 4 KiB for nearly every file.
 */
enum prereq_pe_answer prereq_pe_read(const struct prereq_pe_input *input, struct prereq_pe *pe,
                                     const char **why);

#endif
