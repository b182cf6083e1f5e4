/* SPDX-License-Identifier: MIT */
/* stop_after.c - a program ended right behind one of its changes to the file system.
 *
 * stop_after N PROGRAM [ARGUMENT...]: PROGRAM is killed, with no chance to clean up, when its N-th
 * successful system call that changes files has been carried out.  Exit code 99: it was; 77: this
 * system does not let programs be traced; anything else is PROGRAM's own, which ended before. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define STOPPED 99
#define NOT_HERE 77

/* What changes names, bytes, modes or owners.  Flushing and locking change nothing that stays. */
static bool changes_files(uint64_t number, const uint64_t *arguments)
{
    switch (number) {
    case SYS_openat:
        return arguments[2] & O_CREAT;
    case SYS_write:
        return arguments[0] > STDERR_FILENO;
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_ftruncate:
    case SYS_mkdirat:
    case SYS_unlinkat:
    case SYS_renameat2:
    case SYS_linkat:
    case SYS_symlinkat:
    case SYS_fchmod:
    case SYS_fchmodat:
    case SYS_fchown:
    case SYS_fchownat:
#ifdef SYS_open /* newer systems have only those with "at" */
    case SYS_creat:
    case SYS_mkdir:
    case SYS_rmdir:
    case SYS_unlink:
    case SYS_rename:
    case SYS_link:
    case SYS_symlink:
    case SYS_chmod:
    case SYS_chown:
#endif
#ifdef SYS_renameat
    case SYS_renameat:
#endif
        return true;
#ifdef SYS_open
    case SYS_open:
        return arguments[1] & O_CREAT;
#endif
    default:
        return false;
    }
}

static void fail(const char *what)
{
    perror(what);
    exit(NOT_HERE);
}

static void start(char **program)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(NOT_HERE);
    (void)raise(SIGSTOP);
    (void)execv(program[0], program);
    _exit(127);
}

/* Goes on to the next stop; false: the program has ended, *code is its exit code. */
static bool go_on(pid_t child, int number, int *code)
{
    int status = 0;

    if (ptrace(PTRACE_SYSCALL, child, NULL, (void *)(long)number) != 0)
        fail("ptrace");
    if (waitpid(child, &status, 0) != child)
        fail("waitpid");
    if (WIFSTOPPED(status)) {
        *code = WSTOPSIG(status);
        return true;
    }
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

/* How many changes the program made until the `wanted`-th; *code as above. */
static bool run_until(pid_t child, unsigned long wanted, int *code)
{
    struct __ptrace_syscall_info info;
    unsigned long changes = 0;
    bool changing = false;
    int number = 0;

    while (go_on(child, number, code)) {
        number = 0;
        if (*code != (SIGTRAP | 0x80)) {
            if (*code != SIGTRAP)
                number = *code; /* the program's own signal */
            continue;
        }
        memset(&info, 0, sizeof(info));
        if (ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof(info), &info) < 0)
            fail("ptrace");
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
            changing = changes_files(info.entry.nr, info.entry.args);
        else if (info.op == PTRACE_SYSCALL_INFO_EXIT && changing && !info.exit.is_error &&
                 ++changes == wanted)
            return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    unsigned long wanted = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    int status = 0, code = 0;
    pid_t child;

    if (!wanted) {
        (void)fprintf(stderr, "usage: stop_after N PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    child = fork();
    if (child == 0)
        start(argv + 2);
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
        return NOT_HERE;
    if (ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)options) != 0)
        fail("ptrace");
    if (!run_until(child, wanted, &code))
        return code;
    (void)kill(child, SIGKILL);
    (void)waitpid(child, &status, 0);
    return STOPPED;
}
