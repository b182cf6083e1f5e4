/* SPDX-License-Identifier: MIT */
/* pe_version.c - VS_VERSIONINFO: fixed numbers, and the texts behind them.
 *
 * A block is its length, the length of its value, in wide files a type, a key with a NUL, padding
 * to 4 bytes from the start of the resource, the value, padding, and blocks inside:
 *     VS_VERSION_INFO { StringFileInfo { "040904B0" { CompanyName, ... } ... }, VarFileInfo } */
#include "collect/pe_parts.h"

#include <string.h>

#define FIXED_SIZE 52
#define FIXED_SIGNATURE 0xFEEF04BDU
#define MAX_KEY 32 /* characters of the longest key that is looked for, and more */
#define MAX_VALUE (PREREQ_PE_TEXT * 2) /* bytes of a text that are looked at */

struct resource {
    struct pe_file *file;
    uint64_t offset;
    uint32_t len;
    bool wide; /* with types and UTF-16 */
};

struct block { /* offsets from the start of the resource */
    uint32_t end;
    uint32_t value, value_len; /* as written: bytes, or characters of text in wide files */
    char key[MAX_KEY + 1];     /* cut, and `?` for what is not ASCII */
};

static uint32_t align4(uint32_t offset)
{
    return (offset + 3) & ~3U;
}

static const unsigned char *view(const struct resource *resource, uint32_t at, size_t len)
{
    if (at > resource->len || resource->len - at < len)
        return NULL;
    return prereq_pe_view(resource->file, resource->offset + at, len);
}

/* Up to MAX_KEY + 1 units of a key; returns how many there are before its NUL, `units` when it goes
 * on behind them. */
static uint32_t copy_key(const struct resource *resource, const unsigned char *bytes,
                         uint32_t units, char *key)
{
    for (uint32_t i = 0; i < units; i++) {
        unsigned c = resource->wide ? pe_u16(bytes + (size_t)i * 2) : bytes[i];

        if (i < MAX_KEY)
            key[i] = c < 0x7F ? (char)c : '?';
        if (c == 0)
            return i;
    }
    key[MAX_KEY] = '\0';
    return units;
}

/* The key at `at`, which ends before `end`; returns where its value begins, 0 when it has no end.
 */
static uint32_t read_key(const struct resource *resource, uint32_t at, uint32_t end, char *key)
{
    uint32_t unit = resource->wide ? 2 : 1;
    char rest[MAX_KEY + 1];

    while (at < end && end - at >= unit) {
        uint32_t units = (end - at) / unit, len;
        const unsigned char *bytes;

        units = units < MAX_KEY + 1 ? units : MAX_KEY + 1;
        bytes = view(resource, at, (size_t)units * unit);
        if (!bytes)
            return 0;
        len = copy_key(resource, bytes, units, key);
        if (len < units)
            return align4(at + (len + 1) * unit);
        at += units * unit;
        key = rest; /* a key this long is none that is looked for */
    }
    return 0;
}

/* The block at `at`, inside of one that ends at `end`. */
static bool read_block(const struct resource *resource, uint32_t at, uint32_t end,
                       struct block *block)
{
    uint32_t size = resource->wide ? 6 : 4;
    const unsigned char *header = end - at >= size ? view(resource, at, size) : NULL;
    uint32_t len;

    if (!header)
        return false;
    len = pe_u16(header);
    block->value_len = pe_u16(header + 2);
    if (len < size)
        return false;
    /* Some tools count the padding, or all that follows. */
    block->end = at + (len < end - at ? len : end - at);
    block->value = read_key(resource, at + size, block->end, block->key);
    return block->value != 0;
}

static struct prereq_version version_at(const unsigned char *bytes)
{
    uint32_t high = pe_u32(bytes), low = pe_u32(bytes + 4);

    return (struct prereq_version){.part = {high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF},
                                   .parts = 4};
}

