/* SPDX-License-Identifier: MIT */
/* import_parts.h - what the readers of imported texts share. */
#ifndef PREREQ_IMPORT_PARTS_H
#define PREREQ_IMPORT_PARTS_H

#include "import/import.h"

/* ---- import_text.c: bytes become lines ---- */

struct prereq_import_lines {
    const char **line; /* UTF-8 without line end and without blanks at the end */
    size_t count;
};

/* The encoding is found from the bytes: UTF-8 or UTF-16, each with or without byte order mark;
 * anything else is taken for an OEM code page, and its bytes above 0x7F become U+FFFD. */
enum prereq_status prereq_import_decode(struct prereq_arena *arena, const char *bytes, size_t len,
                                        struct prereq_import_lines *lines,
                                        struct prereq_error *err);

struct prereq_import_cells {
    const char **cell;
    size_t count;
};

/* One line of comma-separated values, quoted or not.  False: no memory. */
bool prereq_import_csv(struct prereq_arena *arena, const char *line,
                       struct prereq_import_cells *cells);

const char *prereq_import_skip_blanks(const char *text);
/* The start of a text that is shown in a sentence, cut between characters. */
#define PREREQ_IMPORT_CLIP 96
const char *prereq_import_clip(const char *text, char out[PREREQ_IMPORT_CLIP]);
bool prereq_import_is_digit(char c);

/* ---- import_date.c: dates as locales write them; an ambiguous one is not known ---- */

enum prereq_import_order { /* of day and month, where the year comes last */
                           PREREQ_ORDER_UNKNOWN,
                           PREREQ_ORDER_DAY_FIRST,
                           PREREQ_ORDER_MONTH_FIRST,
};

/* The day of a date, of a date with a time behind it, or the second of a FILETIME in hex. */
struct prereq_time prereq_import_date(const char *text);
/* The order that a date proves: one of its first two numbers is above 12. */
enum prereq_import_order prereq_import_date_order(const char *text);
/* The day of a local date and time, when it is the same day in UTC whether or not summer time
 * applied. `offset` is the zone's, in seconds east of Greenwich. */
struct prereq_time prereq_import_local_day(const char *text, enum prereq_import_order order,
                                           int offset);
/* True for three numbers that look like a date, whether or not it can be understood. */
bool prereq_import_is_date(const char *text);

/* ---- import_shapes.c: values that their shape tells ---- */

/* A number of at most nine digits; *text moves behind it. */
bool prereq_import_number(const char **text, uint32_t *number);
/* "6.1.7601 Service Pack 1 Build 7601": three numbers, and the third once more behind them.  *rest
 * is what follows the first three. */
bool prereq_import_version(const char *value, uint32_t version[3], const char **rest);
/* The first number in `text` that is not `except`; *end is the sign behind it. */
bool prereq_import_find_number(const char *text, uint32_t except, uint32_t *number,
                               const char **end);
/* "x64-based PC" as enum prereq_architecture, or 0. */
int prereq_import_architecture(const char *value);
/* "en-us;English (United States)" becomes en-US, "zh-hans-cn;..." zh-Hans-CN. */
bool prereq_import_language(const char *value, char language[16]);
/* "(UTC+05:30) Chennai", "(GMT-06:00) Central Time", "(UTC) Dublin": seconds east of Greenwich. */
bool prereq_import_zone(const char *value, int *offset);
/* "[01]: KB123456": what stands behind the colon, or NULL. */
const char *prereq_import_entry(const char *line);

/* ---- import_fields.c: the lines of systeminfo ---- */

struct prereq_import_field {
    const char *value;
    const char *const *entries; /* lines below it that have no label */
    size_t entry_count;
    size_t line;   /* from 1 */
    bool one_line; /* the entries stand in the same line */
};

struct prereq_import_fields {
    struct prereq_import_field *items;
    size_t count;
    size_t version; /* the one that names version and build; `count`: there is none */
};

/* The fields of a text in list or CSV form.  PREREQ_BAD_INPUT when it is the output of several
 * hosts. */
enum prereq_status prereq_import_split(struct prereq_arena *arena,
                                       const struct prereq_import_lines *lines,
                                       struct prereq_import_fields *fields,
                                       struct prereq_error *err);

/* ---- import_facts.c: the facts being gathered ---- */

struct prereq_import_record {
    const char *id;
    struct prereq_update_record record;
    size_t index;
};

