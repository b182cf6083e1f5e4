/* SPDX-License-Identifier: MIT */
/* trust.h - whether a file or folder may be believed: the pure half, over facts of an open handle.
 *
 * Catalog, policy, waivers, scope and the host's own assessment are taken only from a local fixed
 * drive, reached without reparse points, owned by an administrator of this host and writable by
 * nobody else (docs/security.md).  win32/trust.h fills the facts in. */
#ifndef PREREQ_TRUST_H
#define PREREQ_TRUST_H

#include "base/base.h"

#define PREREQ_SID_SYSTEM "S-1-5-18"
#define PREREQ_SID_ADMINISTRATORS "S-1-5-32-544"
#define PREREQ_SID_TRUSTED_INSTALLER                                                               \
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"

enum prereq_trust_drive {
    PREREQ_DRIVE_UNKNOWN,
    PREREQ_DRIVE_FIXED,
    PREREQ_DRIVE_REMOVABLE,
    PREREQ_DRIVE_REMOTE,
    PREREQ_DRIVE_OTHER, /* CD-ROM, RAM disk */
};

struct prereq_trust_entry { /* of the list of rights, in any order */
    const char *sid;        /* "S-1-1-0"; NULL: a kind of entry that is not understood */
    uint32_t rights;        /* as Windows counts them, generic ones included */
    bool allows;            /* false: it takes rights away */
    bool for_children_only; /* says nothing about this file itself */
};

enum prereq_trust_kind {
    PREREQ_TRUST_OTHER, /* a device, a pipe */
    PREREQ_TRUST_FILE,
    PREREQ_TRUST_FOLDER, /* who may change it decides which files are in it */
};

struct prereq_trust_facts {
    enum prereq_trust_drive drive;
    bool redirected; /* the path leads through a reparse point, or ends at one */
    enum prereq_trust_kind kind;
    const char *owner; /* NULL: could not be read */
    bool has_list;     /* false: no list of rights at all, which gives everybody everything */
    const struct prereq_trust_entry *entries;
    size_t entry_count;
};

/* SYSTEM, Administrators, TrustedInstaller, and what the settings add (TrustedOwners). */
struct prereq_trust_owners {
    const char *const *sids;
    size_t count;
};
bool prereq_trust_owner(const struct prereq_trust_owners *owners, const char *sid);

/* PREREQ_OK: trusted, and of the kind that is wanted.  In a folder that is not, a file could be put
 * beside trusted ones or taken away, and neither would show.  PREREQ_BAD_INPUT: refused; the
 * sentence goes on where a file's name stands: "is owned by S-1-5-21-…, who is no trusted owner".
 * Rights that one entry gives and another takes away count as given: a list that needs such reading
 * is refused. */
enum prereq_status prereq_trust_judge(const struct prereq_trust_facts *facts,
                                      enum prereq_trust_kind wanted,
                                      const struct prereq_trust_owners *owners,
                                      struct prereq_error *err);

/* Whether a file is a secret: nobody but its owner, SYSTEM and Administrators may read or change
 * it. Where it lies does not matter. */
enum prereq_status prereq_trust_judge_secret(const struct prereq_trust_facts *facts,
                                             struct prereq_error *err);

#endif
