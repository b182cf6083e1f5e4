/* SPDX-License-Identifier: MIT */
/* get_facts.c - the method GetFacts: facts.json, piece by piece, to administrators. */
#include "provider.h"

#include <stdlib.h>

#include "win32/trusted_file.h"

/* Under the client's token: the file's own rights decide, too. */
static HRESULT read_as_client(struct call *call, char **bytes, size_t *len, uint32_t *result)
{
    WCHAR path[PLACE_UNITS];
    enum prereq_status status = PREREQ_IO;
    struct prereq_error why;
    HANDLE file = INVALID_HANDLE_VALUE;
    HRESULT hr = client_enter(call->err);

    if (FAILED(hr))
        return hr;
    *result = PREREQ_WMI_FACTS_MISSING;
    if (place_of(L"facts.json", path))
        file = prereq_trusted_open(path);
    if (file != INVALID_HANDLE_VALUE) {
        status = prereq_trusted_read(file, PREREQ_MAX_FACTS_BYTES, bytes, len, &why);
        CloseHandle(file);
        *result = status ? PREREQ_WMI_FACTS_UNREADABLE : PREREQ_WMI_FACTS_DONE;
    } else if (GetLastError() != ERROR_FILE_NOT_FOUND && GetLastError() != ERROR_PATH_NOT_FOUND) {
        *result = PREREQ_WMI_FACTS_UNREADABLE;
    }
    client_leave();
    return status == PREREQ_NO_MEMORY ? RESULT(E_OUT_OF_MEMORY) : S_OK;
}

static HRESULT put_piece(IWbemClassObject *out, const struct prereq_wmi_piece *piece)
{
    HRESULT hr = put_bytes(out, L"Json", piece->text, piece->len);

    if (SUCCEEDED(hr))
        hr = put_number(out, L"NextOffset", piece->next_offset);
    if (SUCCEEDED(hr))
        hr = put_number(out, L"TotalChars", piece->total_chars);
    return SUCCEEDED(hr) ? put_text(out, L"Sha256", piece->sha256) : hr;
}

HRESULT method_get_facts(struct call *call)
{
    uint32_t result = PREREQ_WMI_FACTS_DONE;
    struct prereq_wmi_piece piece;
    struct prereq_number offset;
    char *bytes = NULL;
    size_t len = 0;
    HRESULT hr = call_number(call, L"Offset", &offset);

    if (SUCCEEDED(hr))
        hr = read_as_client(call, &bytes, &len, &result);
    if (FAILED(hr))
        return hr;
    if (result == PREREQ_WMI_FACTS_DONE) {
        enum prereq_wmi_result got = prereq_wmi_get_facts(bytes, len, offset, &piece, call->err);

        if (got == PREREQ_WMI_FAILED)
            result = PREREQ_WMI_FACTS_UNREADABLE;
        else
            hr = got == PREREQ_WMI_OK ? put_piece(call->out, &piece) : request_code(got);
    }
    free(bytes);
    return SUCCEEDED(hr) ? put_number(call->out, L"ReturnValue", result) : hr;
}
