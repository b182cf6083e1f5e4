/* SPDX-License-Identifier: MIT */
/* tom.c - the one test object manager of a process. */
#include <stdlib.h>

#include "tom.h"

struct tom tom = {.patience = TOM_PATIENCE};

enum prereq_status tom_start(const WCHAR *mof, struct prereq_error *err)
{
    static SRWLOCK lock = SRWLOCK_INIT;
    WCHAR path[MAX_PATH];
    enum prereq_status status = PREREQ_OK;

    AcquireSRWLockExclusive(&lock);
    if (!mof && GetEnvironmentVariableW(L"TOM_MOF", path, MAX_PATH))
        mof = path;
    if (!tom.started && !mof)
        status = prereq_fail(err, PREREQ_IO, "TOM_MOF names no MOF file");
    else if (!tom.started)
        status = tom_schema_load(&tom.schema, mof, err);
    tom.started = tom.started || status == PREREQ_OK;
    ReleaseSRWLockExclusive(&lock);
    return status;
}

void tom_stop(void)
{
    while (tom.hosts) {
        struct tom_host *host = tom.hosts;

        tom.hosts = host->next;
        tom_host_stop(host);
        free(host);
    }
    tom_schema_free(&tom.schema);
    tom.started = false;
}
