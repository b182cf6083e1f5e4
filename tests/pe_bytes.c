/* SPDX-License-Identifier: MIT */
/* pe_bytes.c - writing executable files for tests, by the public descriptions of their formats. */
#include "pe_bytes.h"

#include <stdlib.h>
#include <string.h>

#define ROOM (64 * 1024)
#define SECTION_START 0x2000 /* address of .rsrc */
#define RAW_START 0x400
#define PACKED_START 0x2E0 /* no multiple of 512 */

static void put(struct pe_bytes *file, const void *bytes, size_t len)
{
    if (file->len + len > ROOM)
        abort();
    memcpy(file->bytes + file->len, bytes, len);
    file->len += len;
}

void pe_bytes_put16(struct pe_bytes *file, size_t at, unsigned value)
{
    file->bytes[at] = (unsigned char)value;
    file->bytes[at + 1] = (unsigned char)(value >> 8);
}

void pe_bytes_put32(struct pe_bytes *file, size_t at, uint32_t value)
{
    pe_bytes_put16(file, at, value & 0xFFFF);
    pe_bytes_put16(file, at + 2, value >> 16);
}

static void add16(struct pe_bytes *file, unsigned value)
{
    file->len += 2;
    pe_bytes_put16(file, file->len - 2, value);
}

static void add32(struct pe_bytes *file, uint32_t value)
{
    add16(file, value & 0xFFFF);
    add16(file, value >> 16);
}

/* ---- VS_VERSIONINFO ---- */

static void pad(struct pe_bytes *file)
{
    while ((file->len - file->resource) % 4)
        put(file, "", 1);
}

static void add_text(struct pe_bytes *file, const char *text, bool wide)
{
    do {
        put(file, text, 1);
        if (wide)
            put(file, "", 1);
    } while (*text++);
}

/* The head of a block; returns where its length has to go. */
static size_t begin(struct pe_bytes *file, const char *key, size_t value_len, bool wide)
{
    size_t start;

    pad(file);
    start = file->len;
    add16(file, 0);
    add16(file, (unsigned)value_len);
    if (wide)
        add16(file, 1);
    add_text(file, key, wide);
    pad(file);
    return start;
}

static void end(struct pe_bytes *file, size_t start)
{
    pe_bytes_put16(file, start, (unsigned)(file->len - start));
}

static void add_string(struct pe_bytes *file, const char *key, const char *value, bool wide)
{
    size_t start;

    if (!value)
        return;
    start = begin(file, key, strlen(value) + 1, wide);
    add_text(file, value, wide);
    end(file, start);
}

const uint32_t pe_bytes_product[4] = {77, 8, 99, 10};

static void add_fixed(struct pe_bytes *file, const struct pe_recipe *recipe)
{
    const uint16_t *v = recipe->version;

    file->fixed = file->len;
    add32(file, 0xFEEF04BDu);
    add32(file, 0x10000);
    add32(file, (uint32_t)v[0] << 16 | v[1]);
    add32(file, (uint32_t)v[2] << 16 | v[3]);
    for (int i = 0; i < 2; i++)
        add32(file, pe_bytes_product[2 * i] << 16 | pe_bytes_product[2 * i + 1]);
    add32(file, recipe->flags_mask);
    add32(file, recipe->flags);
    for (int i = 0; i < 5; i++)
        add32(file, 0);
}

static void add_version(struct pe_bytes *file, const struct pe_recipe *recipe)
{
    bool wide = recipe->kind != PREREQ_PE_NE && !recipe->narrow;
    size_t root, info, table;

    file->resource = file->len;
    root = begin(file, "VS_VERSION_INFO", 52, wide);
    add_fixed(file, recipe);
    info = begin(file, "VarFileInfo", 0, wide);
    end(file, info);
    info = begin(file, "StringFileInfo", 0, wide);
    table = begin(file, "040904B0", 0, wide);
    add_string(file, "Comments", recipe->before, wide);
    add_string(file, "CompanyName", recipe->company, wide);
    add_string(file, "FileVersion", "no number is read from here", wide);
    add_string(file, "OriginalFilename", recipe->original_name, wide);
    end(file, table);
    end(file, info);
    end(file, root);
}

/* ---- the resource tree ---- */

static void add_directory(struct pe_bytes *file, unsigned ids)
{
    add32(file, 0);
    add32(file, 0);
    add32(file, 0);
    add16(file, 0);
    add16(file, ids);
}

static void add_entry(struct pe_bytes *file, uint32_t id, uint32_t target)
{
    add32(file, id);
    add32(file, target);
}

