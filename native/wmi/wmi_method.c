/* SPDX-License-Identifier: MIT */
/* wmi_method.c - what the methods give, as far as it needs no Windows. */
#include <string.h>

#include "formats/hash.h"
#include "text/plan_text.h"
#include "wmi/wmi_parts.h"

/* ---- which method ---- */

static enum prereq_wmi_result find_method(struct prereq_arena *arena, const char *text,
                                          const char *name,
                                          const struct prereq_wmi_class **wmi_class,
                                          const struct prereq_wmi_method **method,
                                          struct prereq_error *err)
{
    const struct prereq_wmi_class *owner;
    const struct prereq_wmi_method *found;
    struct prereq_wmi_path path;
    enum prereq_wmi_result result = prereq_wmi_read_path(arena, text, &path, err);

    if (result != PREREQ_WMI_OK)
        return result;
    owner = prereq_wmi_class_find(path.class_name);
    if (!owner)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_CLASS, "There is no class %s here.",
                               PREREQ_CLIP(path.class_name, 200));
    found = prereq_wmi_method_find(owner, name);
    if (!found)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_METHOD, "%s has no method %s.", owner->name,
                               PREREQ_CLIP(name, 200));
    if (!prereq_wmi_has_keys(owner, &path) &&
        !(found->is_static && path.key_count == 0 && !path.singleton))
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PATH,
                               "%s is called on %s, which this path does not name.", found->name,
                               found->is_static ? "the class" : "an instance");
    *wmi_class = owner;
    *method = found;
    return PREREQ_WMI_OK;
}

enum prereq_wmi_result prereq_wmi_call(const char *path, const char *method_name,
                                       const struct prereq_wmi_class **wmi_class,
                                       const struct prereq_wmi_method **method,
                                       struct prereq_error *err)
{
    struct prereq_arena *arena = prereq_arena_new(4 * PREREQ_WMI_MAX_PATH);
    enum prereq_wmi_result result = PREREQ_WMI_NO_MEMORY;

    if (arena)
        result = find_method(arena, path, method_name, wmi_class, method, err);
    else
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for an object path");
    prereq_arena_free(arena);
    return result;
}

/* ---- GetPlan ---- */

static uint32_t return_of(const struct prereq_plan *plan)
{
    switch ((enum prereq_plan_result)plan->result) {
    case PREREQ_PLAN_PLANNED:
    case PREREQ_PLAN_NOTHING_TO_DO:
        return PREREQ_WMI_PLAN_MADE;
    case PREREQ_PLAN_CYCLE:
        return PREREQ_WMI_PLAN_CYCLE;
    case PREREQ_PLAN_REFUSED:
        break;
    }
    return PREREQ_WMI_PLAN_REFUSED;
}

static void put_plan(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                     struct prereq_wmi_plan *out)
{
    const struct prereq_plan_file file = prereq_plan_file_of(assessment, plan);

    out->return_value = return_of(plan);
    if (out->return_value == PREREQ_WMI_PLAN_MADE) {
        out->hash = plan->hash;
        out->steps = (struct prereq_number){plan->step_count, true};
        out->restarts = (struct prereq_number){plan->restarts.value, true};
    }
    prereq_plan_text(assessment, plan, &out->text);
    prereq_plan_write(&file, PREREQ_JSON_COMPACT, &out->json);
}

enum prereq_wmi_result prereq_wmi_get_plan(const struct prereq_wmi_snapshot *snapshot,
                                           const struct prereq_wmi_row *row,
                                           struct prereq_wmi_plan *plan, struct prereq_error *err)
{
    const struct prereq_assessment *assessment = snapshot->document->assessment;
    const struct prereq_status_row *status = row->data;
    const struct prereq_plan *held = prereq_assessment_plan(assessment, status->id);
    struct prereq_wmi_plan made = {.return_value = PREREQ_WMI_PLAN_NOT_HELD};

    if (held)
        put_plan(assessment, held, &made);
    else
        prereq_buffer_addf(&made.text,
                           "The assessment holds no plan for %s, which is %s. From the facts of "
                           "this host \"patchprereq plan --goal %s\" makes one.\n",
                           status->id, prereq_state_names[status->state], status->id);
    if (made.text.failed || made.json.failed) {
        prereq_buffer_free(&made.text);
        prereq_buffer_free(&made.json);
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for the plan");
        return PREREQ_WMI_NO_MEMORY;
    }
    *plan = made;
    return PREREQ_WMI_OK;
}

/* ---- GetFacts ---- */

/* UTF-16 units of the character that begins with this byte of UTF-8; 0: it begins none. */
static unsigned units_at(char c)
{
    unsigned char byte = (unsigned char)c;

    if ((byte & 0xc0) == 0x80)
        return 0;
    return byte >= 0xf0 ? 2 : 1;
}

/* The bytes of the characters from `units` on; where it lies in a pair, *exact is false. */
static size_t bytes_of(const char *text, size_t len, size_t units, bool *exact)
{
    size_t at = 0, passed = 0;

    while (at < len && passed < units) {
        unsigned next = units_at(text[at]);

        if (passed + next > units)
            break;
        passed += next;
        for (at++; at < len && units_at(text[at]) == 0; at++)
            ;
    }
    *exact = passed == units;
    return at;
}

static size_t count_units(const char *text, size_t len)
{
    size_t units = 0;

    for (size_t i = 0; i < len; i++)
        units += units_at(text[i]);
    return units;
}

enum prereq_wmi_result prereq_wmi_get_facts(const char *file, size_t len,
                                            struct prereq_number offset,
                                            struct prereq_wmi_piece *piece,
                                            struct prereq_error *err)
{
    uint64_t from = offset.known ? offset.value : 0;
    size_t total, start, wrong;
    struct prereq_wmi_piece made;
    bool exact;

    if (len > PREREQ_MAX_FACTS_BYTES || !prereq_utf8_valid(file, len, &wrong))
        return prereq_wmi_fail(err, PREREQ_WMI_FAILED,
                               "The facts document is too long, or is not UTF-8; run \"patchprereq "
                               "refresh\" as an administrator.");
    total = count_units(file, len);
    if (from > total)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PARAMETERS,
                               "Offset is beyond the end of the facts document; it has been "
                               "replaced by a shorter one if Sha256 is another one than before.");
    start = bytes_of(file, len, (size_t)from, &exact);
    if (!exact)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PARAMETERS,
                               "Offset is in the middle of a character; go on at NextOffset.");
    made.text = file + start;
    made.len = bytes_of(made.text, len - start, PREREQ_WMI_FACTS_UNITS, &exact);
    made.next_offset = (uint32_t)(from + count_units(made.text, made.len));
    made.total_chars = (uint32_t)total;
    prereq_sha256_hex(file, len, made.sha256);
    *piece = made;
    return PREREQ_WMI_OK;
}

/* ---- Refresh ---- */

#define LONGEST_WAIT 60

uint32_t prereq_wmi_refresh_wait(struct prereq_number wait_seconds)
{
    if (!wait_seconds.known)
        return 0;
    return wait_seconds.value < LONGEST_WAIT ? (uint32_t)wait_seconds.value : LONGEST_WAIT;
}
