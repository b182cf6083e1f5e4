/* SPDX-License-Identifier: MIT */
/* gather.h - facts while they are being collected, and reading the registry for them.
 *
 * Want of memory is remembered and found once, at the end: the functions that add return an item
 * that may be written to in any case, and texts become "". */
#ifndef PREREQ_GATHER_H
#define PREREQ_GATHER_H

#include "collect/source.h"

#define PREREQ_LIST_OF(type)                                                                       \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

struct prereq_gather {
    struct prereq_arena *arena; /* of the facts */
    struct prereq_source *source;
    bool no_memory;
    bool no_user_names;          /* leave out what can hold one */
    bool (*stop)(void *context); /* NULL: never; asked between looks */
    void (*progress)(void *context, const char *what, size_t done, size_t total); /* may be NULL */
    void *context;
    bool stopped;
    _Alignas(max_align_t) unsigned char spare[512]; /* where lists go that cannot grow */

    struct prereq_variables *variables; /* of paths, once they were asked for: gather_path.c */

    struct prereq_identity host;
    struct prereq_os os;
    struct prereq_time last_start_up;
    struct prereq_servicing_stack stack;
    bool has_stack;
    PREREQ_LIST_OF(struct prereq_file_fact) files;
    PREREQ_LIST_OF(struct prereq_registry_fact) registry;
    PREREQ_LIST_OF(struct prereq_service_fact) services;
    PREREQ_LIST_OF(struct prereq_feature_fact) features;
    PREREQ_LIST_OF(struct prereq_update_fact) updates;
    PREREQ_LIST_OF(struct prereq_package_fact) packages;
    PREREQ_LIST_OF(struct prereq_msi_product) msi_products;
    PREREQ_LIST_OF(struct prereq_msi_patch) msi_patches;
    PREREQ_LIST_OF(struct prereq_instance) instances;
    PREREQ_LIST_OF(struct prereq_volume) volumes;
    PREREQ_LIST_OF(struct prereq_setting) settings;
    PREREQ_LIST_OF(struct prereq_pending_fact) pending_restarts;
    PREREQ_LIST_OF(struct prereq_coverage) coverage;
    PREREQ_LIST_OF(struct prereq_collector_error) errors;
};

/* A new item of a list, zeroed, good until the next one of the same list is added:
 *     struct prereq_file_fact *file = PREREQ_GATHER_ADD(gather, files); */
#define PREREQ_GATHER_ADD(gather, list)                                                            \
    ((gather)->list.items =                                                                        \
         prereq_gather_room((gather), (gather)->list.items, &(gather)->list.count,                 \
                            &(gather)->list.capacity, sizeof(*(gather)->list.items)),              \
     &(gather)->list.items[(gather)->list.count++])
/* Room for one more behind *count; never NULL.  When memory is out the list begins anew in `spare`,
 * so lists are read back only while `no_memory` is false. */
void *prereq_gather_room(struct prereq_gather *gather, void *items, size_t *count, size_t *capacity,
                         size_t size);

/* Copies into the facts' arena; "" when memory is out. */
const char *prereq_gather_text(struct prereq_gather *gather, const char *text);
const char *prereq_gather_printf(struct prereq_gather *gather, const char *fmt, ...)
    PREREQ_PRINTF(2, 3);
/* True once the time is up; what was not looked at stays not collected. */
bool prereq_gather_stopped(struct prereq_gather *gather);
void prereq_gather_progress(struct prereq_gather *gather, const char *what, size_t done,
                            size_t total);
/* `fact` is what could not be seen: "os.ubr", "services", a path; it is copied. */
void prereq_gather_error(struct prereq_gather *gather, const char *fact,
                         const struct prereq_refusal *why);
void prereq_gather_cover(struct prereq_gather *gather, enum prereq_list_kind list,
                         enum prereq_list_state state, const char *product,
                         const struct prereq_refusal *why);
/* The sentence of a refusal; NULL: it has none. */
const char *prereq_gather_why(struct prereq_gather *gather, const struct prereq_refusal *why);
/* For the members status, code and text that every fact has: sets them from a look.  FOUND leaves
 * them alone. */
#define PREREQ_GATHER_STATUS(gather, fact, look, why)                                              \
    prereq_gather_status((gather), (look), (why), &(fact)->status, &(fact)->code, &(fact)->text)
void prereq_gather_status(struct prereq_gather *gather, enum prereq_look look,
                          const struct prereq_refusal *why, int *status, const char **code,
                          const char **text);
/* Of each look that does not go through gather_registry.c: a source that is out of memory ends the
 * collection.  Returns `look`. */
enum prereq_look prereq_gather_look(struct prereq_gather *gather, enum prereq_look look,
                                    const struct prereq_refusal *why);