/* Root, versions, languages, then one data entry; all offsets from the root. */
static void add_tree(struct pe_bytes *file, const struct pe_recipe *recipe)
{
    unsigned languages = recipe->languages ? (unsigned)recipe->languages : 1;
    uint32_t names = 16 + 2 * 8, tongues = names + 16 + 8, data = tongues + 16 + languages * 8;
    size_t entry;

    file->tree = file->len;
    add_directory(file, recipe->no_version ? 1 : 2);
    add_entry(file, 3, 0x80000000u | names);
    add_entry(file, recipe->no_version ? 17 : 16, 0x80000000u | names);
    add_directory(file, 1);
    add_entry(file, 1, 0x80000000u | tongues);
    add_directory(file, languages);
    for (unsigned i = 1; i < languages; i++)
        add_entry(file, 0x400 + i, 0x00FFFFF0); /* to nowhere: they are not wanted */
    add_entry(file, 0x409, data);
    entry = file->len;
    for (int i = 0; i < 4; i++)
        add32(file, 0);
    add_version(file, recipe);
    pe_bytes_put32(file, entry, SECTION_START + (uint32_t)(file->resource - file->tree));
    pe_bytes_put32(file, entry + 4, (uint32_t)(file->len - file->resource));
}

/* ---- headers ---- */

static void add_section(struct pe_bytes *file, const char *name, const uint32_t numbers[4])
{
    char field[8] = "";

    memcpy(field, name, strlen(name));
    put(file, field, sizeof(field));
    for (int i = 0; i < 4; i++)
        add32(file, numbers[i]); /* virtual size, address, raw size, raw start */
    for (int i = 0; i < 4; i++)
        add32(file, 0);
}

static void make_wide(struct pe_bytes *file, const struct pe_recipe *recipe)
{
    bool large = recipe->kind == PREREQ_PE_64;
    unsigned optional = large ? 240 : 224, count = large ? 108 : 92;
    uint32_t raw = recipe->packed ? PACKED_START : RAW_START;
    size_t header = PE_HEADER + 24, size;

    put(file, "PE\0\0", 4);
    add16(file, large ? 0x8664 : 0x14C);
    add16(file, 2);
    add32(file, 0x3A000000);
    file->len = PE_HEADER + 20;
    add16(file, optional);
    pe_bytes_put16(file, header, large ? 0x20B : 0x10B);
    pe_bytes_put32(file, header + 36, recipe->packed ? 32 : 512);
    pe_bytes_put32(file, header + 60, 0x200);
    pe_bytes_put32(file, header + 64, 0x1BADCAFE);
    pe_bytes_put32(file, header + count, 16);
    if (!recipe->no_resources)
        pe_bytes_put32(file, header + count + 4 + 16, SECTION_START);
    file->len = header + optional;
    add_section(file, ".text", (const uint32_t[4]){0x100, 0x1000, 0x200, 0x200});
    size = file->len;
    add_section(file, ".rsrc", (const uint32_t[4]){0, SECTION_START, 0, raw});
    file->len = raw;
    add_tree(file, recipe);
    pe_bytes_put32(file, size + 8, (uint32_t)(file->len - raw));
    pe_bytes_put32(file, size + 16, (uint32_t)(file->len - raw));
}

static void make_narrow(struct pe_bytes *file, const struct pe_recipe *recipe)
{
    size_t entry;

    put(file, "NE", 2);
    file->len = file->tree = PE_HEADER + 0x40;
    pe_bytes_put16(file, PE_HEADER + 0x24, 0x40);
    add16(file, 4); /* offsets count 16 bytes */
    add16(file, 0x8003);
    add16(file, 2);
    file->len += 4 + (size_t)2 * 12;
    add16(file, recipe->no_version ? 0x8011 : 0x8010);
    add16(file, 1);
    file->len += 4;
    entry = file->len;
    file->len += 12;
    add16(file, 0);
    pe_bytes_put16(file, PE_HEADER + 0x26,
                   recipe->no_resources ? 0x40 : (unsigned)(file->len - PE_HEADER));
    file->len = 0x200;
    add_version(file, recipe);
    while (file->len % 16)
        put(file, "", 1);
    pe_bytes_put16(file, entry, (unsigned)(file->resource >> 4));
    pe_bytes_put16(file, entry + 2, (unsigned)((file->len - file->resource) >> 4));
}

struct pe_bytes pe_bytes_make(const struct pe_recipe *recipe)
{
    struct pe_bytes file = {.bytes = calloc(1, ROOM)};

    if (!file.bytes)
        abort();
    put(&file, "MZ", 2);
    pe_bytes_put32(&file, 0x3C, PE_HEADER);
    file.len = PE_HEADER;
    if (recipe->kind == PREREQ_PE_NE)
        make_narrow(&file, recipe);
    else
        make_wide(&file, recipe);
    return file;
}

struct pe_bytes pe_bytes_version(const char *version)
{
    struct pe_recipe recipe = {
        .kind = PREREQ_PE_32, .company = "Microsoft Corporation", .original_name = "part.dll"};
    struct prereq_version parsed;

    if (!prereq_version_parse(version, &parsed))
        abort();
    for (int i = 0; i < 4; i++)
        recipe.version[i] = (uint16_t)parsed.part[i];
    return pe_bytes_make(&recipe);
}
