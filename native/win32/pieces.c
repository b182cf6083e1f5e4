/* SPDX-License-Identifier: MIT */
/* pieces.c - how each piece is looked at, put in place and taken away. */
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <shlobj.h>

#include "win32/pieces.h"
#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define KEY_CIMOM "SOFTWARE\\Microsoft\\WBEM\\CIMOM"
#define AUTORECOVER "Autorecover MOFs"

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory");
}

/* ---- class id and event source ---- */

static void look_class_id(struct prereq_installation *machine, struct prereq_piece_result *result)
{
    prereq_piece_check_values(machine->arena, PREREQ_PIECE_CLASS_ID, machine->home,
                              prereq_installation_value, machine, result);
}

static enum prereq_status put_class_id(struct prereq_installation *machine,
                                       struct prereq_error *err)
{
    return prereq_installation_set_values(machine, PREREQ_PIECE_CLASS_ID, err);
}

static enum prereq_status take_class_id(struct prereq_installation *machine,
                                        struct prereq_error *err)
{
    (void)machine;
    return prereq_installation_delete_key(prereq_piece_keys[0], err);
}

static void look_events(struct prereq_installation *machine, struct prereq_piece_result *result)
{
    prereq_piece_check_values(machine->arena, PREREQ_PIECE_EVENTS, machine->home,
                              prereq_installation_value, machine, result);
}

static enum prereq_status put_events(struct prereq_installation *machine, struct prereq_error *err)
{
    return prereq_installation_set_values(machine, PREREQ_PIECE_EVENTS, err);
}

static enum prereq_status take_events(struct prereq_installation *machine, struct prereq_error *err)
{
    (void)machine;
    return prereq_installation_delete_key(prereq_piece_keys[1], err);
}

/* ---- WMI ---- */

static enum prereq_status compile(struct prereq_installation *machine, const char *mof,
                                  struct prereq_error *err)
{
    const char *arguments = prereq_printf(machine->arena, "\"%s\\%s\"", machine->home, mof);

    if (!arguments)
        return no_memory(err);
    return prereq_installation_run(machine, "wbem\\mofcomp.exe", arguments, err);
}

static enum prereq_status put_classes(struct prereq_installation *machine, struct prereq_error *err)
{
    return compile(machine, PREREQ_PIECE_MOF, err);
}

static enum prereq_status take_classes(struct prereq_installation *machine,
                                       struct prereq_error *err)
{
    struct prereq_piece_result found = {0};

    prereq_installation_look_classes(machine, &found);
    if (found.verdict == PREREQ_PIECE_WRONG && strstr(found.text, "no namespace"))
        return PREREQ_OK;
    return compile(machine, PREREQ_PIECE_MOF_REMOVAL, err);
}

static const char *recovery_entry(struct prereq_installation *machine)
{
    return prereq_printf(machine->arena, "%s\\" PREREQ_PIECE_MOF, machine->home);
}

static void look_recovery(struct prereq_installation *machine, struct prereq_piece_result *result)
{
    struct prereq_piece_list list = {0};
    struct prereq_error err = {0};
    const char *entry = recovery_entry(machine);

    if (!entry ||
        prereq_installation_list(machine, KEY_CIMOM, AUTORECOVER, &list, &err) != PREREQ_OK)
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "%s", entry ? err.text : "no memory");
    else if (prereq_piece_list_has(&list, entry))
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s", entry);
    else
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "%s is not among the MOFs that WMI builds its repository from", entry);
}

/* mofcomp has done it, unless it is one that does not know `#pragma autorecover`. */
static enum prereq_status put_recovery(struct prereq_installation *machine,
                                       struct prereq_error *err)
{
    struct prereq_piece_list list = {0};
    const char *entry = recovery_entry(machine);
    enum prereq_status status =
        entry ? prereq_installation_list(machine, KEY_CIMOM, AUTORECOVER, &list, err)
              : no_memory(err);

    if (status != PREREQ_OK || prereq_piece_list_has(&list, entry))
        return status;
    list.texts[list.count++] = entry;
    return prereq_installation_set_list(KEY_CIMOM, AUTORECOVER, &list, err);
}

static enum prereq_status take_recovery(struct prereq_installation *machine,
                                        struct prereq_error *err)
{
    struct prereq_piece_list list = {0};
    const char *entry = recovery_entry(machine);
    enum prereq_status status =
        entry ? prereq_installation_list(machine, KEY_CIMOM, AUTORECOVER, &list, err)
              : no_memory(err);

    if (status != PREREQ_OK || !prereq_piece_list_remove(&list, entry))
        return status;
    return prereq_installation_set_list(KEY_CIMOM, AUTORECOVER, &list, err);
}

/* ---- the task ---- */

static enum prereq_status put_task(struct prereq_installation *machine, struct prereq_error *err)
{
    const char *arguments =
        prereq_printf(machine->arena, "/create /f /tn \"%s\" /xml \"%s\\%s\"",
                      PREREQ_PIECE_TASK_PATH, machine->home, PREREQ_PIECE_TASK_FILE);

    return arguments ? prereq_installation_run(machine, "schtasks.exe", arguments, err)
                     : no_memory(err);
}

static enum prereq_status take_task(struct prereq_installation *machine, struct prereq_error *err)
{
    struct prereq_piece_result found = {0};
    enum prereq_status status = PREREQ_OK;

