/* SPDX-License-Identifier: MIT */
/* live_readers.c - several files at once: a cold disk answers many questions sooner than one by
 * one. */
#include <windows.h>

#include "win32/live_parts.h"

struct readers {
    prereq_source_work *work;
    void *context;
    size_t count;
    volatile LONG64 next;
};

static DWORD WINAPI read_on(void *context)
{
    struct readers *readers = context;

    for (;;) {
        size_t index = (size_t)InterlockedIncrement64(&readers->next) - 1;

        if (index >= readers->count)
            return 0;
        readers->work(readers->context, index);
    }
}

void prereq_live_each(struct prereq_source *source, prereq_source_work *work, void *context,
                      size_t count)
{
    struct readers readers = {.work = work, .context = context, .count = count};
    HANDLE threads[PREREQ_READERS - 1];
    DWORD started = 0;

    (void)source;
    /* One that cannot be started is no failure: the others do its part. */
    while (started < PREREQ_COUNT(threads) && started + 1 < count) {
        threads[started] = CreateThread(NULL, 0, read_on, &readers, 0, NULL);
        if (!threads[started])
            break;
        started++;
    }
    (void)read_on(&readers);
    if (started > 0)
        (void)WaitForMultipleObjects(started, threads, TRUE, INFINITE);
    for (DWORD i = 0; i < started; i++)
        CloseHandle(threads[i]);
}
