/* SPDX-License-Identifier: MIT */
/* pieces_com.c - what WMI and the task scheduler say of their pieces. */
#define COBJMACROS
#include <windows.h>

#include <initguid.h>
#include <oleauto.h>
#include <taskschd.h>
#include <wbemidl.h>

#include <stdlib.h>
#include <string.h>

#include "win32/pieces_parts.h"
#include "win32/wide.h"
#include "wmi/wmi.h"

static BSTR bstr(const char *text)
{
    wchar_t *wide = prereq_wide_from_utf8(text);
    BSTR made = wide ? SysAllocString(wide) : NULL;

    free(wide);
    return made;
}

/* ---- WMI ---- */

static HRESULT connect_to(IWbemLocator *locator, const char *name, IWbemServices **services)
{
    BSTR path = bstr(name);
    HRESULT hr =
        path ? IWbemLocator_ConnectServer(locator, path, NULL, NULL, NULL, 0, NULL, NULL, services)
             : E_OUTOFMEMORY;

    SysFreeString(path);
    return hr;
}

static HRESULT get(IWbemServices *services, const char *name)
{
    BSTR path = bstr(name);
    IWbemClassObject *object = NULL;
    HRESULT hr =
        path ? IWbemServices_GetObject(services, path, 0, NULL, &object, NULL) : E_OUTOFMEMORY;

    SysFreeString(path);
    if (object)
        IWbemClassObject_Release(object);
    return hr;
}

static void look_at_classes(IWbemServices *services, struct prereq_piece_result *result)
{
    prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s with %d classes", PREREQ_WMI_NAMESPACE,
                     PREREQ_WMI_CLASSES);
    for (int i = 0; i < PREREQ_WMI_CLASSES; i++) {
        const char *name = prereq_wmi_class((enum prereq_wmi_class_id)i)->name;
        HRESULT hr = get(services, name);

        if (hr == (HRESULT)WBEM_E_NOT_FOUND || hr == (HRESULT)WBEM_E_INVALID_CLASS) {
            prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s has no class %s", PREREQ_WMI_NAMESPACE,
                             name);
            return;
        }
        if (FAILED(hr)) {
            prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "%s cannot be asked for (0x%08lX)", name,
                             (unsigned long)hr);
            return;
        }
    }
}

/* `root` always has the class of namespaces; where it has not, this is no WMI to believe. */
static void look_at_root(IWbemServices *root, IWbemLocator *locator,
                         struct prereq_piece_result *result)
{
    IWbemServices *services = NULL;
    HRESULT hr = get(root, "__Namespace");

    if (FAILED(hr)) {
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "WMI could not be asked (0x%08lX)",
                         (unsigned long)hr);
        return;
    }
    hr = connect_to(locator, PREREQ_WMI_NAMESPACE, &services);
    if (hr == (HRESULT)WBEM_E_INVALID_NAMESPACE)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "there is no namespace %s",
                         PREREQ_WMI_NAMESPACE);
    else if (FAILED(hr))
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "%s cannot be connected to (0x%08lX)",
                         PREREQ_WMI_NAMESPACE, (unsigned long)hr);
    else
        look_at_classes(services, result);
    if (services)
        IWbemServices_Release(services);
}

void prereq_installation_look_classes(struct prereq_installation *machine,
                                      struct prereq_piece_result *result)
{
    IWbemLocator *locator = NULL;
    IWbemServices *root = NULL;
    HRESULT hr = CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator,
                                  (void **)&locator);

    (void)machine;
    if (SUCCEEDED(hr))
        hr = connect_to(locator, "root", &root);
    if (SUCCEEDED(hr))
        look_at_root(root, locator, result);
    else
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "WMI could not be asked (0x%08lX)",
                         (unsigned long)hr);
    if (root)
        IWbemServices_Release(root);
    if (locator)
        IWbemLocator_Release(locator);
}

/* ---- the task ---- */

static HRESULT open_scheduler(ITaskService **service, ITaskFolder **root)
{
    VARIANT none = {.vt = VT_EMPTY};
    BSTR path = bstr("\\");
    HRESULT hr = path ? CoCreateInstance(&CLSID_TaskScheduler, NULL, CLSCTX_INPROC_SERVER,
                                         &IID_ITaskService, (void **)service)
                      : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = ITaskService_Connect(*service, none, none, none, none);
    if (SUCCEEDED(hr))
        hr = ITaskService_GetFolder(*service, path, root);
    SysFreeString(path);
    return hr;
}

static HRESULT find_task(ITaskFolder *root, IRegisteredTask **task)
{
    BSTR path = bstr(PREREQ_PIECE_TASK_PATH);
    HRESULT hr = path ? ITaskFolder_GetTask(root, path, task) : E_OUTOFMEMORY;

    SysFreeString(path);
    return hr;
}

static HRESULT read_task(struct prereq_installation *machine, IRegisteredTask *found,
                         struct prereq_piece_task *task)
{
    VARIANT_BOOL enabled = VARIANT_FALSE;
    BSTR xml = NULL;
    HRESULT hr = IRegisteredTask_get_Xml(found, &xml);

    if (SUCCEEDED(hr))
        hr = IRegisteredTask_get_Enabled(found, &enabled);
    if (SUCCEEDED(hr)) {
        task->enabled = enabled != VARIANT_FALSE;
        task->xml = prereq_name_from_wide(machine->arena, xml, SysStringLen(xml));
        if (!task->xml)
            hr = E_OUTOFMEMORY;
    }
    SysFreeString(xml);
    return hr;
}

static bool is_absent(HRESULT hr)
{
    return hr == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND) ||
           hr == HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND);
}

static void judge_task(struct prereq_installation *machine, const struct prereq_piece_task *task,
                       struct prereq_piece_result *result)
{
    const char *program = prereq_printf(machine->arena, "%s\\" PREREQ_PIECE_EXE, machine->home);

    if (program)
        prereq_piece_check_task(machine->arena, task, machine->program_files, program, result);
    else
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "no memory");
}

void prereq_installation_look_task(struct prereq_installation *machine,
                                   struct prereq_piece_result *result)
{
    ITaskService *service = NULL;
    ITaskFolder *root = NULL;
    IRegisteredTask *found = NULL;
    struct prereq_piece_task task = {0};
    HRESULT hr = open_scheduler(&service, &root);
    bool asked = SUCCEEDED(hr);

    if (asked)
        hr = find_task(root, &found);
    if (SUCCEEDED(hr))
        hr = read_task(machine, found, &task);
    if (SUCCEEDED(hr))
        judge_task(machine, &task, result);
    else if (asked && is_absent(hr))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "there is no task %s", PREREQ_PIECE_TASK_PATH);
    else
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN,
                         "the task scheduler could not be asked (0x%08lX)", (unsigned long)hr);
    if (found)
        IRegisteredTask_Release(found);
    if (root)
        ITaskFolder_Release(root);
    if (service)
        ITaskService_Release(service);
}

void prereq_installation_take_task_folder(struct prereq_installation *machine)
{
    ITaskService *service = NULL;
    ITaskFolder *root = NULL;
    BSTR name = bstr("PatchPrereq");

    (void)machine;
    if (name && SUCCEEDED(open_scheduler(&service, &root)))
        (void)ITaskFolder_DeleteFolder(root, name, 0);
    if (root)
        ITaskFolder_Release(root);
    if (service)
        ITaskService_Release(service);
    SysFreeString(name);
}
