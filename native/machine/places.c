/* SPDX-License-Identifier: MIT */
/* places.c - where the documents of a machine lie. */
#include "machine/places.h"

struct place {
    const char *name;
    size_t offset;
};

#define PLACE(name, field)                                                                         \
    {                                                                                              \
        name, offsetof(struct prereq_places, field)                                                \
    }

static const struct place table[] = {
    PLACE("catalog", catalog),
    PLACE("keys", keys),
    PLACE("policy.json", policy),
    PLACE("waivers.json", waivers),
    PLACE("scope.csv", scope),
    PLACE("assessment.json", assessment),
    PLACE("assessment.previous.json", previous),
    PLACE("facts.json", facts),
    PLACE("refresh.log", log),
    PLACE("refresh.lock", lock),
};

static void name_one(const char *setting, const char **place, bool *named)
{
    if (!setting)
        return;
    *place = setting;
    *named = true;
}

bool prereq_places_fill(struct prereq_arena *arena, const char *data, char separator,
                        const struct prereq_settings *settings, struct prereq_places *places)
{
    struct prereq_places filled = {.data = prereq_strdup(arena, data)};

    if (!filled.data)
        return false;
    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        const char *path = prereq_printf(arena, "%s%c%s", data, separator, table[i].name);

        if (!path)
            return false;
        *(const char **)(void *)((char *)&filled + table[i].offset) = path;
    }
    if (settings) {
        name_one(settings->catalog_path, &filled.catalog, &filled.catalog_named);
        name_one(settings->policy_file, &filled.policy, &filled.policy_named);
        name_one(settings->waivers_file, &filled.waivers, &filled.waivers_named);
        name_one(settings->scope_file, &filled.scope, &filled.scope_named);
    }
    *places = filled;
    return true;
}
