/* SPDX-License-Identifier: MIT */
/* sign.h - Ed25519 signatures, through libsodium.
 *
 * A secret key is a file of 32 bytes, the seed.  A public key is one line of base64. */
#ifndef PREREQ_SIGN_H
#define PREREQ_SIGN_H

#include "base/base.h"

#define PREREQ_SEED_BYTES 32
#define PREREQ_KEY_TEXT 45       /* base64 of 32 bytes with its NUL */
#define PREREQ_SIGNATURE_TEXT 89 /* base64 of 64 bytes with its NUL */

/* A new key pair from the system's random numbers. */
enum prereq_status prereq_key_make(unsigned char seed[PREREQ_SEED_BYTES],
                                   char public_key[PREREQ_KEY_TEXT], struct prereq_error *err);
/* The detached signature of `bytes`, as one line of base64 without its end. */
enum prereq_status prereq_sign(const unsigned char seed[PREREQ_SEED_BYTES], const void *bytes,
                               size_t len, char signature[PREREQ_SIGNATURE_TEXT],
                               struct prereq_error *err);
/* Does the signature belong to these bytes and this key?  Texts that are no key or signature, and
 * white space around them, are allowed for: the first are false. */
bool prereq_signature_holds(const char *public_key, const char *signature, const void *bytes,
                            size_t len);

#endif
