/* SPDX-License-Identifier: MIT */
/* cmd_pack.c - patchprereq catalog pack, keygen and verify: catalogs that can be carried and
 * trusted. */
#include <stdlib.h>
#include <string.h>

#include "catalog/pack_files.h"
#include "commands/commands.h"
#include "program/messages.h"
#include "program/sink.h"

static enum prereq_status write_file(const char *path, const void *bytes, size_t len,
                                     struct prereq_error *err)
{
    struct prereq_output *output = NULL;
    enum prereq_status status = prereq_output_open(path, &output, err);

    if (!status)
        status = prereq_output_write(output, bytes, len, err);
    if (status) {
        prereq_output_discard(output);
        return status;
    }
    return prereq_output_commit(output, err);
}

/* A file of a key pair: private from its first moment where it is the secret one, and never in the
 * place of another. */
static enum prereq_status write_key(const char *path, const void *bytes, size_t len,
                                    enum prereq_rights rights, struct prereq_error *err)
{
    struct prereq_output *output = NULL;
    enum prereq_status status = prereq_output_open_for(path, rights, &output, err);

    if (!status)
        status = prereq_output_write(output, bytes, len, err);
    if (status) {
        prereq_output_discard(output);
        return status;
    }
    return prereq_output_commit_new(output, err);
}

/* -o FILE, which cannot be standard output here: two files are written. */
static enum prereq_status output_file(const struct options *options, const char **path,
                                      struct prereq_error *err)
{
    *path = option_text(options, OPTION_OUTPUT);
    if (!*path || strcmp(*path, "-") == 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s needs -o FILE", options->command->name);
    return PREREQ_OK;
}

static enum prereq_status read_seed(const struct options *options,
                                    unsigned char seed[PREREQ_SEED_BYTES], struct prereq_error *err)
{
    const char *path = option_text(options, OPTION_KEY);
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    if (!path)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "catalog pack needs --key FILE, a secret key of catalog keygen");
    status = prereq_file_read_secret(path, 4096, &bytes, &len, err);
    if (status)
        return status == PREREQ_IO && !prereq_is_file(path) ? (err->status = PREREQ_BAD_INPUT)
                                                            : status;
    if (len == PREREQ_SEED_BYTES)
        memcpy(seed, bytes, PREREQ_SEED_BYTES);
    else
        status = prereq_fail(err, PREREQ_BAD_INPUT, "%s: a secret key has %d bytes, not %zu", path,
                             PREREQ_SEED_BYTES, len);
    if (bytes)
        memset(bytes, 0, len);
    free(bytes);
    return status;
}

/* The signature is written first: a pack without one is worse than a signature without a pack. */
static enum prereq_status write_pack(const struct options *options, const char *path,
                                     struct prereq_pack *pack, const unsigned char *seed,
                                     struct prereq_error *err)
{
    const char *sig = prereq_printf(options->arena, "%s.sig", path);
    char signature[PREREQ_SIGNATURE_TEXT + 1];
    struct prereq_buffer bytes = {0};
    enum prereq_status status = prereq_pack_write(pack, options->arena, &bytes, err);

    if (!sig)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the pack");
    if (!status)
        status = prereq_sign(seed, bytes.text, bytes.len, signature, err);
    if (!status) {
        strcat(signature, "\n");
        status = write_file(sig, signature, strlen(signature), err);
    }
    if (!status)
        status = write_file(path, bytes.text, bytes.len, err);
    prereq_buffer_free(&bytes);
    return status;
}

enum outcome cmd_catalog_pack(const struct options *options)
{
    unsigned char seed[PREREQ_SEED_BYTES];
    struct prereq_pack *pack = NULL;
    struct prereq_error err = {0};
    const char *path = NULL;
    enum prereq_status status = output_file(options, &path, &err);

    if (!status)
        status = read_seed(options, seed, &err);
    if (!status && !strcmp(path, option_text(options, OPTION_KEY)))
        status = prereq_fail(&err, PREREQ_BAD_INPUT, "%s is the key; -o names another file", path);
    if (!status)
        status = pack_collect(options->arena, options->operands[0], &pack, &err);
    if (!status)
        status = write_pack(options, path, pack, seed, &err);
    if (status)
        message_error("%s", err.text);
    else
        message_note("%s holds catalog %s %s in %zu files; its signature is %s.sig", path, pack->id,
                     pack->version, pack->file_count, path);
    return outcome_of(status);
}

static enum prereq_status make_keys(const struct options *options, const char **path,
                                    struct prereq_error *err)
{
    unsigned char seed[PREREQ_SEED_BYTES];
    char key[PREREQ_KEY_TEXT + 1];
    const char *public;
    enum prereq_status status = output_file(options, path, err);

    if (status)
        return status;
    public = prereq_printf(options->arena, "%s.pub", *path);
    if (!public)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a key");
    if (prereq_is_there(*path) || prereq_is_there(public))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s is there already; keys are never replaced",
                           prereq_is_there(*path) ? *path : public);
    status = prereq_key_make(seed, key, err);
    if (!status)
        status = write_key(*path, seed, sizeof(seed), PREREQ_RIGHTS_OWNER, err);
    if (!status) {
        strcat(key, "\n");
        status = write_key(public, key, strlen(key), PREREQ_RIGHTS_INHERITED, err);
        if (status) /* a pair or nothing */
            prereq_file_remove(*path);
    }
    memset(seed, 0, sizeof(seed));
    return status;
}

enum outcome cmd_catalog_keygen(const struct options *options)
{
    struct prereq_error err = {0};
    const char *path = NULL;
    enum prereq_status status = make_keys(options, &path, &err);

    if (status)
        message_error("%s", err.text);
    else
        message_note("%s is the secret key: let nobody else read it; %s.pub is the public one",
                     path, path);
    return outcome_of(status);
}

enum outcome cmd_catalog_verify(const struct options *options)
{
    const struct prereq_pack *pack = NULL;
    struct prereq_buffer out = {0};
    struct prereq_error err = {0};
    const char *key = NULL;
    char released[32] = "";
    enum prereq_status status = pack_open(options, options->operands[0], &pack, &key, &err);
    enum outcome outcome = outcome_of(status);

    if (status) {
        message_error("%s", err.text);
        return outcome;
    }
    if (pack->released.known)
        prereq_time_format(pack->released, released);
    prereq_buffer_addf(&out, "catalog %s %s of %s, %zu files, signed by %s\n", pack->id,
                       pack->version, released, pack->file_count, key);
    outcome = sink_write_all(options, &out);
    prereq_buffer_free(&out);
    return outcome;
}
