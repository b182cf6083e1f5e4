/* SPDX-License-Identifier: MIT */
/* pe_find.c - the version resource of 32-bit and 64-bit files: headers, sections, resource tree. */
#include "collect/pe_parts.h"

/* COFF header, behind "PE\0\0". */
#define COFF_MACHINE 4
#define COFF_SECTIONS 6
#define COFF_TIME_STAMP 8
#define COFF_OPTIONAL_SIZE 20
#define COFF_END 24
/* Optional header. */
#define MAGIC_32 0x10B
#define MAGIC_64 0x20B
#define OPTIONAL_ALIGNMENT 36 /* FileAlignment */
#define OPTIONAL_HEADERS 60   /* SizeOfHeaders */
#define OPTIONAL_CHECKSUM 64
#define DIRECTORY_COUNT_32 92
#define DIRECTORY_COUNT_64 108
#define DIRECTORY_RESOURCES 2
/* One section. */
#define SECTION_SIZE 40
#define SECTION_ADDRESS 12
#define SECTION_RAW_SIZE 16
#define SECTION_RAW_START 20
#define MAX_SECTIONS 1024 /* Windows loads 96 */
/* Resource tree. */
#define RT_VERSION 16
#define DIRECTORY_HEADER 16
#define DIRECTORY_ENTRY 8
#define HIGH_BIT 0x80000000U /* a name, or a directory below */
#define MAX_ENTRIES 4096     /* of one directory */
#define LANGUAGE_NEUTRAL 0
#define LANGUAGE_ENGLISH 0x409

#define SECTOR 0x200 /* what the loader rounds to */

struct image {
    struct pe_file *file;
    uint64_t sections; /* where the table is */
    uint32_t section_count;
    uint32_t alignment, headers;
    uint32_t resources; /* address of the tree; 0: none */
    uint64_t tree;      /* the tree in the file */
};

/* The optional header: what kind of file, and where its resources are. */
static enum prereq_pe_answer read_optional(struct image *image, uint64_t offset, size_t size)
{
    struct pe_file *file = image->file;
    const unsigned char *header = prereq_pe_view(file, offset, size);
    size_t count, at;
    uint16_t magic;

    if (!header || size < OPTIONAL_CHECKSUM + 4)
        return prereq_pe_damaged(file, "its headers are cut off");
    magic = pe_u16(header);
    if (magic != MAGIC_32 && magic != MAGIC_64)
        return prereq_pe_damaged(file, "its optional header is of no known kind");
    file->pe->kind = magic == MAGIC_64 ? PREREQ_PE_64 : PREREQ_PE_32;
    file->pe->checksum = pe_u32(header + OPTIONAL_CHECKSUM);
    image->alignment = pe_u32(header + OPTIONAL_ALIGNMENT);
    image->headers = pe_u32(header + OPTIONAL_HEADERS);
    count = magic == MAGIC_64 ? DIRECTORY_COUNT_64 : DIRECTORY_COUNT_32;
    at = count + 4 + (size_t)DIRECTORY_RESOURCES * 8;
    if (size >= at + 8 && pe_u32(header + count) > DIRECTORY_RESOURCES)
        image->resources = pe_u32(header + at);
    return image->resources ? PREREQ_PE_VERSION : PREREQ_PE_NO_VERSION;
}

static enum prereq_pe_answer read_headers(struct image *image, uint64_t offset)
{
    struct pe_file *file = image->file;
    const unsigned char *header = prereq_pe_view(file, offset, COFF_END);
    size_t size;

    if (!header)
        return prereq_pe_damaged(file, "its headers are cut off");
    file->pe->machine = pe_u16(header + COFF_MACHINE);
    file->pe->time_stamp = pe_u32(header + COFF_TIME_STAMP);
    image->section_count = pe_u16(header + COFF_SECTIONS);
    size = pe_u16(header + COFF_OPTIONAL_SIZE);
    image->sections = offset + COFF_END + size;
    if (image->section_count > MAX_SECTIONS)
        return prereq_pe_damaged(file, "it says that it has more sections than can be");
    /* More than the directories that are looked at is nobody's need here. */
    return read_optional(image, offset + COFF_END, size < 256 ? size : 256);
}

