/* SPDX-License-Identifier: MIT */
/* load.c - policy, waivers and scope of the command line, and the time to judge at. */
#include <stdlib.h>

#include "inputs/load.h"
#include "inputs/trusted.h"
#include "program/messages.h"
#include "program/system.h"

#define MAX_OWN_BYTES ((size_t)32 << 20) /* policy, waivers, scope */
#define OWN_FILES 3

static enum prereq_status add_input(const struct options *options, struct prereq_judge *judge,
                                    struct prereq_input_ref *inputs, enum option option,
                                    const char *bytes, size_t len, struct prereq_error *err)
{
    char *hex = PREREQ_NEW_ARRAY(options->arena, 65, char);

    if (!hex)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a hash");
    prereq_sha256_hex(bytes, len, hex);
    inputs[judge->input_count++] = (struct prereq_input_ref){option_text(options, option), hex};
    return PREREQ_OK;
}

/* Into `judge` what the file of one option says. */
static enum prereq_status read_own(const struct options *options, struct prereq_judge *judge,
                                   enum option option, const char *bytes, size_t len,
                                   const char *sha256, struct prereq_error *err)
{
    const struct prereq_policy *policy;
    struct prereq_policy *hashed;
    enum prereq_status status;

    if (option == OPTION_WAIVERS)
        return prereq_waivers_read(options->arena, bytes, len, &judge->waivers, err);
    if (option == OPTION_SCOPE)
        return prereq_scope_read(options->arena, bytes, len, &judge->scope, err);
    status = prereq_policy_read(options->arena, bytes, len, &policy, err);
    if (status != PREREQ_OK)
        return status;
    hashed = PREREQ_NEW(options->arena, struct prereq_policy);
    if (!hashed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    *hashed = *policy;
    hashed->sha256 = sha256;
    judge->policy = hashed;
    return PREREQ_OK;
}

static enum prereq_status load_own(const struct options *options, struct prereq_judge *judge,
                                   struct prereq_input_ref *inputs, enum option option,
                                   struct prereq_error *err)
{
    const char *path = option_text(options, option);
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    if (!path)
        return PREREQ_OK;
    if (!prereq_is_file(path) && prereq_is_folder(path))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: is a folder", path);
    status = trusted_read(options, path, MAX_OWN_BYTES, &bytes, &len, err);
    if (status == PREREQ_IO && !prereq_is_file(path))
        return err->status = PREREQ_BAD_INPUT;
    if (status != PREREQ_OK)
        return status;
    status = add_input(options, judge, inputs, option, bytes, len, err);
    if (status == PREREQ_OK)
        status = read_own(options, judge, option, bytes, len, inputs[judge->input_count - 1].sha256,
                          err);
    free(bytes);
    return status == PREREQ_OK ? status : prereq_fail_prefix(err, path);
}

static bool any_product_fits(const struct prereq_catalog *catalog, const char *pattern)
{
    for (size_t i = 0; i < prereq_catalog_patch_count(catalog); i++) {
        if (prereq_glob(pattern, prereq_catalog_product_of(catalog, i)->id))
            return true;
    }
    return false;
}

/* A number may stand in several entries, and the policy means all of them. */
static enum prereq_status check_level(const struct prereq_catalog *catalog, const char *file,
                                      size_t at, const char *level, struct prereq_error *err)
{
    uint32_t from = 0;
    size_t index = prereq_catalog_next(catalog, level, &from);

    if (index == SIZE_MAX)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "%s: /require/%zu/level: \"%s\" is no entry of the catalog", file, at,
                           level);
    for (; index != SIZE_MAX; index = prereq_catalog_next(catalog, level, &from)) {
        if (prereq_catalog_patch(catalog, index)->kind != PREREQ_KIND_BASELINE)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: /require/%zu/level: %s is no level but a patch", file, at,
                               level);
    }
    return PREREQ_OK;
}

/* A level that is mistyped would make a host pass: nothing would be required. */
static enum prereq_status check_policy(const struct options *options,
                                       const struct prereq_judge *judge, struct prereq_error *err)
{
    const char *file = option_text(options, OPTION_POLICY);

    for (size_t i = 0; file && i < judge->policy->require_count; i++) {
        const struct prereq_requirement *require = &judge->policy->require[i];
        const char *level = require->level;
        enum prereq_status status;

        if (require->product && !any_product_fits(judge->catalog, require->product))
            message_note("%s: /require/%zu/product: no product of the catalog is called \"%s\"",
                         file, i, require->product);
        if (!level || prereq_equal_nocase(level, "newest") || prereq_equal_nocase(level, "none"))
            continue;
        status = check_level(judge->catalog, file, i, level, err);
        if (status != PREREQ_OK)
            return status;
    }
    return PREREQ_OK;
}

enum prereq_status load_entry(const struct prereq_catalog *catalog, const char *id, size_t *index,
                              struct prereq_error *err)
{
    char why[800];

    *index = prereq_catalog_find(catalog, id);
    if (*index != SIZE_MAX)
        return PREREQ_OK;
    prereq_catalog_why_none(catalog, id, why, sizeof(why));
    return prereq_fail(err, PREREQ_BAD_INPUT, "%s %s", id, why);
}

enum prereq_status load_judge(const struct options *options, struct prereq_judge *judge,
                              struct prereq_error *err)
{
    static const enum option own[OWN_FILES] = {OPTION_POLICY, OPTION_WAIVERS, OPTION_SCOPE};
    struct prereq_input_ref *inputs =
        PREREQ_NEW_ARRAY(options->arena, OWN_FILES, struct prereq_input_ref);
    enum prereq_status status;

    if (!inputs)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the inputs");
    *judge = (struct prereq_judge){.policy = prereq_policy_default(),
                                   .product_version = PREREQ_PRODUCT_VERSION,
                                   .inputs = inputs};
    status = load_catalog(options, &judge->catalog, err);
    for (size_t i = 0; i < OWN_FILES && status == PREREQ_OK; i++)
        status = load_own(options, judge, inputs, own[i], err);
    if (status == PREREQ_OK)
        status = check_policy(options, judge, err);
    if (status == PREREQ_OK)
        status = load_now(options, &judge->now, err);
    return status;
}

const char *load_judge_option(const struct options *options)
{
    static const enum option judging[] = {OPTION_CATALOG, OPTION_NO_BUILTIN, OPTION_POLICY,
                                          OPTION_WAIVERS, OPTION_SCOPE,      OPTION_PREVIOUS};

    for (size_t i = 0; i < PREREQ_COUNT(judging); i++)
        if (option_given(options, judging[i]))
            return option_table[judging[i]].name;
    return NULL;
}

enum prereq_status load_now(const struct options *options, struct prereq_time *now,
                            struct prereq_error *err)
{
    const char *text = option_text(options, OPTION_NOW);
    struct prereq_time given;

    if (!text) {
        *now = system_now();
        return PREREQ_OK;
    }
    if (!prereq_time_parse(text, &given) || given.day_only)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "--now %s is not a time like 2026-11-22T08:00:00Z", text);
    *now = given;
    return PREREQ_OK;
}

enum prereq_status load_host_id(const struct options *options, struct prereq_error *err)
{
    const char *id = option_text(options, OPTION_HOST_ID);

    if (!id || prereq_is_host_id(id))
        return PREREQ_OK;
    return prereq_fail(
        err, PREREQ_BAD_INPUT,
        "--host-id \"%s\" is no id: A-Z a-z 0-9 . _ - @ / : only, at most 255 of them", id);
}
