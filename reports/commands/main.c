/* SPDX-License-Identifier: MIT */
/* main.c - the entry; on Windows the arguments come as UTF-16 and go on as UTF-8. */
#include "commands/commands.h"
#include "program/system.h"

#ifdef _WIN32
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int wmain(int argc, wchar_t **wide);

int wmain(int argc, wchar_t **wide)
{
    size_t bytes = ((size_t)argc + 1) * sizeof(char *);
    const char **argv = malloc(bytes);
    UINT console = GetConsoleOutputCP(); /* 0: there is none */
    int code;

    if (!system_keep_standard_files())
        return OUTCOME_IO; /* there is nobody to tell */
    if (!argv) {
        (void)fprintf(stderr, "patchprereq: no memory for the command line\n");
        return OUTCOME_IO;
    }
    system_clean_when_ended();
    for (int i = 0; i < argc; i++) {
        int len =
            WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide[i], -1, NULL, 0, NULL, NULL);
        char *text = len > 0 ? malloc((size_t)len) : NULL;

        if (!text || !WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide[i], -1, text, len,
                                          NULL, NULL)) {
            (void)fprintf(stderr, "patchprereq: argument %d is not valid Unicode\n", i);
            return OUTCOME_UNUSABLE;
        }
        argv[i] = text;
    }
    argv[argc] = NULL;
    /* What is printed is UTF-8; the process ends right after, and with it the arguments. */
    SetConsoleOutputCP(CP_UTF8);
    code = program_run(argc, argv);
    /* Else the programs that the console starts later would find another code page. */
    if (console)
        SetConsoleOutputCP(console);
    return code;
}

#else

int main(int argc, char **argv)
{
    if (!system_keep_standard_files())
        return OUTCOME_IO; /* there is nobody to tell */
    system_clean_when_ended();
    return program_run(argc, (const char *const *)argv);
}

#endif
