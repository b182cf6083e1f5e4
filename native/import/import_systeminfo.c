/* SPDX-License-Identifier: MIT */
/* import_systeminfo.c - the output of systeminfo, by shape and place.
 *
 * Labels are localised, their order is not.  Every version since Windows XP prints: host, product,
 * version, manufacturer, role, build type, owner, organisation, product id, install date, start-up
 * (before Vista: up time), manufacturer, model, system type, processors, BIOS, folders, boot
 * device, two locales, time zone, five figures of memory, page files, domain, logon server,
 * hotfixes, network cards.  Two values have a shape of their own and serve as landmarks: the
 * version and the time zone. */
#include <string.h>

#include "import/import_parts.h"

/* Places, counted in fields from the version. */
#define BEFORE_HOST 2
#define BEFORE_PRODUCT 1
#define TO_ROLE 2
#define TO_INSTALLED 7
#define TO_STARTED 8
/* Places counted from the time zone. */
#define TO_PAGE_FILE 6
#define TO_DOMAIN 7
#define TO_LOGON 8
#define TO_HOTFIXES 9

#define WHOLE_LIST_TEXT                                                                            \
    "systeminfo names no superseded updates, none of Windows Installer, and not every one since "  \
    "Windows 10"

static const char *value_at(const struct prereq_import_fields *fields, size_t at)
{
    return at < fields->count ? fields->items[at].value : "";
}

static const char *copy(struct prereq_import_work *work, const char *text)
{
    return prereq_strdup(work->arena, text);
}

static enum prereq_status read_service_pack(struct prereq_import_work *work, const char *rest,
                                            uint32_t build, struct prereq_error *err)
{
    struct prereq_os *os = work->os;
    const char *end;
    uint32_t number;

    /* Without a service pack a word for "not available" stands there, or nothing. */
    if (!prereq_import_find_number(rest, build, &number, &end)) {
        os->service_pack = (struct prereq_number){0, true};
        return PREREQ_OK;
    }
    rest = prereq_import_skip_blanks(rest);
    os->service_pack_text = prereq_strndup(work->arena, rest, (size_t)(end - rest));
    if (!os->service_pack_text)
        return prereq_import_no_memory(err);
    if (number > 0 && number < 16) {
        os->service_pack = (struct prereq_number){number, true};
        return PREREQ_OK;
    }
    return prereq_import_note(work, "os.servicePack", "error",
                              "what stands between version and build names no service pack", err);
}

/* The brand is written alike in every language.  Windows 10 and 11 Enterprise multi-session are
 * servers to the registry. */
static bool is_client_brand(const char *product)
{
    static const char *const brands[] = {"*Windows XP*", "*Windows Vista*", "*Windows 7*",
                                         "*Windows 8*",  "*Windows 10*",    "*Windows 11*"};

    if (prereq_glob("*server*", product) || prereq_glob("*session*", product) ||
        prereq_glob("*virtual*", product))
        return false;
    for (size_t i = 0; i < PREREQ_COUNT(brands); i++) {
        if (prereq_glob(brands[i], product))
            return true;
    }
    return false;
}

/* Whether a server is a domain controller is said by a word only.  The English words are read; in
 * other languages the type of a server was not collected. */
static int product_type(const char *product, const char *role)
{
    static const struct {
        const char *role;
        enum prereq_product_type type;
    } roles[] = {
        {"Standalone Workstation", PREREQ_WORKSTATION},
        {"Member Workstation", PREREQ_WORKSTATION},
        {"Standalone Server", PREREQ_SERVER},
        {"Member Server", PREREQ_SERVER},
        {"Primary Domain Controller", PREREQ_DOMAIN_CONTROLLER},
        {"Backup Domain Controller", PREREQ_DOMAIN_CONTROLLER},
    };

    for (size_t i = 0; i < PREREQ_COUNT(roles); i++) {
        if (prereq_equal_nocase(role, roles[i].role))
            return (int)roles[i].type;
    }
    return is_client_brand(product) ? PREREQ_WORKSTATION : 0;
}

