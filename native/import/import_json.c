/* SPDX-License-Identifier: MIT */
/* import_json.c - what ConvertTo-Json makes of Get-HotFix, Get-WindowsPackage,
 * Get-WindowsOptionalFeature and Get-ComputerInfo.
 *
 * Objects are known by their members.  PowerShell 5.1 writes a time as "/Date(milliseconds)/", in
 * an object where it shows a date of its own; 7 writes ISO 8601. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json.h"
#include "import/import_parts.h"

#define DAY INT64_C(86400)

/* "/Date(1699920000000)/": UTC. */
static struct prereq_time read_ticks(const char *text)
{
    const char *at = strstr(text, "Date(");
    char *end;
    long long milliseconds;

    if (!at)
        return (struct prereq_time){0};
    milliseconds = strtoll(at + 5, &end, 10);
    if (end == at + 5 || *end != ')' || milliseconds < 0 || milliseconds > 253402300799000)
        return (struct prereq_time){0};
    return prereq_time_from_seconds(milliseconds / 1000);
}

/* "2023-11-14T08:00:00.0000000+01:00" or with Z: UTC.  Without either it is local time. */
static struct prereq_time read_iso(const char *text)
{
    struct prereq_time time = {0};
    char plain[32];
    size_t len = strlen(text), sign;
    int offset = 0;

    if (len < 20 || len > 40 || text[10] != 'T')
        return time;
    memcpy(plain, text, 19);
    memcpy(plain + 19, "Z", 2);
    sign = 19 + strcspn(text + 19, "+-Z");
    if (!text[sign] || !prereq_time_parse(plain, &time))
        return (struct prereq_time){0};
    if (text[sign] != 'Z') {
        char zone[16];

        if (len - sign != 6)
            return (struct prereq_time){0};
        (void)snprintf(zone, sizeof(zone), "(UTC%s)", text + sign);
        if (!prereq_import_zone(zone, &offset))
            return (struct prereq_time){0};
    }
    return prereq_time_from_seconds(time.seconds - offset);
}

static const char *time_text(const struct cJSON *object, const char *name)
{
    const char *text = prereq_json_text(object, name);

    return text ? text : prereq_json_text(prereq_json_find(object, name), "value");
}

static struct prereq_time read_time(const struct cJSON *object, const char *name)
{
    const char *text = time_text(object, name);
    struct prereq_time time = {0};

    if (text)
        time = read_ticks(text);
    return text && !time.known ? read_iso(text) : time;
}

/* A day of the host's own calendar, written as its midnight: which is less than half a day away
 * from that of UTC everywhere but on some islands, where the day is not known for certain. */
static struct prereq_time read_day(const struct cJSON *object, const char *name)
{
    const char *text = time_text(object, name);
    struct prereq_time time = read_time(object, name);
    int64_t behind;

    if (text && !time.known)
        return prereq_import_date(text);
    if (!time.known)
        return time;
    behind = time.seconds % DAY;
    time.seconds -= behind;
    if (behind == DAY / 2)
        return (struct prereq_time){0};
    if (behind > DAY / 2)
        time.seconds += DAY;
    time.day_only = true;
    return time;
}

static const char *keep(struct prereq_import_work *work, const char *text)
{
    return text ? prereq_strdup(work->arena, text) : NULL;
}

static enum prereq_status read_hotfix(struct prereq_import_work *work, const struct cJSON *object,
                                      struct prereq_error *err)
{
    static const char *const hosts[] = {"PSComputerName", "CSName", "__SERVER", "Source"};
    const char *id = prereq_json_text(object, "HotFixID");
    struct prereq_update_record record = {.source = PREREQ_SOURCE_QFE};
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < PREREQ_COUNT(hosts); i++) {
        const char *host = prereq_json_text(object, hosts[i]);

        if (host && prereq_import_is_host_name(host)) {
            status = prereq_import_host(work, host, 1, err);
            break;
        }
    }
    if (status || !id || !prereq_import_is_id(id, strlen(id)))
        return status;
    record.installed_by = keep(work, prereq_json_text(object, "InstalledBy"));
    record.installed_on = read_day(object, "InstalledOn");
    return prereq_import_add(work, id, strlen(id), &record, err);
}

