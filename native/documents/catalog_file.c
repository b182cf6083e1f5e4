/* SPDX-License-Identifier: MIT */
/* catalog_file.c - a file of a catalog, whichever of the two formats it is in. */
#include <string.h>

#include "documents/releases.h"

static enum prereq_status read_releases(struct prereq_arena *arena, const char *json, size_t len,
                                        const struct prereq_catalog_file **file,
                                        struct prereq_error *err)
{
    struct prereq_catalog_file *made = PREREQ_NEW(arena, struct prereq_catalog_file);
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "the document is larger than the memory for it");
    status = prereq_releases_read(arena, json, len, &made->releases, err);
    if (status)
        return status;
    made->format = made->releases->format;
    made->family = made->releases->family;
    *file = made;
    return PREREQ_OK;
}

enum prereq_status prereq_catalog_file_read(struct prereq_arena *arena, const char *json,
                                            size_t len, const struct prereq_catalog_file **file,
                                            struct prereq_error *err)
{
    static const char releases[] = "patchprereq-releases/";
    char format[64];
    const void *object;
    enum prereq_status status;

    if (len <= PREREQ_MAX_CATALOG_BYTES &&
        prereq_format_peek(json, len, format, NULL) == PREREQ_OK &&
        strncmp(format, releases, strlen(releases)) == 0)
        return read_releases(arena, json, len, file, err);
    status = prereq_shape_read(arena, &prereq_catalog_document, json, len, &object, NULL, err);
    if (!status)
        *file = object;
    return status;
}
