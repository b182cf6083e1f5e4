/* SPDX-License-Identifier: MIT */
/* standin.c - stands in for a package's program: writes down how it was called, ends as it is told.
 *
 * The log is the file that STANDIN_LOG names; STANDIN_CODES names a file with lines "NAME CODE". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Codes that no test tells it to end with. */
enum { NOT_TOLD = 98, NO_LOG = 99 };

static const char *name_of(const char *path)
{
    const char *name = strrchr(path, '\\');

    return name ? name + 1 : path;
}

static int code_of(const char *name)
{
    const char *path = getenv("STANDIN_CODES");
    FILE *codes = path ? fopen(path, "r") : NULL;
    char known[260];
    int code = 0, found;

    if (!codes)
        return NOT_TOLD;
    while (fscanf(codes, "%259s %d", known, &found) == 2) {
        if (_stricmp(known, name) == 0)
            code = found;
    }
    fclose(codes);
    return code;
}

int main(int argc, char **argv)
{
    const char *path = getenv("STANDIN_LOG");
    FILE *log = path ? fopen(path, "a") : NULL;

    if (!log)
        return NO_LOG;
    fputs(name_of(argv[0]), log);
    for (int i = 1; i < argc; i++)
        fprintf(log, " [%s]", argv[i]);
    fputc('\n', log);
    fclose(log);
    return code_of(name_of(argv[0]));
}