/* A state as word or number. */
static const char *state_of(const struct cJSON *object, const char *name, bool feature)
{
    uint32_t number;

    if (prereq_json_number(object, name, &number))
        return prereq_import_state_word(feature, number);
    return prereq_json_text(object, name);
}

static enum prereq_status read_package(struct prereq_import_work *work, const struct cJSON *object,
                                       struct prereq_error *err)
{
    const char *identity = prereq_json_text(object, "PackageName");

    if (!identity || !prereq_import_is_identity(identity, strlen(identity)))
        return PREREQ_OK;
    return prereq_import_package(work, identity, strlen(identity),
                                 state_of(object, "PackageState", false),
                                 read_time(object, "InstallTime"), err);
}

/* ---- Get-ComputerInfo ---- */

static bool read_number(const char *text, uint32_t *number)
{
    return text && prereq_import_number(&text, number) && !*text;
}

/* "10.0.17763", or the number of the build alone. */
static void read_version(const struct cJSON *object, struct prereq_os *os)
{
    const char *text = prereq_json_text(object, "OsVersion");
    uint32_t number, part[3] = {0, 0, 0};
    size_t count = 0;

    for (; text && count < 3 && prereq_import_number(&text, &part[count]); count++) {
        if (*text == '.')
            text++;
    }
    if (count >= 2)
        os->version = (struct prereq_version){.part = {part[0], part[1]}, .parts = 2};
    if (read_number(prereq_json_text(object, "OsBuildNumber"), &number) ||
        (count == 3 && (number = part[2]) > 0))
        os->build = (struct prereq_number){number, true};
    if (prereq_json_number(object, "WindowsUBR", &number) ||
        read_number(prereq_json_text(object, "WindowsUBR"), &number))
        os->ubr = (struct prereq_number){number, true};
    if (prereq_json_number(object, "OsServicePackMajorVersion", &number))
        os->service_pack = (struct prereq_number){number, true};
}

static int product_type_of(const struct cJSON *object)
{
    static const char *const words[] = {"WorkStation", "DomainController", "Server"};
    const char *word = prereq_json_text(object, "OsProductType");
    uint32_t number;

    if (prereq_json_number(object, "OsProductType", &number))
        return number >= 1 && number <= 3 ? (int)number : 0;
    for (size_t i = 0; word && i < PREREQ_COUNT(words); i++) {
        if (prereq_equal_nocase(word, words[i]))
            return (int)i + 1;
    }
    return 0;
}

static enum prereq_status read_os(struct prereq_import_work *work, const struct cJSON *object,
                                  struct prereq_error *err)
{
    const char *system = prereq_json_text(object, "CsSystemType");
    struct prereq_os *os = PREREQ_NEW(work->arena, struct prereq_os);

    if (!os)
        return prereq_import_no_memory(err);
    read_version(object, os);
    os->product = keep(work, prereq_json_text(object, "OsName"));
    os->edition = keep(work, prereq_json_text(object, "WindowsEditionId"));
    os->install_type = keep(work, prereq_json_text(object, "WindowsInstallationType"));
    os->language = keep(work, prereq_json_text(object, "OsLanguage"));
    os->service_pack_text = keep(work, prereq_json_text(object, "OsCSDVersion"));
    os->product_type = product_type_of(object);
    os->architecture = system ? prereq_import_architecture(system) : 0;
    os->installed_on = read_time(object, "WindowsInstallDateFromRegistry");
    if (!os->installed_on.known)
        os->installed_on = read_time(object, "OsInstallDate");
    if (!work->os)
        work->os = os;
    if (!work->last_start_up.known)
        work->last_start_up = read_time(object, "OsLastBootUpTime");
    return PREREQ_OK;
}

