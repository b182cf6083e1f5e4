/* SPDX-License-Identifier: MIT */
/* pack.c - catalogs as one file that can be carried to where no network is. */
#include "documents/pack.h"

#include <string.h>

#include "formats/hash.h"

#define F prereq_pack_file
static const struct prereq_member file_members[] = {
    PREREQ_M_TEXT_REQ("path", F, path, "catalog.json or family/name.json"),
    {"size", PREREQ_UINT, offsetof(struct F, size), 0, true, PREREQ_ANY_TEXT, NULL, NULL, "bytes",
     NULL, 0, 0},
    PREREQ_M_TEXT_REQ("sha256", F, sha256, "of its bytes"),
    PREREQ_M_END};
#undef F
static const struct prereq_shape file_shape = {
    "packFile", "One file of a pack.", sizeof(struct prereq_pack_file), file_members, false};

#define P prereq_pack
static const struct prereq_member pack_members[] = {
    PREREQ_M_TEXT_REQ("format", P, format, "patchprereq-pack/1.0"),
    PREREQ_M_ID("id", P, id, true, "of the catalog"),
    PREREQ_M_TEXT_REQ("version", P, version, "of the catalog"),
    PREREQ_M_DATE("released", P, released, "of the catalog"),
    PREREQ_M_OBJECTS("files", P, files, file_count, &file_shape,
                     "in the order in which their bytes follow"),
    PREREQ_M_END};
#undef P
static const struct prereq_shape pack_shape = {"pack", "The manifest of a catalog pack.",
                                               sizeof(struct prereq_pack), pack_members, false};

const struct prereq_document prereq_pack_document = {"patchprereq-pack", 1, 0, &pack_shape,
                                                     (size_t)4 << 20};

static bool part_is_fine(const char *part, size_t len)
{
    if (len == 0 || len > 100 || part[0] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        bool letter = (part[i] >= 'a' && part[i] <= 'z') || (part[i] >= 'A' && part[i] <= 'Z');
        bool digit = part[i] >= '0' && part[i] <= '9';

        if (!letter && !digit && !strchr("._-", part[i]))
            return false;
    }
    return true;
}

bool prereq_pack_path_is_fine(const char *path)
{
    const char *slash = strchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    size_t len = strlen(last);

    return (!slash || part_is_fine(path, (size_t)(slash - path))) && part_is_fine(last, len) &&
           len > 5 && prereq_equal_nocase(last + len - 5, ".json");
}

/* Two files that one file system takes for one. */
static bool is_doubled(const struct prereq_pack *pack, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (prereq_equal_nocase(pack->files[i].path, pack->files[index].path))
            return true;
    }
    return false;
}

enum prereq_status prereq_pack_write(struct prereq_pack *pack, struct prereq_arena *arena,
                                     struct prereq_buffer *out, struct prereq_error *err)
{
    if (pack->file_count == 0 || strcmp(pack->files[0].path, "catalog.json") != 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "its first file is not catalog.json");
    if (pack->file_count > PREREQ_MAX_PACK_FILES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %d files", PREREQ_MAX_PACK_FILES);
    for (size_t i = 0; i < pack->file_count; i++) {
        char hex[65];

        if (is_doubled(pack, i))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: another file's name is the same but for its case",
                               pack->files[i].path);
        prereq_sha256_hex(pack->files[i].bytes, (size_t)pack->files[i].size.value, hex);
        pack->files[i].sha256 = prereq_strdup(arena, hex);
        if (!pack->files[i].sha256)
            return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the pack");
        if (!prereq_pack_path_is_fine(pack->files[i].path))
            return prereq_fail(err, PREREQ_BAD_INPUT, "%s: a pack cannot hold a file of this name",
                               pack->files[i].path);
    }
    pack->format = "patchprereq-pack/1.0";
    prereq_shape_write(&pack_shape, pack, PREREQ_JSON_COMPACT, out);
    prereq_buffer_add(out, "\n");
    for (size_t i = 0; i < pack->file_count; i++)
        prereq_buffer_add_bytes(out, pack->files[i].bytes, (size_t)pack->files[i].size.value);
    if (out->failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the pack");
    if (out->len > PREREQ_MAX_PACK_BYTES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "larger than the %zu MiB that a pack may have",
                           PREREQ_MAX_PACK_BYTES >> 20);
    return PREREQ_OK;
}

static enum prereq_status take_file(struct prereq_pack *pack, size_t index, const char **at,
                                    size_t *left, struct prereq_error *err)
{
    struct prereq_pack_file *file = &pack->files[index];
    char hex[65];

    if (!prereq_pack_path_is_fine(file->path))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "/files/%zu/path: not a path that a pack may hold", index);
    if (is_doubled(pack, index))
        return prereq_fail(err, PREREQ_BAD_INPUT, "/files/%zu/path: stands twice", index);
    if (file->size.value > *left)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: the pack ends inside this file", file->path);
    prereq_sha256_hex(*at, (size_t)file->size.value, hex);
    if (!prereq_equal_nocase(hex, file->sha256))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: its bytes are not those of the manifest",
                           file->path);
    file->bytes = *at;
    *at += file->size.value;
    *left -= (size_t)file->size.value;
    return PREREQ_OK;
}

enum prereq_status prereq_pack_read(struct prereq_arena *arena, const char *bytes, size_t len,
                                    const struct prereq_pack **pack, struct prereq_error *err)
{
    const char *end = len ? memchr(bytes, '\n', len) : NULL;
    const void *object = NULL;
    struct prereq_pack *read;
    enum prereq_status status;
    size_t left;

    if (!end)
        return prereq_fail(err, PREREQ_BAD_INPUT, "not a pack: there is no manifest line");
    status = prereq_shape_read(arena, &prereq_pack_document, bytes, (size_t)(end - bytes), &object,
                               NULL, err);
    if (status)
        return status;
    read = PREREQ_NEW(arena, struct prereq_pack);
    if (!read)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the pack");
    memcpy(read, object, sizeof(*read));
    if (read->file_count > PREREQ_MAX_PACK_FILES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %d files", PREREQ_MAX_PACK_FILES);
    left = len - (size_t)(end - bytes) - 1;
    end++;
    for (size_t i = 0; i < read->file_count; i++) {
        status = take_file(read, i, &end, &left, err);
        if (status)
            return status;
    }
    if (left > 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "bytes follow the last file of the manifest");
    if (read->file_count == 0 || strcmp(read->files[0].path, "catalog.json") != 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "its first file is not catalog.json");
    *pack = read;
    return PREREQ_OK;
}

enum prereq_status prereq_pack_older(const struct prereq_pack_age *pack,
                                     const struct prereq_pack_age *other, bool *older,
                                     struct prereq_error *err)
{
    int64_t days = prereq_time_day(pack->released) - prereq_time_day(other->released);
    struct prereq_version one, two;

    *older = days < 0;
    if (pack->released.known && other->released.known && days != 0)
        return PREREQ_OK;
    *older = false;
    if (strcmp(pack->version, other->version) == 0)
        return PREREQ_OK;
    if (!prereq_version_parse(pack->version, &one) || !prereq_version_parse(other->version, &two))
        return prereq_fail(
            err, PREREQ_BAD_INPUT,
            "which of the versions \"%s\" and \"%s\" is newer cannot be told: a version "
            "is 1 to 4 numbers",
            PREREQ_CLIP(pack->version, 100), PREREQ_CLIP(other->version, 100));
    *older = prereq_version_compare(one, two) < 0;
    return PREREQ_OK;
}