struct prereq_import_work {
    struct prereq_arena *arena;
    struct prereq_import_lines lines;
    const char *host_name, *domain; /* NULL: the text does not say */
    size_t lost_name, lost_domain;  /* lines where one has letters that cannot be told; 0: none */
    struct prereq_os *os;
    struct prereq_time last_start_up;
    struct prereq_import_record *records;
    size_t record_count, record_capacity;
    struct prereq_package_fact *packages;
    size_t package_count, package_capacity;
    struct prereq_feature_fact *features;
    size_t feature_count, feature_capacity;
    struct prereq_coverage coverage[4]; /* systeminfo, hotfixes, packages, features */
    size_t coverage_count;
    struct prereq_collector_error *notes;
    size_t note_count, note_capacity;
};

/* A-Z a-z 0-9 . _ - only, and at most 128 of them. */
bool prereq_import_is_id(const char *text, size_t len);
/* The length of KB or Q and at least five digits at the start of `text`, whatever follows; or 0. */
size_t prereq_import_kb_length(const char *text);
/* "File 1", "File 12": sub-keys of hotfix keys, which systeminfo and WMI take for hotfixes. */
bool prereq_import_is_sub_key(const char *text, size_t len);
/* A computer's name as Windows allows it, without blanks. */
bool prereq_import_is_host_name(const char *text);

/* Whether two names can be one computer's.  WMI cuts names to the 15 characters of NetBIOS. */
bool prereq_import_same_host(const char *a, const char *b);
/* The host's name as the text says it in `line`; what is no name is passed over, and where letters
 * of it are lost the line is remembered.  PREREQ_BAD_INPUT when the text named another host before.
 */
enum prereq_status prereq_import_host(struct prereq_import_work *work, const char *name,
                                      size_t line, struct prereq_error *err);
/* The same for its domain; the first one counts. */
enum prereq_status prereq_import_domain(struct prereq_import_work *work, const char *domain,
                                        size_t line, struct prereq_error *err);

/* An id as it was found, with KB and Q in capitals. */
enum prereq_status prereq_import_add(struct prereq_import_work *work, const char *id, size_t len,
                                     const struct prereq_update_record *record,
                                     struct prereq_error *err);
/* Something that was there and could not be read, for people.  Only the first hundred are kept. */
enum prereq_status prereq_import_note(struct prereq_import_work *work, const char *fact,
                                      const char *code, const char *text, struct prereq_error *err);
void prereq_import_cover(struct prereq_import_work *work, enum prereq_list_kind list,
                         enum prereq_list_state state, const char *text);
/* One update for all records of an id, in the order of first mention; one record per source.
 * Records of one source that name different times leave the time unknown, and are counted in
 * *conflicts. */
enum prereq_status prereq_import_group(struct prereq_arena *arena,
                                       struct prereq_import_record *records, size_t count,
                                       struct prereq_update_fact **updates, size_t *update_count,
                                       size_t *conflicts, struct prereq_error *err);
enum prereq_status prereq_import_no_memory(struct prereq_error *err);

/* ---- import_packages.c: packages and features, whoever lists them ---- */

/* "name~token~architecture~language~version" */
bool prereq_import_is_identity(const char *text, size_t len);
/* States are DISM's words, with or without blanks.  A word that is not known makes
 * the fact unavailable.  A package that names its update is a record of it, too. */
enum prereq_status prereq_import_package(struct prereq_import_work *work, const char *identity,
                                         size_t len, const char *word, struct prereq_time time,
                                         struct prereq_error *err);
enum prereq_status prereq_import_feature(struct prereq_import_work *work, const char *name,
                                         const char *word, struct prereq_error *err);
/* The word for a number of DISM's PackageFeatureState; NULL: none. */
const char *prereq_import_state_word(bool feature, uint32_t number);
/* Each of them once, by name; of several that are one the last counts.  False: no memory. */
bool prereq_import_unique_packages(struct prereq_arena *arena,
                                   const struct prereq_package_fact **list, size_t *count);
bool prereq_import_unique_features(struct prereq_arena *arena,
                                   const struct prereq_feature_fact **list, size_t *count);
void prereq_import_cover_packages(struct prereq_import_work *work);

/* ---- the readers: *found says whether the text holds what they read ---- */

enum prereq_status prereq_import_systeminfo(struct prereq_import_work *work, bool *found,
                                            struct prereq_error *err);
enum prereq_status prereq_import_qfe(struct prereq_import_work *work, bool *found,
                                     struct prereq_error *err);
enum prereq_status prereq_import_dism(struct prereq_import_work *work, bool *found,
                                      struct prereq_error *err);
/* A text that begins as JSON and is none of what is known is refused here. */
enum prereq_status prereq_import_json(struct prereq_import_work *work, bool *found,
                                      struct prereq_error *err);

#endif
