/* SPDX-License-Identifier: MIT */
/* collecting.h - for tests of collectors: a host in memory, and what was collected as JSON. */
#ifndef PREREQ_TESTS_COLLECTING_H
#define PREREQ_TESTS_COLLECTING_H

#include <string.h>

#include "collect/collect.h"
#include "fake_source.h"
#include "pe_bytes.h"
#include "table.h"

struct collecting {
    struct prereq_arena *arena;
    struct fake_source *fake;
    struct prereq_gather gather;
};

/* "pe PATH VERSION": a program of that version. */
static inline void fill_program(struct fake_source *fake, char *line)
{
    char *space = strrchr(line, ' ');
    struct pe_bytes file;

    *space = '\0';
    file = pe_bytes_version(space + 1);
    fake_file(fake, line + 3, "2024-01-01T00:00:00Z", file.bytes, file.len);
    free(file.bytes);
}

/* As fake_fill(), with "pe" lines too. */
static inline void fill_host(struct fake_source *fake, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = fake_must(prereq_strndup(fake->arena, text, len));

        if (strncmp(line, "pe ", 3) == 0)
            fill_program(fake, line);
        else
            fake_fill(fake, line);
        text += len + (text[len] == '\n');
    }
}

/* What setup of Windows writes, and variables of paths come from. */
#define COLLECTING_FOLDERS                                                                         \
    "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion]\n"                                       \
    "\"ProgramFilesDir\"=\"C:\\Program Files\"\n"                                                  \
    "\"CommonFilesDir\"=\"C:\\Program Files\\Common Files\"\n"
#define COLLECTING_FOLDERS_32                                                                      \
    "[32:HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion]\n"                                    \
    "\"ProgramFilesDir\"=\"C:\\Program Files (x86)\"\n"

static inline void collecting_begin(struct collecting *collecting, size_t limit, bool two_views,
                                    const char *host)
{
    memset(collecting, 0, sizeof(*collecting));
    collecting->arena = fake_must(prereq_arena_new(limit));
    collecting->fake = fake_new("C:\\Windows", two_views);
    fake_fill(collecting->fake, COLLECTING_FOLDERS);
    if (two_views)
        fake_fill(collecting->fake, COLLECTING_FOLDERS_32);
    fill_host(collecting->fake, host);
    collecting->gather.arena = collecting->arena;
    collecting->gather.source = &collecting->fake->base;
}

static inline void collecting_end(struct collecting *collecting)
{
    fake_free(collecting->fake);
    prereq_arena_free(collecting->arena);
}

/* What was collected, as a document writes it; it has to be one that can be read. */
static inline void collected_json(const struct prereq_gather *gather, struct prereq_buffer *json)
{
    static const struct prereq_identity host = {.host_name = "H"};
    static const struct prereq_collection collection = {.method = PREREQ_METHOD_OFFLINE,
                                                        .finished = {.seconds = 1, .known = true}};
    struct prereq_facts facts = {
        .format = "patchprereq-facts/1.0",
        .host = &host,
        .collection = &collection,
        .features = gather->features.items,
        .feature_count = gather->features.count,
        .updates = gather->updates.items,
        .update_count = gather->updates.count,
        .msi_products = gather->msi_products.items,
        .msi_product_count = gather->msi_products.count,
        .msi_patches = gather->msi_patches.items,
        .msi_patch_count = gather->msi_patches.count,
        .instances = gather->instances.items,
        .instance_count = gather->instances.count,
        .settings = gather->settings.items,
        .setting_count = gather->settings.count,
        .coverage = gather->coverage.items,
        .coverage_count = gather->coverage.count,
    };
    const struct prereq_facts *read;
    struct prereq_arena *arena = fake_must(prereq_arena_new(64U << 20));
    struct prereq_error err;
    size_t ignored;

    prereq_facts_write(&facts, PREREQ_JSON_COMPACT, json);
    if (prereq_facts_read(arena, json->text, json->len, &read, &ignored, &err))
        fail_msg("what was collected cannot be read: %s", err.text);
    prereq_arena_free(arena);
}

/* Each line of `lines` stands in the document (`there`), or does not. */
static inline void assert_lines(const struct prereq_buffer *json, const char *lines, bool there)
{
    while (lines && *lines) {
        size_t len = strcspn(lines, "\n");
        char line[1024];

        assert_true(len < sizeof(line));
        memcpy(line, lines, len);
        line[len] = '\0';
        if (!strstr(json->text, line) == there)
            fail_msg("%s%s\n in %s", line, there ? " is not" : " is", json->text);
        lines += len + (lines[len] == '\n');
    }
}

/* Want of memory at each step is found, and nothing else goes wrong. */
static inline void starve(const char *host, void (*collect)(struct prereq_gather *gather),
                          void (*prepare)(struct prereq_gather *gather))
{
    struct collecting collecting;
    bool enough = false;

    for (size_t limit = 64; !enough; limit += limit < 8192 ? 64 : 4096) {
        collecting_begin(&collecting, limit, true, host);
        if (prepare)
            prepare(&collecting.gather);
        collect(&collecting.gather);
        enough = !collecting.gather.no_memory;
        collecting_end(&collecting);
        assert_true(limit < (64U << 20));
    }
}

#endif
