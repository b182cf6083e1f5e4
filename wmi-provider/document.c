/* SPDX-License-Identifier: MIT */
/* document.c - the newest usable assessment document, shared by all objects of the process.
 *
 * Each request looks at the file's identity alone; the file is read again when that is another one.
 */
#include "provider.h"

#include <stdlib.h>
#include <string.h>

#include "win32/trusted_file.h"

#define DOCUMENT L"assessment.json"
#define PREVIOUS L"assessment.previous.json"
/* A file that is being replaced cannot be opened for a moment. */
#define TRIES 5
#define PAUSE 20 /* milliseconds */

/* Which file, in which version.  The change time moves with rights, too, so that a file that was
 * refused for them is looked at again once they are right. */
struct identity {
    DWORD error; /* why it could not be opened; then all else is 0 */
    DWORD volume;
    uint64_t file, size, written, changed;
};

static struct {
    SRWLOCK lock;
    struct prereq_wmi_snapshot *current; /* NULL: nothing was looked at so far */
    struct identity of;                  /* what it was made at */
    struct identity logged;              /* the last one that was refused, in the event log */
} store = {.lock = SRWLOCK_INIT};

bool place_of(const WCHAR *name, WCHAR path[PLACE_UNITS])
{
    static const WCHAR below[] = L"\\PatchPrereq\\";
    DWORD len = GetEnvironmentVariableW(L"ProgramData", path, PLACE_UNITS / 2);

    if (len == 0 || len >= PLACE_UNITS / 2)
        return false;
    memcpy(path + len, below, sizeof(below));
    lstrcatW(path, name);
    return true;
}

/* ---- which file it is ---- */

static uint64_t wide_number(DWORD high, DWORD low)
{
    return (uint64_t)high << 32 | low;
}

static bool same(const struct identity *a, const struct identity *b)
{
    return a->error == b->error && a->volume == b->volume && a->file == b->file &&
           a->size == b->size && a->written == b->written && a->changed == b->changed;
}

static void identify(HANDLE file, struct identity *identity)
{
    BY_HANDLE_FILE_INFORMATION info;
    FILE_BASIC_INFO basic;

    *identity = (struct identity){0};
    if (file == INVALID_HANDLE_VALUE || !GetFileInformationByHandle(file, &info)) {
        identity->error = GetLastError();
        return;
    }
    identity->volume = info.dwVolumeSerialNumber;
    identity->file = wide_number(info.nFileIndexHigh, info.nFileIndexLow);
    identity->size = wide_number(info.nFileSizeHigh, info.nFileSizeLow);
    identity->written =
        wide_number(info.ftLastWriteTime.dwHighDateTime, info.ftLastWriteTime.dwLowDateTime);
    if (GetFileInformationByHandleEx(file, FileBasicInfo, &basic, sizeof(basic)))
        identity->changed = (uint64_t)basic.ChangeTime.QuadPart;
}

static void close_file(HANDLE file)
{
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
}

static HANDLE look(const WCHAR *path, struct identity *identity)
{
    HANDLE file = prereq_trusted_open(path);

    identify(file, identity);
    return file;
}

static bool may_pass(DWORD error)
{
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_SHARING_VIOLATION ||
           error == ERROR_ACCESS_DENIED || error == ERROR_DELETE_PENDING;
}

/* ---- reading ---- */

/* Of an open file; sentences go on behind its name. */
static enum prereq_status read_open(HANDLE file, const WCHAR *path,
                                    struct prereq_wmi_snapshot **snapshot, struct prereq_error *err)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)4 << 20);
    struct prereq_trust_owners owners = {NULL, 0};
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status =
        arena ? prereq_trusted_owners(arena, &owners, err)
              : prereq_fail(err, PREREQ_NO_MEMORY, "cannot be judged: not enough memory");

    if (!status && !SEEDED(BUG_NO_TRUST))
        status = prereq_trusted_judge(file, path, &owners, err);
    if (!status)
        status = prereq_trusted_read(file, PREREQ_MAX_FACTS_BYTES, &bytes, &len, err);
    if (!status) {
        status = prereq_wmi_snapshot_read(bytes, len, PREREQ_WMI_MEMORY, snapshot, err);
        if (status)
            (void)prereq_fail_prefix(err, "is no assessment document");
    }
    free(bytes);
    prereq_arena_free(arena);
    return status;
}

