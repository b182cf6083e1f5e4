/* SPDX-License-Identifier: MIT */
/* recovery.c - where the recovery environment lies, and what each partition is for.
 *
 * ReAgent.xml is what reagentc itself reads; the type of a partition alone does not say that WinRE
 * is in it (makers of PCs leave partitions of that type). */
#include "collect/recovery.h"

#include <string.h>

#include "collect/windows_error.h"

static enum prereq_look refuse(struct prereq_refusal *why, const char *text)
{
    prereq_refuse(why, "error", NULL, "%s", text);
    return PREREQ_LOOK_UNAVAILABLE;
}

/* ---- ReAgent.xml: elements without content, each on its own ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Position of `text` in bytes[from..len), or len. */
static size_t find(const char *bytes, size_t len, size_t from, const char *text)
{
    size_t want = strlen(text);

    for (size_t at = from; at + want <= len; at++) {
        if (memcmp(bytes + at, text, want) == 0)
            return at;
    }
    return len;
}

struct span {
    const char *text;
    size_t len;
};

/* What stands between "<name" and ">"; false: no such element, or it does not end. */
static bool find_element(const char *bytes, size_t len, const char *name, struct span *inside)
{
    size_t at = find(bytes, len, 0, name), end;

    while (at < len && (at + strlen(name) >= len || !is_blank(bytes[at + strlen(name)])))
        at = find(bytes, len, at + 1, name);
    end = find(bytes, len, at, ">");
    if (end >= len)
        return false;
    *inside = (struct span){bytes + at + strlen(name), end - at - strlen(name)};
    return true;
}

static bool find_attribute(struct span inside, const char *name, struct span *value)
{
    size_t want = strlen(name), at = find(inside.text, inside.len, 0, name), end;

    while (at < inside.len && (at == 0 || !is_blank(inside.text[at - 1])))
        at = find(inside.text, inside.len, at + 1, name);
    at += want;
    if (at + 1 >= inside.len || inside.text[at] != '=' || inside.text[at + 1] != '"')
        return false;
    at += 2;
    end = find(inside.text, inside.len, at, "\"");
    if (end >= inside.len)
        return false;
    *value = (struct span){inside.text + at, end - at};
    return true;
}

static bool read_number(struct span text, uint64_t *number)
{
    uint64_t read = 0;

    if (text.len == 0 || text.len > 18)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.text[i] < '0' || text.text[i] > '9')
            return false;
        read = read * 10 + (uint64_t)(text.text[i] - '0');
    }
    *number = read;
    return true;
}

static bool find_number(const char *bytes, size_t len, const char *element, const char *attribute,
                        uint64_t *number)
{
    struct span inside, value;

    return find_element(bytes, len, element, &inside) &&
           find_attribute(inside, attribute, &value) && read_number(value, number);
}

enum prereq_look prereq_recovery_read(const char *text, size_t len,
                                      struct prereq_recovery *recovery, struct prereq_refusal *why)
{
    struct prereq_recovery read = {0};
    struct span inside, path;
    uint64_t state;

    if (find(text, len, 0, "<WindowsRE") == len ||
        !find_number(text, len, "<InstallState", "state", &state) || state > 1 ||
        !find_number(text, len, "<WinreLocation", "offset", &read.offset))
        return refuse(why, "ReAgent.xml does not say in the known way where WinRE is.");
    read.enabled = state == 1;
    if (find_element(text, len, "<WinreLocation", &inside) &&
        find_attribute(inside, "path", &path) && path.len > 0)
        read.has_location = true;
    *recovery = read;
    return PREREQ_LOOK_FOUND;
}

/* ---- partitions ---- */

enum prereq_partition_kind prereq_partition_of_gpt(const unsigned char type[16])
{
    /* As they stand in memory: DE94BBA4-06D1-4D40-A16A-BFD50179D6AC and
     * C12A7328-F81F-11D2-BA4B-00A0C93EC93B. */
    static const unsigned char recovery[16] = {0xa4, 0xbb, 0x94, 0xde, 0xd1, 0x06, 0x40, 0x4d,
                                               0xa1, 0x6a, 0xbf, 0xd5, 0x01, 0x79, 0xd6, 0xac};
    static const unsigned char efi[16] = {0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11,
                                          0xba, 0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b};

