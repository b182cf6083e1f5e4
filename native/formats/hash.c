/* SPDX-License-Identifier: MIT */
/* hash.c - SHA-256.  The only file that knows libsodium. */
#include <sodium.h>

#include "formats/hash.h"

struct prereq_sha256 {
    crypto_hash_sha256_state state;
};

/* The hash functions need no sodium_init(): they neither draw random numbers nor pick an
 * implementation at run time. */
static void start(struct prereq_sha256 *hash)
{
    (void)crypto_hash_sha256_init(&hash->state);
}

struct prereq_sha256 *prereq_sha256_new(struct prereq_arena *arena)
{
    struct prereq_sha256 *hash = PREREQ_NEW(arena, struct prereq_sha256);

    if (hash)
        start(hash);
    return hash;
}

void prereq_sha256_add(struct prereq_sha256 *hash, const void *bytes, size_t len)
{
    (void)crypto_hash_sha256_update(&hash->state, bytes, len);
}

void prereq_sha256_end(struct prereq_sha256 *hash, char hex[65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    (void)crypto_hash_sha256_final(&hash->state, digest);
    (void)sodium_bin2hex(hex, 65, digest, sizeof(digest));
}

void prereq_sha256_hex(const void *bytes, size_t len, char hex[65])
{
    struct prereq_sha256 hash;

    start(&hash);
    prereq_sha256_add(&hash, bytes, len);
    prereq_sha256_end(&hash, hex);
}
