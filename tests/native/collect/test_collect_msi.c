/* SPDX-License-Identifier: MIT */
/* test_collect_msi.c - products and patches of Windows Installer. */
#include "collecting.h"

#define USERS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\"
#define MACHINE USERS "S-1-5-18\\Products\\"
#define WORD "00006109110000000100000000F01FEC"  /* {90160000-0011-0000-1000-0000000FF1CE} */
#define PATCH "0123456789ABCDEF0123456789ABCDEF" /* {76543210-BA98-FEDC-1032-547698BADCFE} */
#define PROPERTIES                                                                                 \
    "[" MACHINE WORD "\\InstallProperties]\n\"DisplayName\"=\"Microsoft Word\"\n"                  \
    "\"DisplayVersion\"=\"16.0.4266.1001\"\n\"InstallDate\"=\"20240312\"\n"                        \
    "\"Language\"=dword:407\n"
#define A_PATCH(state, title)                                                                      \
    "[" MACHINE WORD "\\Patches\\" PATCH "]\n\"State\"=dword:" state "\n"                          \
    "\"DisplayName\"=\"" title "\"\n\"Installed\"=\"20240401\"\n"
#define PRODUCT_JSON                                                                               \
    "{\"productCode\":\"{90160000-0011-0000-1000-0000000FF1CE}\",\"name\":\"Microsoft "            \
    "Word\",\"version\":\"16.0.4266.1001\",\"language\":\"1031\",\"installedOn\":\"2024-03-12\"}"
#define PATCH_JSON                                                                                 \
    "{\"patchCode\":\"{76543210-BA98-FEDC-1032-547698BADCFE}\",\"productCode\":"                   \
    "\"{90160000-0011-0000-1000-0000000FF1CE}\","

