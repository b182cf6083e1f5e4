/* SPDX-License-Identifier: MIT */
/* machine_places.c - where this machine keeps its catalog and the keys that it trusts. */
#include "inputs/machine_places.h"

#ifdef _WIN32

#include "win32/machine.h"

enum prereq_status machine_places(struct prereq_arena *arena, struct prereq_places *places,
                                  struct prereq_error *err)
{
    const char *folder = NULL;
    enum prereq_status status = prereq_machine_folder(arena, &folder, err);

    if (status == PREREQ_OK && !prereq_places_fill(arena, folder, '\\', NULL, places))
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the places");
    return status;
}

#else

/* What people write lies apart from what programs write. */
enum prereq_status machine_places(struct prereq_arena *arena, struct prereq_places *places,
                                  struct prereq_error *err)
{
    if (!prereq_places_fill(arena, "/var/lib/patchprereq", '/', NULL, places))
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the places");
    places->keys = "/etc/patchprereq/keys";
    return PREREQ_OK;
}

#endif
