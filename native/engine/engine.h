/* SPDX-License-Identifier: MIT */
/* engine.h - inside the judgement: the compiled catalog.
 *
 * A catalog is compiled once.  Every fact that any rule or file row reads gets a slot; rules become
 * flat nodes that name slots by number; ids become indexes.  A host's facts are then put into the
 * slots in one pass, and judging touches no text that it does not compare. */
#ifndef PREREQ_ENGINE_H
#define PREREQ_ENGINE_H

#include "base/index.h"
#include "documents/policy.h"
#include "documents/releases.h"
#include "documents/verdict.h"

enum prereq_slot_kind {
    PREREQ_SLOT_OS_VERSION,
    PREREQ_SLOT_OS_BUILD,
    PREREQ_SLOT_OS_UBR,
    PREREQ_SLOT_OS_SERVICE_PACK,
    PREREQ_SLOT_OS_EDITION,
    PREREQ_SLOT_OS_LANGUAGE,
    PREREQ_SLOT_OS_INSTALL_TYPE,
    PREREQ_SLOT_OS_PRODUCT_TYPE,
    PREREQ_SLOT_OS_ARCHITECTURE,
    PREREQ_SLOT_STACK,
    PREREQ_SLOT_VOLUME,                           /* + volume role */
    PREREQ_SLOT_PENDING = PREREQ_SLOT_VOLUME + 5, /* + restart source */
    PREREQ_SLOT_FIXED =
        PREREQ_SLOT_PENDING + PREREQ_RESTART_SOURCES + 1, /* these have their number as slot */
    PREREQ_SLOT_FILE = PREREQ_SLOT_FIXED,
    PREREQ_SLOT_REGISTRY,
    PREREQ_SLOT_SERVICE,
    PREREQ_SLOT_FEATURE,
    PREREQ_SLOT_PACKAGE,
    PREREQ_SLOT_MSI_PRODUCT,
    PREREQ_SLOT_MSI_PATCH,
    PREREQ_SLOT_SETTING,
};

struct prereq_slot {
    enum prereq_slot_kind kind;
    const char *name;              /* path, key, service … */
    const char *value;             /* registry value name; NULL: the key */
    int variant;                   /* registry view, setting kind */
    bool per_target;               /* a path under %Instance% */
    struct prereq_version highest; /* of a file: the highest version that any entry lists */
};

enum prereq_node_kind {
    PREREQ_NODE_ALL,
    PREREQ_NODE_ANY,
    PREREQ_NODE_NONE_OF,
    PREREQ_NODE_ONE,
    PREREQ_NODE_XOR,
    PREREQ_NODE_NOT,
    PREREQ_NODE_OS,
    PREREQ_NODE_PRODUCT,
    PREREQ_NODE_FILE,
    PREREQ_NODE_FILE_SET,
    PREREQ_NODE_REGISTRY,
    PREREQ_NODE_SERVICE,
    PREREQ_NODE_FEATURE,
    PREREQ_NODE_PATCH,
    PREREQ_NODE_RECORD,
    PREREQ_NODE_PACKAGE,
    PREREQ_NODE_MSI,
    PREREQ_NODE_STACK,
    PREREQ_NODE_SPACE,
    PREREQ_NODE_SETTING,
    PREREQ_NODE_PENDING,
    PREREQ_NODE_CALENDAR,
    PREREQ_NODE_ALWAYS,
    PREREQ_NODE_ALL_HOSTS,   /* a setting that somebody outside of the host gives */
    PREREQ_NODE_UNSUPPORTED, /* kinds of a newer format */
};

struct prereq_node {
    enum prereq_node_kind kind;
    uint32_t first, count; /* children: node numbers in `children` */
    uint32_t slot, slot2;  /* slot2: 32-bit view */
    uint32_t patch;        /* patch, record, file set */
    const struct prereq_rule *rule;
};

struct prereq_crow { /* a file row */
    const struct prereq_file_row *row;
    uint32_t slot, when;
};

struct prereq_calt { /* an alternative */
    const struct prereq_alternative *alt;
    uint32_t patch, rule;
};

struct prereq_cgroup {
    const struct prereq_group *group;
    uint32_t first, count; /* in `alternatives` */
    uint32_t when;
    bool before; /* matters only until the patch is on */
};

struct prereq_cvoid {
    const struct prereq_invalidation *invalidation;
    uint32_t feature, patch, unless; /* slot, patch, node */
};

struct prereq_named { /* an entry that a rule names */
    uint32_t patch;
    bool or_later;
};

