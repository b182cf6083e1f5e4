/* SPDX-License-Identifier: MIT */
/* trust.c - whether a file or folder may be believed. */
#include "machine/trust.h"

/* An entry for whoever owns the file says nothing beyond the owner, who is judged by name. */
#define SID_OWNER_RIGHTS "S-1-3-4"

/* Every right by which a file, its rights or its owner can be changed, or the file be put away. */
#define RIGHT_WRITE_DATA 0x2U
#define RIGHT_APPEND_DATA 0x4U
#define RIGHT_WRITE_EA 0x10U
#define RIGHT_DELETE_CHILD 0x40U
#define RIGHT_WRITE_ATTRIBUTES 0x100U
#define RIGHT_DELETE 0x10000U
#define RIGHT_WRITE_DAC 0x40000U
#define RIGHT_WRITE_OWNER 0x80000U
#define RIGHT_MAXIMUM_ALLOWED 0x2000000U
#define RIGHT_GENERIC_ALL 0x10000000U
#define RIGHT_GENERIC_WRITE 0x40000000U
#define CHANGING_RIGHTS                                                                            \
    (RIGHT_WRITE_DATA | RIGHT_APPEND_DATA | RIGHT_WRITE_EA | RIGHT_DELETE_CHILD |                  \
     RIGHT_WRITE_ATTRIBUTES | RIGHT_DELETE | RIGHT_WRITE_DAC | RIGHT_WRITE_OWNER |                 \
     RIGHT_MAXIMUM_ALLOWED | RIGHT_GENERIC_ALL | RIGHT_GENERIC_WRITE)

/* By which what it holds can be seen, or the right to see it be taken. */
#define RIGHT_READ_DATA 0x1U
#define RIGHT_GENERIC_READ 0x80000000U
#define SECRET_RIGHTS (CHANGING_RIGHTS | RIGHT_READ_DATA | RIGHT_GENERIC_READ)

bool prereq_trust_owner(const struct prereq_trust_owners *owners, const char *sid)
{
    static const char *const always[] = {PREREQ_SID_SYSTEM, PREREQ_SID_ADMINISTRATORS,
                                         PREREQ_SID_TRUSTED_INSTALLER};

    for (size_t i = 0; i < PREREQ_COUNT(always); i++) {
        if (prereq_equal_nocase(always[i], sid))
            return true;
    }
    for (size_t i = 0; i < owners->count; i++) {
        if (prereq_equal_nocase(owners->sids[i], sid))
            return true;
    }
    return false;
}

static enum prereq_status judge_drive(enum prereq_trust_drive drive, struct prereq_error *err)
{
    static const char *const kinds[] = {"a drive of unknown kind", "a fixed drive",
                                        "a removable drive", "a network drive",
                                        "a drive that is not a fixed one"};

    if (drive == PREREQ_DRIVE_FIXED)
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT, "lies on %s, not on a local fixed one", kinds[drive]);
}

static enum prereq_status judge_entry(const struct prereq_trust_entry *entry,
                                      const struct prereq_trust_owners *owners,
                                      struct prereq_error *err)
{
    if (!entry->allows || entry->for_children_only)
        return PREREQ_OK;
    if (!entry->sid)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "gives rights in a way that this program does not understand");
    if (!(entry->rights & CHANGING_RIGHTS) || prereq_trust_owner(owners, entry->sid) ||
        prereq_equal_nocase(entry->sid, SID_OWNER_RIGHTS))
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "can be changed by %s, who is no trusted owner (rights 0x%x)",
                       PREREQ_CLIP(entry->sid, 200), (unsigned)(entry->rights & CHANGING_RIGHTS));
}

enum prereq_status prereq_trust_judge(const struct prereq_trust_facts *facts,
                                      enum prereq_trust_kind wanted,
                                      const struct prereq_trust_owners *owners,
                                      struct prereq_error *err)
{
    enum prereq_status status;

    if (facts->redirected)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is reached through a link, a junction or another reparse point");
    if (facts->kind != wanted)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is not a %s",
                           wanted == PREREQ_TRUST_FOLDER ? "folder" : "file");
    status = judge_drive(facts->drive, err);
    if (status)
        return status;
    if (!facts->owner)
        return prereq_fail(err, PREREQ_BAD_INPUT, "does not say who owns it");
    if (!prereq_trust_owner(owners, facts->owner))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is owned by %s, who is no trusted owner (setting TrustedOwners)",
                           PREREQ_CLIP(facts->owner, 200));
    if (!facts->has_list)
        return prereq_fail(err, PREREQ_BAD_INPUT, "can be changed by everybody");
    for (size_t i = 0; i < facts->entry_count && !status; i++)
        status = judge_entry(&facts->entries[i], owners, err);
    return status;
}

enum prereq_status prereq_trust_judge_secret(const struct prereq_trust_facts *facts,
                                             struct prereq_error *err)
{
    const struct prereq_trust_owners nobody_else = {0};

    if (!facts->has_list)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is no secret: everybody may read it");
    for (size_t i = 0; i < facts->entry_count; i++) {
        const struct prereq_trust_entry *entry = &facts->entries[i];

        if (!entry->allows || entry->for_children_only)
            continue;
        if (!entry->sid)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "gives rights in a way that this program does not understand");
        if ((entry->rights & SECRET_RIGHTS) && !prereq_trust_owner(&nobody_else, entry->sid) &&
            !prereq_equal_nocase(entry->sid, SID_OWNER_RIGHTS) &&
            !(facts->owner && prereq_equal_nocase(entry->sid, facts->owner)))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "is no secret: %s may use it (rights 0x%x); make a new key, or "
                               "if nobody had it, take those rights away",
                               PREREQ_CLIP(entry->sid, 200),
                               (unsigned)(entry->rights & SECRET_RIGHTS));
    }
    return PREREQ_OK;
}
