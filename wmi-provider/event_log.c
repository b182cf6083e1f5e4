/* SPDX-License-Identifier: MIT */
/* event_log.c - event 1201: the assessment document was refused.  All others are refresh's. */
#include "provider.h"

#include <stdlib.h>

#include "win32/wide.h"

#define DOCUMENT_REFUSED 1201

void document_log_refused(const char *why)
{
    wchar_t *text = prereq_wide_from_utf8(why);
    const wchar_t *words[] = {text};
    HANDLE log = text ? RegisterEventSourceW(NULL, L"PatchPrereq") : NULL;

    if (log) {
        (void)ReportEventW(log, EVENTLOG_ERROR_TYPE, 0, DOCUMENT_REFUSED, NULL, 1, 0, words, NULL);
        (void)DeregisterEventSource(log);
    }
    free(text);
}
