/* SPDX-License-Identifier: MIT */
/* test_mof_parse.c - the MOF grammar of our texts, and what is refused with which words. */
#include "documents.h"
#include "mof/print_mof.h"

static enum prereq_status read_mof(struct prereq_arena *arena, const char *text, size_t len,
                                   const void **object, struct prereq_error *err)
{
    const struct mof_item *items;
    enum prereq_status status = mof_parse(arena, text, len, &items, err);

    if (!status)
        *object = items;
    return status;
}

/* ---- what is understood ---- */

static struct good {
    const char *name;
    const char *text;
    const char *tree;
} good[] = {
    {"pragmas",
     "#pragma autorecover\n#pragma classflags(\"forceupdate\")\n"
     "#PRAGMA namespace(\"\\\\\\\\.\\\\root\")\n#pragma deleteclass(\"A_B\", nofail)\n"
     "#pragma deleteinstance(\"A_B.Id=\\\"x|y\\\"\" , NOFAIL)\n#pragma deleteclass(\"C_D\")",
     "1 - #autorecover -\n2 - #classflags forceupdate\n3 \\\\.\\root #namespace \\\\.\\root\n"
     "4 \\\\.\\root #deleteclass A_B nofail\n5 \\\\.\\root #deleteinstance A_B.Id=\"x|y\" nofail\n"
     "6 \\\\.\\root #deleteclass C_D\n"},
    {"the provider and its registrations",
     "instance of __Win32Provider as $P {\n Name = \"A|B\"; ImpersonationLevel = 1;\n"
     " Pure = TRUE; PerUserInitialization = false; Comment = NULL; };\n\n"
     "instance of __EventProviderRegistration { provider = $p;\n"
     " EventQueryList = { \"SELECT * FROM E\", \"b\" }; };\n"
     "instance of __MethodProviderRegistration { };",
     "1 - instance __Win32Provider $P\n  Name = <A|B>\n  ImpersonationLevel = 1\n  Pure = TRUE\n"
     "  PerUserInitialization = FALSE\n  Comment = NULL\n"
     "5 - instance __EventProviderRegistration -\n  provider = $p->__Win32Provider\n"
     "  EventQueryList = 2{<SELECT * FROM E> <b>}\n"
     "7 - instance __MethodProviderRegistration -\n"},
    {"qualifiers and their flavors",
     "[dynamic: ToInstance, provider(\"X\"), Locale(0x409), ValueMap{\"0\",\"1\"}: ToSubclass "
     "DisableOverride, T(FALSE), E{}]\nclass A_B { };",
     "1 - class A_B : - dynamic:1 provider=<X> Locale=1033 ValueMap=2{<0> <1>}:10 T=FALSE E=0{}\n"},
    {"flavors of localised texts",
     "[Description(\"x\") : Amended, Amendment, Locale(0x407)] class A_B { [Description(\"y\") : "
     "Amended ToSubclass, key] string Id; };",
     "1 - class A_B : - Description=<x>:32 Amendment Locale=1031\n"
     "  Id string Description=<y>:34 key\n"},
    {"properties",
     "class A_B : __ExtrinsicEvent {\n [key, read] string Id;\n uint16 N = 65535;\n"
     " sint8 S = -128;\n real64 R = 1.5e-3;\n datetime D = \"20240131120000.000000+000\";\n"
     " boolean F = TRUE;\n string L[];\n uint8 M[4] = {1, 0x2, 03, 101b};\n"
     " [key] X_Y REF Far;\n char16 C = 'a';\n string Nothing = NULL; };",
     "1 - class A_B : __ExtrinsicEvent\n  Id string key read\n  N uint16 := 65535\n"
     "  S sint8 := -128\n  R real64 := r0.0015\n  D datetime := <20240131120000.000000+000>\n"
     "  F boolean := TRUE\n  L string[0]\n  M uint8[4] := 4{1 2 3 5}\n  Far ref X_Y key\n"
     "  C char16 := c97\n  Nothing string := NULL\n"},
    {"methods",
     "class A_B {\n [implemented, static] uint32 Go([in] uint32 Wait = 5, [out] datetime At);\n"
     " [implemented] void Stop();\n string Id; };",
     "1 - class A_B : -\n  Id string\n  Go() uint32 implemented static\n"
     "    Wait uint32 := 5 in\n    At datetime out\n  Stop() void implemented\n"},
    {"escapes and adjacent strings",
     "instance of A { T = \"a\\\\b\\\"c\\'d\\t\\n\" /* and */ \"\\x41\\xE9\\x20AC\" // x\n \"z\";\n"
     " C = {'\\x20AC', '\\'', '\"'}; E = \"\"; };",
     "1 - instance A -\n  T = <a\\b\"c'd\t\nA\xc3\xa9\xe2\x82\xacz>\n  C = 3{c8364 c39 c34}\n"
     "  E = <>\n"},
    {"comments and lines", "// one\n/* two\nthree */ class /* x */ A_B\r\n{ };//end",
     "3 - class A_B : -\n"},
    {"the same class in two namespaces",
     "#pragma namespace(\"a\")\nclass A_B { };\n#pragma namespace(\"b\")\nclass A_B { };",
     "1 a #namespace a\n2 a class A_B : -\n3 b #namespace b\n4 b class A_B : -\n"},
    {"numbers at their limits",
     "class A_B { uint64 U = 18446744073709551615; sint64 S = -9223372036854775808;\n"
     " uint32 H = 0xFFFFFFFF; real32 R = -.5; real64 W = 3; };",
     "1 - class A_B : -\n  U uint64 := 18446744073709551615\n"
     "  S sint64 := -9223372036854775808\n  H uint32 := 4294967295\n  R real32 := r-0.5\n"
     "  W real64 := 3\n"},
    {"interval", "class A_B { datetime M = \"00000000000500.000000:000\"; };",
     "1 - class A_B : -\n  M datetime := <00000000000500.000000:000>\n"},
};