static enum prereq_status read_os(struct prereq_import_work *work,
                                  const struct prereq_import_fields *fields,
                                  struct prereq_error *err)
{
    size_t at = fields->version;
    const char *product = at >= BEFORE_PRODUCT ? value_at(fields, at - BEFORE_PRODUCT) : "";
    struct prereq_os *os = PREREQ_NEW(work->arena, struct prereq_os);
    uint32_t version[3];
    const char *rest;

    if (!os)
        return prereq_import_no_memory(err);
    if (!prereq_import_version(value_at(fields, at), version, &rest))
        return prereq_fail(err, PREREQ_INTERNAL, "the version of Windows was lost again");
    work->os = os;
    os->version = (struct prereq_version){.part = {version[0], version[1]}, .parts = 2};
    os->build = (struct prereq_number){version[2], true};
    os->product_type = product_type(product, value_at(fields, at + TO_ROLE));
    for (size_t i = at; i < fields->count && !os->architecture; i++)
        os->architecture = prereq_import_architecture(fields->items[i].value);
    for (size_t i = at; i < fields->count && !os->language; i++) {
        char language[16];

        if (!prereq_import_language(fields->items[i].value, language))
            continue;
        os->language = copy(work, language);
        if (!os->language)
            return prereq_import_no_memory(err);
    }
    if (*product) {
        os->product = copy(work, product);
        if (!os->product)
            return prereq_import_no_memory(err);
    }
    return read_service_pack(work, rest, version[2], err);
}

static bool find_zone(const struct prereq_import_fields *fields, size_t *zone, int *offset)
{
    for (*zone = fields->version; *zone < fields->count; (*zone)++) {
        if (prereq_import_zone(fields->items[*zone].value, offset))
            return true;
    }
    return false;
}

/* The last word of the BIOS line: "Vendor 1.02, 21/08/2018".  Before Vista the vendor's own text
 * stands there, with the vendor's order of day and month. */
static enum prereq_import_order bios_order(const struct prereq_import_fields *fields)
{
    for (size_t i = fields->version + TO_STARTED + 1; i < fields->count; i++) {
        const char *comma = strrchr(fields->items[i].value, ',');

        if (comma && prereq_import_is_date(comma + 1))
            return prereq_import_date_order(comma + 1);
    }
    return PREREQ_ORDER_UNKNOWN;
}

/* One run writes all its dates in one order, so that any of them can prove it. */
static enum prereq_status read_dates(struct prereq_import_work *work,
                                     const struct prereq_import_fields *fields,
                                     struct prereq_error *err)
{
    const char *installed = value_at(fields, fields->version + TO_INSTALLED);
    const char *started = value_at(fields, fields->version + TO_STARTED);
    bool has_start = work->os->version.part[0] >= 6 && prereq_import_is_date(started);
    enum prereq_import_order order = prereq_import_date_order(installed);
    char clip[PREREQ_IMPORT_CLIP];
    size_t zone;
    int offset;

    if (!find_zone(fields, &zone, &offset))
        return PREREQ_OK;
    if (!order && has_start)
        order = prereq_import_date_order(started);
    if (!order && has_start)
        order = bios_order(fields);
    work->os->installed_on = prereq_import_local_day(installed, order, offset);
    if (!has_start)
        return PREREQ_OK;
    work->last_start_up = prereq_import_local_day(started, order, offset);
    if (work->last_start_up.known)
        return PREREQ_OK;
    return prereq_import_note(
        work, "lastStartUp", "ambiguous",
        prereq_printf(work->arena, "line %zu: the day cannot be told for certain from \"%s\"",
                      fields->items[fields->version + TO_STARTED].line,
                      prereq_import_clip(started, clip)),
        err);
}

static bool is_path(const char *value)
{
    return value[0] && value[1] == ':' && value[2] == '\\';
}

/* Accepted only where a neighbour proves the place. */
static enum prereq_status read_domain(struct prereq_import_work *work,
                                      const struct prereq_import_fields *fields, size_t zone,
                                      struct prereq_error *err)
{
    const char *domain = value_at(fields, zone + TO_DOMAIN);
    const char *logon = value_at(fields, zone + TO_LOGON);

    if (zone + TO_DOMAIN >= fields->count)
        return PREREQ_OK;
    if (!is_path(value_at(fields, zone + TO_PAGE_FILE)) && strncmp(logon, "\\\\", 2) != 0)
        return PREREQ_OK;
    return prereq_import_domain(work, domain, fields->items[zone + TO_DOMAIN].line, err);
}

