/* SPDX-License-Identifier: MIT */
/* import.c - one text of systeminfo or of a list of hotfixes becomes the facts of one host. */
#include "import/import.h"

#include <string.h>

#include "import/import_parts.h"

static const char *format_of_facts(struct prereq_arena *arena)
{
    return prereq_printf(arena, "%s/%u.%u", prereq_facts_document.format,
                         prereq_facts_document.major, prereq_facts_document.minor);
}

static enum prereq_status check_options(const struct prereq_import_options *options,
                                        struct prereq_error *err)
{
    if (options->host_id && !prereq_is_host_id(options->host_id))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "the host id may hold A-Z a-z 0-9 . _ - @ / : only, and 255 of them");
    if (!options->facts_time.known)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "the text does not say when it was made; give --facts-time");
    return PREREQ_OK;
}

/* "KB4462930: Update for ..." in every line.  Such lists are made of what Windows Update offers;
 * taken for installed updates they would turn every missing patch into a present one. */
static bool is_list_of_offered(const struct prereq_import_lines *lines, size_t *first)
{
    size_t offered = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const char *line = prereq_import_skip_blanks(lines->line[i]);
        size_t len = prereq_import_kb_length(line);

        if (!*line)
            continue;
        if (len == 0 || line[len] != ':' || line[len + 1] != ' ')
            return false;
        if (offered++ == 0)
            *first = i + 1;
    }
    return offered > 0;
}

static bool is_blank(const struct prereq_import_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->line[i][0])
            return false;
    }
    return true;
}

/* Where a text begins, for the sentence that refuses it. */
static enum prereq_status refuse(const struct prereq_import_lines *lines, struct prereq_error *err)
{
    char clip[PREREQ_IMPORT_CLIP];
    size_t first = 0;

    if (is_list_of_offered(lines, &first))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "line %zu: a list of updates that are offered, not of installed ones",
                           first);
    while (!lines->line[first][0])
        first++;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "line %zu: neither the output of systeminfo (no line names version and "
                       "build of Windows) nor a list of hotfixes (no HotFixID) or of DISM's "
                       "packages or features: \"%s\"",
                       first + 1, prereq_import_clip(lines->line[first], clip));
}

static bool lists_hotfixes(const struct prereq_import_work *work)
{
    for (size_t i = 0; i < work->record_count; i++) {
        if (work->records[i].record.source == PREREQ_SOURCE_QFE)
            return true;
    }
    return false;
}

static enum prereq_status read_text(struct prereq_import_work *work, struct prereq_error *err)
{
    bool json = false, systeminfo = false, qfe = false, dism = false;
    enum prereq_status status = prereq_import_json(work, &json, err);

    if (!status && !json)
        status = prereq_import_systeminfo(work, &systeminfo, err);
    if (!status && !json)
        status = prereq_import_qfe(work, &qfe, err);
    if (!status && !json)
        status = prereq_import_dism(work, &dism, err);
    if (!status && json && lists_hotfixes(work))
        prereq_import_cover(work, PREREQ_LIST_QFE, PREREQ_LIST_PARTIAL,
                            "Win32_QuickFixEngineering names no superseded updates, and not every "
                            "one");
    if (!status)
        prereq_import_cover_packages(work);
    if (status || json || systeminfo || qfe || dism)
        return status;
    /* wmic writes a line end and nothing else when Windows has no hotfix; a file of no byte at all
     * says nothing. */
    if (!is_blank(&work->lines))
        return refuse(&work->lines, err);
    if (work->lines.count < 2)
        return prereq_fail(err, PREREQ_BAD_INPUT, "line 1: the text is empty");
    prereq_import_cover(work, PREREQ_LIST_QFE, PREREQ_LIST_PARTIAL,
                        "a list of hotfixes without a line");
    return prereq_import_note(work, "updates", "empty",
                              "blank lines only: taken for a list of hotfixes that names none",
                              err);
}

/* A host is never known by a name in which letters are missing. */
static enum prereq_status check_lost_names(struct prereq_import_work *work,
                                           const struct prereq_import_options *options,
                                           struct prereq_error *err)
{
    bool name = work->lost_name && !work->host_name;
    bool domain = work->lost_domain && !work->domain;
    enum prereq_status status = PREREQ_OK;

