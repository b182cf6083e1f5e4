/* SPDX-License-Identifier: MIT */
/* hold.c - hold DLL MARK: keeps a DLL loaded, as a process of WMI does, until MARK, which it makes,
 * is taken away. */
#include <stdio.h>
#include <windows.h>

#define MOST_SECONDS 3600 /* of a test that was ended */

int main(int argc, char **argv)
{
    FILE *mark;

    if (argc < 3 || !LoadLibraryA(argv[1]))
        return 1;
    mark = fopen(argv[2], "w");
    if (!mark)
        return 1;
    (void)fclose(mark);
    for (int i = 0; i < MOST_SECONDS * 10; i++) {
        if (GetFileAttributesA(argv[2]) == INVALID_FILE_ATTRIBUTES)
            return 0;
        Sleep(100);
    }
    return 1;
}