static bool names_kb(const struct prereq_import_field *field)
{
    for (size_t i = 0; i < field->entry_count; i++) {
        const char *entry = prereq_import_entry(field->entries[i]);

        if (entry && prereq_import_kb_length(entry))
            return true;
    }
    return false;
}

/* By its content, else by its place: a list may hold nothing but "File 1". */
static const struct prereq_import_field *find_hotfixes(const struct prereq_import_fields *fields)
{
    size_t zone;
    int offset;

    for (size_t i = fields->version + 1; i < fields->count; i++) {
        if (names_kb(&fields->items[i]))
            return &fields->items[i];
    }
    if (find_zone(fields, &zone, &offset) && zone + TO_HOTFIXES < fields->count)
        return &fields->items[zone + TO_HOTFIXES];
    return NULL;
}

/* "KB982316 - Update" */
static enum prereq_status read_entry(struct prereq_import_work *work, const char *entry,
                                     size_t line, struct prereq_error *err)
{
    static const struct prereq_update_record record = {.source = PREREQ_SOURCE_SYSTEMINFO};
    const char *dash = strstr(entry, " - ");
    char clip[PREREQ_IMPORT_CLIP];
    size_t len = dash ? (size_t)(dash - entry) : strlen(entry);

    if (prereq_import_is_sub_key(entry, len))
        return PREREQ_OK;
    if (prereq_import_is_id(entry, len))
        return prereq_import_add(work, entry, len, &record, err);
    return prereq_import_note(work, "updates", "not_an_id",
                              prereq_printf(work->arena, "line %zu: \"%s\" is no update id", line,
                                            prereq_import_clip(entry, clip)),
                              err);
}

static enum prereq_status read_hotfixes(struct prereq_import_work *work,
                                        const struct prereq_import_field *field,
                                        struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;
    size_t listed = 0;
    uint32_t announced = 0;
    const char *end;

    for (size_t i = 0; !status && i < field->entry_count; i++) {
        const char *entry = prereq_import_entry(field->entries[i]);

        if (!entry || !*entry)
            continue;
        listed++;
        status = read_entry(work, entry, field->one_line ? field->line : field->line + 1 + i, err);
    }
    if (status)
        return status;
    prereq_import_cover(work, PREREQ_LIST_SYSTEMINFO, PREREQ_LIST_PARTIAL, WHOLE_LIST_TEXT);
    if (!prereq_import_find_number(field->value, 0, &announced, &end) || announced <= listed)
        return PREREQ_OK;
    return prereq_import_note(work, "updates", "cut_off",
                              prereq_printf(work->arena,
                                            "line %zu: %u hotfixes are announced, %zu are listed",
                                            field->line, (unsigned)announced, listed),
                              err);
}

enum prereq_status prereq_import_systeminfo(struct prereq_import_work *work, bool *found,
                                            struct prereq_error *err)
{
    struct prereq_import_fields fields;
    const struct prereq_import_field *hotfixes;
    enum prereq_status status = prereq_import_split(work->arena, &work->lines, &fields, err);
    size_t zone;
    int offset;

    *found = !status && fields.count > 0;
    if (!*found)
        return status;
    if (fields.version >= BEFORE_HOST)
        status = prereq_import_host(work, value_at(&fields, fields.version - BEFORE_HOST),
                                    fields.items[fields.version - BEFORE_HOST].line, err);
    if (!status)
        status = read_os(work, &fields, err);
    if (!status)
        status = read_dates(work, &fields, err);
    if (!status && find_zone(&fields, &zone, &offset))
        status = read_domain(work, &fields, zone, err);
    if (status)
        return status;
    hotfixes = find_hotfixes(&fields);
    if (hotfixes)
        return read_hotfixes(work, hotfixes, err);
    prereq_import_cover(work, PREREQ_LIST_SYSTEMINFO, PREREQ_LIST_UNAVAILABLE,
                        "the text ends before the list of hotfixes");
    return prereq_import_note(work, "updates", "cut_off",
                              "the text ends before the list of hotfixes", err);
}
