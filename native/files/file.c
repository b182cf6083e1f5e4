/* SPDX-License-Identifier: MIT */
/* file.c - whole files, folders and their times. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "files/file_system.h"

static const struct reason {
    int code;
    const char *text;
} reasons[] = {
    {ENOENT, "no such file or folder"},
    {EACCES, "access is denied"},
    {EPERM, "access is denied"},
    {EEXIST, "it exists already"},
    {EISDIR, "it is a folder"},
    {ENOTDIR, "a part of the path is not a folder"},
    {ENOSPC, "no space is left"},
    {EFBIG, "it has grown too large"},
    {EROFS, "the file system is read-only"},
    {EMFILE, "too many files are open"},
    {ENAMETOOLONG, "the name is too long"},
    {EINVAL, "the name is not usable"},
    {EILSEQ, "a name is not valid Unicode"},
    {EPIPE, "the reader has gone away"},
    {ENOMEM, "out of memory"},
    {EIO, "the device reports an error"},
    {EBADF, "it is not open"},
};

const char *prereq_system_reason(int code)
{
    for (size_t i = 0; i < PREREQ_COUNT(reasons); i++) {
        if (reasons[i].code == code)
            return reasons[i].text;
    }
    return "the system gives no usable reason";
}

/* ---- reading ---- */

struct content {
    char *bytes;
    size_t len;
    size_t capacity;
};

static bool grow(struct content *content, size_t limit)
{
    size_t capacity = content->capacity ? content->capacity * 2 : 64 << 10;
    char *bytes;

    /* One byte more than the limit shows that there is more, one is for the NUL. */
    if (capacity > limit + 2)
        capacity = limit + 2;
    bytes = realloc(content->bytes, capacity);
    if (!bytes)
        return false;
    content->bytes = bytes;
    content->capacity = capacity;
    return true;
}

static enum prereq_status read_all(FILE *file, const char *path, size_t limit,
                                   struct content *content, struct prereq_error *err)
{
    size_t got = 1;

    while (got > 0 && content->len <= limit) {
        if (content->len + 1 >= content->capacity && !grow(content, limit))
            return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to read it", path);
        got = fread(content->bytes + content->len, 1, content->capacity - content->len - 1, file);
        content->len += got;
    }
    if (ferror(file))
        return prereq_fail(err, PREREQ_IO, "%s: cannot be read: %s", path,
                           prereq_system_reason(errno));
    if (content->len > limit)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: larger than the limit of %zu bytes", path,
                           limit);
    content->bytes[content->len] = '\0';
    return PREREQ_OK;
}

enum prereq_status prereq_file_read(const char *path, size_t limit, char **bytes, size_t *len,
                                    struct prereq_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct content content = {0};
    enum prereq_status status;
    FILE *file = standard ? stdin : prereq_system_open(path, "rb");

    if (!file)
        return prereq_fail(err, PREREQ_IO, "%s: cannot be opened: %s", path,
                           prereq_system_reason(errno));
    if (limit > SIZE_MAX - 2)
        limit = SIZE_MAX - 2;
    if (standard)
        prereq_system_binary(file);
    status = read_all(file, standard ? "standard input" : path, limit, &content, err);
    if (!standard)
        (void)fclose(file);
    if (status != PREREQ_OK) {
        free(content.bytes);
        return status;
    }
    *bytes = content.bytes;
    *len = content.len;
    return PREREQ_OK;
}

enum prereq_status prereq_file_read_secret(const char *path, size_t limit, char **bytes,
                                           size_t *len, struct prereq_error *err)
{
    FILE *file = prereq_system_open(path, "rb");
    struct content content = {0};
    enum prereq_status status;

    if (!file)
        return prereq_fail(err, PREREQ_IO, "%s: cannot be opened: %s", path,
                           prereq_system_reason(errno));
    status = prereq_system_check_secret(file, err);
    if (status != PREREQ_OK)
        status = prereq_fail_prefix(err, path);
    else
        status = read_all(file, path, limit > SIZE_MAX - 2 ? SIZE_MAX - 2 : limit, &content, err);
    (void)fclose(file);
    if (status != PREREQ_OK) {
        free(content.bytes);
        return status;
    }
    *bytes = content.bytes;
    *len = content.len;
    return PREREQ_OK;
}

/* ---- folders ---- */

struct listing {
    struct prereq_arena *arena;
    const char **names; /* malloc()ed until the number is known */
    size_t count;
    size_t capacity;
    bool failed;
};

static bool add_name(void *context, const char *name)
{
    struct listing *list = context;
    const char *copy = prereq_strdup(list->arena, name);

    list->failed = true;
    if (!copy)
        return false;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        const char **names = realloc(list->names, capacity * sizeof(*names));

        if (!names)
            return false;
        list->names = names;
        list->capacity = capacity;
    }
    list->names[list->count++] = copy;
    list->failed = false;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;

    return strcmp(*left, *right);
}

enum prereq_status prereq_folder_list(struct prereq_arena *arena, const char *path,
                                      const char ***names, size_t *count, struct prereq_error *err)
{
    struct listing list = {.arena = arena};
    enum prereq_status status = PREREQ_OK;
    const char **sorted;

    if (prereq_system_list(path, add_name, &list) != 0) {
        status = prereq_fail(err, PREREQ_IO, "%s: cannot be listed: %s", path,
                             prereq_system_reason(errno));
        goto done;
    }
    sorted = PREREQ_NEW_ARRAY(arena, list.count, const char *);
    if (list.failed || !sorted) {
        status = prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for its names", path);
        goto done;
    }
    if (list.count) {
        qsort(list.names, list.count, sizeof(*list.names), compare_names);
        memcpy(sorted, list.names, list.count * sizeof(*sorted));
    }
    *names = sorted;
    *count = list.count;
done:
    free(list.names);
    return status;
}

bool prereq_is_folder(const char *path)
{
    return prereq_system_kind(path) == PREREQ_KIND_FOLDER;
}

bool prereq_is_file(const char *path)
{
    return prereq_system_kind(path) == PREREQ_KIND_FILE;
}

bool prereq_is_link(const char *path)
{
    return prereq_system_is_link(path);
}

bool prereq_is_there(const char *path)
{
    return prereq_system_kind(path) != PREREQ_KIND_NONE || prereq_system_is_link(path);
}

enum prereq_status prereq_folder_make(const char *path, struct prereq_error *err)
{
    return prereq_folder_make_for(path, PREREQ_RIGHTS_INHERITED, err);
}

enum prereq_status prereq_folder_make_for(const char *path, enum prereq_rights rights,
                                          struct prereq_error *err)
{
    int code;

    if (prereq_system_make_folder(path, rights) == 0)
        return PREREQ_OK;
    code = errno;
    if (prereq_is_folder(path))
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_IO, "%s: the folder cannot be made: %s", path,
                       prereq_system_reason(code));
}

struct prereq_time prereq_file_time(const char *path)
{
    return prereq_system_time(path);
}
