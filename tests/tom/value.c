/* SPDX-License-Identifier: MIT */
/* value.c - texts between UTF-8 and UTF-16, and what a VARIANT must be for a CIM type. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tom.h"

WCHAR *tom_wide(struct prereq_arena *arena, const char *utf8)
{
    int len = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, NULL, 0);
    WCHAR *wide = len > 0 ? PREREQ_NEW_ARRAY(arena, (size_t)len, WCHAR) : NULL;

    if (wide)
        MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, wide, len);
    return wide;
}

char *tom_utf8(struct prereq_arena *arena, const WCHAR *wide)
{
    int len = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *utf8 = len > 0 ? PREREQ_NEW_ARRAY(arena, (size_t)len, char) : NULL;

    if (utf8)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, utf8, len, NULL, NULL);
    return utf8;
}

VARTYPE tom_vartype(enum mof_type type, bool is_array)
{
    static const struct {
        enum mof_type type;
        VARTYPE vartype;
    } table[] = {
        {MOF_BOOLEAN, VT_BOOL},   {MOF_SINT8, VT_I2},      {MOF_UINT8, VT_UI1},
        {MOF_SINT16, VT_I2},      {MOF_UINT16, VT_I4},     {MOF_SINT32, VT_I4},
        {MOF_UINT32, VT_I4},      {MOF_SINT64, VT_BSTR},   {MOF_UINT64, VT_BSTR},
        {MOF_REAL32, VT_R4},      {MOF_REAL64, VT_R8},     {MOF_CHAR16, VT_I2},
        {MOF_STRING, VT_BSTR},    {MOF_DATETIME, VT_BSTR}, {MOF_REFERENCE, VT_BSTR},
        {MOF_OBJECT, VT_UNKNOWN},
    };

    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        if (table[i].type == type)
            return (VARTYPE)(table[i].vartype | (is_array ? VT_ARRAY : 0));
    }
    return VT_EMPTY;
}

/* ---- checks ---- */

static int number_at(const WCHAR *text, int digits)
{
    int value = 0;

    while (digits-- > 0)
        value = value * 10 + (*text++ - '0');
    return value;
}

/* yyyymmddHHMMSS.mmmmmm+000, a moment that exists. */
static bool is_utc_datetime(const WCHAR *text)
{
    static const char shape[] = "dddddddddddddd.dddddd+000";
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;

    for (size_t i = 0; i < sizeof(shape); i++) {
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != (WCHAR)shape[i])
            return false;
    }
    year = number_at(text, 4);
    month = number_at(text + 4, 2);
    day = number_at(text + 6, 2);
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
        return false;
    if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)))
        return false;
    return number_at(text + 8, 2) < 24 && number_at(text + 10, 2) < 60 &&
           number_at(text + 12, 2) < 60;
}

static bool is_decimal(const WCHAR *text, bool is_signed)
{
    size_t sign = is_signed && *text == '-';
    size_t len = wcsspn(text + sign, L"0123456789");

    return len > 0 && len <= 20 && !text[sign + len];
}

static bool is_reference(const WCHAR *text)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct tom_path path;
    char *utf8 = tom_utf8(arena, text);
    bool good = utf8 && tom_path_parse(arena, utf8, &path) && path.key_count > 0 &&
                tom_class_find_utf8(&tom.schema, path.class_name);

    if (good && path.name_space)
        good = tom_same_namespace(path.name_space, tom.schema.name_space);
    prereq_arena_free(arena);
    return good;
}

static void check_text(const struct tom_class *class, const struct tom_property *property,
                       const WCHAR *text)
{
    const char *c = class->utf8;
    const char *p = property->utf8;

    if (!text) {
        tom_violate(TOM_NULL_BSTR, "%s.%s", c, p);
        return;
    }
    if (property->type == MOF_DATETIME && !is_utc_datetime(text))
        tom_violate(TOM_BAD_DATETIME, "%s.%s is \"%ls\"", c, p, text);
    if (property->type == MOF_REFERENCE && !is_reference(text))
        tom_violate(TOM_BAD_REFERENCE, "%s.%s is \"%ls\"", c, p, text);
    if ((property->type == MOF_SINT64 || property->type == MOF_UINT64) &&
        !is_decimal(text, property->type == MOF_SINT64))
        tom_violate(TOM_BAD_NUMBER, "%s.%s is \"%ls\"", c, p, text);
}

