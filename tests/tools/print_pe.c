/* SPDX-License-Identifier: MIT */
/* print_pe.c - what the reader of executable files says of some, for peers to compare with.
 *
 * print_pe FILE...: one line each, with tabs between answer, kind, version, company, original name,
 * checksum, machine, number of reads and path. */
#include <stdio.h>
#include <stdlib.h>

#include "collect/pe.h"

struct input {
    FILE *file;
    int reads;
};

static bool read_at(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    struct input *input = context;

    input->reads++;
    if (fseek(input->file, (long)offset, SEEK_SET) != 0)
        return false;
    *got = fread(bytes, 1, len, input->file);
    return true;
}

static void print(const char *path)
{
    static const char *const answers[] = {"version", "none", "damaged", "unreadable"};
    static const char *const kinds[] = {"-", "ne", "other", "32", "64"};
    struct input input = {fopen(path, "rb"), 0};
    struct prereq_pe_input from = {read_at, &input, 0};
    struct prereq_pe pe;
    enum prereq_pe_answer answer;
    const char *why = "";
    char version[48] = "";
    long size = -1;

    if (input.file && fseek(input.file, 0, SEEK_END) == 0)
        size = ftell(input.file);
    if (size < 0) {
        perror(path);
        exit(1);
    }
    from.size = (uint64_t)size;
    answer = prereq_pe_read(&from, &pe, &why);
    if (pe.version.parts)
        prereq_version_format(pe.version, version);
    (void)printf("%s\t%s\t%s\t%s\t%s\t%u\t%u\t%d\t%s\n", answers[answer], kinds[pe.kind], version,
                 pe.company, pe.original_name, (unsigned)pe.checksum, (unsigned)pe.machine,
                 input.reads, path);
    if (answer == PREREQ_PE_DAMAGED)
        (void)fprintf(stderr, "%s: %s\n", path, why);
    (void)fclose(input.file);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        print(argv[i]);
    return 0;
}