    if (options->host_id && name)
        status = prereq_import_note(work, "host.hostName", "unreadable",
                                    "the name is written in a code page that nobody names", err);
    if (!status && options->host_id && domain)
        status = prereq_import_note(work, "host.domain", "unreadable",
                                    "the domain is written in a code page that nobody names", err);
    if (options->host_id || !(domain || (name && !options->one_of_several)))
        return status;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "line %zu: the host's %s has letters of a code page that nobody names; make "
                       "the text again after chcp 65001, or give --host-id",
                       name ? work->lost_name : work->lost_domain, name ? "name" : "domain");
}

static enum prereq_status make_identity(struct prereq_import_work *work,
                                        const struct prereq_import_options *options,
                                        struct prereq_identity *host, struct prereq_error *err)
{
    enum prereq_status status = check_lost_names(work, options, err);

    if (status)
        return status;
    if (!work->host_name && !options->host_id && !options->one_of_several)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "the text does not name its host; give --host-id");
    host->host_name = work->host_name;
    host->domain = work->domain;
    if (!options->host_id)
        return PREREQ_OK;
    host->host_id = prereq_strdup(work->arena, options->host_id);
    if (!host->host_id)
        return prereq_import_no_memory(err);
    if (!host->host_name && !options->one_of_several)
        host->host_name = host->host_id;
    return PREREQ_OK;
}

static bool copy_text(struct prereq_arena *arena, const char *text, const char **copy)
{
    *copy = text ? prereq_strdup(arena, text) : NULL;
    return !text || *copy;
}

static enum prereq_status make_collection(struct prereq_arena *arena,
                                          const struct prereq_import_options *options,
                                          struct prereq_collection *collection,
                                          struct prereq_error *err)
{
    collection->collector = "import";
    collection->method = PREREQ_METHOD_IMPORT;
    collection->finished = options->facts_time;
    if (!copy_text(arena, options->name, &collection->source) ||
        !copy_text(arena, options->collector_version, &collection->collector_version))
        return prereq_import_no_memory(err);
    return PREREQ_OK;
}

static enum prereq_status make_updates(struct prereq_import_work *work, struct prereq_facts *facts,
                                       struct prereq_error *err)
{
    struct prereq_update_fact *updates;
    size_t conflicts;
    enum prereq_status status;

    status = prereq_import_group(work->arena, work->records, work->record_count, &updates,
                                 &facts->update_count, &conflicts, err);
    if (status)
        return status;
    facts->updates = updates;
    if (conflicts == 0)
        return PREREQ_OK;
    return prereq_import_note(work, "updates", "conflict",
                              prereq_printf(work->arena,
                                            "updates that are listed with different install dates: "
                                            "%zu; the dates are not known",
                                            conflicts),
                              err);
}

enum prereq_status prereq_import_text(struct prereq_arena *arena, const char *bytes, size_t len,
                                      const struct prereq_import_options *options,
                                      struct prereq_facts **facts, struct prereq_error *err)
{
    struct prereq_import_work *work = PREREQ_NEW(arena, struct prereq_import_work);
    struct prereq_facts *made = PREREQ_NEW(arena, struct prereq_facts);
    struct prereq_identity *host = PREREQ_NEW(arena, struct prereq_identity);
    struct prereq_collection *collection = PREREQ_NEW(arena, struct prereq_collection);
    enum prereq_status status;

    if (!work || !made || !host || !collection)
        return prereq_import_no_memory(err);
    made->format = format_of_facts(arena);
    if (!made->format)
        return prereq_import_no_memory(err);
    work->arena = arena;
    status = check_options(options, err);
    if (!status)
        status = prereq_import_decode(arena, bytes, len, &work->lines, err);
    if (!status)
        status = read_text(work, err);
    if (!status)
        status = make_identity(work, options, host, err);
    if (!status)
        status = make_collection(arena, options, collection, err);
    if (!status)
        status = make_updates(work, made, err);
    if (status)
        return status;
    made->host = host;
    made->collection = collection;
    made->os = work->os;
    made->last_start_up = work->last_start_up;
    made->packages = work->packages;
    made->package_count = work->package_count;
    made->features = work->features;
    made->feature_count = work->feature_count;
    if (!prereq_import_unique_packages(arena, &made->packages, &made->package_count) ||
        !prereq_import_unique_features(arena, &made->features, &made->feature_count))
        return prereq_import_no_memory(err);
    made->coverage = work->coverage;
    made->coverage_count = work->coverage_count;
    made->errors = work->notes;
    made->error_count = work->note_count;
    *facts = made;
    return PREREQ_OK;
}
