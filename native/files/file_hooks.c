/* SPDX-License-Identifier: MIT */
/* file_hooks.c - libxlsxwriter's stdio calls: UTF-8 paths everywhere, and no write error forgotten.
 */
#include "files/file_hooks.h"

#include "files/file_system.h"

/* libxlsxwriter passes no context through its stdio calls, so this is one flag for the program;
 * workbooks are written one after the other. */
static bool failed;

void prereq_lxw_begin(void)
{
    failed = false;
}

bool prereq_lxw_failed(void)
{
    return failed;
}

FILE *prereq_lxw_fopen(const char *path, const char *mode)
{
    return prereq_system_open(path, mode);
}

FILE *prereq_lxw_tmpfile(void)
{
    FILE *file = prereq_system_temporary();

    failed = failed || !file;
    return file;
}

/* rewind() clears the error that a full disk has left. */
void prereq_lxw_rewind(FILE *file)
{
    if (fflush(file) != 0 || ferror(file))
        failed = true;
    rewind(file);
}

int prereq_lxw_fclose(FILE *file)
{
    bool bad = ferror(file) != 0;
    int result = fclose(file);

    failed = failed || bad || result != 0;
    return result;
}
