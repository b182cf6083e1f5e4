/* SPDX-License-Identifier: MIT */
/* test_trust.c - which files and folders may be believed. */
#include "machine/trust.h"

#include <string.h>

#include "table.h"

#define SITE "S-1-5-21-1-2-3-1104"
#define USERS "S-1-5-32-545"
#define READ 0x120089U
#define FULL 0x1f01ffU
#define EVERYBODY_READS                                                                            \
    {                                                                                              \
        "S-1-1-0", READ, true, false                                                               \
    }

#define FOLDER .kind = PREREQ_TRUST_FOLDER, .wanted = PREREQ_TRUST_FOLDER

/* A file as `refresh` leaves it, and what a row changes of it. */
static struct row {
    const char *name;
    const char *owner;
    enum prereq_trust_drive drive;
    struct prereq_trust_entry entry;
    bool redirected, no_list, elsewhere;
    enum prereq_trust_kind kind, wanted; /* 0: a file */
    const char *refused;                 /* part of the sentence; NULL: trusted */
} rows[] = {
    {.name = "as refresh leaves it", .owner = "S-1-5-18", .entry = EVERYBODY_READS},
    {.name = "of Administrators", .owner = "S-1-5-32-544", .entry = EVERYBODY_READS},
    {.name = "of TrustedInstaller",
     .owner = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
     .entry = EVERYBODY_READS},
    {.name = "of an owner whom the settings name", .owner = SITE, .entry = EVERYBODY_READS},
    {.name = "of the same in small letters",
     .owner = "s-1-5-21-1-2-3-1104",
     .entry = EVERYBODY_READS},
    {.name = "of a user",
     .owner = "S-1-5-21-1-2-3-1105",
     .refused = "is owned by S-1-5-21-1-2-3-1105"},
    {.name = "of one whose SID begins alike", .owner = "S-1-5-181", .refused = "is owned by"},
    {.name = "of one whose SID begins like a named one",
     .owner = SITE "1",
     .refused = "is owned by"},
    {.name = "of nobody known", .owner = NULL, .refused = "does not say who owns it"},
    {.name = "without a list of rights",
     .owner = "S-1-5-18",
     .no_list = true,
     .refused = "can be changed by everybody"},
    {.name = "of SYSTEM, users write",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x2, true, false},
     .refused = "can be changed by S-1-5-32-545"},
    {.name = "users append",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x4, true, false},
     .refused = "can be changed by"},
    {.name = "users delete",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x10000, true, false},
     .refused = "can be changed by"},
    {.name = "users give rights",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x40000, true, false},
     .refused = "can be changed by"},
    {.name = "users take it over",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x80000, true, false},
     .refused = "can be changed by"},
    {.name = "users write, generically",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x40000000, true, false},
     .refused = "can be changed by"},
    {.name = "users do all, generically",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x10000000, true, false},
     .refused = "can be changed by"},
    {.name = "users write attributes",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x100, true, false},
     .refused = "can be changed by"},
    {.name = "users read and execute",
     .owner = "S-1-5-18",
     .entry = {USERS, 0x1200a9, true, false}},
    {.name = "users read, generically",
     .owner = "S-1-5-18",
     .entry = {USERS, 0xa0000000, true, false}},
    {.name = "a named owner may do all", .owner = "S-1-5-18", .entry = {SITE, FULL, true, false}},
    {.name = "Administrators may do all",
     .owner = "S-1-5-18",
     .entry = {"S-1-5-32-544", FULL, true, false}},
    {.name = "the owner may do all", .owner = "S-1-5-18", .entry = {"S-1-3-4", FULL, true, false}},
    {.name = "the creator of a child may, which says nothing here",
     .owner = "S-1-5-18",
     .entry = {"S-1-3-0", FULL, true, true}},
    {.name = "users may not write", .owner = "S-1-5-18", .entry = {USERS, FULL, false, false}},
    {.name = "an entry of a kind not understood",
     .owner = "S-1-5-18",
     .entry = {NULL, 0, true, false},
     .refused = "in a way that this program does not understand"},
    {.name = "a network drive",
     .owner = "S-1-5-18",
     .elsewhere = true,
     .drive = PREREQ_DRIVE_REMOTE,
     .refused = "lies on a network drive"},
    {.name = "a removable drive",
     .owner = "S-1-5-18",
     .elsewhere = true,
     .drive = PREREQ_DRIVE_REMOVABLE,
     .refused = "lies on a removable drive"},
    {.name = "a drive of a kind not known",
     .owner = "S-1-5-18",
     .elsewhere = true,
     .drive = PREREQ_DRIVE_UNKNOWN,
     .refused = "lies on a drive of unknown kind"},
    {.name = "a CD-ROM",
     .owner = "S-1-5-18",
     .elsewhere = true,
     .drive = PREREQ_DRIVE_OTHER,
     .refused = "lies on a drive that is not a fixed one"},
    {.name = "a link", .owner = "S-1-5-18", .redirected = true, .refused = "reparse point"},
    {.name = "a folder where a file is wanted",
     .owner = "S-1-5-18",
     .kind = PREREQ_TRUST_FOLDER,
     .refused = "is not a file"},
    {.name = "a file where a folder is wanted",
     .owner = "S-1-5-18",
     .wanted = PREREQ_TRUST_FOLDER,
     .refused = "is not a folder"},
    {.name = "a folder of SYSTEM", FOLDER, .owner = "S-1-5-18", .entry = EVERYBODY_READS},
    {.name = "a folder of a user",
     FOLDER,
     .owner = "S-1-5-21-1-2-3-1105",
     .refused = "is owned by"},
    {.name = "users add files to a folder",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, 0x2, true, false},
     .refused = "can be changed by S-1-5-32-545"},
    {.name = "users add folders to a folder, as below ProgramData",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, 0x4, true, false},
     .refused = "can be changed by S-1-5-32-545"},
    {.name = "users delete what is in a folder",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, 0x40, true, false},
     .refused = "can be changed by S-1-5-32-545"},
    {.name = "users may rename a folder away",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, 0x10000, true, false},
     .refused = "can be changed by S-1-5-32-545"},
    {.name = "users list a folder",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, 0x1200a9, true, false}},
    {.name = "an entry for what is made in a folder says nothing of it",
     FOLDER,
     .owner = "S-1-5-18",
     .entry = {USERS, FULL, true, true}},
    {.name = "a junction",
     FOLDER,
     .owner = "S-1-5-18",
     .redirected = true,
     .refused = "reparse point"},
    {.name = "a folder on a network drive",
     FOLDER,
     .owner = "S-1-5-18",
     .elsewhere = true,
     .drive = PREREQ_DRIVE_REMOTE,
     .refused = "lies on a network drive"},
};

