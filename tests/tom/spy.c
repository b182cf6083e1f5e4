/* SPDX-License-Identifier: MIT */
/* spy.c - COM memory counted, and failing when a test wants it; the same for malloc() of a DLL. */
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host.h"

static LONG live;
static LONG fail_at; /* counts up to it */
static LONG count;
static bool watching;

/* Only what a provider asks for, in a call, may fail. */
static bool fails(void)
{
    LONG now;

    if (!tom_current() || tom_inside())
        return false;
    now = InterlockedIncrement(&count);
    return fail_at > 0 && now == fail_at;
}

/* ---- IMallocSpy ---- */

static HRESULT WINAPI spy_QueryInterface(IMallocSpy *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMallocSpy))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

static ULONG WINAPI spy_AddRef(IMallocSpy *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI spy_Release(IMallocSpy *iface)
{
    (void)iface;
    return 1;
}

/* 0 for a size that is not 0 means: no memory. */
static SIZE_T WINAPI spy_PreAlloc(IMallocSpy *iface, SIZE_T size)
{
    (void)iface;
    return fails() ? 0 : size ? size : 1;
}

static void *WINAPI spy_PostAlloc(IMallocSpy *iface, void *block)
{
    (void)iface;
    if (block)
        InterlockedIncrement(&live);
    return block;
}

static void *WINAPI spy_PreFree(IMallocSpy *iface, void *block, WINBOOL spied)
{
    (void)iface;
    if (tom_guard_owns(block)) {
        tom_violate(TOM_TEXT_FREED, "%s", tom_current() ? tom_current()->what : "-");
        return NULL;
    }
    if (spied && block)
        InterlockedDecrement(&live);
    return block;
}

static void WINAPI spy_PostFree(IMallocSpy *iface, WINBOOL spied)
{
    (void)iface;
    (void)spied;
}

static SIZE_T WINAPI spy_PreRealloc(IMallocSpy *iface, void *block, SIZE_T size, void **out,
                                    WINBOOL spied)
{
    (void)iface;
    (void)spied;
    *out = block;
    return fails() ? 0 : size;
}

static void *WINAPI spy_PostRealloc(IMallocSpy *iface, void *block, WINBOOL spied)
{
    (void)iface;
    (void)spied;
    return block;
}

static void *WINAPI spy_PreGetSize(IMallocSpy *iface, void *block, WINBOOL spied)
{
    (void)iface;
    (void)spied;
    return block;
}

static SIZE_T WINAPI spy_PostGetSize(IMallocSpy *iface, SIZE_T size, WINBOOL spied)
{
    (void)iface;
    (void)spied;
    return size;
}

static void *WINAPI spy_PreDidAlloc(IMallocSpy *iface, void *block, WINBOOL spied)
{
    (void)iface;
    (void)spied;
    return block;
}

static int WINAPI spy_PostDidAlloc(IMallocSpy *iface, void *block, WINBOOL spied, int actual)
{
    (void)iface;
    (void)block;
    (void)spied;
    return actual;
}

static void WINAPI spy_HeapMinimize(IMallocSpy *iface)
{
    (void)iface;
}

static IMallocSpyVtbl vtbl = {
    .QueryInterface = spy_QueryInterface,
    .AddRef = spy_AddRef,
    .Release = spy_Release,
    .PreAlloc = spy_PreAlloc,
    .PostAlloc = spy_PostAlloc,
    .PreFree = spy_PreFree,
    .PostFree = spy_PostFree,
    .PreRealloc = spy_PreRealloc,
    .PostRealloc = spy_PostRealloc,
    .PreGetSize = spy_PreGetSize,
    .PostGetSize = spy_PostGetSize,
    .PreDidAlloc = spy_PreDidAlloc,
    .PostDidAlloc = spy_PostDidAlloc,
    .PreHeapMinimize = spy_HeapMinimize,
    .PostHeapMinimize = spy_HeapMinimize,
};
static IMallocSpy spy = {&vtbl};

void spy_start(void)
{
    if (!watching)
        watching = SUCCEEDED(CoRegisterMallocSpy(&spy));
    live = 0;
}

void spy_stop(void)
{
    if (watching)
        CoRevokeMallocSpy();
    watching = false;
}

LONG spy_live(void)
{
    return live;
}

LONG spy_fail_at(LONG n)
{
    LONG before = InterlockedExchange(&count, 0);

    fail_at = n;
    return before;
}

/* ---- malloc() of a DLL, through its import table ---- */

static void *my_malloc(size_t size)
{
    return fails() ? NULL : malloc(size);
}

static void *my_calloc(size_t items, size_t size)
{
    return fails() ? NULL : calloc(items, size);
}

static void *my_realloc(void *block, size_t size)
{
    return fails() ? NULL : realloc(block, size);
}

static LPVOID WINAPI my_HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size)
{
    return fails() ? NULL : HeapAlloc(heap, flags, size);
}

static const struct {
    const char *name;
    void (*function)(void);
} hooks[] = {
    {"malloc", (void (*)(void))my_malloc},
    {"calloc", (void (*)(void))my_calloc},
    {"realloc", (void (*)(void))my_realloc},
    {"HeapAlloc", (void (*)(void))my_HeapAlloc},
};

static bool hook_one(const char *name, IMAGE_THUNK_DATA *slot)
{
    for (size_t i = 0; i < PREREQ_COUNT(hooks); i++) {
        DWORD old;

        if (strcmp(hooks[i].name, name) != 0)
            continue;
        VirtualProtect(slot, sizeof(*slot), PAGE_READWRITE, &old);
        slot->u1.Function = (ULONG_PTR)hooks[i].function;
        return true;
    }
    return false;
}

bool spy_hook(HMODULE dll)
{
    BYTE *base = (BYTE *)dll;
    const IMAGE_DOS_HEADER *dos = (const void *)base;
    const IMAGE_NT_HEADERS *nt = (const void *)(base + dos->e_lfanew);
    const IMAGE_IMPORT_DESCRIPTOR *import;
    DWORD at = nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    bool found = false;

    if (!at)
        return false;
    for (import = (const void *)(base + at); import->Name; import++) {
        const IMAGE_THUNK_DATA *name = (const void *)(base + import->OriginalFirstThunk);
        IMAGE_THUNK_DATA *slot = (void *)(base + import->FirstThunk);

        for (; name->u1.AddressOfData; name++, slot++) {
            const IMAGE_IMPORT_BY_NAME *by;

            if (IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal))
                continue;
            by = (const void *)(base + name->u1.AddressOfData);
            found = hook_one((const char *)by->Name, slot) || found;
        }
    }
    return found;
}
