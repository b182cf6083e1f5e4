/* SPDX-License-Identifier: MIT */
/* pe_scan.c - versions of many files, or the system calls alone that they cost at least.
 *
 * pe_scan ours|calls ROUNDS FILE...: stat, open and then either our reader, or three reads of 2 KiB
 * spread over the file.  Prints how many had a version, and reads for each file. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/pe.h"

static unsigned long reads;

static bool read_at(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    ssize_t count = pread(*(int *)context, bytes, len, (off_t)offset);

    reads++;
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0;
}

static bool ours(int fd, uint64_t size)
{
    struct prereq_pe_input input = {read_at, &fd, size};
    struct prereq_pe pe;
    const char *why;

    return prereq_pe_read(&input, &pe, &why) == PREREQ_PE_VERSION;
}

static bool calls(int fd, uint64_t size)
{
    unsigned char bytes[2048];
    size_t got;

    for (unsigned i = 0; i < 3; i++)
        if (!read_at(&fd, size / 3 * i, bytes, sizeof(bytes), &got))
            return false;
    return true;
}

static bool scan(const char *path, bool (*look)(int fd, uint64_t size))
{
    struct stat info;
    int fd;
    bool found;

    if (stat(path, &info) != 0)
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    found = look(fd, (uint64_t)info.st_size);
    close(fd);
    return found;
}

int main(int argc, char **argv)
{
    long rounds = argc > 3 ? strtol(argv[2], NULL, 10) : 0;
    unsigned long found = 0, files = 0;

    for (long round = 0; round < rounds; round++)
        for (int i = 3; i < argc; i++, files++)
            found += scan(argv[i], strcmp(argv[1], "ours") == 0 ? ours : calls);
    if (files == 0)
        return 2;
    printf("%lu of %lu, %.2f reads each\n", found, files, (double)reads / (double)files);
    return 0;
}