static void check_row(void **state)
{
    static const char *const sids[] = {"S-1-5-21-9-9-9-500", SITE};
    const struct prereq_trust_owners owners = {sids, PREREQ_COUNT(sids)};
    const struct row *row = *state;
    /* The entry in question comes last: one that is in order must not hide it. */
    const struct prereq_trust_entry entries[] = {{"S-1-5-18", FULL, true, false}, row->entry};
    const struct prereq_trust_facts facts = {
        .drive = row->elsewhere ? row->drive : PREREQ_DRIVE_FIXED,
        .redirected = row->redirected,
        .kind = row->kind ? row->kind : PREREQ_TRUST_FILE,
        .owner = row->owner,
        .has_list = !row->no_list,
        .entries = entries,
        .entry_count = row->entry.rights || row->entry.allows ? 2 : 1};
    struct prereq_error err = {0};
    enum prereq_status status;

    status =
        prereq_trust_judge(&facts, row->wanted ? row->wanted : PREREQ_TRUST_FILE, &owners, &err);
    if (!row->refused) {
        assert_string_equal(err.text, "");
        assert_int_equal(status, PREREQ_OK);
        return;
    }
    assert_int_equal(status, PREREQ_BAD_INPUT);
    if (!strstr(err.text, row->refused))
        fail_msg("\"%s\" does not say \"%s\"", err.text, row->refused);
}

/* A secret key of a user, who owns it, and what a row adds to its rights. */
static struct secret {
    const char *name;
    struct prereq_trust_entry entry;
    bool no_list;
    const char *refused;
} secrets[] = {
    {.name = "SYSTEM and its owner alone", .entry = {"S-1-5-18", FULL, true, false}},
    {.name = "Administrators too", .entry = {"S-1-5-32-544", FULL, true, false}},
    {.name = "whoever owns it", .entry = {"S-1-3-4", FULL, true, false}},
    {.name = "the owner by name", .entry = {SITE, READ, true, false}},
    {.name = "the owner in small letters", .entry = {"s-1-5-21-1-2-3-1104", READ, true, false}},
    {.name = "another whose SID begins alike",
     .entry = {SITE "1", READ, true, false},
     .refused = "is no secret: S-1-5-21-1-2-3-11041 may use it"},
    {.name = "everybody reads", .entry = EVERYBODY_READS, .refused = "S-1-1-0 may use it"},
    {.name = "users read, generically",
     .entry = {USERS, 0x80000000, true, false},
     .refused = "may use it"},
    {.name = "users read its bytes alone",
     .entry = {USERS, 0x1, true, false},
     .refused = "may use it"},
    {.name = "users give rights", .entry = {USERS, 0x40000, true, false}, .refused = "may use it"},
    {.name = "users change it", .entry = {USERS, 0x2, true, false}, .refused = "may use it"},
    {.name = "users see its attributes", .entry = {USERS, 0x80, true, false}},
    {.name = "users may not read", .entry = {USERS, READ, false, false}},
    {.name = "users read children, which it has not", .entry = {USERS, READ, true, true}},
    {.name = "an entry of a kind not understood",
     .entry = {NULL, 0, true, false},
     .refused = "in a way that this program does not understand"},
    {.name = "no list of rights", .no_list = true, .refused = "everybody may read it"},
};

static void check_secret(void **state)
{
    const struct secret *row = *state;
    const struct prereq_trust_entry entries[] = {{"S-1-5-18", FULL, true, false}, row->entry};
    const struct prereq_trust_facts facts = {
        .owner = SITE, .has_list = !row->no_list, .entries = entries, .entry_count = 2};
    struct prereq_error err = {0};

    assert_int_equal(prereq_trust_judge_secret(&facts, &err),
                     row->refused ? PREREQ_BAD_INPUT : PREREQ_OK);
    if (row->refused && !strstr(err.text, row->refused))
        fail_msg("\"%s\" does not say \"%s\"", err.text, row->refused);
}

/* Without settings, too. */
static void nobody_else_is_trusted_without_settings(void **state)
{
    const struct prereq_trust_owners none = {NULL, 0};

    (void)state;
    assert_true(prereq_trust_owner(&none, PREREQ_SID_SYSTEM));
    assert_false(prereq_trust_owner(&none, SITE));
    assert_false(prereq_trust_owner(&none, ""));
    assert_false(prereq_trust_owner(&none, "S-1-1-0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nobody_else_is_trusted_without_settings)};
    int failed = RUN_TABLE(rows, check_row) | RUN_TABLE(secrets, check_secret);

    return failed | RUN_TESTS(tests);
}
