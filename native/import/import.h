/* SPDX-License-Identifier: MIT */
/* import.h - texts that people have today, read as the facts of one host.
 *
 * Read are the output of `systeminfo` (list and CSV), of `wmic qfe` or `Get-HotFix` (table, list,
 * CSV and JSON), in any language and encoding, of DISM's /Get-Packages and /Get-Features (list and
 * table, English words), and what ConvertTo-Json makes of Get-WindowsPackage,
 * Get-WindowsOptionalFeature and Get-ComputerInfo, recognised by content.  What a text cannot tell
 * was not collected; nothing in it is ever known to be absent.  docs/import.md says what is taken
 * from where. */
#ifndef PREREQ_IMPORT_H
#define PREREQ_IMPORT_H

#include "documents/facts.h"

#define PREREQ_MAX_IMPORT_BYTES ((size_t)16 << 20)
#define PREREQ_MAX_IMPORT_UPDATES 65536

struct prereq_import_options {
    const char *name;              /* of the input, for people; NULL: not said */
    const char *host_id;           /* given by the site; NULL: the text names the host */
    const char *collector_version; /* NULL: not said */
    struct prereq_time facts_time; /* the moment the text speaks of; required, no text says it */
    bool one_of_several;           /* the host's name may stand in another part: see merge */
};

/* Read `len` bytes of one text.  On success *facts points into `arena`.  On failure it is left
 * alone and the sentence names the line and the reason: PREREQ_BAD_INPUT for texts of another kind
 * (lists of updates that are offered are told apart), of several hosts, or without a host's name.
 */
enum prereq_status prereq_import_text(struct prereq_arena *arena, const char *bytes, size_t len,
                                      const struct prereq_import_options *options,
                                      struct prereq_facts **facts, struct prereq_error *err);

/* Make one document of results of prereq_import_text() for one host, in the order given.  It speaks
 * of the time from the earliest part to the latest.  PREREQ_BAD_INPUT when the parts speak of
 * different hosts or builds, or none of them names the host. */
enum prereq_status prereq_import_merge(struct prereq_arena *arena,
                                       const struct prereq_facts *const *parts, size_t count,
                                       struct prereq_facts **merged, struct prereq_error *err);

#endif
