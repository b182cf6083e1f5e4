/* SPDX-License-Identifier: MIT */
/* json_foreign.c - JSON that other programs wrote: members are asked for by name, the rest passed
 * over.
 *
 * Names are compared without case, as PowerShell does that writes most of it. */
#include <cjson/cJSON.h>
#include <string.h>

#include "formats/json.h"

const struct cJSON *prereq_json_foreign(struct prereq_arena *arena, const char *json, size_t len,
                                        struct prereq_error *err)
{
    if (prereq_json_scan_foreign(json, len, err) != PREREQ_OK)
        return NULL;
    return prereq_json_tree(arena, json, len, err);
}

const struct cJSON *prereq_json_find(const struct cJSON *object, const char *name)
{
    if (!cJSON_IsObject(object))
        return NULL;
    for (const cJSON *node = object->child; node; node = node->next) {
        if (prereq_equal_nocase(node->string, name))
            return node;
    }
    return NULL;
}

const struct cJSON *prereq_json_first(const struct cJSON *list)
{
    return cJSON_IsArray(list) ? list->child : NULL;
}

const struct cJSON *prereq_json_next(const struct cJSON *node)
{
    return node->next;
}

bool prereq_json_is_object(const struct cJSON *node)
{
    return cJSON_IsObject(node);
}

bool prereq_json_is_list(const struct cJSON *node)
{
    return cJSON_IsArray(node);
}

const char *prereq_json_text(const struct cJSON *object, const char *name)
{
    const cJSON *node = prereq_json_find(object, name);

    return cJSON_IsString(node) && node->valuestring[0] ? node->valuestring : NULL;
}

bool prereq_json_number(const struct cJSON *object, const char *name, uint32_t *number)
{
    const cJSON *node = prereq_json_find(object, name);

    if (!cJSON_IsNumber(node) || node->valuedouble < 0 || node->valuedouble > 4294967295.0)
        return false;
    *number = (uint32_t)node->valuedouble;
    return (double)*number == node->valuedouble;
}
