/* SPDX-License-Identifier: MIT */
/* hash.h - SHA-256, through libsodium. */
#ifndef PREREQ_HASH_H
#define PREREQ_HASH_H

#include "base/base.h"

/* SHA-256 as 64 lower-case hex digits and a NUL. */
void prereq_sha256_hex(const void *bytes, size_t len, char hex[65]);
/* Several pieces hashed as one. */
struct prereq_sha256;
struct prereq_sha256 *prereq_sha256_new(struct prereq_arena *arena); /* NULL: no memory */
void prereq_sha256_add(struct prereq_sha256 *hash, const void *bytes, size_t len);
void prereq_sha256_end(struct prereq_sha256 *hash, char hex[65]);

#endif