/* Where an address of the loaded image is in the file.  False: nowhere. */
static bool find_address(const struct image *image, uint32_t address, uint64_t *offset)
{
    for (uint32_t i = 0; i < image->section_count; i++) {
        const unsigned char *section =
            prereq_pe_view(image->file, image->sections + (uint64_t)i * SECTION_SIZE, SECTION_SIZE);
        uint32_t start, raw;

        if (!section)
            return false;
        start = pe_u32(section + SECTION_ADDRESS);
        raw = pe_u32(section + SECTION_RAW_START);
        if (address < start || address - start >= pe_u32(section + SECTION_RAW_SIZE))
            continue;
        /* The loader rounds down to sectors.  Drivers of old are not aligned to them, and are
         * loaded as they are. */
        if (image->alignment >= SECTOR)
            raw &= ~(uint32_t)(SECTOR - 1);
        *offset = (uint64_t)raw + (address - start);
        return true;
    }
    *offset = address;
    return address < image->headers;
}

static enum prereq_pe_answer cut_tree(const struct image *image)
{
    return prereq_pe_damaged(image->file, "its resources are cut off");
}

/* Entries of a directory; ids stand behind names. */
struct directory {
    uint64_t entries;
    uint32_t names, ids;
};

static bool open_directory(const struct image *image, uint32_t at, struct directory *directory)
{
    uint64_t offset = image->tree + (at & ~HIGH_BIT);
    const unsigned char *header = prereq_pe_view(image->file, offset, DIRECTORY_HEADER);

    if (!header)
        return false;
    directory->entries = offset + DIRECTORY_HEADER;
    directory->names = pe_u16(header + 12);
    directory->ids = pe_u16(header + 14);
    return directory->names + directory->ids <= MAX_ENTRIES;
}

static bool read_entry(const struct image *image, const struct directory *directory, uint32_t index,
                       uint32_t *id, uint32_t *target)
{
    const unsigned char *entry = prereq_pe_view(
        image->file, directory->entries + (uint64_t)index * DIRECTORY_ENTRY, DIRECTORY_ENTRY);

    if (!entry)
        return false;
    *id = pe_u32(entry);
    *target = pe_u32(entry + 4);
    return true;
}

/* The directory of versions. */
static enum prereq_pe_answer find_type(const struct image *image, uint32_t *target)
{
    struct directory root;
    uint32_t id;

    if (!open_directory(image, 0, &root))
        return cut_tree(image);
    for (uint32_t i = root.names; i < root.names + root.ids; i++) {
        if (!read_entry(image, &root, i, &id, target))
            return cut_tree(image);
        if (id == RT_VERSION)
            return *target & HIGH_BIT ? PREREQ_PE_VERSION : cut_tree(image);
    }
    return PREREQ_PE_NO_VERSION;
}

/* How Windows chooses: neutral, then English, then whatever comes first. */
static int language_rank(uint32_t id)
{
    if (id == LANGUAGE_NEUTRAL)
        return 2;
    return id == LANGUAGE_ENGLISH;
}

static bool choose_language(const struct image *image, uint32_t at, uint32_t *target)
{
    struct directory languages;
    int best = -1;

    if (!open_directory(image, at, &languages))
        return false;
    for (uint32_t i = 0; i < languages.names + languages.ids; i++) {
        uint32_t id, found;

        if (!read_entry(image, &languages, i, &id, &found))
            return false;
        if (language_rank(id) > best) {
            best = language_rank(id);
            *target = found;
        }
    }
    return best >= 0;
}

/* The version of a file is the one with id 1, the least of the ids, which stand behind names. */
static bool find_data(const struct image *image, uint32_t at, uint32_t *target)
{
    struct directory versions;
    uint32_t id;

    if (!open_directory(image, at, &versions) || versions.names + versions.ids == 0 ||
        !read_entry(image, &versions, versions.ids ? versions.names : 0, &id, target))
        return false;
    /* A directory of languages is how it should be. */
    return !(*target & HIGH_BIT) || choose_language(image, *target, target);
}

enum prereq_pe_answer prereq_pe_find(struct pe_file *file, uint64_t header, uint64_t *offset,
                                     uint32_t *len)
{
    struct image image = {.file = file};
    const unsigned char *entry;
    enum prereq_pe_answer answer = read_headers(&image, header);
    uint32_t target = 0;

    if (answer != PREREQ_PE_VERSION)
        return answer;
    if (!find_address(&image, image.resources, &image.tree))
        return prereq_pe_damaged(file, "its resources are in no section");
    answer = find_type(&image, &target);
    if (answer != PREREQ_PE_VERSION)
        return answer;
    if (!find_data(&image, target, &target) || target & HIGH_BIT)
        return cut_tree(&image);
    entry = prereq_pe_view(file, image.tree + target, 8);
    if (!entry)
        return cut_tree(&image);
    *len = pe_u32(entry + 4);
    return find_address(&image, pe_u32(entry), offset)
               ? PREREQ_PE_VERSION
               : prereq_pe_damaged(file, "its version resource is in no section");
}
