/* SPDX-License-Identifier: MIT */
/* test_firmware.c - signature databases and whether VBS runs. */
#include <stdlib.h>
#include <string.h>

#include "collect/firmware.h"

#include "table.h"

#define X509 "\xa1\x59\xc0\xa5\xe4\x94\xa7\x4a\x87\xb5\xab\x15\x5c\x2b\xf0\x72"
#define SHA256 "\x26\x16\xc4\xc1\x4c\x50\x92\x40\xac\xa9\x41\xf9\x36\x93\x43\x28"
#define OWNER_ID "0123456789abcdef"
#define SIZES(list, header, each) list "\0\0\0" header "\0\0\0" each "\0\0\0"

static struct database {
    const char *name;
    const char *bytes;
    size_t len;
    enum prereq_look look;
    bool holds;
} databases[] = {
    {"empty", "", 0, PREREQ_LOOK_FOUND, false},
    {"the certificate", X509 SIZES("\x32", "\0", "\x16") OWNER_ID "xCA23x", 50, PREREQ_LOOK_FOUND,
     true},
    {"another one", X509 SIZES("\x32", "\0", "\x16") OWNER_ID "xCA11x", 50, PREREQ_LOOK_FOUND,
     false},
    {"the second of a list", X509 SIZES("\x48", "\0", "\x16") OWNER_ID "xCA11x" OWNER_ID "xCA23x",
     72, PREREQ_LOOK_FOUND, true},
    {"behind a header", X509 SIZES("\x34", "\x02", "\x16") "hh" OWNER_ID "xCA23x", 52,
     PREREQ_LOOK_FOUND, true},
    {"the second list",
     SHA256 SIZES("\x32", "\0", "\x16") OWNER_ID "xxxxxx" X509 SIZES("\x32", "\0", "\x16") OWNER_ID
     "xCA23x",
     100, PREREQ_LOOK_FOUND, true},
    {"a hash that looks like the name is none",
     SHA256 SIZES("\x32", "\0", "\x16") OWNER_ID "xCA23x", 50, PREREQ_LOOK_FOUND, false},
    {"the owner is not searched",
     X509 SIZES("\x32", "\0", "\x16") "CA23CA23CA23CA23"
                                      "xxxxxx",
     50, PREREQ_LOOK_FOUND, false},
    {"cut short", X509 SIZES("\x32", "\0", "\x16") OWNER_ID "xCA2", 48, PREREQ_LOOK_UNAVAILABLE,
     false},
    {"a header alone", X509, 16, PREREQ_LOOK_UNAVAILABLE, false},
    {"size 0 would never end", X509 SIZES("\0", "\0", "\x16") OWNER_ID "xCA23x", 50,
     PREREQ_LOOK_UNAVAILABLE, false},
    {"signatures of size 0", X509 SIZES("\x32", "\0", "\0") OWNER_ID "xCA23x", 50,
     PREREQ_LOOK_UNAVAILABLE, false},
    {"signatures that do not fill the list", X509 SIZES("\x32", "\0", "\x15") OWNER_ID "xCA23x", 50,
     PREREQ_LOOK_UNAVAILABLE, false},
    {"a header longer than the list", X509 SIZES("\x32", "\x40", "\x16") OWNER_ID "xCA23x", 50,
     PREREQ_LOOK_UNAVAILABLE, false},
};

static void check_database(void **state)
{
    const struct database *row = *state;
    unsigned char *bytes = malloc(row->len + 1); /* to the byte, for the sanitizer */
    bool holds = false;

    assert_non_null(bytes);
    bytes = realloc(bytes, row->len ? row->len : 1);
    memcpy(bytes, row->bytes, row->len);
    assert_int_equal(prereq_signatures_hold(bytes, row->len, "CA23", &holds, NULL), row->look);
    assert_int_equal(holds, row->holds);
    free(bytes);
}

#define NOT_KNOWN 0xC0000003u

static struct vbs {
    const char *name;
    struct prereq_vbs vbs;
    enum prereq_look look;
    bool on;
} vbs[] = {
    {"runs", {26100, 0, true, true, 1}, PREREQ_LOOK_FOUND, true},
    {"runs though the registry says no", {26100, 0, true, true, 0}, PREREQ_LOOK_FOUND, true},
    {"does not run", {26100, 0, false, false, 0}, PREREQ_LOOK_FOUND, false},
    {"wanted, and does not run", {26100, 0, false, true, 1}, PREREQ_LOOK_FOUND, false},
    {"before Windows 10", {9600, NOT_KNOWN, false, false, 0}, PREREQ_LOOK_ABSENT, false},
    {"not asked, switched off", {19045, NOT_KNOWN, false, true, 0}, PREREQ_LOOK_FOUND, false},
    {"not asked, wanted", {19045, NOT_KNOWN, false, true, 1}, PREREQ_LOOK_UNAVAILABLE, false},
    {"not asked, not said", {19045, NOT_KNOWN, false, false, 0}, PREREQ_LOOK_UNAVAILABLE, false},
};

static void check_vbs(void **state)
{
    const struct vbs *row = *state;
    struct prereq_refusal why = {0};
    bool on = false;

    assert_int_equal(prereq_vbs_state(&row->vbs, &on, &why), row->look);
    assert_int_equal(on, row->on);
    if (row->look == PREREQ_LOOK_UNAVAILABLE)
        assert_string_equal(why.number, "0xC0000003");
}

int main(void)
{
    return RUN_TABLE(databases, check_database) + RUN_TABLE(vbs, check_vbs);
}
