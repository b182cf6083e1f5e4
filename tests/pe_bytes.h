/* SPDX-License-Identifier: MIT */
/* pe_bytes.h - for tests: executable files made byte by byte, whole or with one thing wrong. */
#ifndef PREREQ_TESTS_PE_BYTES_H
#define PREREQ_TESTS_PE_BYTES_H

#include "collect/pe.h"

struct pe_recipe {
    enum prereq_pe_kind kind; /* PREREQ_PE_NE, PREREQ_PE_32, PREREQ_PE_64 */
    uint16_t version[4];
    uint32_t flags, flags_mask;
    const char *company, *original_name; /* ASCII; NULL: not in the file */
    const char *before;                  /* a text of this value stands in front of them */
    bool no_resources;                   /* an image without any */
    bool no_version;                     /* with resources, but an icon only */
    bool narrow;                         /* the resource of a 16-bit compiler in a 32-bit file */
    bool packed;                         /* FileAlignment 32, as drivers of NT 4.0 have it */
    int languages;                       /* of the version resource, 1 when 0; English comes last */
};

struct pe_bytes {
    unsigned char *bytes; /* free() */
    size_t len;
    size_t resource; /* offset of VS_VERSIONINFO */
    size_t fixed;    /* of VS_FIXEDFILEINFO */
    size_t tree;     /* of the resource tree, or table */
};

/* The product version of everything that is made: another one than that of any file. */
extern const uint32_t pe_bytes_product[4];

#define PE_HEADER 0x80 /* where "PE" or "NE" stands in what is made */

struct pe_bytes pe_bytes_make(const struct pe_recipe *recipe);
/* The usual case: a 32-bit file of Microsoft with this version ("4.2.749.1"). */
struct pe_bytes pe_bytes_version(const char *version);
void pe_bytes_put16(struct pe_bytes *file, size_t at, unsigned value);
void pe_bytes_put32(struct pe_bytes *file, size_t at, uint32_t value);

#endif
