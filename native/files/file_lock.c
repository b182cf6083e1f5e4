/* SPDX-License-Identifier: MIT */
/* file_lock.c - one program at a time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "files/file_system.h"

#define LOOK_EVERY_MS 100

struct prereq_lock {
    void *held;
    char *path;
};

static struct prereq_lock *make_lock(const char *path)
{
    struct prereq_lock *made = calloc(1, sizeof(*made));
    size_t size = strlen(path) + 1;

    if (made)
        made->path = malloc(size);
    if (!made || !made->path) {
        free(made);
        return NULL;
    }
    memcpy(made->path, path, size);
    return made;
}

static void free_lock(struct prereq_lock *lock)
{
    free(lock->path);
    free(lock);
}

enum prereq_status prereq_lock_take(const char *path, unsigned seconds, struct prereq_lock **lock,
                                    struct prereq_error *err)
{
    struct prereq_lock *taken = make_lock(path);
    uint64_t looks = (uint64_t)seconds * 1000 / LOOK_EVERY_MS;
    int code = 0;

    if (!taken)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to lock it", path);
    while (prereq_system_lock(path, &taken->held) != 0) {
        code = errno;
        if (code != EAGAIN || looks-- == 0)
            goto failed;
        prereq_system_sleep(LOOK_EVERY_MS);
    }
    *lock = taken;
    return PREREQ_OK;
failed:
    free_lock(taken);
    if (code == EAGAIN)
        return prereq_fail(err, PREREQ_IO, "%s: another program holds it, for %u seconds now", path,
                           seconds);
    return prereq_fail(err, PREREQ_IO, "%s: cannot be locked: %s", path,
                       prereq_system_reason(code));
}

void prereq_lock_release(struct prereq_lock *lock)
{
    if (!lock)
        return;
    prereq_system_unlock(lock->held);
    free_lock(lock);
}

void prereq_lock_remove(struct prereq_lock *lock)
{
    if (!lock)
        return;
    prereq_system_unlock_remove(lock->path, lock->held);
    free_lock(lock);
}
