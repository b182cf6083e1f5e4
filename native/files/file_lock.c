/* SPDX-License-Identifier: MIT */
/* file_lock.c - one program at a time. */
#include <errno.h>
#include <stdlib.h>

#include "files/file.h"
#include "files/file_system.h"

#define LOOK_EVERY_MS 100

struct prereq_lock {
    void *held;
};

enum prereq_status prereq_lock_take(const char *path, unsigned seconds, struct prereq_lock **lock,
                                    struct prereq_error *err)
{
    struct prereq_lock *taken = calloc(1, sizeof(*taken));
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
    free(taken);
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
    free(lock);
}
