/* SPDX-License-Identifier: MIT */
/* rights.h - files and folders that have their rights from their first moment. */
#ifndef PREREQ_WIN32_RIGHTS_H
#define PREREQ_WIN32_RIGHTS_H

#include <windows.h>

#include "files/file.h"

/* A new file for writing; INVALID_HANDLE_VALUE with GetLastError(). */
HANDLE prereq_rights_create_file(const wchar_t *path, enum prereq_rights rights);
/* With the rights of the file `like`, where that one has rights of its own. */
HANDLE prereq_rights_create_like(const wchar_t *path, const wchar_t *like);
bool prereq_rights_make_folder(const wchar_t *path, enum prereq_rights rights);

#endif
