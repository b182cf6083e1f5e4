/* SPDX-License-Identifier: MIT */
/* request.c - enumeration and Get: rows of the snapshot as instances. */
#include "provider.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "win32/wide.h"

#define BATCH 32 /* instances that go in one call */

/* A name or path as UTF-8; what is no text (a lone surrogate) names nothing. */
static HRESULT to_utf8(const WCHAR *wide, HRESULT if_no_text, char **text, struct prereq_error *err)
{
    *text = prereq_utf8_from_wide(wide);
    if (*text)
        return S_OK;
    if (errno == ENOMEM)
        return RESULT(E_OUT_OF_MEMORY);
    (void)prereq_fail(err, PREREQ_BAD_INPUT, "The name is not well-formed UTF-16.");
    return if_no_text;
}

static HRESULT current_document(struct prereq_wmi_snapshot **snapshot, struct prereq_error *err)
{
    return document_now(snapshot, err) == PREREQ_OK ? S_OK : RESULT(E_OUT_OF_MEMORY);
}

/* ---- enumeration ---- */

static void release_all(IWbemClassObject **batch, LONG count)
{
    for (LONG i = 0; i < count; i++)
        IWbemClassObject_Release(batch[i]);
}

static HRESULT send_batch(const struct request *request, IWbemClassObject **batch, LONG *count)
{
    HRESULT hr = *count ? IWbemObjectSink_Indicate(request->sink, *count, batch) : S_OK;

    release_all(batch, SEEDED(BUG_LEAKED_ROW) && *count ? *count - 1 : *count);
    *count = 0;
    return hr;
}

/* A refused batch ends it: that is how a client cancels. */
static HRESULT send_rows(const struct request *request, struct prereq_wmi_walk *walk,
                         struct maker *maker)
{
    IWbemClassObject *batch[BATCH];
    struct prereq_wmi_row row;
    LONG count = 0;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && prereq_wmi_walk_next(walk, &row)) {
        hr = maker_make(maker, &row, &batch[count]);
        if (SUCCEEDED(hr) && ++count == BATCH)
            hr = send_batch(request, batch, &count);
    }
    if (SUCCEEDED(hr))
        return send_batch(request, batch, &count);
    release_all(batch, count);
    return hr;
}

static HRESULT enumerate(const struct request *request, const struct prereq_wmi_class *wmi_class,
                         struct prereq_wmi_snapshot *snapshot, struct prereq_error *err)
{
    struct prereq_wmi_walk walk;
    struct maker *maker = NULL;
    HRESULT hr = request_code(prereq_wmi_walk_begin(snapshot, wmi_class, clock_now(), &walk, err));

    if (FAILED(hr))
        return SEEDED(BUG_EMPTY_WITHOUT_DOCUMENT) ? S_OK : hr;
    hr = maker_new(request, wmi_class, &maker);
    if (SUCCEEDED(hr))
        hr = send_rows(request, &walk, maker);
    maker_free(maker);
    return SEEDED(BUG_LOST_REFUSAL) ? S_OK : hr;
}

static const struct prereq_wmi_class *find_class(const char *name)
{
    for (int id = 0; SEEDED(BUG_PREFIX_CLASS) && id < PREREQ_WMI_CLASSES; id++) {
        const struct prereq_wmi_class *wmi_class = prereq_wmi_class((enum prereq_wmi_class_id)id);

        if (prereq_starts_nocase(name, wmi_class->name))
            return wmi_class;
    }
    return prereq_wmi_class_find(name);
}

HRESULT request_enumerate(const struct request *request, const WCHAR *class_name)
{
    const struct prereq_wmi_class *wmi_class = NULL;
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_error err = {0};
    char *name = NULL;
    HRESULT hr = to_utf8(class_name, RESULT(E_INVALID_CLASS), &name, &err);

    if (FAILED(hr))
        goto done;
    wmi_class = find_class(name);
    if (!wmi_class) {
        hr = RESULT(E_INVALID_CLASS);
        (void)prereq_fail(&err, PREREQ_BAD_INPUT, "There is no class %s here.",
                          PREREQ_CLIP(name, 200));
        goto done;
    }
    hr = current_document(&snapshot, &err);
    if (SUCCEEDED(hr))
        hr = enumerate(request, wmi_class, snapshot, &err);
done:
    prereq_wmi_snapshot_drop(snapshot);
    free(name);
    hr = request_end(request, hr, err.text);
    if (SEEDED(BUG_INDICATE_AFTER_COMPLETE))
        (void)IWbemObjectSink_Indicate(request->sink, 0, NULL);
    return hr;
}

/* ---- Get ---- */

static HRESULT send_row(const struct request *request, const struct prereq_wmi_row *row)
{
    IWbemClassObject *instance = NULL;
    struct maker *maker = NULL;
    HRESULT hr = maker_new(request, row->wmi_class, &maker);

    if (SUCCEEDED(hr))
        hr = maker_make(maker, row, &instance);
    maker_free(maker);
    if (FAILED(hr))
        return hr;
    hr = IWbemObjectSink_Indicate(request->sink, 1, &instance);
    IWbemClassObject_Release(instance);
    return hr;
}

HRESULT request_get(const struct request *request, const WCHAR *path)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_error err = {0};
    struct prereq_wmi_row row;
    char *text = NULL;
    HRESULT hr = to_utf8(path, RESULT(E_INVALID_OBJECT_PATH), &text, &err);

    if (SUCCEEDED(hr))
        hr = current_document(&snapshot, &err);
    if (SUCCEEDED(hr))
        hr = request_code(prereq_wmi_get(snapshot, text, clock_now(), &row, &err));
    if (SUCCEEDED(hr))
        hr = send_row(request, &row);
    if (SEEDED(BUG_WRONG_NOT_FOUND) && hr == RESULT(E_NOT_FOUND))
        hr = RESULT(E_FAILED);
    prereq_wmi_snapshot_drop(snapshot);
    free(text);
    return request_end(request, hr, err.text);
}
