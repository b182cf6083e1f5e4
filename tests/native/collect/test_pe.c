/* SPDX-License-Identifier: MIT */
/* test_pe.c - what executable files say of themselves, and what no file may do to the reader. */
#include <string.h>

#include "files/file.h"
#include "pe_bytes.h"
#include "table.h"

struct memory {
    const unsigned char *bytes;
    size_t len;
    size_t fail_from; /* offset from which reading fails; 0: never */
    int reads;
};

static bool read_memory(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    struct memory *memory = context;

    memory->reads++;
    assert_true(offset + len <= memory->len);
    assert_true(len > 0);
    if (memory->fail_from && offset + len > memory->fail_from)
        return false;
    memcpy(bytes, memory->bytes + offset, len);
    *got = len;
    return true;
}

static enum prereq_pe_answer read_bytes(struct memory *memory, struct prereq_pe *pe,
                                        const char **why)
{
    struct prereq_pe_input input = {read_memory, memory, memory->len};
    enum prereq_pe_answer answer;

    *why = NULL;
    answer = prereq_pe_read(&input, pe, why);
    assert_int_equal(answer == PREREQ_PE_DAMAGED, *why != NULL);
    if (answer != PREREQ_PE_UNREADABLE) /* which may be so behind the numbers */
        assert_int_equal(answer == PREREQ_PE_VERSION, pe->version.parts == 4);
    return answer;
}

/* ---- whole files ---- */

struct whole {
    const char *name;
    struct pe_recipe recipe;
    enum prereq_pe_answer answer;
    const char *version, *company, *original_name;
    uint32_t flags;
    int reads;
};

#define V(a, b, c, d) .version = {a, b, c, d}
#define MS "Microsoft Corporation"

static char long_text[6001];

static struct whole wholes[] = {
    {"32-bit",
     {.kind = PREREQ_PE_32, V(4, 2, 749, 1), .company = MS, .original_name = "w3svc.dll"},
     PREREQ_PE_VERSION,
     "4.2.749.1",
     MS,
     "w3svc.dll",
     0,
     1},
    {"64-bit",
     {.kind = PREREQ_PE_64, V(10, 0, 17763, 6532), .company = MS, .original_name = "NTKRNLMP.EXE"},
     PREREQ_PE_VERSION,
     "10.0.17763.6532",
     MS,
     "NTKRNLMP.EXE",
     0,
     1},
    {"16-bit",
     {.kind = PREREQ_PE_NE, V(3, 10, 0, 103), .company = MS, .original_name = "VER.DLL"},
     PREREQ_PE_VERSION,
     "3.10.0.103",
     MS,
     "VER.DLL",
     0,
     1},
    {"16-bit, texts in Windows-1252",
     {.kind = PREREQ_PE_NE,
      V(1, 0, 0, 0),
      .company = "Fran\xE7"
                 "ais \x95"},
     PREREQ_PE_VERSION,
     "1.0.0.0",
     "Fran\xC3\xA7"
     "ais \xEF\xBF\xBD",
     "",
     0,
     1},
    {"a 16-bit resource in a 32-bit file",
     {.kind = PREREQ_PE_32, V(1, 2, 3, 4), .company = "Old", .narrow = true},
     PREREQ_PE_VERSION,
     "1.2.3.4",
     "Old",
     "",
     0,
     1},
    {"numbers of 16 bits",
     {.kind = PREREQ_PE_32, V(65535, 0, 65534, 65535)},
     PREREQ_PE_VERSION,
     "65535.0.65534.65535",
     "",
     "",
     0,
     1},
    {"a driver that is not aligned to sectors",
     {.kind = PREREQ_PE_32, V(4, 0, 1381, 1), .packed = true},
     PREREQ_PE_VERSION,
     "4.0.1381.1",
     "",
     "",
     0,
     1},
    {"flags that the mask calls valid",
     {.kind = PREREQ_PE_32, V(1, 0, 0, 0), .flags = 0x3F, .flags_mask = 0x2B},
     PREREQ_PE_VERSION,
     "1.0.0.0",
     "",
     "",
     PREREQ_VS_DEBUG | PREREQ_VS_PRERELEASE | PREREQ_VS_PRIVATE_BUILD | PREREQ_VS_SPECIAL_BUILD,
     1},
    {"texts are cleaned",
     {.kind = PREREQ_PE_32, V(1, 0, 0, 0), .company = "  Micro\tsoft \r\n", .original_name = "\n"},
     PREREQ_PE_VERSION,
     "1.0.0.0",
     "Micro soft",
     "",
     0,
     1},
    {"English of several languages",
     {.kind = PREREQ_PE_32, V(1, 0, 0, 0), .languages = 9},
     PREREQ_PE_VERSION,
     "1.0.0.0",
     "",
     "",
     0,
     1},
    {"texts behind a long one",
     {.kind = PREREQ_PE_32, V(1, 0, 0, 0), .company = "Behind", .before = long_text},
     PREREQ_PE_VERSION,
     "1.0.0.0",
     "Behind",
     "",
     0,
     2},
    {"32-bit without resources",
     {.kind = PREREQ_PE_32, .no_resources = true},
     PREREQ_PE_NO_VERSION,
     "",
     "",
     "",
     0,
     1},
    {"32-bit with an icon only",
     {.kind = PREREQ_PE_32, .no_version = true},
     PREREQ_PE_NO_VERSION,
     "",
     "",
     "",
     0,
     1},
    {"16-bit without resources",
     {.kind = PREREQ_PE_NE, .no_resources = true},
     PREREQ_PE_NO_VERSION,
     "",
     "",
     "",
     0,
     1},
    {"16-bit with an icon only",
     {.kind = PREREQ_PE_NE, .no_version = true},
     PREREQ_PE_NO_VERSION,
     "",
     "",
     "",
     0,
     1},
};

