/* SPDX-License-Identifier: MIT */
/* text.c - texts and numbers as WMI takes them; the clock. */
#include "provider.h"

#include <string.h>

struct prereq_time clock_now(void)
{
    FILETIME now;
    uint64_t ticks;

    GetSystemTimeAsFileTime(&now);
    /* 100 ns since 1601; 11,644,473,600 s lie between that and 1970. */
    ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    return prereq_time_from_seconds((int64_t)(ticks / 10000000) - 11644473600);
}

BSTR text_bstr(const char *text, size_t len)
{
    int bytes = (int)len; /* of documents, which are far below 2 GiB */
    int units = bytes ? MultiByteToWideChar(CP_UTF8, 0, text, bytes, NULL, 0) : 0;
    BSTR made = SysAllocStringLen(NULL, (UINT)units);

    if (made && units)
        (void)MultiByteToWideChar(CP_UTF8, 0, text, bytes, made, units);
    return made;
}

HRESULT put_bytes(IWbemClassObject *object, const WCHAR *name, const char *text, size_t len)
{
    VARIANT value;
    HRESULT hr;

    VariantInit(&value);
    V_BSTR(&value) = text_bstr(text, len);
    if (!V_BSTR(&value))
        return RESULT(E_OUT_OF_MEMORY);
    V_VT(&value) = VT_BSTR;
    hr = IWbemClassObject_Put(object, name, 0, &value, 0);
    (void)VariantClear(&value);
    return hr;
}

HRESULT put_text(IWbemClassObject *object, const WCHAR *name, const char *text)
{
    return put_bytes(object, name, text, strlen(text));
}

HRESULT put_number(IWbemClassObject *object, const WCHAR *name, uint32_t number)
{
    VARIANT value;

    V_VT(&value) = VT_I4;
    V_I4(&value) = (LONG)number;
    return IWbemClassObject_Put(object, name, 0, &value, 0);
}