struct prereq_named_runs { /* numbers in `references` of a catalog: what the verdict on an entry
                              reads */
    uint32_t first;        /* whether it applies */
    uint32_t applies_end;  /* its effect */
    uint32_t effect_end;   /* the order in which it went on */
    uint32_t order_end;    /* what voids it */
    uint32_t end;
};

struct prereq_cpatch {
    const struct prereq_patch *patch;
    const char *part; /* file it is from */
    uint32_t product;
    uint32_t applies, marker;
    uint32_t row_first, row_count;
    uint32_t group_first, group_count;
    uint32_t void_first, void_count;
    uint32_t caution_first;                /* `when` nodes, one per caution */
    uint32_t restart_when_first;           /* `when` nodes, one per case */
    uint32_t later_first, later_count;     /* patches that supersede it directly, by index */
    uint32_t earlier_first, earlier_count; /* patches it supersedes directly */
    uint32_t position;                     /* in `order` */
    bool voids_below;                      /* it, or one it supersedes, can be voided */
    struct prereq_named_runs references;
    const bool *carries; /* per product: it may replace its files; NULL: only what is listed */
};

struct prereq_cproduct {
    const struct prereq_product *product;
    uint32_t applies;
};

struct prereq_cline { /* a release line */
    const struct prereq_line *line;
    const struct prereq_releases_file *file;
    const char *part; /* file it is from */
    uint32_t applies;
};

struct prereq_catalog {
    const struct prereq_catalog_info *infos;
    size_t info_count;
    struct prereq_cproduct *products;
    size_t product_count;
    struct prereq_cpatch *patches; /* sorted by id */
    size_t patch_count;
    uint32_t *order; /* all patches, each behind those that it supersedes */
    struct prereq_slot *slots;
    size_t slot_count, slot_capacity;
    struct prereq_node *nodes;
    size_t node_count, node_capacity;
    uint32_t *numbers; /* lists of node and patch numbers: children, later, earlier, when */
    size_t number_count, number_capacity;
    struct prereq_crow *rows;
    size_t row_count, row_capacity;
    struct prereq_cgroup *groups;
    size_t group_count, group_capacity;
    struct prereq_calt *alternatives;
    size_t alternative_count, alternative_capacity;
    struct prereq_cvoid *voids;
    size_t void_count, void_capacity;
    struct prereq_named *references;
    size_t reference_count, reference_capacity;
    struct prereq_index slot_index;   /* kind, name, value and variant → slot */
    struct prereq_index id_index;     /* id, then aliases → patch */
    struct prereq_index record_index; /* recorded id → patches, several */
    struct prereq_index product_index;
    struct prereq_cline *lines; /* sorted by id */
    size_t line_count, line_capacity;
    const char **overrides;
    size_t override_count;
};

/* The number of a slot; PREREQ_NONE: no rule and no row reads it. */
uint32_t prereq_slot_find(const struct prereq_catalog *catalog, enum prereq_slot_kind kind,
                          const char *name, const char *value, int variant);
/* The number of a slot, made if it is new; PREREQ_NONE: no memory. */
uint32_t prereq_slot_add(struct prereq_arena *arena, struct prereq_catalog *catalog,
                         enum prereq_slot_kind kind, const char *name, const char *value,
                         int variant);
/* A rule as nodes; *node is PREREQ_NONE for a NULL rule. */
enum prereq_status prereq_rule_compile(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                       const struct prereq_rule *rule, uint32_t *node,
                                       struct prereq_error *err);
/* The lines of a part; one with the id of an earlier part's replaces it if the part is an overlay.
 */
enum prereq_status prereq_catalog_gather_lines(struct prereq_arena *arena,
                                               struct prereq_catalog *catalog,
                                               const struct prereq_catalog_part *part,
                                               struct prereq_error *err);
/* When all parts are in: the order of ids, and whom each is for. */
enum prereq_status prereq_catalog_compile_lines(struct prereq_arena *arena,
                                                struct prereq_catalog *catalog,
                                                struct prereq_error *err);
/* Edges of supersedence both ways; a circle is PREREQ_BAD_INPUT and named. */
enum prereq_status prereq_catalog_link(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                       struct prereq_error *err);
/* settle.c: which entries the rules of each entry name. */
enum prereq_status prereq_catalog_collect(struct prereq_arena *arena,
                                          struct prereq_catalog *catalog, struct prereq_error *err);
/* Whose files each level may replace beyond its list.  False: no memory. */
bool prereq_catalog_carries(struct prereq_arena *arena, struct prereq_catalog *catalog);
/* True when `later` is `earlier`, or supersedes it through any number of steps. */
bool prereq_catalog_supersedes(const struct prereq_catalog *catalog, uint32_t later,
                               uint32_t earlier);

#endif