static void check_good(void **state)
{
    const struct good *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_buffer out = {0};

    print_mof(&out, must_read(arena, read_mof, row->text));
    assert_string_equal(out.text, row->tree);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

static void check_limits(void **state)
{
    const struct good *row = *state;

    must_survive_limits(read_mof, row->text);
}

/* ---- what is refused ---- */

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"a byte beyond ASCII", "class A_B {\n \xc3\xa4", "line 2: byte 0xC3 is not ASCII text"},
    {"a control character", "class\x01", "line 1: byte 0x01 is not ASCII text"},
    {"an unknown pragma", "#pragma include(\"x\")", "line 1: \"include\" is no pragma we know"},
    {"another directive", "#define X", "line 1: '#' begins nothing but #pragma"},
    {"a pragma without argument", "#pragma namespace\nclass",
     "line 2: '(' is missing before \"class\""},
    {"a pragma with an empty argument", "#pragma namespace(\"\")",
     "line 1: a string that is not empty is missing before a value"},
    {"a pragma with another word", "#pragma deleteclass(\"A\", fail)",
     "line 1: \"nofail\" is missing before \"fail\""},
    {"a word in front", "struct A { };",
     "line 1: a class, an instance or a pragma is missing before \"struct\""},
    {"qualifiers of nothing", "[a]",
     "line 1: a class, an instance or a pragma is missing at the end"},
    {"a class without name", "class { };", "line 1: the name of a class is missing before '{'"},
    {"a class without semicolon", "class A_B {\n}\nclass C_D { };",
     "line 3: ';' is missing before \"class\""},
    {"a class without end", "class A_B { string S;", "line 1: a type is missing at the end"},
    {"a class twice", "class A_B { };\nclass a_b { };", "line 2: class \"a_b\" is there twice"},
    {"an unknown type", "class A_B {\n text S; };", "line 2: \"text\" is no type"},
    {"a void property", "class A_B { void S; };", "line 1: \"S\" cannot be void"},
    {"a name of WQL", "class A_B { string Where; };",
     "line 1: \"Where\" is a word of the language"},
    {"a property twice", "class A_B { string S;\n uint8 s; };", "line 2: \"s\" is there twice"},
    {"a method and a property", "class A_B { string S; void S(); };",
     "line 1: \"S\" is there twice"},
    {"a qualifier twice", "[key, KEY] class A_B { };", "line 1: qualifier \"KEY\" is there twice"},
    {"an unknown flavor", "[key: Always] class A_B { };",
     "line 1: a flavor is missing before \"Always\""},
    {"qualifiers without end", "[key class A_B { };", "line 1: ',' is missing before \"class\""},
    {"a qualifier without value", "[key()] class A_B { };",
     "line 1: a value is missing before ')'"},
    {"a number too large", "class A_B { uint8 N = 256; };",
     "line 1: the value of \"N\" is no uint8"},
    {"a number too small", "class A_B { sint16 N = -32769; };",
     "line 1: the value of \"N\" is no sint16"},
    {"a real in an integer", "class A_B { uint8 N = 1.5; };",
     "line 1: the value of \"N\" is no uint8"},
    {"a string in a boolean", "class A_B { boolean B = \"TRUE\"; };",
     "line 1: the value of \"B\" is no boolean"},
    {"a scalar in an array", "class A_B { uint8 N[] = 1; };",
     "line 1: the value of \"N\" is no uint8[]"},
    {"NULL in an array", "class A_B { uint8 N[] = {1, NULL}; };",
     "line 1: the value of \"N\" is no uint8[]"},
    {"an array in a scalar", "class A_B { uint8 N = {1}; };",
     "line 1: the value of \"N\" is no uint8"},
    {"a wrong datetime", "class A_B { datetime D = \"2024-01-31\"; };",
     "line 1: the value of \"D\" is no datetime"},
    {"a datetime with more", "class A_B { datetime D = \"20240131120000.000000+0000\"; };",
     "line 1: the value of \"D\" is no datetime"},
    {"an array of no values", "class A_B { uint8 N[0]; };",
     "line 1: an array has 1 to 1000 values"},
    {"a parameter without direction", "class A_B { void M(string S); };",
     "line 1: parameter \"S\" is neither in nor out"},
    {"a parameter twice", "class A_B { void M([in] string S, [out] string s); };",
     "line 1: parameter \"s\" is there twice"},
    {"a parameter named like the result", "class A_B { void M([out] string ReturnValue); };",
     "line 1: parameter \"ReturnValue\" is there twice"},
    {"parameters without comma", "class A_B { void M([in] string S string T); };",
     "line 1: ',' is missing before \"string\""},
    {"a reference as result", "class A_B { X_Y ref M(); };",
     "line 1: \"M\" cannot return a reference"},
    {"an instance without of", "instance A { };", "line 1: \"of\" is missing before \"A\""},
    {"an instance with two values", "instance of A { X = 1;\n x = 2; };",
     "line 2: \"x\" is set twice"},
    {"an assignment without value", "instance of A { X = ; };",
     "line 1: a value is missing before ';'"},
    {"an unknown word as value", "instance of A { X = YES; };",
     "line 1: a value is missing before \"YES\""},
    {"an alias of nothing", "instance of A { X = $P; };", "line 1: $P names nothing above"},
    {"an alias of itself", "instance of A as $P { X = $P; };", "line 1: $P names nothing above"},
    {"an alias twice", "instance of A as $P { }; instance of A as $p { };",
     "line 1: alias $p is there twice"},
    {"an alias without name", "instance of A as $ { };", "line 1: a name is missing after '$'"},
    {"as without alias", "instance of A as P { };", "line 1: an alias is missing before \"P\""},
    {"an array in an array", "instance of A { X = {{1}}; };",
     "line 1: a value is missing before '{'"},
    {"an array with a comma too many", "instance of A { X = {1,}; };",
     "line 1: a value is missing before '}'"},
    {"an array without comma", "instance of A { X = {1 2}; };",
     "line 1: ',' is missing before a value"},
    {"a string without end", "instance of A { X = \"abc\n\"; };",
     "line 1: the string has no end on its line"},
    {"a string to the end", "instance of A { X = \"abc",
     "line 1: the string has no end on its line"},
    {"a backslash at the end", "instance of A { X = \"abc\\",
     "line 1: an unknown escape in a string"},
    {"an unknown escape", "instance of A { X = \"\\q\"; };",
     "line 1: an unknown escape in a string"},
    {"an escape without digits", "instance of A { X = \"\\xg\"; };", "line 1: \\x has no digits"},
    {"an escaped NUL", "instance of A { X = \"\\x0000\"; };", "line 1: \\x0 is no character"},
    {"half a character", "instance of A { X = \"\\xD800\"; };", "line 1: \\xD800 is no character"},
    {"no character", "instance of A { X = ''; };", "line 1: a character is missing between quotes"},
    {"two characters", "instance of A { X = 'ab'; };",
     "line 1: more than one character between quotes"},
    {"a comment without end", "class A_B { };\n/* x", "line 2: the comment has no end"},
    {"a slash", "class / A", "line 1: '/' has no meaning here"},
    {"a number with letters", "instance of A { X = 12x; };",
     "line 1: 'x' is no digit of this number"},
    {"an octal number with 8", "instance of A { X = 08; };",
     "line 1: '8' is no digit of this number"},
    {"a hexadecimal number without digits", "instance of A { X = 0x; };",
     "line 1: a number without digits"},
    {"a sign alone", "instance of A { X = -; };", "line 1: a number without digits"},
    {"a number beyond 64 bits", "instance of A { X = 18446744073709551616; };",
     "line 1: a number beyond 64 bits"},
    {"a real without digits", "instance of A { X = 1.; };", "line 1: \"1.\" is no number"},
    {"a real of two points", "instance of A { X = 1.2.3; };", "line 1: \"1.2.3\" is no number"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_mof, row->text, strlen(row->text), row->message);
}

