/* SPDX-License-Identifier: MIT */
/* windows_path.c - which paths of a running Windows may be opened, and where links in them lead. */
#include "collect/windows_path.h"

#include <string.h>

#include "collect/windows_error.h"

#define EXACT "\\\\?\\"
#define EXACT_LEN 4
#define MAX_PATH_BYTES 32000 /* the kernel's limit is 32767 units */

/* Tags of reparse points, winnt.h. */
#define TAG_MOUNT_POINT 0xA0000003u
#define TAG_SYMLINK 0xA000000Cu
#define TAG_WOF 0x80000017u
#define TAG_DEDUP 0x80000013u

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_separator(char c)
{
    return c == '\\' || c == '/';
}

/* Names that mean a device in every folder, whatever their extension. */
static bool is_device(const char *name, size_t len)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
    const char *dot = memchr(name, '.', len);
    char base[8];

    if (dot)
        len = (size_t)(dot - name);
    while (len > 0 && name[len - 1] == ' ')
        len--;
    if (len >= sizeof(base))
        return false;
    memcpy(base, name, len);
    base[len] = '\0';
    for (size_t i = 0; i < PREREQ_COUNT(devices); i++) {
        if (prereq_equal_nocase(base, devices[i]))
            return true;
    }
    return len == 4 && base[3] >= '0' && base[3] <= '9' &&
           (prereq_starts_nocase(base, "COM") || prereq_starts_nocase(base, "LPT"));
}

/* What is wrong with one name of a path; NULL: nothing. */
static const char *fault_of(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)name[i] < ' ' || strchr("<>\"|?*", name[i]))
            return "holds a character that no file name has";
        if (name[i] == ':')
            return "names a stream of a file";
    }
    if (len > 0 && (name[len - 1] == '.' || name[len - 1] == ' '))
        return "has a name that ends with a dot or a blank";
    return is_device(name, len) ? "names a device" : NULL;
}

static enum prereq_look refuse(const char *path, const char *fault, struct prereq_refusal *why)
{
    prereq_refuse(why, "error", NULL, "The path %s %s.", PREREQ_CLIP(path, 150), fault);
    return PREREQ_LOOK_UNAVAILABLE;
}

/* Append the names of `rest` to out[*len], each behind a "\"; NULL, or what is wrong. */
static const char *add_names(const char *rest, char *out, size_t *len)
{
    while (*rest) {
        size_t name = 0;
        const char *fault;

        while (rest[name] && !is_separator(rest[name]))
            name++;
        fault = fault_of(rest, name);
        if (fault)
            return fault;
        if (name > 0) {
            if (out[*len - 1] != '\\')
                out[(*len)++] = '\\';
            memcpy(out + *len, rest, name);
            *len += name;
        }
        rest += name;
        if (*rest)
            rest++;
    }
    out[*len] = '\0';
    return NULL;
}

enum prereq_look prereq_windows_path(struct prereq_arena *arena, const char *path,
                                     const char **exact, struct prereq_refusal *why)
{
    size_t len = strlen(path), at = EXACT_LEN;
    const char *fault;
    size_t bad;
    char *out;

    if (is_separator(path[0]) && is_separator(path[0] ? path[1] : '\0'))
        return refuse(path, "leads to another machine or a device", why);
    if (!is_letter(path[0]) || path[1] != ':' || !is_separator(path[2]))
        return refuse(path, "does not begin with a drive", why);
    if (len > MAX_PATH_BYTES)
        return refuse(path, "is too long", why);
    if (!prereq_utf8_valid(path, len, &bad))
        return refuse("", "is not UTF-8", why);
    out = prereq_alloc_unset(arena, len + EXACT_LEN + 2);
    if (!out)
        return prereq_refuse_memory(why);
    memcpy(out, EXACT, EXACT_LEN + 1);
    out[at++] = path[0];
    out[at++] = ':';
    out[at++] = '\\';
    fault = add_names(path + 3, out, &at);
    if (fault)
        return refuse(path, fault, why);
    *exact = out;
    return PREREQ_LOOK_FOUND;
}

size_t prereq_windows_root(const char *exact)
{
    const char *rest = exact + EXACT_LEN;
    const char *end;

    if (strncmp(exact, EXACT, EXACT_LEN) != 0)
        return 0;
    if (is_letter(rest[0]) && rest[1] == ':' && rest[2] == '\\')
        return EXACT_LEN + 3;
    if (!prereq_starts_nocase(rest, "Volume{"))
        return 0;
    end = strchr(rest, '\\');
    return end && end[-1] == '}' ? (size_t)(end - exact) + 1 : 0;
}