static void check_whole(void **state)
{
    const struct whole *row = *state;
    struct pe_bytes made = pe_bytes_make(&row->recipe);
    struct memory memory = {made.bytes, made.len, 0, 0};
    bool wide = row->recipe.kind != PREREQ_PE_NE;
    struct prereq_pe pe;
    const char *why;
    char version[48] = "";

    assert_int_equal(read_bytes(&memory, &pe, &why), row->answer);
    if (pe.version.parts)
        prereq_version_format(pe.version, version);
    assert_string_equal(version, row->version);
    for (int i = 0; i < 4 && pe.version.parts; i++)
        assert_int_equal(pe.product_version.part[i], pe_bytes_product[i]);
    assert_string_equal(pe.company, row->company);
    assert_string_equal(pe.original_name, row->original_name);
    assert_int_equal(pe.kind, row->recipe.kind);
    assert_int_equal(pe.file_flags, row->flags);
    assert_int_equal(pe.checksum, wide ? 0x1BADCAFE : 0);
    assert_int_equal(pe.time_stamp, wide ? 0x3A000000 : 0);
    assert_int_equal(pe.machine, !wide ? 0 : row->recipe.kind == PREREQ_PE_64 ? 0x8664 : 0x14C);
    assert_int_equal(memory.reads, row->reads);
    free(made.bytes);
}

static void long_texts_are_cut_between_characters(void **state)
{
    char name[400];
    struct pe_recipe recipe = {.kind = PREREQ_PE_NE, .company = name};
    struct prereq_pe pe;
    const char *why;
    size_t bad;

    (void)state;
    memset(name, '\xE9', sizeof(name) - 1); /* two bytes each as UTF-8 */
    name[sizeof(name) - 1] = '\0';
    for (size_t shift = 0; shift < 4; shift++) {
        struct pe_bytes made;
        struct memory memory = {0};

        memset(name, 'x', shift);
        made = pe_bytes_make(&recipe);
        memory.bytes = made.bytes;
        memory.len = made.len;
        assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_VERSION);
        assert_true(prereq_utf8_valid(pe.company, strlen(pe.company), &bad));
        assert_in_range(strlen(pe.company), PREREQ_PE_TEXT - 5, PREREQ_PE_TEXT - 1);
        free(made.bytes);
    }
}

/* ---- no executable files ---- */

struct other {
    const char *name, *text;
    size_t len;
    enum prereq_pe_kind kind;
};

#define DOS(offset, mark)                                                                          \
    "MZ0123456789012345678901234567890123456789012345678901234567" offset "\0\0" mark

