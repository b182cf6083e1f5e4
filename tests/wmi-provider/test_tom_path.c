/* SPDX-License-Identifier: MIT */
/* test_tom_path.c - object paths as the test object manager reads them. */
#include "documents.h"
#include "tom/path.h"

static struct row {
    const char *name;  /* the path */
    const char *parts; /* NULL: refused */
} rows[] = {
    {"A_B", "A_B"},
    {"A_B=@", "A_B @"},
    {"A_B=\"x\"", "A_B -=<x>"},
    {"A_B='x\"'", "A_B -=<x\">"},
    {"A_B=12", "A_B -=12"},
    {"A_B.Id=\"x.y,z:=\\\\ \\\"q\\\" 'r'\"", "A_B Id=<x.y,z:=\\ \"q\" 'r'>"},
    {"A_B.b=TRUE,a=0x10", "A_B b=1 a=16"},
    {"root\\x:A_B.Id=\"a\"", "root\\x|A_B Id=<a>"},
    {"\\\\.\\root\\x:A_B.Id=\"c:d\"", ".|root\\x|A_B Id=<c:d>"},
    {"//srv/root/x:A_B", "srv|root/x|A_B"},
    {"", NULL},
    {":A_B", NULL},
    {"A_B.", NULL},
    {"A_B.Id", NULL},
    {"A_B.Id=", NULL},
    {"A_B.Id=x", NULL},
    {"A_B.Id=\"x", NULL},
    {"A_B.Id=\"x\\", NULL},
    {"A_B.Id=\"x\",", NULL},
    {"A_B.Id=\"x\" ", NULL},
    {"A_B.Id=\"x\",id=\"y\"", NULL},
    {"A_B .Id=\"x\"", NULL},
    {"A_B=@x", NULL},
    {"\\\\root:A_B", NULL},
    {"\\\\.\\root", NULL},
    {"A_B.a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1", NULL},
};

static void check(void **state)
{
    const struct row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_buffer out = {0};
    struct tom_path path;

    assert_int_equal(tom_path_parse(arena, row->name, &path), row->parts != NULL);
    if (row->parts) {
        prereq_buffer_addf(&out, "%s%s%s%s%s%s", path.server ? path.server : "",
                           path.server ? "|" : "", path.name_space ? path.name_space : "",
                           path.name_space ? "|" : "", path.class_name, path.singleton ? " @" : "");
        for (size_t i = 0; i < path.key_count; i++) {
            const struct tom_key *key = &path.keys[i];

            if (key->text)
                prereq_buffer_addf(&out, " %s=<%s>", key->name ? key->name : "-", key->text);
            else
                prereq_buffer_addf(&out, " %s=%d", key->name ? key->name : "-", (int)key->number);
        }
        assert_string_equal(out.text, row->parts);
    }
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

static void check_quoted(void **state)
{
    struct prereq_buffer out = {0};

    (void)state;
    tom_path_add_quoted(&out, "a\"b\\c'd");
    assert_string_equal(out.text, "\"a\\\"b\\\\c'd\"");
    prereq_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(check_quoted)};
    int failed = RUN_TABLE(rows, check);

    return failed | RUN_TESTS(tests);
}