static struct row {
    const char *name, *host, *expected, *never;
} rows[] = {
    {"nothing", "[HKLM\\SOFTWARE]\n",
     "{\"list\":\"msiProducts\",\"state\":\"complete\"}\n"
     "{\"list\":\"msiPatches\",\"state\":\"complete\"}",
     NULL},
    {"a product and its patch",
     PROPERTIES A_PATCH("1", "Security Update for Microsoft Office 2016 (KB4011610) 32-Bit"),
     PRODUCT_JSON "\n" PATCH_JSON
                  "\"id\":\"KB4011610\",\"installedOn\":\"2024-04-01\",\"superseded\":false}\n"
                  "{\"id\":\"KB4011610\",\"sources\":[{\"source\":\"msi\",\"installedOn\":"
                  "\"2024-04-01\"}]}",
     NULL},
    {"a superseded patch", PROPERTIES A_PATCH("2", "kb123456"),
     PATCH_JSON "\"id\":\"KB123456\",\"installedOn\":\"2024-04-01\",\"superseded\":true}", NULL},
    {"an obsoleted patch without a number",
     PROPERTIES A_PATCH("4", "Update rollup, tokb12345, KB12"),
     PATCH_JSON "\"installedOn\":\"2024-04-01\",\"superseded\":true}", NULL},
    {"one update of two products",
     PROPERTIES A_PATCH("1", "KB4011610") "[" MACHINE PATCH "\\InstallProperties]\n"
                                          "[" MACHINE PATCH "\\Patches\\" PATCH
                                          "]\n\"State\"=dword:1\n\"DisplayName\"=\"KB4011610\"\n",
     PATCH_JSON, "]},{\"id\""},
    {"a patch that is registered only", PROPERTIES A_PATCH("8", "KB4011610"), PRODUCT_JSON,
     "patchCode"},
    {"a product that was removed", "[" MACHINE WORD "\\Usage]\n", "\"state\":\"complete\"",
     "productCode"},
    {"names that are no packed codes",
     "[" MACHINE "short\\InstallProperties]\n"
     "[" MACHINE "0000610911000000010000000GF01FEC\\InstallProperties]\n",
     "\"state\":\"complete\"", "productCode"},
    {"odd values",
     "[" MACHINE WORD "\\InstallProperties]\n\"DisplayVersion\"=\"x\"\n"
     "\"InstallDate\"=\"2024-3-12\"\n\"DisplayName\"=dword:1\n",
     "{\"productCode\":\"{90160000-0011-0000-1000-0000000FF1CE}\"}", NULL},
    {"a day that does not exist",
     "[" MACHINE WORD "\\InstallProperties]\n\"InstallDate\"=\"20240231\"\n",
     "{\"productCode\":\"{90160000-0011-0000-1000-0000000FF1CE}\"}", NULL},
    {"products of a user",
     PROPERTIES "[" USERS "S-1-5-21-1-2-3-1001\\Products\\" PATCH "\\InstallProperties]\n",
     PRODUCT_JSON "\n{\"list\":\"msiProducts\",\"state\":\"partial\",\"text\":\"Products of single "
                  "users are left out.\"}\n{\"list\":\"msiPatches\",\"state\":\"partial\"",
     "S-1-5-21"},
    {"a user without any", PROPERTIES "[" USERS "S-1-5-21-1-2-3-1001\\Components]\n",
     "{\"list\":\"msiProducts\",\"state\":\"complete\"}", NULL},
    {"Windows Installer 1", "[HKLM\\SOFTWARE\\Classes\\Installer\\Products\\" WORD "]\n",
     "{\"list\":\"msiProducts\",\"state\":\"partial\"", NULL},
    {"refused", PROPERTIES "refuse " USERS "S-1-5-18* access_denied 5\n",
     "{\"list\":\"msiProducts\",\"state\":\"unavailable\",\"code\":\"access_denied\"\n"
     "{\"list\":\"msiPatches\",\"state\":\"unavailable\",\"code\":\"access_denied\"",
     "complete"},
    {"patches alone refused", PROPERTIES "refuse *\\Patches access_denied 5\n",
     PRODUCT_JSON "\n{\"list\":\"msiProducts\",\"state\":\"complete\"}\n"
                  "{\"list\":\"msiPatches\",\"state\":\"unavailable\",\"code\":\"access_denied\"",
     NULL},
    {"a dirty hive", PROPERTIES A_PATCH("1", "KB4011610") "stale HKLM\\SOFTWARE*\n",
     "{\"list\":\"msiProducts\",\"state\":\"unavailable\",\"code\":\"hive_dirty\"",
     "complete\nproductCode\nKB4011610"},
    {"one product is refused",
     PROPERTIES A_PATCH("1", "KB4011610") "[" MACHINE PATCH "\\InstallProperties]\n"
                                          "refuse *" PATCH "\\InstallProperties access_denied 5\n",
     PRODUCT_JSON "\n{\"list\":\"msiProducts\",\"state\":\"unavailable\"\n"
                  "{\"list\":\"msiPatches\",\"state\":\"unavailable\"",
     "complete"},
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct collecting collecting;
    struct prereq_buffer json = {0};

    collecting_begin(&collecting, 16U << 20, true, row->host);
    prereq_collect_msi(&collecting.gather);
    collected_json(&collecting.gather, &json);
    assert_lines(&json, row->expected, true);
    assert_lines(&json, row->never, false);
    prereq_buffer_free(&json);
    collecting_end(&collecting);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

static void a_cut_list_is_not_covered(void **state)
{
    struct collecting collecting;

    (void)state;
    collecting_begin(&collecting, 16U << 20, true, PROPERTIES);
    collecting.gather.stop = at_once;
    prereq_collect_msi(&collecting.gather);
    assert_int_equal(collecting.gather.coverage.count, 0);
    collecting_end(&collecting);
}

static void every_step_without_memory(void **state)
{
    (void)state;
    starve(rows[1].host, prereq_collect_msi, NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_cut_list_is_not_covered),
    cmocka_unit_test(every_step_without_memory),
};

int main(void)
{
    return RUN_TABLE(rows, check_row) | RUN_TESTS(tests);
}
