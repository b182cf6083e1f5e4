/* SPDX-License-Identifier: MIT */
/* pack.h - a catalog as one file: a manifest of hashes, then the files (patchprereq-pack/1.0).
 *
 * The first line is the manifest as JSON; behind its line end stand the files' bytes, one after the
 * other in the manifest's order.  Nothing else: no links, no modes, no compression. */
#ifndef PREREQ_PACK_H
#define PREREQ_PACK_H

#include "base/shape.h"

#define PREREQ_MAX_PACK_BYTES ((size_t)256 << 20)
#define PREREQ_MAX_PACK_FILES 10000

struct prereq_pack_file {
    const char *path; /* catalog.json, or family/name.json */
    struct prereq_number size;
    const char *sha256;
    const char *bytes; /* in the pack that was read; not a member */
};

struct prereq_pack {
    const char *format;
    const char *id, *version; /* of the catalog */
    struct prereq_time released;
    struct prereq_pack_file *files;
    size_t file_count;
};

extern const struct prereq_document prereq_pack_document;

/* Is this a path that a pack may hold?  One or two parts of A-Z a-z 0-9 . _ -, none beginning with
 * a dot, the last ending in .json. */
bool prereq_pack_path_is_fine(const char *path);
/* Manifest and bytes into `out`; sizes and hashes are filled in. */
enum prereq_status prereq_pack_write(struct prereq_pack *pack, struct prereq_arena *arena,
                                     struct prereq_buffer *out, struct prereq_error *err);
/* Read a pack: paths, sizes and hashes must be right to the last byte.  On success the files point
 * into `bytes`, which must live as long. */
enum prereq_status prereq_pack_read(struct prereq_arena *arena, const char *bytes, size_t len,
                                    const struct prereq_pack **pack, struct prereq_error *err);
/* Whether a catalog is older than another: by its day; where that is the same or not known by its
 * version.  PREREQ_BAD_INPUT: the versions differ and are no numbers, so that nobody can tell. */
struct prereq_pack_age {
    const char *version;
    struct prereq_time released;
};
enum prereq_status prereq_pack_older(const struct prereq_pack_age *pack,
                                     const struct prereq_pack_age *other, bool *older,
                                     struct prereq_error *err);

#endif
