/* SPDX-License-Identifier: MIT */
/* test_refresh_faults.c - a refresh that is ended in the middle, a full disk, two at once. */
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "refreshing.h"

/* A door that ends the program, or fails, at one of its steps.  A write is two: before it and in
 * its middle. */
struct fault {
    int at, step;
    bool kills;
};

static bool is_now(struct fault *fault)
{
    if (fault->step++ != fault->at)
        return false;
    if (fault->kills)
        (void)raise(SIGKILL);
    return true;
}

static enum prereq_status full(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_IO, "no space is left");
}

static enum prereq_status faulty_open(void *context, const char *path, enum prereq_rights rights,
                                      struct prereq_output **output, struct prereq_error *err)
{
    if (is_now(context))
        return full(err);
    return prereq_output_open_for(path, rights, output, err);
}

static enum prereq_status faulty_write(void *context, struct prereq_output *output,
                                       const char *bytes, size_t len, struct prereq_error *err)
{
    enum prereq_status status;

    if (is_now(context))
        return full(err);
    status = prereq_output_write(output, bytes, len / 2, err);
    if (status == PREREQ_OK && is_now(context))
        return full(err);
    if (status == PREREQ_OK)
        status = prereq_output_write(output, bytes + len / 2, len - len / 2, err);
    return status;
}

static enum prereq_status faulty_commit(void *context, struct prereq_output *output,
                                        struct prereq_error *err)
{
    if (is_now(context)) {
        prereq_output_discard(output);
        return full(err);
    }
    return prereq_output_commit(output, err);
}

/* Every document that is there can be read, and is of before or of now. */
static void assert_whole(struct machine *m, const char *old_assessment)
{
    const char *previous = machine_text(m, m->places.previous);

    assert_non_null(machine_assessment(m, m->places.assessment));
    assert_non_null(machine_facts(m));
    (void)machine_assessment(m, m->places.previous);
    if (previous)
        assert_string_equal(previous, old_assessment);
}

static int run_child(struct machine *m)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0)
        _exit((int)machine_refresh(m));
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* Run into one fault after another until there is none left; returns how many there were. */
static int walk_faults(bool kills)
{
    int at = 0;

    for (bool ended = true; ended; at++) {
        struct fault fault = {.at = at, .kills = kills};
        struct refresh_door door = {faulty_open, faulty_write, faulty_commit, &fault};
        struct machine m;
        const char *old;
        int status;

        machine_open(&m);
        assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
        old = machine_text(&m, m.places.assessment);
        m.clock += 3600;
        m.level = 5;
        m.machine.door = &door;
        status = run_child(&m);
        ended = kills ? WIFSIGNALED(status) : WEXITSTATUS(status) == OUTCOME_IO;
        assert_whole(&m, old);
        /* The next one goes through, with all that was known. */
        m.machine.door = &refresh_real_door;
        m.clock += 3600;
        assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
        assert_int_equal(status_named(machine_assessment(&m, m.places.assessment), "Q1")->state,
                         PREREQ_STATE_OUT_OF_ORDER);
        assert_non_null(machine_assessment(&m, m.places.assessment)->previous);
        machine_close(&m);
    }
    return at - 1;
}

/* Four documents: open, write, its middle, commit. */
static void killed_at_each_step(void **state)
{
    (void)state;
    assert_int_equal(walk_faults(true), 16);
}

static void disk_full_at_each_step(void **state)
{
    (void)state;
    assert_int_equal(walk_faults(false), 16);
}

/* A disk that holds the documents once and a half, in a name space of our own. */
static void disk_is_full(void **state)
{
    struct machine m;
    const char *old;
    int status;

    (void)state;
    make_folder("small");
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", "small", "tmpfs", 0, "size=32k") != 0) {
        print_message("skipped: only root may mount a small disk\n");
        skip();
    }
    machine_open(&m);
    assert_true(prereq_places_fill(m.arena, "small", '/', NULL, &m.places));
    m.places.catalog = MACHINE "/catalog";
    assert_int_equal(run_child(&m), 0);
    old = machine_text(&m, m.places.assessment);
    /* What is left is less than a document. */
    put_text("small/ballast", "");
    for (size_t pages = 0;; pages++) {
        FILE *file = fopen("small/ballast", "ab");
        char page[4096] = "";
        bool written = file && fwrite(page, 1, sizeof(page), file) == sizeof(page);

        if (file && fclose(file) != 0)
            written = false;
        if (!written)
            break;
    }
    m.clock += 3600;
    status = run_child(&m);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), OUTCOME_IO);
    assert_whole(&m, old);
    assert_string_equal(machine_text(&m, m.places.assessment), old);
    machine_close(&m);
}

static void two_at_once(void **state)
{
    struct machine m;
    pid_t children[4];

    (void)state;
    machine_open(&m);
    m.machine.lock_seconds = 30;
    for (size_t i = 0; i < PREREQ_COUNT(children); i++) {
        m.clock += 60;
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            _exit((int)machine_refresh(&m));
    }
    for (size_t i = 0; i < PREREQ_COUNT(children); i++) {
        int status = 0;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_non_null(machine_assessment(&m, m.places.assessment));
    assert_non_null(machine_assessment(&m, m.places.previous));
    assert_non_null(machine_facts(&m));
    assert_non_null(strstr(machine_text(&m, m.places.log), "exit code 0\n"));
    machine_close(&m);
}

static void lock_is_not_let_go(void **state)
{
    struct machine m;
    struct prereq_lock *lock = NULL;
    struct prereq_error err = {0};
    int status;

    (void)state;
    machine_open(&m);
    assert_int_equal(prereq_lock_take(m.places.lock, 0, &lock, &err), PREREQ_OK);
    status = run_child(&m);
    assert_int_equal(WEXITSTATUS(status), OUTCOME_IO);
    assert_false(prereq_is_file(m.places.assessment));
    assert_false(prereq_is_file(m.places.log));
    prereq_lock_release(lock);
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_each_step), cmocka_unit_test(disk_full_at_each_step),
        cmocka_unit_test(two_at_once),         cmocka_unit_test(lock_is_not_let_go),
        cmocka_unit_test(disk_is_full),
    };

    return RUN_TESTS(tests);
}
