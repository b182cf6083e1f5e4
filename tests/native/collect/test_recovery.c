/* SPDX-License-Identifier: MIT */
/* test_recovery.c - ReAgent.xml, and which partition is for what. */
#include <stdlib.h>
#include <string.h>

#include "collect/recovery.h"

#include "table.h"

#define HEAD "<?xml version='1.0' encoding='utf-8'?>\r\n<WindowsRE version=\"2.0\">\r\n"
#define WINRE(path, offset)                                                                        \
    "<WinreBCD id=\"{0}\"/><WinreLocation path=\"" path "\" id=\"0\" offset=\"" offset             \
    "\" guid=\"{00000000-0000-0000-0000-000000000000}\"/>\r\n"
#define IMAGE "<ImageLocation path=\"\" id=\"0\" offset=\"7\" guid=\"{0}\"/>"
#define STATE(state) "<InstallState state=\"" state "\"/>"
#define TAIL "<OsInstallAvailable state=\"0\"/></WindowsRE>"

static struct reagent {
    const char *name;
    const char *text;
    bool refused, enabled, has_location;
    uint64_t offset;
} reagents[] = {
    {"enabled", HEAD WINRE("\\Recovery\\WindowsRE", "499122176") IMAGE STATE("1") TAIL, false, true,
     true, 499122176},
    {"disabled", HEAD WINRE("", "0") IMAGE STATE("0") TAIL, false, false, false, 0},
    {"another element with a like name comes first",
     HEAD "<WinreLocationOld path=\"x\" offset=\"9\"/>" WINRE("\\R", "5") STATE("1") TAIL, false,
     true, true, 5},
    {"an attribute with a like name comes first",
     HEAD "<WinreLocation xoffset=\"9\" path=\"\\R\" offset=\"5\"/>" STATE("1") TAIL, false, true,
     true, 5},
    {"empty", "", true, false, false, 0},
    {"another document", "<a><InstallState state=\"1\"/><WinreLocation offset=\"1\"/></a>", true,
     false, false, 0},
    {"no state", HEAD WINRE("\\R", "5") TAIL, true, false, false, 0},
    {"a state of the future", HEAD WINRE("\\R", "5") STATE("2") TAIL, true, false, false, 0},
    {"no location", HEAD STATE("1") TAIL, true, false, false, 0},
    {"an offset that is no number", HEAD WINRE("\\R", "5x") STATE("1") TAIL, true, false, false, 0},
    {"an offset too large", HEAD WINRE("\\R", "9999999999999999999") STATE("1") TAIL, true, false,
     false, 0},
    {"cut in an element", HEAD WINRE("\\R", "5") "<InstallState state=\"1\"", true, false, false,
     0},
    {"cut in a value", HEAD STATE("1") "<WinreLocation path=\"\\R\" offset=\"5", true, false, false,
     0},
    {"cut in a name", HEAD STATE("1") "<WinreLocation", true, false, false, 0},
};

static void check_reagent(void **state)
{
    const struct reagent *row = *state;
    size_t len = strlen(row->text);
    char *text = malloc(len ? len : 1); /* to the byte, for the sanitizer */
    struct prereq_recovery recovery = {0};
    struct prereq_refusal why = {0};
    enum prereq_look look;

    assert_non_null(text);
    memcpy(text, row->text, len);
    look = prereq_recovery_read(text, len, &recovery, &why);
    assert_int_equal(look, row->refused ? PREREQ_LOOK_UNAVAILABLE : PREREQ_LOOK_FOUND);
    assert_int_equal(recovery.enabled, row->enabled);
    assert_int_equal(recovery.has_location, row->has_location);
    assert_int_equal(recovery.offset, row->offset);
    assert_int_equal(why.text[0] != '\0', row->refused);
    free(text);
}

#define OTHER PREREQ_PARTITION_OTHER
#define RECOVERY PREREQ_PARTITION_RECOVERY
#define BOOT PREREQ_PARTITION_BOOT
#define FOUND PREREQ_LOOK_FOUND
#define NONE PREREQ_LOOK_ABSENT
#define UNSURE PREREQ_LOOK_UNAVAILABLE