static bool in_range(enum mof_type type, const VARIANT *value)
{
    if (type == MOF_SINT8)
        return V_I2(value) >= -128 && V_I2(value) <= 127;
    if (type == MOF_UINT16)
        return V_I4(value) >= 0 && V_I4(value) <= 65535;
    /* The product promises numbers below 2^31: what lies beyond prints as negative. */
    return type != MOF_UINT32 || V_I4(value) >= 0;
}

void tom_value_check(const struct tom_class *class, const struct tom_property *property,
                     const VARIANT *value)
{
    VARTYPE wanted = tom_vartype(property->type, property->is_array);

    if (!value || V_VT(value) == VT_NULL) {
        if (property->never_null)
            tom_violate(TOM_NULL_IN_NEVER_NULL, "%s.%s", class->utf8, property->utf8);
        return;
    }
    if (V_VT(value) != wanted) {
        tom_violate(TOM_WRONG_VARTYPE, "%s.%s is a %s and got VARTYPE %u, not %u", class->utf8,
                    property->utf8, mof_type_name(property->type), V_VT(value), wanted);
        return;
    }
    if (property->is_array)
        return;
    if (wanted == VT_BSTR)
        check_text(class, property, V_BSTR(value));
    if (wanted == VT_BOOL && V_BOOL(value) != VARIANT_TRUE && V_BOOL(value) != VARIANT_FALSE)
        tom_violate(TOM_BAD_BOOLEAN, "%s.%s is %d", class->utf8, property->utf8, V_BOOL(value));
    if (!class->system && !in_range(property->type, value)) /* a StatusCode is beyond 2^31 */
        tom_violate(TOM_BAD_NUMBER, "%s.%s is %d", class->utf8, property->utf8, (int)V_I4(value));
}

/* ---- conversions ---- */

static struct wql_value text_value(struct prereq_arena *arena, const WCHAR *text,
                                   enum mof_type type)
{
    struct wql_value out = {.kind = WQL_STRING};

    out.text = tom_utf8(arena, text ? text : L"");
    if (type == MOF_SINT64 || type == MOF_UINT64) {
        out.kind = WQL_INTEGER;
        out.integer = _wcstoi64(text ? text : L"", NULL, 10);
    }
    return out;
}

struct wql_value tom_value_wql(struct prereq_arena *arena, const VARIANT *value, enum mof_type type)
{
    struct wql_value out = {.kind = WQL_INTEGER};

    switch (V_VT(value)) {
    case VT_BSTR:
        return text_value(arena, V_BSTR(value), type);
    case VT_BOOL:
        out.kind = WQL_BOOLEAN;
        out.truth = V_BOOL(value) != VARIANT_FALSE;
        break;
    case VT_UI1:
        out.integer = V_UI1(value);
        break;
    case VT_I2:
        out.integer = V_I2(value);
        break;
    case VT_I4:
        out.integer = type == MOF_UINT32 ? (int64_t)(uint32_t)V_I4(value) : V_I4(value);
        break;
    case VT_R4:
    case VT_R8:
        out.kind = WQL_REAL;
        out.real = V_VT(value) == VT_R4 ? (double)V_R4(value) : V_R8(value);
        break;
    default:
        out.kind = WQL_NULL;
        break;
    }
    return out;
}

void tom_value_print(struct prereq_buffer *out, const VARIANT *value, enum mof_type type)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    struct wql_value plain = tom_value_wql(arena, value, type);

    if (plain.kind == WQL_STRING)
        tom_path_add_quoted(out, plain.text ? plain.text : "");
    else if (plain.kind == WQL_INTEGER)
        prereq_buffer_addf(out, "%" PRId64, plain.integer);
    else if (plain.kind == WQL_REAL)
        prereq_buffer_addf(out, "%.17g", plain.real);
    else if (plain.kind == WQL_BOOLEAN)
        prereq_buffer_add(out, plain.truth ? "TRUE" : "FALSE");
    else
        prereq_buffer_add(out, V_VT(value) & VT_ARRAY ? "{...}" : "NULL");
    prereq_arena_free(arena);
}