/* Control characters become spaces, and spaces around it go. */
static void put_text(const struct resource *resource, const unsigned char *bytes, size_t len,
                     char out[PREREQ_PE_TEXT])
{
    size_t at = 0, used = 0, kept = 0;

    while (at + (resource->wide ? 1 : 0) < len && used + 4 < PREREQ_PE_TEXT) {
        uint32_t c = resource->wide ? prereq_utf16_next(bytes, len, &at, false) : bytes[at++];

        if (c == 0)
            break;
        /* What Windows-1252 has there differs from Latin-1, and no name is written with it. */
        if (!resource->wide && c >= 0x80 && c < 0xA0)
            c = 0xFFFD;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            c = ' ';
        if (c == ' ' && used == 0)
            continue;
        used += prereq_utf8_put(c, out + used);
        if (c != ' ')
            kept = used;
    }
    out[kept] = '\0';
}

/* A text goes to the end of its block, or to its NUL: who made files has not agreed on what the
 * length of a value counts. */
static void read_text(const struct resource *resource, const struct block *block,
                      char out[PREREQ_PE_TEXT])
{
    uint32_t len = block->value < block->end ? block->end - block->value : 0;
    const unsigned char *bytes;

    if (out[0] || block->value_len == 0 || len == 0)
        return;
    len = len < MAX_VALUE ? len : MAX_VALUE;
    bytes = view(resource, block->value, len);
    if (bytes)
        put_text(resource, bytes, len, out);
}

/* One language's texts.  The first language that has a text gives it. */
static void read_table(const struct resource *resource, const struct block *table)
{
    struct prereq_pe *pe = resource->file->pe;
    struct block text;

    for (uint32_t at = table->value; at < table->end && read_block(resource, at, table->end, &text);
         at = align4(text.end)) {
        if (!strcmp(text.key, "CompanyName"))
            read_text(resource, &text, pe->company);
        else if (!strcmp(text.key, "OriginalFilename"))
            read_text(resource, &text, pe->original_name);
        if (pe->company[0] && pe->original_name[0])
            return;
    }
}

/* Texts are for people: whatever is wrong with them, the numbers stand. */
static void read_texts(const struct resource *resource, uint32_t at, uint32_t end)
{
    struct block info, table;

    for (; at < end && read_block(resource, at, end, &info); at = align4(info.end)) {
        if (strcmp(info.key, "StringFileInfo") != 0)
            continue;
        for (uint32_t in = info.value; in < info.end && read_block(resource, in, info.end, &table);
             in = align4(table.end))
            read_table(resource, &table);
    }
}

static bool read_fixed(const struct resource *resource, const struct block *root)
{
    struct prereq_pe *pe = resource->file->pe;
    const unsigned char *fixed = NULL;

    if (root->value < root->end && root->end - root->value >= FIXED_SIZE)
        fixed = view(resource, root->value, FIXED_SIZE);
    if (!fixed || pe_u32(fixed) != FIXED_SIGNATURE)
        return false;
    pe->version = version_at(fixed + 8);
    pe->product_version = version_at(fixed + 16);
    pe->file_flags = pe_u32(fixed + 24) & pe_u32(fixed + 28);
    return true;
}

enum prereq_pe_answer prereq_pe_version(struct pe_file *file, uint64_t offset, uint32_t len)
{
    struct resource resource = {file, offset, len < 0xFFFF ? len : 0xFFFF, false};
    const unsigned char *start = view(&resource, 0, 6);
    struct block root;

    if (!start)
        return prereq_pe_damaged(file, "its version resource is cut off");
    /* Where wide ones have a type, 0 or 1, the others begin with their key.  A 32-bit file may hold
     * the resource of a 16-bit compiler. */
    resource.wide = start[4] < ' ';
    if (!read_block(&resource, 0, resource.len, &root) || strcmp(root.key, "VS_VERSION_INFO") != 0)
        return prereq_pe_damaged(file, "its version resource is none");
    if (root.value_len == 0)
        return PREREQ_PE_NO_VERSION;
    if (!read_fixed(&resource, &root))
        return prereq_pe_damaged(file, "its version resource has no numbers");
    read_texts(&resource, align4(root.value + root.value_len), root.end);
    return file->unreadable ? PREREQ_PE_UNREADABLE : PREREQ_PE_VERSION;
}