/* `why` is a whole sentence without its full stop. */
static enum prereq_status read_document(HANDLE file, DWORD error, const WCHAR *path,
                                        const char *name, struct prereq_wmi_snapshot **snapshot,
                                        struct prereq_error *why)
{
    char old[sizeof(why->text)];
    enum prereq_status status;

    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
        return prereq_fail(why, PREREQ_IO, "%s is not there", name);
    if (error)
        return prereq_fail(why, PREREQ_IO, "%s cannot be opened (error %lu)", name,
                           (unsigned long)error);
    status = read_open(file, path, snapshot, why);
    if (status) {
        memcpy(old, why->text, sizeof(old));
        (void)prereq_fail(why, status, "%s %s", name, old);
    }
    return status;
}

/* What is shown in the place of a document that is not usable: the last good one in memory, else
 * the one that refresh kept, else nothing. */
static enum prereq_status stand_in(const char *why, struct prereq_wmi_snapshot **snapshot,
                                   struct prereq_error *err)
{
    struct prereq_wmi_snapshot *kept = NULL;
    struct prereq_error also = {0};
    struct prereq_buffer both = {0};
    WCHAR path[PLACE_UNITS];
    enum prereq_status status;
    struct identity identity;
    HANDLE file;

    if (store.current && prereq_wmi_snapshot_assessment(store.current))
        return prereq_wmi_snapshot_last_good(store.current, why, snapshot, err);
    if (!place_of(PREVIOUS, path))
        return prereq_wmi_snapshot_none(why, snapshot, err);
    file = look(path, &identity);
    status = read_document(file, identity.error, path, "assessment.previous.json", &kept, &also);
    close_file(file);
    if (status == PREREQ_NO_MEMORY)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for the assessment");
    if (!status) {
        status = prereq_wmi_snapshot_last_good(kept, why, snapshot, err);
        prereq_wmi_snapshot_drop(kept);
        return status;
    }
    prereq_buffer_addf(&both, "%s, and %s", why, also.text);
    status = both.failed ? prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory")
                         : prereq_wmi_snapshot_none(both.text, snapshot, err);
    prereq_buffer_free(&both);
    return status;
}

static void log_refused(const struct identity *identity, const char *why)
{
    if (identity->error || same(identity, &store.logged))
        return;
    store.logged = *identity;
    document_log_refused(why);
}

/* With the lock held alone. */
static enum prereq_status read_again(HANDLE file, const struct identity *identity,
                                     const WCHAR *path, struct prereq_error *err)
{
    struct prereq_wmi_snapshot *made = NULL;
    struct prereq_error why = {0};
    enum prereq_status status =
        read_document(file, identity->error, path, "assessment.json", &made, &why);

    if (status == PREREQ_NO_MEMORY) /* nothing is said of the file; the next request tries again */
        return prereq_fail(err, status, "not enough memory for the assessment");
    if (status) {
        log_refused(identity, why.text);
        status = stand_in(why.text, &made, err);
    }
    if (status)
        return status;
    prereq_wmi_snapshot_drop(store.current);
    store.current = made;
    store.of = *identity;
    return PREREQ_OK;
}

/* ---- what a request gets ---- */

static struct prereq_wmi_snapshot *if_current(const struct identity *identity)
{
    struct prereq_wmi_snapshot *snapshot = NULL;

    AcquireSRWLockShared(&store.lock);
    if (store.current && same(identity, &store.of))
        snapshot = prereq_wmi_snapshot_hold(store.current);
    ReleaseSRWLockShared(&store.lock);
    return snapshot;
}

enum prereq_status document_now(struct prereq_wmi_snapshot **snapshot, struct prereq_error *err)
{
    WCHAR path[PLACE_UNITS] = L"";
    enum prereq_status status = PREREQ_OK;
    struct identity identity;
    HANDLE file;

    if (!place_of(DOCUMENT, path))
        return prereq_wmi_snapshot_none("the variable ProgramData is not set", snapshot, err);
    file = look(path, &identity);
    *snapshot = if_current(&identity);
    if (*snapshot) {
        close_file(file);
        return PREREQ_OK;
    }
    AcquireSRWLockExclusive(&store.lock);
    for (int i = 0; i < TRIES && store.current && may_pass(identity.error); i++) {
        close_file(file);
        Sleep(PAUSE);
        file = look(path, &identity);
    }
    if (!store.current || !same(&identity, &store.of))
        status = read_again(file, &identity, path, err);
    if (!status)
        *snapshot = prereq_wmi_snapshot_hold(store.current);
    ReleaseSRWLockExclusive(&store.lock);
    close_file(file);
    return status;
}

void document_forget(void)
{
    AcquireSRWLockExclusive(&store.lock);
    prereq_wmi_snapshot_drop(store.current);
    store.current = NULL;
    ReleaseSRWLockExclusive(&store.lock);
}