static struct other others[] = {
    {"empty", "", 0, PREREQ_PE_NONE},
    {"a text", "[version]\r\nsignature=$CHICAGO$\r\n", 32, PREREQ_PE_NONE},
    {"MZ and nothing", "MZ", 2, PREREQ_PE_NONE},
    {"a DOS program that ends before the header", DOS("\xFF\x7F", ""), 64, PREREQ_PE_NONE},
    {"a DOS program of old, its code where the header would be", DOS("\x40\0", "code"), 68,
     PREREQ_PE_NONE},
    {"a driver of Windows 95", DOS("\x40\0", "LE\0\0"), 68, PREREQ_PE_OTHER},
    {"a program of OS/2", DOS("\x40\0", "LX\0\0"), 68, PREREQ_PE_OTHER},
};

static void check_other(void **state)
{
    const struct other *row = *state;
    struct memory memory = {(const unsigned char *)row->text, row->len, 0, 0};
    struct prereq_pe pe;
    const char *why;

    assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_NO_VERSION);
    assert_int_equal(pe.kind, row->kind);
}

/* ---- damage ---- */

enum place { PLACE_HEADER, PLACE_TREE, PLACE_RESOURCE, PLACE_FIXED };

struct damage {
    const char *name;
    enum prereq_pe_kind kind;
    enum place place;
    size_t at;
    uint32_t value;
    int bytes; /* 2 or 4 */
    const char *why;
};

#define CUT "its resources are cut off"
#define SECTION (24 + 224 + 40) /* of .rsrc, in a 32-bit file, from its header */

static struct damage damages[] = {
    {"optional header of no kind", PREREQ_PE_32, PLACE_HEADER, 24, 0x107, 2,
     "its optional header is of no known kind"},
    {"optional header too short", PREREQ_PE_32, PLACE_HEADER, 20, 60, 2, "its headers are cut off"},
    {"sections without number", PREREQ_PE_32, PLACE_HEADER, 6, 0xFFFF, 2,
     "it says that it has more sections than can be"},
    {"no sections", PREREQ_PE_32, PLACE_HEADER, 6, 0, 2, "its resources are in no section"},
    {"section elsewhere", PREREQ_PE_32, PLACE_HEADER, SECTION + 12, 0x9000, 4,
     "its resources are in no section"},
    {"section empty", PREREQ_PE_32, PLACE_HEADER, SECTION + 16, 0, 4,
     "its resources are in no section"},
    {"section behind the file", PREREQ_PE_32, PLACE_HEADER, SECTION + 20, 0xFFFFFE00, 4, CUT},
    {"entries without number", PREREQ_PE_32, PLACE_TREE, 14, 0xFFFF, 2, CUT},
    {"names without number", PREREQ_PE_64, PLACE_TREE, 12, 0xFFFF, 2, CUT},
    {"versions are no directory", PREREQ_PE_32, PLACE_TREE, 16 + 8 + 4, 0x20, 4, CUT},
    {"versions point to the root", PREREQ_PE_32, PLACE_TREE, 16 + 8 + 4, 0x80000000, 4, CUT},
    {"versions behind the file", PREREQ_PE_32, PLACE_TREE, 16 + 8 + 4, 0xFFFFFFFF, 4, CUT},
    {"no version among versions", PREREQ_PE_32, PLACE_TREE, 32 + 14, 0, 2, CUT},
    {"languages point to themselves", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 16 + 4, 0x80000038, 4,
     CUT},
    {"no language", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 14, 0, 2, CUT},
    {"data behind the file", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 16 + 4, 0x7FFFFFFF, 4, CUT},
    {"version in no section", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 24, 0xFFFFFFFF, 4,
     "its version resource is in no section"},
    {"version without length", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 24 + 4, 0, 4,
     "its version resource is cut off"},
    {"version of 40 bytes", PREREQ_PE_32, PLACE_TREE, 32 + 24 + 24 + 4, 40, 4,
     "its version resource has no numbers"},
    {"length of the block", PREREQ_PE_32, PLACE_RESOURCE, 0, 5, 2, "its version resource is none"},
    {"another key", PREREQ_PE_32, PLACE_RESOURCE, 6, 'X', 2, "its version resource is none"},
    {"no signature", PREREQ_PE_32, PLACE_FIXED, 0, 0, 4, "its version resource has no numbers"},
    {"16-bit, no signature", PREREQ_PE_NE, PLACE_FIXED, 0, 0, 4,
     "its version resource has no numbers"},
    {"16-bit, resources behind the file", PREREQ_PE_NE, PLACE_HEADER, 0x24, 0xFFF0, 2, CUT},
    {"16-bit, alignment", PREREQ_PE_NE, PLACE_TREE, 0, 16, 2,
     "its resources are aligned as none can be"},
    {"16-bit, icons without number", PREREQ_PE_NE, PLACE_TREE, 4, 0xFFFF, 2, CUT},
    {"16-bit, version behind the file", PREREQ_PE_NE, PLACE_TREE, 2 + 8 + 24 + 8, 0xFFFF, 2,
     "its version resource is cut off"},
};