bool prereq_reparse_in_place(uint32_t tag)
{
    return tag == TAG_WOF || tag == TAG_DEDUP;
}

static unsigned short_at(const unsigned char *bytes)
{
    return (unsigned)bytes[0] | (unsigned)bytes[1] << 8;
}

/* UTF-16 as UTF-8; NULL: no memory. */
static char *text_of(struct prereq_arena *arena, const unsigned char *bytes, size_t len)
{
    char *text = prereq_alloc_unset(arena, len / 2 * 3 + 1);
    size_t used = 0;

    for (size_t at = 0; text && at + 1 < len;) {
        uint32_t c = prereq_utf16_next(bytes, len, &at, false);

        /* No name holds U+0001: a NUL is refused with it. */
        used += prereq_utf8_put(c ? c : 1, text + used);
    }
    if (text)
        text[used] = '\0';
    return text;
}

enum prereq_look prereq_link_read(struct prereq_arena *arena, const unsigned char *bytes,
                                  size_t len, struct prereq_link *link, struct prereq_refusal *why)
{
    struct prereq_link read = {0};
    size_t names, from, size;

    if (len < 8)
        return refuse("", "holds a reparse point that is not well formed", why);
    read.tag = short_at(bytes) | (uint32_t)short_at(bytes + 2) << 16;
    if (read.tag == TAG_SYMLINK || read.tag == TAG_MOUNT_POINT) {
        names = read.tag == TAG_SYMLINK ? 20 : 16;
        if (len < names)
            return refuse("", "holds a link that is not well formed", why);
        from = names + short_at(bytes + 8);
        size = short_at(bytes + 10);
        if (size % 2 != 0 || from + size > len)
            return refuse("", "holds a link that is not well formed", why);
        read.relative = read.tag == TAG_SYMLINK && (bytes[16] & 1);
        read.target = text_of(arena, bytes + from, size);
        if (!read.target)
            return prereq_refuse_memory(why);
    }
    *link = read;
    return PREREQ_LOOK_FOUND;
}

/* A relative target, from the folder `exact` [0..*len), which ends with "\": ".." goes up, never
 * above the root. */
static const char *walk(const char *target, size_t root, char *out, size_t *len)
{
    while (*target) {
        size_t name = 0;
        const char *fault = NULL;
        size_t end = *len;

        while (target[name] && !is_separator(target[name]))
            name++;
        if (name == 2 && target[0] == '.' && target[1] == '.') {
            while (*len > root && out[*len - 1] == '\\')
                (*len)--;
            while (*len > root && out[*len - 1] != '\\')
                (*len)--;
        } else if (name > 0 && !(name == 1 && target[0] == '.')) {
            fault = fault_of(target, name);
            if (out[end - 1] != '\\')
                out[(*len)++] = '\\';
            memcpy(out + *len, target, name);
            *len += name;
        }
        if (fault)
            return fault;
        target += name;
        if (*target)
            target++;
    }
    return NULL;
}

enum prereq_look prereq_link_follow(struct prereq_arena *arena, const char *exact, size_t len,
                                    const struct prereq_link *link, const char **next,
                                    struct prereq_refusal *why)
{
    size_t root = prereq_windows_root(exact), at;
    const char *target = link->target, *fault;
    char *out;

    if ((link->tag != TAG_MOUNT_POINT && link->tag != TAG_SYMLINK) || !target)
        return refuse(exact, "holds a reparse point that is neither a link nor a mounted volume",
                      why);
    out = prereq_alloc_unset(arena, strlen(exact) + strlen(target) + 8);
    if (!out)
        return prereq_refuse_memory(why);
    if (link->relative) {
        for (at = len; at > root && exact[at - 1] != '\\';)
            at--;
        memcpy(out, exact, at);
        /* "\x" is the root of the same volume. */
        if (is_separator(target[0]))
            at = root;
    } else {
        if (strncmp(target, "\\??\\", EXACT_LEN) != 0)
            return refuse(exact, "holds a link that leads out of the local drives", why);
        memcpy(out, target, strlen(target) + 1);
        out[1] = '\\';
        at = root = prereq_windows_root(out);
        target += root;
    }
    if (root == 0)
        return refuse(exact, "holds a link that leads out of the local drives", why);
    fault = walk(target, root, out, &at);
    if (!fault)
        fault = add_names(exact + len, out, &at);
    if (fault)
        return refuse(exact, "holds a link whose target cannot be opened", why);
    *next = out;
    return PREREQ_LOOK_FOUND;
}
