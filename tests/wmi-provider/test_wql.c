/* SPDX-License-Identifier: MIT */
/* test_wql.c - the queries that clients send, the objects they select, and what is refused. */
#include "documents.h"
#include "tom/wql.h"

static enum prereq_status read_wql(struct prereq_arena *arena, const char *text, size_t len,
                                   const void **object, struct prereq_error *err)
{
    const struct wql_query *query;
    enum prereq_status status;

    (void)len;
    status = wql_parse(arena, text, &query, err);
    if (!status)
        *object = query;
    return status;
}

/* ---- conditions ---- */

static struct wql_value get(void *object, const char *property)
{
    static const struct {
        const char *name;
        struct wql_value value;
    } properties[] = {
        {"PatchId", {.kind = WQL_STRING, .text = "KB2871997"}},
        {"State", {.kind = WQL_INTEGER, .integer = 3}},
        {"AgeDays", {.kind = WQL_INTEGER, .integer = 20}},
        {"Percent", {.kind = WQL_REAL, .real = 12.5}},
        {"Required", {.kind = WQL_BOOLEAN, .truth = true}},
        {"Path", {.kind = WQL_STRING, .text = "C:\\a'b\\100%"}},
        {"Name",
         {.kind = WQL_STRING,
          .text = "\xc3\xa4"
                  "b"}},
    };

    (void)object;
    for (size_t i = 0; i < PREREQ_COUNT(properties); i++) {
        if (prereq_equal_nocase(properties[i].name, property))
            return properties[i].value;
    }
    return (struct wql_value){.kind = WQL_NULL};
}

static bool isa(void *object, const char *property, const char *class_name)
{
    (void)object;
    return prereq_equal_nocase(property, "__CLASS") && prereq_equal_nocase(class_name, "A_B");
}

static struct condition {
    const char *name; /* the condition itself */
    bool matches;
} conditions[] = {
    {"((PatchId LIKE 'KB28%'))", true},
    {"((PatchId LIKE 'KB1'))", false},
    {"((PatchId LIKE 'KB1') OR (PatchId LIKE 'kb2%'))", true},
    {"((PatchId = 'kb2871997'))", true},
    {"((State = 7) OR (State = 3))", true},
    {"(NOT ((State = 6) OR (State = 8)))", true},
    {"(NOT ((State = 6) OR (State = 3)))", false},
    {"(AgeDays >= 20) AND (AgeDays <= 90)", true},
    {"AgeDays > 20", false},
    {"AgeDays < 21 AND AgeDays != 21 AND AgeDays <> 22", true},
    {"21 > AgeDays and 19 < agedays", true},
    {"19 > AgeDays OR 21 <= AgeDays", false},
    {"((Required = FALSE))", false},
    {"Required = TRUE", true},
    {"Required = 1", true},
    {"Required <> 'true'", false},
    {"State = 1 OR State = 3 AND AgeDays = 20", true},
    {"(State = 1 OR State = 3) AND AgeDays = 21", false},
    {"NOT State = 1 AND NOT State = 2", true},
    {"NOT NOT State = 3", true},
    {"Nothing IS NULL", true},
    {"Nothing IS NOT NULL", false},
    {"State is not null", true},
    {"Nothing = null", true},
    {"State <> NULL", true},
    {"Nothing = 1", false},
    {"NOT Nothing = 1", false},
    {"Nothing <> 1", false},
    {"NOT Nothing LIKE 'a'", false},
    {"Nothing = 1 OR State = 3", true},
    {"Nothing = 1 AND State = 3", false},
    {"State = '3'", true},
    {"State = '0x'", false},
    {"State = 0x3", true},
    {"State > -1", true},
    {"Percent = 12.5 AND Percent > 12 AND Percent < 1.3e1", true},
    {"Path = 'C:\\\\a\\'b\\\\100%'", true},
    {"Path = \"C:\\\\a'b\\\\100%\"", true},
    {"Path LIKE '%[%]'", true},
    {"Path LIKE '%[_]%'", false},
    {"__CLASS ISA 'a_b'", true},
    {"__CLASS ISA \"C\"", false},
    {"TargetInstance.State <> PreviousInstance.State", false},
    {"State = State", true},
    {"PatchId LIKE 'KB[0-9]%[67]'", true},
    {"PatchId LIKE 'KB[^0-9]%'", false},
    {"PatchId LIKE 'K_2[8-8]______'", false},
    {"PatchId LIKE 'K_2[8-8]_____'", true},
    {"PatchId LIKE '%28%97'", true},
    {"PatchId LIKE '%'", true},
    {"PatchId LIKE ''", false},
    {"Name LIKE '_b'", true},
    {"Name LIKE '__b'", false},
    {"Name LIKE '[\xc3\xa0-\xc3\xbc]b'", true},
    {"State LIKE '3'", false},
};