/* ---- bytes and sizes ---- */

static void check_utf16(void **state)
{
    static const char little[] = "\xff\xfe"
                                 "c\0l\0a\0s\0s\0 \0A\0_\0B\0 \0{\0}\0;\0"
                                 "[\0d\0(\0\"\0\xe4\0\"\0)\0]\0c\0l\0a\0s\0s\0 \0C\0{\0}\0;";
    static const char big[] = "\xfe\xff\0c\0l\0a\0s\0s\0 \0A\0{\0}\0;";
    static const char odd[] = "\xff\xfe\0";
    static const char lone[] = "\xff\xfe\n\0\x00\xd8";
    struct prereq_arena *arena = new_arena();
    const struct mof_item *items = NULL;
    struct prereq_buffer out = {0};

    (void)state;
    assert_int_equal(mof_parse(arena, little, sizeof(little), &items, NULL), PREREQ_OK);
    print_mof(&out, items);
    assert_string_equal(out.text, "1 - class A_B : -\n1 - class C : - d=<\xc3\xa4>\n");
    assert_int_equal(mof_parse(arena, big, sizeof(big) - 1, &items, NULL), PREREQ_OK);
    assert_string_equal(items->class.name, "A");
    must_refuse(read_mof, odd, 3, "line 1: UTF-16 text has an odd number of bytes");
    must_refuse(read_mof, lone, 6, "line 2: a character that no text may hold");
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

/* "HEAD" + many times "PART" + "TAIL". */
static void refuse_many(const char *head, const char *part, size_t count, const char *message)
{
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, head);
    for (size_t i = 0; i < count; i++)
        prereq_buffer_add(&text, part);
    assert_false(text.failed);
    must_refuse(read_mof, text.text, text.len, message);
    prereq_buffer_free(&text);
}