static void check_damage(void **state)
{
    const struct damage *row = *state;
    struct pe_recipe recipe = {.kind = row->kind, V(1, 2, 3, 4)};
    struct pe_bytes made = pe_bytes_make(&recipe);
    const size_t places[] = {PE_HEADER, made.tree, made.resource, made.fixed};
    struct memory memory = {made.bytes, made.len, 0, 0};
    struct prereq_pe pe;
    const char *why;

    assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_VERSION);
    if (row->bytes == 2)
        pe_bytes_put16(&made, places[row->place] + row->at, row->value);
    else
        pe_bytes_put32(&made, places[row->place] + row->at, row->value);
    assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_DAMAGED);
    assert_string_equal(why, row->why);
    free(made.bytes);
}

static void versions_that_are_empty_are_none(void **state)
{
    struct pe_bytes made = pe_bytes_version("1.2.3.4");
    struct memory memory = {made.bytes, made.len, 0, 0};
    struct prereq_pe pe;
    const char *why;

    (void)state;
    pe_bytes_put16(&made, made.resource + 2, 0);
    assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_NO_VERSION);
    free(made.bytes);
}

/* Blocks of texts that are too long, too short or without end leave the numbers alone. */
static void damaged_texts_leave_the_numbers(void **state)
{
    (void)state;
    for (unsigned step = 0; step < 3; step++) {
        struct pe_bytes made = pe_bytes_version("1.2.3.4");
        struct memory memory = {made.bytes, made.len, 0, 0};
        struct prereq_pe pe;
        const char *why;

        for (size_t at = made.fixed + 52; at + 1 < made.len; at += 2)
            pe_bytes_put16(&made, at, step == 0 ? 0 : step == 1 ? 0xFFFF : 1);
        assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_VERSION);
        assert_int_equal(pe.version.part[3], 4);
        assert_string_equal(pe.company, "");
        free(made.bytes);
    }
}

static const enum prereq_pe_kind kinds[] = {PREREQ_PE_NE, PREREQ_PE_32, PREREQ_PE_64};

/* Cut anywhere: the version as it is, or none; never another one.  The copy has exactly its size,
 * so that a sanitizer sees the first byte behind it. */
static void files_cut_anywhere(void **state)
{
    (void)state;
    for (size_t k = 0; k < PREREQ_COUNT(kinds); k++) {
        struct pe_recipe recipe = {.kind = kinds[k], V(1, 2, 3, 4), .company = MS};
        struct pe_bytes made = pe_bytes_make(&recipe);

        for (size_t len = 0; len <= made.len; len++) {
            unsigned char *copy = malloc(len + 1);
            struct memory memory = {copy, len, 0, 0};
            struct prereq_pe pe;
            const char *why;

            assert_non_null(copy);
            memcpy(copy, made.bytes, len);
            if (read_bytes(&memory, &pe, &why) == PREREQ_PE_VERSION)
                assert_int_equal(pe.version.part[3], 4);
            free(copy);
        }
        free(made.bytes);
    }
}

static void reads_that_fail_are_no_damage(void **state)
{
    struct pe_recipe recipe = {
        .kind = PREREQ_PE_32, V(1, 2, 3, 4), .before = long_text, .company = MS};
    struct pe_bytes made = pe_bytes_make(&recipe);
    struct prereq_pe pe;
    const char *why;

    (void)state;
    for (size_t from = 1; from < made.len; from += 97) {
        struct memory memory = {made.bytes, made.len, from, 0};

        assert_int_equal(read_bytes(&memory, &pe, &why), PREREQ_PE_UNREADABLE);
    }
    free(made.bytes);
}

