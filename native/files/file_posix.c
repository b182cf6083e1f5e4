/* SPDX-License-Identifier: MIT */
/* file_posix.c - file_system.h for POSIX systems. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files/file_system.h"

const char prereq_system_separators[] = "/";

enum prereq_system_kind prereq_system_kind(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0)
        return PREREQ_KIND_NONE;
    if (S_ISREG(info.st_mode))
        return PREREQ_KIND_FILE;
    return S_ISDIR(info.st_mode) ? PREREQ_KIND_FOLDER : PREREQ_KIND_OTHER;
}

struct prereq_time prereq_system_time(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0)
        return (struct prereq_time){0};
    return prereq_time_from_seconds((int64_t)info.st_mtime);
}

bool prereq_system_is_link(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

FILE *prereq_system_open(const char *path, const char *mode)
{
    return fopen(path, mode);
}

static FILE *open_descriptor(int descriptor, const char *mode)
{
    FILE *file;

    if (descriptor < 0)
        return NULL;
    file = fdopen(descriptor, mode);
    if (!file)
        (void)close(descriptor);
    return file;
}

/* What the mask of the process leaves of it. */
static mode_t mode_of(enum prereq_rights rights)
{
    switch (rights) {
    case PREREQ_RIGHTS_ADMINISTRATORS:
    case PREREQ_RIGHTS_OWNER:
        return 0600;
    case PREREQ_RIGHTS_SERVICES:
        return 0644;
    case PREREQ_RIGHTS_INHERITED:
        break;
    }
    return 0666;
}

/* A lock of flock() is the open file's: it stays when a library opens and closes the file by its
 * name, and ends with the program, however that ends.  False: somebody who cleans was quicker than
 * we, and the file is gone or about to go.  Where files cannot be locked nobody cleans. */
static bool take_hold(int descriptor)
{
    struct stat info;

    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    return fstat(descriptor, &info) == 0 && info.st_nlink > 0;
}

/* The mode of a file that is replaced, and its owner and group as far as we may give files away.
 * Rights that were another group's are nobody's.  A file system without modes has none to keep. */
static void make_alike(int descriptor, const char *like)
{
    struct stat old, made;
    bool ours;
    mode_t mode;

    if (stat(like, &old) != 0 || fstat(descriptor, &made) != 0)
        return;
    ours = (old.st_uid == made.st_uid && old.st_gid == made.st_gid) ||
           fchown(descriptor, old.st_uid, old.st_gid) == 0 ||
           fchown(descriptor, (uid_t)-1, old.st_gid) == 0;
    mode = old.st_mode & 0777;
    if ((!ours && made.st_gid != old.st_gid) || fstat(descriptor, &made) != 0 ||
        made.st_gid != old.st_gid)
        mode &= 0707U | (mode & 07) << 3;
    (void)fchmod(descriptor, mode);
}

static _Thread_local sigset_t signals_before;

void prereq_system_hold_signals(void)
{
    sigset_t all;

    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &signals_before);
}

void prereq_system_release_signals(void)
{
    (void)sigprocmask(SIG_SETMASK, &signals_before, NULL);
}

FILE *prereq_system_create(const char *path, enum prereq_rights rights, const char *like)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int descriptor = open(path, flags, like ? 0600 : mode_of(rights));

    if (descriptor >= 0 && !take_hold(descriptor)) {
        (void)close(descriptor);
        errno = EEXIST;
        return NULL;
    }
    if (descriptor >= 0 && like)
        make_alike(descriptor, like);
    return open_descriptor(descriptor, "wb");
}

int prereq_system_hold(FILE *file)
{
    return fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
}

void prereq_system_let_go(int held)
{
    if (held >= 0)
        (void)close(held);
}

/* Removed under its lock, and only what still has the name. */
void prereq_system_remove_stale(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat held, named;

    if (descriptor < 0)
        return;
    if (fstat(descriptor, &held) == 0 && S_ISREG(held.st_mode) &&
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 && lstat(path, &named) == 0 &&
        named.st_dev == held.st_dev && named.st_ino == held.st_ino)
        (void)unlink(path);
    (void)close(descriptor);
}

FILE *prereq_system_temporary(void)
{
    static const char name[] = "/patchprereq-XXXXXX";
    const char *folder = getenv("TMPDIR");
    char path[PATH_MAX];
    int descriptor;

    if (!folder || !*folder)
        folder = "/tmp";
    if (strlen(folder) + sizeof(name) > sizeof(path)) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    (void)snprintf(path, sizeof(path), "%s%s", folder, name);
    descriptor = mkstemp(path);
    if (descriptor >= 0)
        (void)unlink(path);
    return open_descriptor(descriptor, "w+b");
}

