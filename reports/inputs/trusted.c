/* SPDX-License-Identifier: MIT */
/* trusted.c - files and folders that are believed. */
#include "inputs/trusted.h"

#ifdef _WIN32

#include "win32/machine.h"

static bool wants_trust(const struct options *options)
{
    if (option_given(options, OPTION_UNTRUSTED))
        return false;
    return (options->command && options->command->always_trusted) || prereq_machine_elevated();
}

enum prereq_status trusted_read(const struct options *options, const char *path, size_t limit,
                                char **bytes, size_t *len, struct prereq_error *err)
{
    enum prereq_status status;

    if (!wants_trust(options))
        return prereq_file_read(path, limit, bytes, len, err);
    status = prereq_machine_read(path, limit, bytes, len, err);
    if (status != PREREQ_BAD_INPUT)
        return status;
    return prereq_fail(err, status, "%s; --untrusted takes it all the same",
                       PREREQ_CLIP(err->text, 900));
}

enum prereq_status trusted_list(const struct options *options, const char *path,
                                struct prereq_arena *arena, const char ***names, size_t *count,
                                struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    if (wants_trust(options))
        status = prereq_machine_folder_trusted(path, err);
    if (status == PREREQ_BAD_INPUT)
        return prereq_fail(err, status, "%s; --untrusted takes it all the same",
                           PREREQ_CLIP(err->text, 900));
    return status ? status : prereq_folder_list(arena, path, names, count, err);
}

#else

enum prereq_status trusted_read(const struct options *options, const char *path, size_t limit,
                                char **bytes, size_t *len, struct prereq_error *err)
{
    (void)options;
    return prereq_file_read(path, limit, bytes, len, err);
}

enum prereq_status trusted_list(const struct options *options, const char *path,
                                struct prereq_arena *arena, const char ***names, size_t *count,
                                struct prereq_error *err)
{
    (void)options;
    return prereq_folder_list(arena, path, names, count, err);
}

#endif
