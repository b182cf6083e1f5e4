/* SPDX-License-Identifier: MIT */
/* provider_cost.c - what the provider costs, in the test object manager.
 *
 *     provider_cost DLL MOF PROGRAMDATA
 *
 * An enumeration against a bare loop over the same instances; memory and handles over many calls.
 */
#include <stdio.h>

#include "harness.h"
#include "wmi/wmi.h"

#include <psapi.h>

#define ROUNDS 9
#define BATCH 32
#define CALLS 10000

static const WCHAR class_name[] = L"PatchPrereq_PatchStatus";
static struct tom_result rows; /* what the provider gave, once */

/* ---- the bare loop ---- */

static HRESULT put_all(IWbemClassObject *instance, const struct tom_object *row)
{
    HRESULT hr = S_OK;

    for (size_t i = 0; SUCCEEDED(hr) && i < row->class->property_count; i++) {
        if (V_VT(&row->values[i]) != VT_NULL)
            hr = IWbemClassObject_Put(instance, row->class->properties[i].name, 0, &row->values[i],
                                      0);
    }
    return hr;
}

static HRESULT send_all(IWbemClassObject *of, IWbemObjectSink *sink)
{
    IWbemClassObject *batch[BATCH];
    HRESULT hr = S_OK;

    for (size_t at = 0; SUCCEEDED(hr) && at < rows.row_count; at += BATCH) {
        LONG count = 0;

        for (size_t i = at; SUCCEEDED(hr) && i < rows.row_count && count < BATCH; i++) {
            hr = IWbemClassObject_SpawnInstance(of, 0, &batch[count]);
            if (SUCCEEDED(hr))
                hr = put_all(batch[count++], rows.rows[i]);
        }
        if (SUCCEEDED(hr))
            hr = IWbemObjectSink_Indicate(sink, count, batch);
        for (LONG i = 0; i < count; i++)
            IWbemClassObject_Release(batch[i]);
    }
    return hr;
}

static HRESULT WINAPI bare_enumerate(IWbemServices *iface, BSTR name, LONG flags,
                                     IWbemContext *context, IWbemObjectSink *sink)
{
    IWbemClassObject *of = NULL;
    HRESULT hr = IWbemServices_GetObject(harness.host.name_space, name, 0, context, &of, NULL);

    (void)iface;
    (void)flags;
    if (SUCCEEDED(hr)) {
        hr = send_all(of, sink);
        IWbemClassObject_Release(of);
    }
    return IWbemObjectSink_SetStatus(sink, WBEM_STATUS_COMPLETE, hr, NULL, NULL);
}

static IWbemServicesVtbl bare_vtbl = {.CreateInstanceEnumAsync = bare_enumerate};
static IWbemServices bare = {&bare_vtbl};

/* ---- time ---- */

static double milliseconds(struct tom_host *host)
{
    struct tom_result result;
    LARGE_INTEGER frequency, before, after;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);
    tom_host_call(host, TOM_ENUMERATE, class_name, NULL, NULL, &result);
    QueryPerformanceCounter(&after);
    if (result.row_count != rows.row_count)
        printf("%u instances instead of %u: 0x%08lx\n", (unsigned)result.row_count,
               (unsigned)rows.row_count, (unsigned long)result.status);
    tom_result_free(&result);
    return (double)(after.QuadPart - before.QuadPart) * 1000 / (double)frequency.QuadPart;
}

/* The least of several, in turn: others share the machine. */
static void measure_enumeration(void)
{
    struct tom_host loop = harness.host;
    double provider = 1e9, least = 1e9;

    loop.services = &bare;
    for (int round = 0; round < ROUNDS; round++) {
        double one = milliseconds(&harness.host);
        double other = milliseconds(&loop);

        provider = one < provider ? one : provider;
        least = other < least ? other : least;
    }
    printf("enumeration of %u: %.1f ms, bare loop %.1f ms, ratio %.2f (goal 2)\n",
           (unsigned)rows.row_count, provider, least, provider / least);
}

/* ---- memory; Wine answers neither for private bytes nor for the number of handles ---- */

static double private_mib(void)
{
    MEMORY_BASIC_INFORMATION region;
    size_t bytes = 0;

    for (char *at = NULL; VirtualQuery(at, &region, sizeof(region));
         at = (char *)region.BaseAddress + region.RegionSize) {
        if (region.State == MEM_COMMIT && region.Type == MEM_PRIVATE)
            bytes += region.RegionSize;
    }
    return (double)bytes / 1048576;
}

static unsigned count_handles(void)
{
    unsigned count = 0;
    DWORD flags;

    for (uintptr_t handle = 4; handle < 65536; handle += 4)
        count += GetHandleInformation((HANDLE)handle, &flags) ? 1U : 0U;
    return count;
}

static void print_process(int calls)
{
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};

    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory));
    printf("after %5d calls: %.1f MiB private, %.1f MiB resident, %u handles\n", calls,
           private_mib(), (double)memory.WorkingSetSize / 1048576, count_handles());
    (void)fflush(stdout);
}

static void measure_process(void)
{
    struct tom_result result;

    for (int call = 0; call <= CALLS; call++) {
        if (call % (CALLS / 10) == 0)
            print_process(call);
        if (call % 100 == 99)
            harness_enumerate(class_name, &result);
        else
            harness_get(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", &result);
        tom_result_free(&result);
    }
}

int wmain(int argc, WCHAR **argv);
int wmain(int argc, WCHAR **argv)
{
    struct prereq_error err = {0};

    if (argc != 4 || !SetEnvironmentVariableW(L"ProgramData", argv[3]))
        return 2;
    (void)CoInitializeEx(NULL, COINIT_MULTITHREADED);
    harness_reset();
    if (!harness_open(argv[1], PREREQ_WMI_CLSID, PREREQ_WMI_PROVIDER, argv[2], &err)) {
        printf("%s\n", err.text);
        return 1;
    }
    measure_process();
    harness_enumerate(class_name, &rows);
    if (rows.row_count == 0)
        printf("no instances: %ls\n", rows.error_text);
    else
        measure_enumeration();
    tom_result_free(&rows);
    harness_close();
    CoUninitialize();
    if (tom_violation_total())
        printf("%s\n", tom_violation_text());
    return 0;
}