static struct disk {
    const char *name;
    struct prereq_recovery recovery;
    enum prereq_look known;
    struct prereq_partition partition[4];
    size_t count;
    enum prereq_look look;
    size_t which;
    enum prereq_look boot;
    size_t which_boot;
} disks[] = {
    {"GPT as setup makes it",
     {true, true, 900},
     FOUND,
     {{true, 0, BOOT, 0, 1, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, RECOVERY, 0, 900, false}},
     3,
     FOUND,
     2,
     FOUND,
     0},
    {"on the volume of Windows",
     {true, true, 100},
     FOUND,
     {{true, 0, BOOT, 0, 1, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, RECOVERY, 0, 900, false}},
     3,
     NONE,
     0,
     FOUND,
     0},
    {"the maker's partition beside it",
     {true, true, 900},
     FOUND,
     {{true, 0, RECOVERY, 0, 1, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, RECOVERY, 0, 900, false}},
     3,
     FOUND,
     2,
     NONE,
     0},
    {"a partition without the type",
     {true, true, 900},
     FOUND,
     {{true, 0, OTHER, 0, 100, true}, {true, 0, OTHER, 0, 900, false}},
     2,
     FOUND,
     1,
     NONE,
     0},
    {"a second disk of the same layout",
     {true, true, 900},
     FOUND,
     {{true, 0, OTHER, 1, 900, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, OTHER, 0, 900, false}},
     3,
     FOUND,
     2,
     NONE,
     0},
    {"two other disks of the same layout",
     {true, true, 900},
     FOUND,
     {{true, 0, OTHER, 1, 900, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, OTHER, 2, 900, false}},
     3,
     UNSURE,
     0,
     NONE,
     0},
    {"the place is no volume",
     {true, true, 900},
     FOUND,
     {{true, 0, OTHER, 0, 100, true}},
     1,
     UNSURE,
     0,
     NONE,
     0},
    {"disabled, one partition",
     {false, false, 0},
     FOUND,
     {{true, 0, OTHER, 0, 100, true}, {true, 0, RECOVERY, 0, 900, false}},
     2,
     FOUND,
     1,
     NONE,
     0},
    {"disabled, no partition",
     {false, false, 0},
     FOUND,
     {{true, 0, OTHER, 0, 100, true}},
     1,
     NONE,
     0,
     NONE,
     0},
    {"disabled, two partitions",
     {false, false, 0},
     FOUND,
     {{true, 0, RECOVERY, 0, 1, false},
      {true, 0, OTHER, 0, 100, true},
      {true, 0, RECOVERY, 0, 900, false}},
     3,
     UNSURE,
     0,
     NONE,
     0},
    {"a volume that does not answer",
     {false, false, 0},
     FOUND,
     {{true, 0, OTHER, 0, 100, true}, {false, 50, OTHER, 0, 0, false}},
     2,
     UNSURE,
     0,
     UNSURE,
     0},
    {"found in spite of one that does not answer",
     {true, true, 900},
     FOUND,
     {{true, 0, OTHER, 0, 100, true},
      {false, 50, OTHER, 0, 0, false},
      {true, 0, OTHER, 0, 900, false}},
     3,
     FOUND,
     2,
     UNSURE,
     0},
    {"the volume of Windows does not answer",
     {false, false, 0},
     FOUND,
     {{false, 50, OTHER, 0, 0, true}},
     1,
     UNSURE,
     0,
     UNSURE,
     0},
    {"Windows without WinRE",
     {false, false, 0},
     NONE,
     {{true, 0, OTHER, 0, 100, true}, {true, 0, RECOVERY, 0, 900, false}},
     2,
     NONE,
     0,
     NONE,
     0},
    {"ReAgent.xml could not be read",
     {false, false, 0},
     UNSURE,
     {{true, 0, OTHER, 0, 100, true}, {true, 0, RECOVERY, 0, 900, false}},
     2,
     UNSURE,
     0,
     NONE,
     0},
    {"MBR: started by the volume of Windows",
     {false, false, 0},
     FOUND,
     {{true, 0, BOOT, 0, 100, true}},
     1,
     NONE,
     0,
     NONE,
     0},
    {"no volume", {true, true, 900}, FOUND, {{0}}, 0, UNSURE, 0, UNSURE, 0},
};

static void check_disk(void **state)
{
    const struct disk *row = *state;
    struct prereq_refusal why = {0};
    size_t which = 0;

    assert_int_equal(prereq_recovery_partition(row->known, &row->recovery, row->partition,
                                               row->count, &which, &why),
                     row->look);
    assert_int_equal(which, row->which);
    if (row->look == UNSURE && row->known == FOUND)
        assert_true(why.text[0] != '\0');
    which = 0;
    why = (struct prereq_refusal){0};
    assert_int_equal(prereq_boot_partition(row->partition, row->count, &which, &why), row->boot);
    assert_int_equal(which, row->which_boot);
    if (row->boot == UNSURE && row->count > 0)
        assert_string_equal(why.number, "50");
}

static void partitions_are_known_by_their_type(void **state)
{
    static const unsigned char basic[16] = {0xa2, 0xa0, 0xd0, 0xeb};
    static const unsigned char efi[16] = {0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11,
                                          0xba, 0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b};
    static const unsigned char recovery[16] = {0xa4, 0xbb, 0x94, 0xde, 0xd1, 0x06, 0x40, 0x4d,
                                               0xa1, 0x6a, 0xbf, 0xd5, 0x01, 0x79, 0xd6, 0xac};

    (void)state;
    assert_int_equal(prereq_partition_of_gpt(basic), OTHER);
    assert_int_equal(prereq_partition_of_gpt(efi), BOOT);
    assert_int_equal(prereq_partition_of_gpt(recovery), RECOVERY);
    assert_int_equal(prereq_partition_of_mbr(7, false), OTHER);
    assert_int_equal(prereq_partition_of_mbr(7, true), BOOT);
    assert_int_equal(prereq_partition_of_mbr(0x27, false), RECOVERY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(partitions_are_known_by_their_type)};

    return RUN_TABLE(reagents, check_reagent) + RUN_TABLE(disks, check_disk) + RUN_TESTS(tests);
}
