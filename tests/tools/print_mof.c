/* SPDX-License-Identifier: MIT */
/* print_mof.c - the MOF files in wmi-provider/, as the tables have them.
 *
 * print_mof install|uninstall */
#include <stdio.h>
#include <string.h>

#include "patchprereq.h"

int main(int argc, char **argv)
{
    struct prereq_buffer out = {0};
    int failed;

    if (argc == 2 && strcmp(argv[1], "install") == 0) {
        prereq_wmi_mof(&out);
    } else if (argc == 2 && strcmp(argv[1], "uninstall") == 0) {
        prereq_wmi_mof_uninstall(&out);
    } else {
        fputs("usage: print_mof install|uninstall\n", stderr);
        return 1;
    }
    failed = out.failed || fwrite(out.text, 1, out.len, stdout) != out.len;
    prereq_buffer_free(&out);
    return failed || fflush(stdout) != 0;
}
