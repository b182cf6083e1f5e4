/* SPDX-License-Identifier: MIT */
/* releases.h - release lines: what has been released on each servicing branch, as tables
 * (patchprereq-releases/1.0, docs/releases.md).
 *
 * The order in a line is the supersedence.  Levels of a line are numbers (a revision) or versions,
 * never both. */
#ifndef PREREQ_RELEASES_H
#define PREREQ_RELEASES_H

#include "documents/catalog.h"

enum prereq_cadence {
    PREREQ_CADENCE_B = 1, /* Patch Tuesday */
    PREREQ_CADENCE_PREVIEW,
    PREREQ_CADENCE_OUT_OF_BAND,
    PREREQ_CADENCE_HOTPATCH,
    PREREQ_CADENCE_LEVEL, /* service pack, cumulative update of a product */
    PREREQ_CADENCE_OTHER,
};

enum prereq_track { /* of 6.x: a security-only release is met by a rollup of its month or later */
                    PREREQ_TRACK_ROLLUP = 1,
                    PREREQ_TRACK_SECURITY_ONLY,
                    PREREQ_TRACK_IE,
};

struct prereq_release { /* one row */
    struct prereq_number level;
    struct prereq_version version; /* the level where it is one */
    const uint64_t *levels; /* all of them where it was released again; level is the lowest */
    size_t level_count;
    const char *kb;
    struct prereq_time day;
    int cadence, track, severity;
    enum prereq_flag security;
    struct prereq_number baseline; /* of a hotpatch: the level that it is made for */
    struct prereq_version stack;   /* servicing stack that has to be on before */
    const uint64_t *cves;          /* positions in the file's list */
    size_t cve_count;
    struct prereq_time withdrawn;
    const char *conflict;        /* two sources are at odds: judged Unknown */
    struct prereq_number source; /* position in the line's sources; left out: the first */
};

struct prereq_level_place { /* where a host's level is read: one of these */
    const char *os;         /* "ubr" */
    const char *instance;   /* the version of instances of this product */
    const char *file, *package;
    const struct prereq_level_registry *registry;
};

struct prereq_level_registry {
    const char *key, *name;
};

enum prereq_end_kind {
    PREREQ_END_SERVICE = 1,
    PREREQ_END_ESU,
};

struct prereq_line_end { /* a last day, for some builds, editions and product types */
    const uint64_t *builds;
    size_t build_count;
    const char *const *editions; /* as the registry's EditionID says them */
    size_t edition_count;
    const int *product_types; /* enum prereq_product_type */
    size_t product_type_count;
    int kind;
    struct prereq_number year; /* of ESU */
    const char *licence;       /* entry that proves the ESU year */
    struct prereq_time day;
};

struct prereq_line_proof { /* a file whose revision is known per level: two lists side by side */
    const char *file;
    int architecture;
    struct prereq_number family; /* third number of the file's version */
    const uint64_t *levels, *revisions;
    size_t level_count, revision_count;
};

struct prereq_line {
    const char *id, *title;
    const char *product; /* of the catalog that it covers */
    const struct prereq_rule *applies;
    const struct prereq_level_place *level;
    const char *package; /* CBS package whose state is the update's; `*` at its end */
    struct prereq_time data_through;
    const uint64_t *checkpoints; /* levels that have to be on before later ones */
    size_t checkpoint_count;
    const struct prereq_line_end *ends;
    size_t end_count;
    const struct prereq_line_proof *proofs;
    size_t proof_count;
    const char *const *columns;
    size_t column_count;
    const struct prereq_release *rows; /* by level, lowest first */
    size_t row_count;
    const struct prereq_reference *sources;
    size_t source_count;
};

struct prereq_exploited { /* of a list of vulnerabilities that are known to be used */
    const char *cve;
    struct prereq_time added;
    enum prereq_flag ransomware;
};

struct prereq_releases_file {
    const char *format, *family;
    struct prereq_time data_through; /* the latest of its lines */
    const struct prereq_reference *sources;
    size_t source_count;
    const char *const *cves; /* sorted; rows name them by position */
    size_t cve_count;
    const struct prereq_exploited *exploited; /* sorted by CVE as `cves` is */
    size_t exploited_count;
    const struct prereq_line *lines;
    size_t line_count;
};

extern const struct prereq_document prereq_releases_document;
extern const struct prereq_shape prereq_line_shape, prereq_release_shape;
extern const char *const prereq_cadence_names[];
extern const char *const prereq_track_names[];
extern const char *const prereq_end_kind_names[];

/* Read a file; strict, with the place of what is wrong: beyond the shape, rows stand by level, a
 * level is a number or a version as in the rows before it, positions are in their lists, parallel
 * lists are of one length. */
enum prereq_status prereq_releases_read(struct prereq_arena *arena, const char *json, size_t len,
                                        const struct prereq_releases_file **file,
                                        struct prereq_error *err);
/* <0, 0, >0: the level of a row against another's. */
int prereq_release_compare(const struct prereq_release *a, const struct prereq_release *b);

#endif