void prereq_system_binary(FILE *file)
{
    (void)file; /* POSIX changes nothing in any case */
}

enum prereq_status prereq_system_check_secret(FILE *file, struct prereq_error *err)
{
    struct stat info;

    if (fstat(fileno(file), &info) != 0)
        return prereq_fail(err, PREREQ_IO, "cannot be looked at: %s", prereq_system_reason(errno));
    if (!S_ISREG(info.st_mode) || !(info.st_mode & 077))
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "is no secret: others may use it (mode %04o); make a new key, or if nobody "
                       "had it, chmod 600",
                       (unsigned)(info.st_mode & 0777));
}

int prereq_system_flush(FILE *file)
{
    if (fflush(file) != 0)
        return -1;
    return fsync(fileno(file));
}

char *prereq_system_target(const char *path)
{
    char *target = realpath(path, NULL);

    return target || errno != ENOENT ? target : strdup(path);
}

/* The new name must survive a power cut as well, so the folder is flushed too.  A file system that
 * cannot do that has renamed the file all the same. */
static void flush_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX];
    int descriptor;

    if (slash && (size_t)(slash - path) >= sizeof(folder) - 1)
        return;
    if (slash)
        (void)snprintf(folder, sizeof(folder), "%.*s/", (int)(slash - path), path);
    else
        (void)snprintf(folder, sizeof(folder), ".");
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)fsync(descriptor);
    (void)close(descriptor);
}

int prereq_system_replace(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return -1;
    flush_folder_of(to);
    return 0;
}

/* A second name, then no first one.  Where a file can have but one name the place is taken by an
 * empty file, which is replaced. */
int prereq_system_place(const char *from, const char *to)
{
    int descriptor;

    if (link(from, to) == 0) {
        (void)unlink(from);
        flush_folder_of(to);
        return 0;
    }
    if (errno == EEXIST)
        return -1;
    descriptor = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return -1;
    (void)close(descriptor);
    return prereq_system_replace(from, to);
}

int prereq_system_remove(const char *path)
{
    return unlink(path);
}

/* Whoever may read in a folder may also enter it. */
int prereq_system_make_folder(const char *path, enum prereq_rights rights)
{
    mode_t mode = mode_of(rights);

    return mkdir(path, mode | (mode & 0444) >> 2);
}

int prereq_system_remove_folder(const char *path)
{
    return rmdir(path);
}

/* Whether the file that is held is still the one of that name: who held it before may have removed
 * it, and then another one may hold a newer. */
static bool has_name(int descriptor, const char *path)
{
    struct stat held, named;

    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

/* A lock of fcntl() goes with the process.  It is not kept from the process itself, which has no
 * reason to ask twice. */
int prereq_system_lock(const char *path, void **held)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int *kept = malloc(sizeof(*kept));
    int code = errno;

    if (descriptor >= 0 && kept) {
        bool locked = fcntl(descriptor, F_SETLK, &lock) == 0;

        code = locked || errno == EACCES ? EAGAIN : errno;
        if (locked && has_name(descriptor, path)) {
            *kept = descriptor;
            *held = kept;
            return 0;
        }
    }
    if (descriptor >= 0)
        (void)close(descriptor);
    errno = kept ? code : ENOMEM;
    free(kept);
    return -1;
}

void prereq_system_unlock(void *held)
{
    (void)close(*(int *)held);
    free(held);
}

void prereq_system_unlock_remove(const char *path, void *held)
{
    (void)unlink(path);
    prereq_system_unlock(held);
}

void prereq_system_sleep(unsigned milliseconds)
{
    struct timespec time = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};

    (void)nanosleep(&time, NULL);
}

unsigned long prereq_system_process(void)
{
    return (unsigned long)getpid();
}

int prereq_system_list(const char *path, prereq_system_name *each, void *context)
{
    DIR *folder = opendir(path);
    bool more = true;
    int code;

    if (!folder)
        return -1;
    while (more) {
        const struct dirent *entry;

        errno = 0; /* NULL with errno still 0 is the end */
        entry = readdir(folder);
        if (!entry)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            more = each(context, entry->d_name);
    }
    code = more ? errno : 0;
    (void)closedir(folder);
    errno = code;
    return code ? -1 : 0;
}