static void check_sizes(void **state)
{
    (void)state;
    refuse_many("", "        ", MOF_MAX_BYTES / 8 + 1, "line 1: more than 4194304 bytes");
    refuse_many("class ", "A", MOF_MAX_NAME + 1, "line 1: a name has more than 255 characters");
    refuse_many("instance of A { X = \"", "abcdefgh", MOF_MAX_STRING / 8 + 1,
                "line 1: a string has more than 65536 bytes");
    refuse_many("instance of A { X = {0", ",1", MOF_MAX_ITEMS,
                "line 1: an array has more than 1000 values");
    refuse_many("instance of A { X = 1.", "1", 64, "line 1: a number is too long");
}

/* Every beginning of a good text is read or refused; sanitizers watch. */
static void check_beginnings(void **state)
{
    const struct good *row = *state;

    for (size_t len = 0; len < strlen(row->text); len++) {
        struct prereq_arena *arena = new_arena();
        const struct mof_item *items;
        char *copy = malloc(len + 1); /* of exactly this size, so that reading on is seen */
        struct prereq_error err = {0};

        assert_non_null(copy);
        memcpy(copy, row->text, len);
        copy[len] = '"';
        if (mof_parse(arena, copy, len, &items, &err) != PREREQ_OK)
            assert_int_equal(err.status, PREREQ_BAD_INPUT);
        free(copy);
        prereq_arena_free(arena);
    }
}

static void check_finding(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct mof_item *items =
        must_read(arena, read_mof,
                  "[a, b(FALSE), c(TRUE), d(0)] class A_B { string S; void M(); };"
                  "instance of X { V = 1; };");
    const struct mof_class *class = mof_find_class(items, "a_b");

    (void)state;
    assert_non_null(class);
    assert_null(mof_find_class(items, "X"));
    assert_true(mof_is_set(class->qualifiers, "A"));
    assert_false(mof_is_set(class->qualifiers, "b"));
    assert_true(mof_is_set(class->qualifiers, "c"));
    assert_true(mof_is_set(class->qualifiers, "d"));
    assert_false(mof_is_set(class->qualifiers, "e"));
    assert_non_null(mof_find_property(class->properties, "s"));
    assert_null(mof_find_property(class->properties, "M"));
    assert_non_null(mof_find_method(class->methods, "m"));
    assert_int_equal(mof_find_assignment(&items->next->instance, "v")->magnitude, 1);
    assert_null(mof_find_assignment(&items->next->instance, "w"));
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_utf16),
        cmocka_unit_test(check_sizes),
        cmocka_unit_test(check_finding),
    };
    int failed = RUN_TABLE(good, check_good);

    failed |= RUN_TABLE(good, check_limits);
    failed |= RUN_TABLE(good, check_beginnings);
    failed |= RUN_TABLE(bad, check_bad);
    return failed | RUN_TESTS(tests);
}
