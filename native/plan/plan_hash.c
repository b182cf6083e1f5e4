/* SPDX-License-Identifier: MIT */
/* plan_hash.c - one number for a plan and all it rests on: equal hosts share it.
 *
 * In it: goals, steps, the text of every entry in the closure, the policy values that matter, and
 * the result of each rule with the version found.  Not in it: free bytes, times, the host's
 * identity. */
#include "plan/plan.h"

#include "formats/hash.h"

#include <stdlib.h>
#include <string.h>

static void add_version(struct prereq_buffer *out, const struct prereq_fact *file)
{
    char text[48];

    prereq_version_format(file->version, text);
    prereq_buffer_add(out, file->version.parts ? text : "-");
}

static void add_results(struct prereq_planner *planner, uint32_t pair, struct prereq_buffer *out)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_catalog *catalog = host->catalog;
    const struct prereq_pair *about = &host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];
    struct prereq_sitting *now = &planner->trial->now;

    prereq_buffer_addf(out, "\napplies %d record %d", (int)prereq_applies(now, pair),
                       (int)prereq_recorded(now, pair));
    if (entry->marker != PREREQ_NONE)
        prereq_buffer_addf(out, " marker %d",
                           (int)prereq_rule_judge(now, entry->marker, about->target).verdict);
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        prereq_buffer_addf(out, "\nrow %d ", (int)prereq_row_judge(now, i, about->target).verdict);
        add_version(
            out, &now->world->values[prereq_value_at(host, catalog->rows[i].slot, about->target)]);
    }
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &catalog->groups[g];

        prereq_buffer_addf(out, "\ngroup %d", (int)prereq_group_judge(now, g, pair).verdict);
        for (uint32_t a = group->first; a < group->first + group->count; a++)
            prereq_buffer_addf(out, " %d", (int)prereq_alternative_judge(now, a, pair).verdict);
    }
}

static void add_entry(struct prereq_planner *planner, uint32_t pair, struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "\nentry %s ", prereq_plan_pair_id(planner, pair));
    prereq_shape_write(&prereq_patch_shape, prereq_plan_patch(planner, pair), PREREQ_JSON_CANONICAL,
                       out);
    add_results(planner, pair, out);
}

static void mark_alternatives(const struct prereq_planner *planner, uint32_t pair, bool *in)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_pair *about = &planner->host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        for (uint32_t a = catalog->groups[g].first;
             a < catalog->groups[g].first + catalog->groups[g].count; a++) {
            uint32_t patch = catalog->alternatives[a].patch;
            uint32_t named = patch == PREREQ_NONE
                                 ? PREREQ_NONE
                                 : prereq_pair_find(planner->host, patch, about->target);

            if (named != PREREQ_NONE)
                in[named] = true;
        }
    }
}

/* The closure: goals, whatever was closed or came off, and every alternative that was weighed. */
static void mark_closure(const struct prereq_planner *planner, bool *in)
{
    size_t count = planner->host->pair_count;

    for (uint32_t i = 0; i < count; i++)
        in[i] = planner->closed[i] || planner->off[i] || planner->forced[i];
    for (size_t i = 0; i < planner->goal_count; i++)
        in[planner->goals[i]] = true;
    for (uint32_t i = 0; i < count; i++) {
        if (planner->closed[i] || planner->off[i])
            mark_alternatives(planner, i, in);
    }
}

static int compare_ids(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool add_goals(const struct prereq_planner *planner, const struct prereq_plan *plan,
                      struct prereq_buffer *out)
{
    const char **ids = PREREQ_NEW_ARRAY(planner->trial->arena, plan->goal_count + 1, const char *);

    if (!ids)
        return false;
    for (size_t i = 0; i < plan->goal_count; i++)
        ids[i] = plan->goals[i];
    if (plan->goal_count > 1)
        qsort(ids, plan->goal_count, sizeof(*ids), compare_ids);
    for (size_t i = 0; i < plan->goal_count; i++)
        prereq_buffer_addf(out, "goal %s\n", ids[i]);
    return true;
}

static bool add_left_out(const struct prereq_planner *planner, const struct prereq_plan *plan,
                         struct prereq_buffer *out)
{
    const char **ids =
        PREREQ_NEW_ARRAY(planner->trial->arena, plan->left_out_count + 1, const char *);

    if (!ids)
        return false;
    for (size_t i = 0; i < plan->left_out_count; i++)
        ids[i] = plan->left_out[i].id;
    if (plan->left_out_count > 1)
        qsort(ids, plan->left_out_count, sizeof(*ids), compare_ids);
    for (size_t i = 0; i < plan->left_out_count; i++)
        prereq_buffer_addf(out, "left out %s\n", ids[i]);
    return true;
}

static void add_steps(const struct prereq_plan *plan, struct prereq_buffer *out)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct prereq_step_row *step = &plan->steps[i];

        prereq_buffer_addf(out, "step %s %s %s %s %s\n",
                           prereq_enum_name(prereq_action_names, step->action),
                           step->patch_id ? step->patch_id : "-", step->target,
                           step->command ? step->command : "-", step->sha256 ? step->sha256 : "-");
    }
}

bool prereq_plan_hash(struct prereq_planner *planner, struct prereq_plan *plan)
{
    const struct prereq_policy *policy = planner->trial->judge->policy;
    size_t count = planner->host->pair_count;
    bool *in = PREREQ_NEW_ARRAY(planner->trial->arena, count, bool);
    struct prereq_buffer text = {0};
    char hex[65];
    char *hash;
    bool ok;

    if (!in)
        return false;
    prereq_buffer_addf(&text, "result %d\n", plan->result);
    ok = add_goals(planner, plan, &text) && add_left_out(planner, plan, &text);
    add_steps(plan, &text);
    prereq_buffer_addf(&text, "policy %d %s", (int)policy->trust_records,
                       policy->package_root ? policy->package_root : "");
    mark_closure(planner, in);
    for (uint32_t i = 0; i < count; i++) {
        if (in[i])
            add_entry(planner, i, &text);
    }
    ok = ok && !text.failed;
    prereq_sha256_hex(text.text ? text.text : "", text.len, hex);
    prereq_buffer_free(&text);
    hash = ok ? prereq_strdup(planner->trial->arena, hex) : NULL;
    plan->hash = hash;
    for (size_t i = 0; hash && i < plan->step_count; i++)
        planner->steps[i].plan_hash = hash;
    return hash != NULL;
}