/* Each byte of the headers in turn set to extremes: an answer, after few reads. */
static void every_byte_may_be_wrong(void **state)
{
    static const unsigned char extremes[] = {0, 1, 0x7F, 0x80, 0xFF};

    (void)state;
    for (size_t k = 0; k < PREREQ_COUNT(kinds); k++) {
        struct pe_recipe recipe = {.kind = kinds[k], V(1, 2, 3, 4), .company = MS};
        struct pe_bytes made = pe_bytes_make(&recipe);

        for (size_t at = 0; at < made.len; at++) {
            unsigned char kept = made.bytes[at];

            for (size_t i = 0; i < sizeof(extremes); i++) {
                struct memory memory = {made.bytes, made.len, 0, 0};
                struct prereq_pe pe;
                const char *why;

                made.bytes[at] = extremes[i];
                (void)read_bytes(&memory, &pe, &why);
                assert_in_range(memory.reads, 1, 40);
            }
            made.bytes[at] = kept;
        }
        free(made.bytes);
    }
}

/* ---- real files, where they are ---- */

struct sample {
    const char *name; /* of the file in PATCHPREREQ_SAMPLES/pe */
};

static struct sample samples[] = {
    {"Windows.AI.winmd"}, {"_ctypes_test.pyd"}, {"clfs.sys.mui"},
    {"file.exe"},         {"stdole2.tlb"},      {"zlib1.dll"},
};

/* A member of the oracle: its text in `out`, "" for null. */
static void oracle_text(const char *json, const char *member, char *out, size_t size)
{
    char quoted[64];
    const char *at;

    (void)snprintf(quoted, sizeof(quoted), "\"%s\": ", member);
    at = strstr(json, quoted);
    assert_non_null(at);
    at += strlen(quoted);
    out[0] = '\0';
    if (*at == '"')
        (void)snprintf(out, size, "%.*s", (int)strcspn(at + 1, "\""), at + 1);
}

static void check_sample(void **state)
{
    const struct sample *row = *state;
    const char *folder = getenv("PATCHPREREQ_SAMPLES");
    char path[512], *bytes = NULL, *json = NULL, text[256];
    struct memory memory = {0};
    struct prereq_version version = {0};
    struct prereq_error err;
    struct prereq_pe pe;
    const char *why;
    size_t len = 0;

    if (!folder)
        skip();
    (void)snprintf(path, sizeof(path), "%s/pe/%s", folder, row->name);
    assert_int_equal(prereq_file_read(path, 1 << 20, &bytes, &memory.len, &err), PREREQ_OK);
    (void)snprintf(path, sizeof(path), "%s/pe/%s.expected.json", folder, row->name);
    assert_int_equal(prereq_file_read(path, 1 << 20, &json, &len, &err), PREREQ_OK);
    memory.bytes = (const unsigned char *)bytes;
    oracle_text(json, "FileVersion", text, sizeof(text));
    assert_int_equal(read_bytes(&memory, &pe, &why),
                     text[0] ? PREREQ_PE_VERSION : PREREQ_PE_NO_VERSION);
    if (text[0])
        assert_true(prereq_version_parse(text, &version));
    assert_int_equal(prereq_version_compare(pe.version, version), 0);
    oracle_text(json, "CompanyName", text, sizeof(text));
    assert_string_equal(pe.company, text);
    oracle_text(json, "OriginalFilename", text, sizeof(text));
    assert_string_equal(pe.original_name, text);
    free(bytes);
    free(json);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(long_texts_are_cut_between_characters),
    cmocka_unit_test(versions_that_are_empty_are_none),
    cmocka_unit_test(damaged_texts_leave_the_numbers),
    cmocka_unit_test(files_cut_anywhere),
    cmocka_unit_test(reads_that_fail_are_no_damage),
    cmocka_unit_test(every_byte_may_be_wrong),
};

int main(void)
{
    memset(long_text, 'x', sizeof(long_text) - 1);
    return RUN_TABLE(wholes, check_whole) | RUN_TABLE(others, check_other) |
           RUN_TABLE(damages, check_damage) | RUN_TABLE(samples, check_sample) | RUN_TESTS(tests);
}
