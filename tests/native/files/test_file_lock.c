/* SPDX-License-Identifier: MIT */
/* test_file_lock.c - one program at a time, and files with rights of their own. */
#include "files.h"

#ifndef _WIN32
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Hold the lock in a process of its own; returns once it is held. */
static pid_t hold(const char *path)
{
    int ready[2];
    char byte;
    pid_t child;

    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        struct prereq_lock *lock = NULL;

        if (prereq_lock_take(path, 0, &lock, NULL) != PREREQ_OK || write(ready[1], "x", 1) != 1)
            _exit(1);
        for (;;)
            (void)pause();
    }
    (void)close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    (void)close(ready[0]);
    return child;
}

static void second_program_waits(void **state)
{
    pid_t child = hold("lock");
    struct prereq_lock *lock = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_lock_take("lock", 0, &lock, &err), PREREQ_IO);
    assert_string_equal(err.text, "lock: another program holds it, for 0 seconds now");
    assert_int_equal(prereq_lock_take("lock", 1, &lock, &err), PREREQ_IO);
    assert_null(lock);
    /* However it ends, the lock ends with it. */
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(prereq_lock_take("lock", 3600, &lock, &err), PREREQ_OK);
    assert_int_equal(waitpid(child, NULL, 0), child);
    prereq_lock_release(lock);
}

static void rights_are_there_at_once(void **state)
{
    static const struct {
        enum prereq_rights rights;
        mode_t mode;
    } kinds[] = {{PREREQ_RIGHTS_ADMINISTRATORS, 0600}, {PREREQ_RIGHTS_SERVICES, 0644}};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(kinds); i++) {
        struct prereq_output *output = NULL;
        struct prereq_error err = {0};
        struct stat info;

        assert_int_equal(prereq_output_open_for("file", kinds[i].rights, &output, &err), PREREQ_OK);
        assert_int_equal(stat(prereq_output_path(output), &info), 0);
        assert_int_equal(info.st_mode & 0777, kinds[i].mode);
        assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
        assert_int_equal(stat("file", &info), 0);
        assert_int_equal(info.st_mode & 0777, kinds[i].mode);
    }
}
#endif

static void taken_and_released(void **state)
{
    struct prereq_lock *lock = NULL;
    struct prereq_error err = {0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(prereq_lock_take("lock", 0, &lock, &err), PREREQ_OK);
        prereq_lock_release(lock);
    }
    prereq_lock_release(NULL);
}

#ifndef _WIN32
/* Four programs that each remove the file when they let go never hold it two at a time. */
static void removed_locks_are_held_by_one(void **state)
{
    pid_t children[4];

    (void)state;
    (void)remove("busy");
    for (size_t i = 0; i < PREREQ_COUNT(children); i++) {
        children[i] = fork();
        for (int round = 0; children[i] == 0 && round < 50; round++) {
            struct prereq_lock *lock = NULL;
            FILE *alone;

            if (prereq_lock_take("removed", 60, &lock, NULL) != PREREQ_OK)
                _exit(1);
            alone = prereq_system_create("busy", PREREQ_RIGHTS_INHERITED, NULL);
            if (!alone || fclose(alone) != 0 || remove("busy") != 0)
                _exit(2);
            prereq_lock_remove(lock);
        }
        if (children[i] == 0)
            _exit(0);
    }
    for (size_t i = 0; i < PREREQ_COUNT(children); i++) {
        int status = 0;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_false(prereq_is_file("removed"));
    prereq_lock_remove(NULL);
}
#endif

static void folder_is_not_there(void **state)
{
    struct prereq_lock *lock = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_lock_take("nowhere/lock", 60, &lock, &err), PREREQ_IO);
    assert_non_null(strstr(err.text, "nowhere/lock: cannot be locked"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taken_and_released),       cmocka_unit_test(folder_is_not_there),
#ifndef _WIN32
        cmocka_unit_test(second_program_waits),     cmocka_unit_test(removed_locks_are_held_by_one),
        cmocka_unit_test(rights_are_there_at_once),
#endif
    };

    return RUN_TESTS(tests);
}
