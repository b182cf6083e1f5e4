/* SPDX-License-Identifier: MIT */
/* fake_source.h - for tests: a Windows installation in memory, filled from a small text. */
#ifndef PREREQ_TESTS_FAKE_SOURCE_H
#define PREREQ_TESTS_FAKE_SOURCE_H

#include <stdatomic.h>

#include "collect/source.h"

struct fake_value {
    const char *name;
    const char *refused; /* code, or NULL */
    struct prereq_reg_value value;
    struct fake_value *next;
};

/* A key, a file or a folder; found by its whole path. */
struct fake_node {
    const char *path, *name;
    struct fake_node *same_place, *first, *last, *next;
    size_t child_count;
    bool is_file;
    struct prereq_time time;
    const unsigned char *bytes;
    size_t len;
    struct fake_value *values, **end;
    size_t value_count;
};

struct fake_rule {
    char what; /* r refuse, n no-read, s stale, R running */
    const char *pattern, *code, *number;
    struct fake_rule *next;
};

struct fake_source {
    struct prereq_source base; /* first: a struct prereq_source * is one of these */
    struct prereq_source_ops ops;
    struct prereq_arena *arena;
    struct fake_node *places[4096];
    struct fake_rule *rules;
    struct fake_node *key; /* that "name"= lines belong to */
    int open_keys;         /* opened and not closed yet; fake_free() wants 0 */
    atomic_int open_files; /* the same */
    atomic_size_t looks;   /* calls of ops so far: what a collector costs */
    size_t prepared;       /* paths that `prepare` was told */
};

/* An empty installation with the method `offline`, its folder and nothing else:
 * "C:\WINNT".  A wrong line of a text ends the test program with the line. */
struct fake_source *fake_new(const char *system_root, bool has_32_bit_view);
/* Also ops->close; checks that all that was opened is closed. */
void fake_free(struct fake_source *fake);

/* One line each (blank lines and lines that begin with # are passed over):
 *     [HKLM\SOFTWARE\Microsoft]            a key, with all above it; later lines belong to it
 *     [32:HKLM\SOFTWARE\Microsoft]         the same in the 32-bit view (it is WOW6432Node)
 *     time 2000-10-21T11:00:00Z            when the key was written; without it 2020-01-01
 *     "Name"="text"                        REG_SZ, no escapes; "" is the default value
 *     "Name"=expand:text                   REG_EXPAND_SZ
 *     "Name"=multi:one|two||four           REG_MULTI_SZ
 *     "Name"=dword:0000005a  qword:5a      numbers in hex
 *     "Name"=hex:01,02  hex(2):43,00       REG_BINARY, or the type that the number says
 *     "Name"=refuse:access_denied          reading the value is refused
 *     file C:\WINNT\x.dll 2000-01-01T00:00:00Z some text     with the folders above it
 *     folder C:\WINNT\$NtUninstallQ1$
 *     refuse HKLM\SYSTEM\* error 5         opening keys, files, folders that fit (* and ?)
 *     stale HKLM\SYSTEM*                   what fits is in a dirty hive
 *     no-read C:\WINNT\x.dll error         it opens, and cannot be read
 *     live                                 the method is live, and services run or do not
 *     running W3SVC */
void fake_fill(struct fake_source *fake, const char *text);
/* The same by function, for content that a text cannot hold. */
struct fake_node *fake_node(struct fake_source *fake, const char *path); /* made when not there */
struct fake_value *fake_value(struct fake_source *fake, const char *key, const char *name,
                              uint32_t type, const void *bytes, size_t len);
void fake_file(struct fake_source *fake, const char *path, const char *modified, const void *bytes,
               size_t len);
void fake_live(struct fake_source *fake);

/* The 32-bit view of HKLM\SOFTWARE is its sub-key WOW6432Node; all else is the same in both. */
const char *fake_view(struct fake_source *fake, const char *key, enum prereq_view view,
                      struct prereq_arena *arena);
void *fake_must(void *made); /* ends the program on NULL */
void fake_wrong(const char *line, const char *why);

#endif
