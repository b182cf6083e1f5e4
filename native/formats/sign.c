/* SPDX-License-Identifier: MIT */
/* sign.c - Ed25519 signatures.  With hash.c the only file that knows libsodium. */
#include <sodium.h>
#include <string.h>

#include "formats/sign.h"

_Static_assert(PREREQ_SEED_BYTES == crypto_sign_SEEDBYTES, "the seed is libsodium's");

static enum prereq_status start(struct prereq_error *err)
{
    if (sodium_init() < 0)
        return prereq_fail(err, PREREQ_IO, "libsodium finds no source of random numbers");
    return PREREQ_OK;
}

enum prereq_status prereq_key_make(unsigned char seed[PREREQ_SEED_BYTES],
                                   char public_key[PREREQ_KEY_TEXT], struct prereq_error *err)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    enum prereq_status status = start(err);

    if (status)
        return status;
    randombytes_buf(seed, PREREQ_SEED_BYTES);
    (void)crypto_sign_seed_keypair(public, secret, seed);
    (void)sodium_bin2base64(public_key, PREREQ_KEY_TEXT, public, sizeof(public),
                            sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(secret, sizeof(secret));
    return PREREQ_OK;
}

enum prereq_status prereq_sign(const unsigned char seed[PREREQ_SEED_BYTES], const void *bytes,
                               size_t len, char signature[PREREQ_SIGNATURE_TEXT],
                               struct prereq_error *err)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char made[crypto_sign_BYTES];
    enum prereq_status status = start(err);

    if (status)
        return status;
    (void)crypto_sign_seed_keypair(public, secret, seed);
    (void)crypto_sign_detached(made, NULL, bytes, len, secret);
    (void)sodium_bin2base64(signature, PREREQ_SIGNATURE_TEXT, made, sizeof(made),
                            sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(secret, sizeof(secret));
    return PREREQ_OK;
}

/* Exactly `size` bytes of base64, with white space anywhere. */
static bool decode(const char *text, unsigned char *bytes, size_t size)
{
    size_t len = 0;

    return sodium_base642bin(bytes, size, text, strlen(text), " \t\r\n", &len, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           len == size;
}

bool prereq_signature_holds(const char *public_key, const char *signature, const void *bytes,
                            size_t len)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], made[crypto_sign_BYTES];

    return decode(public_key, public, sizeof(public)) && decode(signature, made, sizeof(made)) &&
           crypto_sign_verify_detached(made, bytes, len, public) == 0;
}