/* What is under a path, without opening it for long: FOUND with *file, whose handle is closed. */
enum prereq_look prereq_gather_file(struct prereq_gather *gather, const char *path,
                                    struct prereq_file *file, struct prereq_refusal *why);
enum prereq_look prereq_gather_folder(struct prereq_gather *gather, const char *path,
                                      struct prereq_names *names, struct prereq_refusal *why);

/* ---- gather_registry.c: values as text, numbers, times ---- */

/* One value of one key.  ABSENT when the key or the value is not there, or the value is of another
 * type: REG_SZ or REG_EXPAND_SZ (not expanded) for text, without trailing NULs; REG_DWORD or
 * REG_QWORD for a number. *text is valid UTF-8 in the facts' arena (lone surrogates become U+FFFD).
 */
enum prereq_look prereq_read_text(struct prereq_gather *gather, const char *key,
                                  enum prereq_view view, const char *name, const char **text,
                                  struct prereq_refusal *why);
enum prereq_look prereq_read_number(struct prereq_gather *gather, const char *key,
                                    enum prereq_view view, const char *name, uint64_t *number,
                                    struct prereq_refusal *why);
enum prereq_look prereq_read_value(struct prereq_gather *gather, const char *key,
                                   enum prereq_view view, const char *name,
                                   struct prereq_reg_value *value, struct prereq_refusal *why);
/* FOUND when the key is there. */
enum prereq_look prereq_read_key(struct prereq_gather *gather, const char *key,
                                 enum prereq_view view, struct prereq_refusal *why);
/* Names of the sub-keys, or values, of a key. */
enum prereq_look prereq_read_key_names(struct prereq_gather *gather, const char *key,
                                       enum prereq_view view, struct prereq_names *names,
                                       struct prereq_refusal *why);
enum prereq_look prereq_read_value_names(struct prereq_gather *gather, const char *key,
                                         enum prereq_view view, struct prereq_names *names,
                                         struct prereq_refusal *why);
enum prereq_look prereq_read_key_time(struct prereq_gather *gather, const char *key,
                                      enum prereq_view view, struct prereq_time *time,
                                      struct prereq_refusal *why);

/* The same with a key that is held open for several values; prereq_key_end() closes it. */
enum prereq_look prereq_key_begin(struct prereq_gather *gather, const char *key,
                                  enum prereq_view view, struct prereq_key **open,
                                  struct prereq_refusal *why);
void prereq_key_end(struct prereq_gather *gather, struct prereq_key *open);
enum prereq_look prereq_key_value(struct prereq_gather *gather, struct prereq_key *open,
                                  const char *name, struct prereq_reg_value *value,
                                  struct prereq_refusal *why);
enum prereq_look prereq_key_text(struct prereq_gather *gather, struct prereq_key *open,
                                 const char *name, const char **text, struct prereq_refusal *why);
enum prereq_look prereq_key_number(struct prereq_gather *gather, struct prereq_key *open,
                                   const char *name, uint64_t *number, struct prereq_refusal *why);

/* A value that has been read; NULL or false when it is of another type. */
const char *prereq_value_text(struct prereq_gather *gather, const struct prereq_reg_value *value);
bool prereq_value_number(const struct prereq_reg_value *value, uint64_t *number);
/* The texts of a REG_MULTI_SZ, empty ones included where they stand between others. */
struct prereq_names prereq_value_texts(struct prereq_gather *gather,
                                       const struct prereq_reg_value *value);
/* Units of UTF-16LE as UTF-8; lone surrogates and NULs inside become U+FFFD. */
const char *prereq_utf16_text(struct prereq_gather *gather, const unsigned char *bytes,
                              size_t units);
/* 100 ns since 1601 as a time in whole seconds; 0 is not known. */
struct prereq_time prereq_time_from_filetime(uint64_t filetime);

/* ---- gather_path.c: %variables% of facts and absolute paths ---- */

/* "%SystemRoot%\System32\x.dll" as an absolute path of this installation (variables:
 * docs/facts.md), or a path that is absolute already.  ABSENT: the installation has no such folder,
 * as %ProgramFiles(x86)% on a 32-bit one.  STALE: the value is from a dirty hive, so that what is
 * not there may be elsewhere. */
enum prereq_look prereq_path_look(struct prereq_gather *gather, const char *path,
                                  const char **absolute, struct prereq_refusal *why);
/* The same for callers to whom it does not matter why; NULL: not FOUND and not STALE. */
const char *prereq_path_absolute(struct prereq_gather *gather, const char *path);
/* The form that facts use, with the longest variable that fits in front; a path that is outside of
 * all of them as it is.  "\??\" and "\\?\" are taken off, "\SystemRoot\" is the variable. */
const char *prereq_path_with_variable(struct prereq_gather *gather, const char *path);

#endif
