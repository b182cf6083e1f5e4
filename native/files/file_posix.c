/* SPDX-License-Identifier: MIT */
/* file_posix.c - file_system.h for POSIX systems. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files/file_system.h"

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
        return 0600;
    case PREREQ_RIGHTS_SERVICES:
        return 0644;
    case PREREQ_RIGHTS_INHERITED:
        break;
    }
    return 0666;
}

FILE *prereq_system_create(const char *path, enum prereq_rights rights)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;

    return open_descriptor(open(path, flags, mode_of(rights)), "wb");
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

int prereq_system_make_private(FILE *file)
{
    return fchmod(fileno(file), 0600);
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

/* A lock of fcntl() goes with the process.  It is not kept from the process itself, which has no
 * reason to ask twice. */
int prereq_system_lock(const char *path, void **held)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int *kept = malloc(sizeof(*kept));
    int code = errno;

    if (descriptor >= 0 && kept && fcntl(descriptor, F_SETLK, &lock) == 0) {
        *kept = descriptor;
        *held = kept;
        return 0;
    }
    if (descriptor >= 0 && kept)
        code = errno == EACCES ? EAGAIN : errno;
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