static enum prereq_status read_object(struct prereq_import_work *work, const struct cJSON *object,
                                      bool *found, struct prereq_error *err);

static enum prereq_status read_computer(struct prereq_import_work *work, const struct cJSON *object,
                                        bool *found, struct prereq_error *err)
{
    const char *host = prereq_json_text(object, "CsDNSHostName");
    const char *domain = prereq_json_text(object, "CsDomain");
    const struct cJSON *fixes = prereq_json_find(object, "OsHotFixes");
    enum prereq_status status = PREREQ_OK;

    if (!host)
        host = prereq_json_text(object, "CsName");
    if (!host)
        host = prereq_json_text(object, "CsCaption");
    if (host && prereq_import_is_host_name(host))
        status = prereq_import_host(work, host, 1, err);
    if (!status && domain)
        status = prereq_import_domain(work, domain, 1, err);
    if (!status)
        status = read_os(work, object, err);
    for (const struct cJSON *fix = prereq_json_first(fixes); !status && fix;
         fix = prereq_json_next(fix))
        status = read_object(work, fix, found, err);
    *found = true;
    return status;
}

static enum prereq_status read_object(struct prereq_import_work *work, const struct cJSON *object,
                                      bool *found, struct prereq_error *err)
{
    const char *name = prereq_json_text(object, "FeatureName");

    if (prereq_json_find(object, "HotFixID")) {
        *found = true;
        return read_hotfix(work, object, err);
    }
    if (prereq_json_find(object, "PackageName") && prereq_json_find(object, "PackageState")) {
        *found = true;
        return read_package(work, object, err);
    }
    if (name && prereq_json_find(object, "State")) {
        *found = true;
        return prereq_import_feature(work, name, state_of(object, "State", true), err);
    }
    if (prereq_json_find(object, "OsVersion") || prereq_json_find(object, "OsBuildNumber"))
        return read_computer(work, object, found, err);
    return PREREQ_OK;
}

static enum prereq_status join_lines(const struct prereq_import_work *work,
                                     struct prereq_buffer *text, struct prereq_error *err)
{
    for (size_t i = 0; i < work->lines.count; i++) {
        prereq_buffer_add(text, work->lines.line[i]);
        prereq_buffer_add(text, "\n");
    }
    return text->failed || !text->text ? prereq_import_no_memory(err) : PREREQ_OK;
}

static bool begins_as_json(const struct prereq_import_work *work)
{
    for (size_t i = 0; i < work->lines.count; i++) {
        const char *line = prereq_import_skip_blanks(work->lines.line[i]);

        if (*line)
            return *line == '{' || (*line == '[' && !prereq_import_entry(line));
    }
    return false;
}

enum prereq_status prereq_import_json(struct prereq_import_work *work, bool *found,
                                      struct prereq_error *err)
{
    struct prereq_buffer text = {0};
    const struct cJSON *root = NULL;
    enum prereq_status status = PREREQ_OK;

    *found = false;
    if (!begins_as_json(work))
        return PREREQ_OK;
    status = join_lines(work, &text, err);
    if (!status) {
        root = prereq_json_foreign(work->arena, text.text, text.len, err);
        status = root ? PREREQ_OK : err->status;
    }
    prereq_buffer_free(&text);
    if (!status && prereq_json_is_object(root))
        status = read_object(work, root, found, err);
    for (const struct cJSON *node = prereq_json_first(root); !status && node;
         node = prereq_json_next(node))
        status = read_object(work, node, found, err);
    if (status || *found)
        return status;
    if (prereq_json_text(root, "format"))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is a document of its own (%s); import reads what other programs "
                           "wrote",
                           PREREQ_CLIP(prereq_json_text(root, "format"), 60));
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "JSON that is not of Get-HotFix, Get-WindowsPackage, "
                       "Get-WindowsOptionalFeature or Get-ComputerInfo");
}
