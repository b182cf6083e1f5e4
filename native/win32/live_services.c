/* SPDX-License-Identifier: MIT */
/* live_services.c - is a service running?  Asked with the least right that answers it. */
#include <stdio.h>
#include <stdlib.h>

#include "win32/live_parts.h"
#include "win32/wide.h"

enum prereq_look prereq_live_service_running(struct prereq_source *source, const char *name,
                                             bool *running, struct prereq_refusal *why)
{
    struct prereq_live *live = prereq_live_of(source);
    SERVICE_STATUS_PROCESS status = {0};
    DWORD needed = 0, error = ERROR_SUCCESS;
    char what[1100];
    wchar_t *wide;
    SC_HANDLE service;

    (void)snprintf(what, sizeof(what), "The service %s", PREREQ_CLIP(name, 150));
    if (!live->services)
        live->services = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    if (!live->services)
        return prereq_refuse_error(GetLastError(), "The service manager", why);
    wide = prereq_wide_from_utf8(name);
    if (!wide)
        return prereq_refuse_error(ERROR_INVALID_NAME, what, why);
    service = OpenServiceW(live->services, wide, SERVICE_QUERY_STATUS);
    if (!service)
        error = GetLastError();
    free(wide);
    if (!service)
        return prereq_look_of_error(error, what, why);
    if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof(status),
                              &needed))
        error = GetLastError();
    (void)CloseServiceHandle(service);
    if (error != ERROR_SUCCESS)
        return prereq_refuse_error(error, what, why);
    *running = status.dwCurrentState == SERVICE_RUNNING;
    return PREREQ_LOOK_FOUND;
}
