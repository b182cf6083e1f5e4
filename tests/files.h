/* SPDX-License-Identifier: MIT */
/* files.h - small files for tests, in the test's own folder; names are UTF-8 on every system. */
#ifndef PREREQ_TESTS_FILES_H
#define PREREQ_TESTS_FILES_H

#include <string.h>

#include "files/file.h"
#include "files/file_system.h"
#include "table.h"

static inline void put_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = prereq_system_open(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static inline void put_text(const char *path, const char *text)
{
    put_file(path, text, strlen(text));
}

static inline void assert_file(const char *path, const char *text)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    if (prereq_file_read(path, 1 << 20, &bytes, &len, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    assert_int_equal(len, strlen(text));
    assert_memory_equal(bytes, text, len);
    free(bytes);
}

#endif