    if (memcmp(type, recovery, 16) == 0)
        return PREREQ_PARTITION_RECOVERY;
    return memcmp(type, efi, 16) == 0 ? PREREQ_PARTITION_BOOT : PREREQ_PARTITION_OTHER;
}

enum prereq_partition_kind prereq_partition_of_mbr(unsigned type, bool active)
{
    if (type == 0x27)
        return PREREQ_PARTITION_RECOVERY;
    return active ? PREREQ_PARTITION_BOOT : PREREQ_PARTITION_OTHER;
}

static const struct prereq_partition *system_of(const struct prereq_partition *partitions,
                                                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (partitions[i].is_system && partitions[i].asked)
            return &partitions[i];
    }
    return NULL;
}

struct search { /* `kind` counts when `by_offset` is false */
    bool by_offset;
    uint64_t offset;
    enum prereq_partition_kind kind;
};

static bool fits(const struct prereq_partition *partition, const struct search *search)
{
    if (!partition->asked)
        return false;
    return search->by_offset ? partition->offset == search->offset
                             : partition->kind == search->kind;
}

/* The only one that fits; of several the only one on the disk of Windows. */
static enum prereq_look find_partition(const struct search *search,
                                       const struct prereq_partition *partitions, size_t count,
                                       size_t *which, struct prereq_refusal *why)
{
    const struct prereq_partition *system = system_of(partitions, count);
    size_t all = 0, beside = 0, last = 0, last_beside = 0;
    const struct prereq_partition *unasked = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!partitions[i].asked)
            unasked = &partitions[i];
        if (!fits(&partitions[i], search))
            continue;
        all++;
        last = i;
        if (system && partitions[i].disk == system->disk) {
            beside++;
            last_beside = i;
        }
    }
    if (all == 1 || beside == 1) {
        *which = beside == 1 ? last_beside : last;
        return PREREQ_LOOK_FOUND;
    }
    if (all > 1)
        return refuse(why, "Several partitions could be the one.");
    if (unasked)
        return prereq_refuse_error(unasked->error, "The kind of a volume's partition", why);
    if (!system)
        return refuse(why, "None of the volumes is known as that of Windows.");
    return PREREQ_LOOK_ABSENT;
}

enum prereq_look prereq_recovery_partition(enum prereq_look known,
                                           const struct prereq_recovery *recovery,
                                           const struct prereq_partition *partitions, size_t count,
                                           size_t *which, struct prereq_refusal *why)
{
    struct search search = {.kind = PREREQ_PARTITION_RECOVERY};
    enum prereq_look look;
    size_t found = 0;

    if (known == PREREQ_LOOK_ABSENT)
        return PREREQ_LOOK_ABSENT; /* Windows without WinRE */
    if (known == PREREQ_LOOK_UNAVAILABLE)
        return known; /* *why says so already */
    if (recovery->has_location)
        search = (struct search){.by_offset = true, .offset = recovery->offset};
    look = find_partition(&search, partitions, count, &found, why);
    if (look == PREREQ_LOOK_ABSENT && recovery->has_location)
        return refuse(why, "No volume begins where ReAgent.xml says that WinRE is.");
    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (partitions[found].is_system)
        return PREREQ_LOOK_ABSENT;
    *which = found;
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_boot_partition(const struct prereq_partition *partitions, size_t count,
                                       size_t *which, struct prereq_refusal *why)
{
    struct search search = {.kind = PREREQ_PARTITION_BOOT};
    size_t found = 0;
    enum prereq_look look = find_partition(&search, partitions, count, &found, why);

    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (partitions[found].is_system)
        return PREREQ_LOOK_ABSENT;
    *which = found;
    return PREREQ_LOOK_FOUND;
}
