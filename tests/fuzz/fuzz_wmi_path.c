/* SPDX-License-Identifier: MIT */
/* fuzz_wmi_path.c - object paths: whatever the bytes, a path with one spelling or a reason; and
 * whatever the path, an instance or a code. */
#include "fuzz.h"

/* The spelling of what was read is read as the same. */
static void check_written(const struct prereq_wmi_path *path)
{
    struct prereq_arena *arena = prereq_arena_new(FUZZ_NO_LIMIT);
    struct prereq_buffer first = {0}, second = {0};
    struct prereq_wmi_path again;

    assert(arena);
    prereq_wmi_path_write(path, &first);
    /* Escapes may make it longer than a path may be. */
    if (prereq_wmi_path_read(arena, first.text, &again, NULL) == PREREQ_OK) {
        assert(again.key_count == path->key_count);
        prereq_wmi_path_write(&again, &second);
        assert(first.len == second.len && !memcmp(first.text, second.text, first.len));
    } else {
        assert(first.len > PREREQ_WMI_MAX_PATH);
    }
    prereq_buffer_free(&second);
    prereq_buffer_free(&first);
    prereq_arena_free(arena);
}

/* Nothing has a path here: whatever it is, it is no instance. */
static void check_requests(const char *text)
{
    const struct prereq_wmi_class *wmi_class;
    const struct prereq_wmi_method *method;
    struct prereq_wmi_snapshot *snapshot = NULL;
    const struct prereq_time now = prereq_time_from_seconds(1795000000);
    struct prereq_wmi_row row;

    if (prereq_wmi_snapshot_none("nothing is here", &snapshot, NULL) != PREREQ_OK)
        abort();
    if (prereq_wmi_get(snapshot, text, now, &row, NULL) == PREREQ_WMI_OK)
        assert(row.wmi_class->kind == PREREQ_WMI_SINGLETON);
    (void)prereq_wmi_call(text, "GetPlan", &wmi_class, &method, NULL);
    prereq_wmi_snapshot_drop(snapshot);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct prereq_wmi_path path;
    struct prereq_error err = {0};
    struct prereq_arena *arena;
    enum prereq_status status;
    size_t len;
    char *text;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    len = size - FUZZ_LIMIT_BYTES;
    text = malloc(len + 1);
    if (!text)
        abort();
    memcpy(text, data + FUZZ_LIMIT_BYTES, len);
    text[len] = '\0';
    arena = fuzz_arena(data);
    status = prereq_wmi_path_read(arena, text, &path, &err);
    if (status == PREREQ_OK)
        check_written(&path);
    else
        fuzz_check_refusal(status, &err);
    check_requests(text);
    prereq_arena_free(arena);
    free(text);
    return 0;
}