    prereq_installation_look_task(machine, &found);
    if (found.verdict == PREREQ_PIECE_GOOD || !strstr(found.text, "there is no task"))
        status = prereq_installation_run(machine, "schtasks.exe",
                                         "/delete /f /tn \"" PREREQ_PIECE_TASK_PATH "\"", err);
    if (status == PREREQ_OK)
        prereq_installation_take_task_folder(machine);
    return status;
}

/* ---- all ---- */

typedef void look_at(struct prereq_installation *machine, struct prereq_piece_result *result);
typedef enum prereq_status change(struct prereq_installation *machine, struct prereq_error *err);

static const struct {
    look_at *look;
    change *put, *take; /* NULL: nothing to do */
} ways[PREREQ_PIECES] = {
    [PREREQ_PIECE_PROGRAM] = {prereq_installation_look_program, prereq_installation_put_program,
                              NULL},
    [PREREQ_PIECE_DLL] = {prereq_installation_look_dll, NULL, NULL},
    [PREREQ_PIECE_DATA] = {prereq_installation_look_data, prereq_installation_put_data, NULL},
    [PREREQ_PIECE_CLASS_ID] = {look_class_id, put_class_id, take_class_id},
    [PREREQ_PIECE_EVENTS] = {look_events, put_events, take_events},
    [PREREQ_PIECE_CLASSES] = {prereq_installation_look_classes, put_classes, take_classes},
    [PREREQ_PIECE_RECOVERY] = {look_recovery, put_recovery, take_recovery},
    [PREREQ_PIECE_TASK] = {prereq_installation_look_task, put_task, take_task},
    [PREREQ_PIECE_ASSESSMENT] = {prereq_installation_look_assessment, NULL, NULL},
    [PREREQ_PIECE_OLD_DLL] = {prereq_installation_look_old_dll, NULL, NULL},
};

void prereq_piece_look(struct prereq_installation *machine, enum prereq_piece piece,
                       struct prereq_piece_result *result)
{
    ways[piece].look(machine, result);
}

bool prereq_piece_can_put(enum prereq_piece piece)
{
    return ways[piece].put != NULL;
}

enum prereq_status prereq_piece_put(struct prereq_installation *machine, enum prereq_piece piece,
                                    struct prereq_error *err)
{
    return ways[piece].put ? ways[piece].put(machine, err) : PREREQ_OK;
}

enum prereq_status prereq_piece_take(struct prereq_installation *machine, enum prereq_piece piece,
                                     struct prereq_error *err)
{
    return ways[piece].take ? ways[piece].take(machine, err) : PREREQ_OK;
}

/* ---- the machine ---- */

static const char *known_folder(struct prereq_arena *arena, int id, struct prereq_error *err)
{
    wchar_t wide[MAX_PATH];
    HRESULT hr = SHGetFolderPathW(NULL, id, NULL, SHGFP_TYPE_CURRENT, wide);
    const char *path;

    if (FAILED(hr)) {
        (void)prereq_fail(err, PREREQ_IO, "Windows does not say where its folders are (0x%08lX)",
                          (unsigned long)hr);
        return NULL;
    }
    path = prereq_name_from_wide(arena, wide, wcslen(wide));
    if (!path)
        (void)no_memory(err);
    return path;
}

static enum prereq_status read_trusted(struct prereq_installation *machine,
                                       struct prereq_error *err)
{
    enum prereq_status status = prereq_installation_list(machine, "SOFTWARE\\Policies\\PatchPrereq",
                                                         "TrustedOwners", &machine->trusted, err);

    if (status == PREREQ_OK && machine->trusted.count == 0)
        status = prereq_installation_list(machine, "SOFTWARE\\PatchPrereq", "TrustedOwners",
                                          &machine->trusted, err);
    return status;
}

enum prereq_status prereq_installation_open(struct prereq_arena *arena, const char *own,
                                            const char *version, struct prereq_time now,
                                            struct prereq_installation **machine,
                                            struct prereq_error *err)
{
    struct prereq_installation *made = PREREQ_NEW(arena, struct prereq_installation);
    const char *data = made ? known_folder(arena, CSIDL_COMMON_APPDATA, err) : NULL;
    enum prereq_status status;

    if (!made)
        return no_memory(err);
    *made =
        (struct prereq_installation){.arena = arena, .own = own, .version = version, .now = now};
    made->program_files = data ? known_folder(arena, CSIDL_PROGRAM_FILES, err) : NULL;
    if (!made->program_files)
        return err->status;
    made->home = prereq_printf(arena, "%s\\" PREREQ_PIECE_FOLDER, made->program_files);
    made->data = prereq_printf(arena, "%s\\" PREREQ_PIECE_FOLDER, data);
    if (!made->home || !made->data)
        return no_memory(err);
    status = read_trusted(made, err);
    if (status != PREREQ_OK)
        return status;
    made->com = SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED));
    *machine = made;
    return PREREQ_OK;
}

void prereq_installation_close(struct prereq_installation *machine)
{
    if (machine && machine->com)
        CoUninitialize();
}

const char *prereq_installation_data(const struct prereq_installation *machine)
{
    return machine->data;
}

const char *prereq_installation_note(const struct prereq_installation *machine)
{
    return machine->note;
}