static void check_condition(void **state)
{
    const struct condition *row = *state;
    struct prereq_arena *arena = new_arena();
    const char *text = prereq_printf(arena, "SELECT * FROM A_B  WHERE %s", row->name);
    const struct wql_query *query = must_read(arena, read_wql, text);
    const struct wql_object object = {NULL, get, isa};

    assert_int_equal(wql_matches(query->where, &object), row->matches);
    prereq_arena_free(arena);
}

static void check_limits(void **state)
{
    const struct condition *row = *state;
    char text[200];

    snprintf(text, sizeof(text), "SELECT a, b FROM A_B WHERE %s", row->name);
    must_survive_limits(read_wql, text);
}

static struct like {
    const char *name; /* the pattern */
    const char *text;
    bool matches;
} likes[] = {
    {"", "", true},
    {"%", "", true},
    {"_", "", false},
    {"[", "[", true},
    {"[a", "[a", true},
    {"[]]", "]", true},
    {"[^]]", "]", false},
    {"[a-]", "-", true},
    {"[a-]", "b", false},
    {"[^a", "[^a", true},
    {"%%a", "xxa", true},
    {"a%", "A", true},
    {"%a%b%c", "aabbc", true},
    {"%a%b%c", "aacb", false},
    {"[[]", "[", true},
    {"[B-D]x", "cX", true},
};

static void check_like(void **state)
{
    const struct like *row = *state;

    assert_int_equal(wql_like(row->text, row->name), row->matches);
}

/* ---- the rest of a statement ---- */

static struct statement {
    const char *name; /* the statement */
    const char *summary;
} statements[] = {
    {"select PatchId,StateName from A_B where State=3", "select A_B PatchId,StateName, where"},
    {"SELECT * FROM A_B", "select A_B *"},
    {"SELECT __PATH, Id FROM A_B", "select A_B __PATH,Id,"},
    {"SELECT * FROM __InstanceModificationEvent WITHIN 300 WHERE TargetInstance ISA \"A_B\"",
     "select __InstanceModificationEvent * within 300 where"},
    {"ASSOCIATORS OF {A_B.Id=\"x\"}", "associators A_B.Id=\"x\""},
    {"ASSOCIATORS OF {A_B.Id=\"x}y\\\"}\"} WHERE AssocClass = C_D ResultClass=E_F ResultRole = G "
     "Role=H KeysOnly",
     "associators A_B.Id=\"x}y\\\"}\" C_D E_F G H keys"},
    {"references of {A_B='}'} where ResultClass=C_D", "references A_B='}' - C_D - -"},
};

static void add(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_addf(out, " %s", text ? text : "-");
}

