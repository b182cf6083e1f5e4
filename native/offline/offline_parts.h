/* SPDX-License-Identifier: MIT */
/* offline_parts.h - what the files of the offline source share. */
#ifndef PREREQ_OFFLINE_PARTS_H
#define PREREQ_OFFLINE_PARTS_H

#include "offline/hive.h"
#include "offline/offline.h"
#include "offline/tree.h"

enum hive_id { HIVE_SYSTEM, HIVE_SOFTWARE, HIVE_COMPONENTS, HIVES };

struct hive_slot {
    bool tried;
    enum prereq_look look;
    struct prereq_refusal why;
    struct prereq_hive *hive;
};

struct prereq_key {
    struct prereq_hive *hive;
    hive_node_h node;
    struct prereq_key *next; /* among those that are free */
};

struct offline {
    struct prereq_source base;
    struct prereq_source_ops ops;
    struct prereq_arena *arena;
    struct prereq_tree *tree;
    const char *windows; /* the Windows folder below the root of the tree; "" when it is that */
    bool accept_dirty;
    bool since_7;
    struct hive_slot hives[HIVES];
    char control_set[24]; /* "ControlSet001"; empty: not known */
    struct prereq_key *free_keys;
};

/* registry.c: fills the ops of the registry. */
void prereq_offline_registry(struct prereq_source_ops *ops);
void prereq_offline_close_hives(struct offline *offline);
/* Before anything else is read: the control set. */
void prereq_offline_choose_set(struct offline *offline);

#endif
