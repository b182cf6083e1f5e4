/* SPDX-License-Identifier: MIT */
/* guard.c - strings that end at the end of a page, before one that must not be touched. */
#include <stdint.h>
#include <string.h>

#include "host.h"

#define PAGE ((size_t)0x1000)
#define GUARDS 64

/* Text pages are read-only; the page behind them has no access at all. */
static struct guard {
    unsigned char *base;
    size_t pages; /* of text */
    WCHAR *text;
} guards[GUARDS];
static SRWLOCK lock = SRWLOCK_INIT;
static void *handler;

static struct guard *find(const void *address)
{
    for (size_t i = 0; i < GUARDS; i++) {
        const unsigned char *a = address;

        if (guards[i].base && a >= guards[i].base &&
            a < guards[i].base + (guards[i].pages + 1) * PAGE)
            return &guards[i];
    }
    return NULL;
}

static LONG CALLBACK on_fault(EXCEPTION_POINTERS *info)
{
    const EXCEPTION_RECORD *record = info->ExceptionRecord;
    struct guard *guard;
    const unsigned char *at;
    DWORD old;

    if (record->ExceptionCode != (DWORD)EXCEPTION_ACCESS_VIOLATION)
        return EXCEPTION_CONTINUE_SEARCH;
    at = (const unsigned char *)record->ExceptionInformation[1];
    guard = find(at);
    if (!guard)
        return EXCEPTION_CONTINUE_SEARCH;
    if (at >= guard->base + guard->pages * PAGE)
        tom_violate(TOM_TEXT_OVERREAD, "\"%.80ls\"", guard->text);
    else
        tom_violate(TOM_TEXT_CHANGED, "\"%.80ls\"", guard->text);
    VirtualProtect(guard->base, (guard->pages + 1) * PAGE, PAGE_READWRITE, &old);
    return EXCEPTION_CONTINUE_EXECUTION;
}

BSTR tom_guard_new(const WCHAR *text)
{
    size_t bytes = (wcslen(text) + 1) * sizeof(WCHAR);
    size_t header = 8; /* the length stands before the text, padded */
    size_t pages = (bytes + header + PAGE - 1) / PAGE;
    DWORD len = (DWORD)(bytes - sizeof(WCHAR));
    unsigned char *base;
    unsigned char *start;
    struct guard *slot = NULL;
    DWORD old;

    base = VirtualAlloc(NULL, (pages + 1) * PAGE, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    if (!base)
        return NULL;
    start = base + pages * PAGE - bytes;
    memcpy(start, text, bytes);
    memcpy(start - sizeof(len), &len, sizeof(len));
    VirtualProtect(base, pages * PAGE, PAGE_READONLY, &old);
    VirtualProtect(base + pages * PAGE, PAGE, PAGE_NOACCESS, &old);
    AcquireSRWLockExclusive(&lock);
    if (!handler)
        handler = AddVectoredExceptionHandler(1, on_fault);
    for (size_t i = 0; i < GUARDS && !slot; i++) {
        if (!guards[i].base)
            slot = &guards[i];
    }
    if (slot)
        *slot = (struct guard){base, pages, (WCHAR *)(void *)start};
    ReleaseSRWLockExclusive(&lock);
    return (BSTR)(void *)start;
}

void tom_guard_free(BSTR text, const char *what)
{
    struct guard *guard;
    unsigned char *base = NULL;

    (void)what;
    if (!text)
        return;
    AcquireSRWLockExclusive(&lock);
    guard = find(text);
    if (guard) {
        base = guard->base;
        guard->base = NULL;
    }
    ReleaseSRWLockExclusive(&lock);
    if (base)
        VirtualFree(base, 0, MEM_RELEASE);
}

bool tom_guard_owns(const void *address)
{
    bool owns;

    AcquireSRWLockShared(&lock);
    owns = address && find(address) != NULL;
    ReleaseSRWLockShared(&lock);
    return owns;
}