static void check_statement(void **state)
{
    static const char *const names[] = {"select", "associators", "references"};
    const struct statement *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct wql_query *query = must_read(arena, read_wql, row->name);
    struct prereq_buffer out = {0};

    prereq_buffer_add(&out, names[query->statement]);
    if (query->statement == WQL_SELECT) {
        prereq_buffer_addf(&out, " %s ", query->class_name);
        for (const struct wql_name *name = query->names; name; name = name->next)
            prereq_buffer_addf(&out, "%s,", name->name);
        prereq_buffer_add(&out, query->names ? "" : "*");
        if (query->within > 0)
            prereq_buffer_addf(&out, " within %g", query->within);
        prereq_buffer_add(&out, query->where ? " where" : "");
    } else {
        add(&out, query->path);
        if (query->assoc_class || query->result_class || query->role) {
            add(&out, query->assoc_class);
            add(&out, query->result_class);
            add(&out, query->result_role);
            add(&out, query->role);
        }
        prereq_buffer_add(&out, query->keys_only ? " keys" : "");
    }
    assert_string_equal(out.text, row->summary);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"nothing", "", "SELECT, ASSOCIATORS or REFERENCES is missing at the end"},
    {"another statement", "DELETE FROM A",
     "SELECT, ASSOCIATORS or REFERENCES is missing before \"DELETE FROM A\""},
    {"no names", "SELECT FROM A", "from is missing before \"A\""},
    {"a comma too many", "SELECT a, FROM A", "from is missing before \"A\""},
    {"no class", "SELECT * FROM", "a name is missing at the end"},
    {"no condition", "SELECT * FROM A WHERE", "a property or a value is missing at the end"},
    {"half a comparison",
     "SELECT * FROM A WHERE a =", "a property or a value is missing at the end"},
    {"two constants", "SELECT * FROM A WHERE 1 = 1",
     "a property on one side is missing at the end"},
    {"LIKE with a number", "SELECT * FROM A WHERE a LIKE 1", "a string is missing before \"1\""},
    {"a constant IS NULL", "SELECT * FROM A WHERE 1 IS NULL",
     "a property on the left side is missing before \"IS NULL\""},
    {"IS something", "SELECT * FROM A WHERE a IS 1", "null is missing before \"1\""},
    {"a parenthesis", "SELECT * FROM A WHERE (a = 1", "')' is missing at the end"},
    {"a string without end", "SELECT * FROM A WHERE a = 'x",
     "the end of a string is missing before \"'x\""},
    {"an unknown operator", "SELECT * FROM A WHERE a ! 1", "an operator is missing before \"! 1\""},
    {"a boolean compared by size", "SELECT * FROM A WHERE a < TRUE",
     "= or <> for a boolean, which is missing at the end"},
    {"more text", "SELECT * FROM A WHERE a = 1 b", "the end is missing before \"b\""},
    {"a wrong number", "SELECT * FROM A WHERE a = 1x", "a number is missing before \"1x\""},
    {"a strange character", "SELECT * FROM A;", "something with a meaning is missing before \";\""},
    {"a path without brace", "ASSOCIATORS OF A", "a path in braces is missing before \"A\""},
    {"a path without end", "ASSOCIATORS OF {A.b=\"}\"", "'}' is missing at the end"},
    {"no limits", "ASSOCIATORS OF {A} WHERE", "a limit is missing at the end"},
    {"an unknown limit", "ASSOCIATORS OF {A} WHERE X=1", "a limit is missing before \"X=1\""},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_wql, row->text, strlen(row->text), row->message);
}

static void check_depth(void **state)
{
    static char text[WQL_MAX_BYTES + 2];
    struct prereq_error err;
    const struct wql_query *query;
    struct prereq_arena *arena = new_arena();

    (void)state;
    strcpy(text, "SELECT * FROM A WHERE ");
    memset(text + strlen(text), '(', 1000);
    assert_int_equal(wql_parse(arena, text, &query, &err), PREREQ_BAD_INPUT);
    memset(text, ' ', WQL_MAX_BYTES + 1);
    assert_int_equal(wql_parse(arena, text, &query, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "more than 65536 bytes");
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(check_depth)};
    int failed = RUN_TABLE(conditions, check_condition);

    failed |= RUN_TABLE(conditions, check_limits);
    failed |= RUN_TABLE(likes, check_like);
    failed |= RUN_TABLE(statements, check_statement);
    failed |= RUN_TABLE(bad, check_bad);
    return failed | RUN_TESTS(tests);
}
