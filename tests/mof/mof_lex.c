/* SPDX-License-Identifier: MIT */
/* mof_lex.c - bytes to UTF-8 to tokens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mof_lex.h"

bool mof_lex_fail(struct mof_lexer *lexer, size_t line, const char *fmt, ...)
{
    char text[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    lexer->status = prereq_fail(lexer->err, PREREQ_BAD_INPUT, "line %zu: %s", line, text);
    return false;
}

bool mof_lex_no_memory(struct mof_lexer *lexer)
{
    lexer->status = prereq_fail(lexer->err, PREREQ_NO_MEMORY, "the MOF text needs too much memory");
    return false;
}

/* ---- bytes ---- */

static bool read_utf16(struct mof_lexer *lexer, const unsigned char *bytes, size_t len)
{
    bool big = bytes[0] == 0xFE;
    char *text = prereq_alloc_unset(lexer->arena, len * 2);
    size_t line = 1;
    size_t at = 2;

    if (!text)
        return mof_lex_no_memory(lexer);
    if (len % 2 != 0)
        return mof_lex_fail(lexer, 1, "UTF-16 text has an odd number of bytes");
    while (at < len) {
        uint32_t c = prereq_utf16_next(bytes, len, &at, big);

        if (c == 0 || c == 0xFFFD)
            return mof_lex_fail(lexer, line, "a character that no text may hold");
        line += c == '\n';
        lexer->len += prereq_utf8_put(c, text + lexer->len);
    }
    text[lexer->len] = '\0';
    lexer->text = text;
    return true;
}

/* mofcomp describes ASCII and UTF-16; what it makes of other bytes depends on the machine. */
static bool read_ascii(struct mof_lexer *lexer, const unsigned char *bytes, size_t len)
{
    size_t line = 1;

    for (size_t i = 0; i < len; i++) {
        bool control = bytes[i] < ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n';

        if (control || bytes[i] > 0x7E)
            return mof_lex_fail(lexer, line, "byte 0x%02X is not ASCII text", (unsigned)bytes[i]);
        line += bytes[i] == '\n';
    }
    lexer->text = prereq_strndup(lexer->arena, (const char *)bytes, len);
    lexer->len = len;
    return lexer->text || mof_lex_no_memory(lexer);
}

bool mof_lex_start(struct mof_lexer *lexer, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    bool wide;

    lexer->line = 1;
    if (len > MOF_MAX_BYTES)
        return mof_lex_fail(lexer, 1, "more than %zu bytes", MOF_MAX_BYTES);
    wide = len >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF));
    return (wide ? read_utf16(lexer, b, len) : read_ascii(lexer, b, len)) && mof_lex_next(lexer);
}

/* ---- tokens ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool skip_comment(struct mof_lexer *lexer)
{
    const char *start = lexer->text + lexer->at;
    const char *end;

    if (start[1] == '/') {
        lexer->at += strcspn(start, "\n");
        return true;
    }
    end = strstr(start + 2, "*/");
    if (!end)
        return mof_lex_fail(lexer, lexer->line, "the comment has no end");
    for (const char *c = start; c < end; c++)
        lexer->line += *c == '\n';
    lexer->at += (size_t)(end + 2 - start);
    return true;
}

static bool skip_blanks(struct mof_lexer *lexer)
{
    for (;;) {
        const char *c = lexer->text + lexer->at;

        if (*c == '/' && (c[1] == '/' || c[1] == '*')) {
            if (!skip_comment(lexer))
                return false;
        } else if (*c == ' ' || *c == '\t' || *c == '\r' || *c == '\n') {
            lexer->line += *c == '\n';
            lexer->at++;
        } else {
            return true;
        }
    }
}

static bool read_name(struct mof_lexer *lexer, enum mof_token_kind kind, size_t prefix)
{
    const char *start = lexer->text + lexer->at;
    size_t len = prefix;

    if (!is_letter(start[prefix]))
        return mof_lex_fail(lexer, lexer->line, "a name is missing after '%c'", start[0]);
    while (is_letter(start[len]) || is_digit(start[len]))
        len++;
    if (len - prefix > MOF_MAX_NAME)
        return mof_lex_fail(lexer, lexer->line, "a name has more than %d characters", MOF_MAX_NAME);
    lexer->token.kind = kind;
    lexer->token.text = prereq_strndup(lexer->arena, start, len);
    lexer->at += len;
    return lexer->token.text || mof_lex_no_memory(lexer);
}

/* \xH to \xHHHH; the place is behind the x. */
static bool read_hex_escape(struct mof_lexer *lexer, uint32_t *c)
{
    size_t digits = 0;

    *c = 0;
    while (digits < 4 && hex_digit(lexer->text[lexer->at]) >= 0) {
        *c = *c * 16 + (uint32_t)hex_digit(lexer->text[lexer->at++]);
        digits++;
    }
    if (digits == 0)
        return mof_lex_fail(lexer, lexer->line, "\\x has no digits");
    if (*c == 0 || (*c >= 0xD800 && *c <= 0xDFFF))
        return mof_lex_fail(lexer, lexer->line, "\\x%X is no character", (unsigned)*c);
    return true;
}

/* One character of a string or of quotes, escapes resolved. */
static bool read_character(struct mof_lexer *lexer, char text[4], size_t *len, uint32_t *value)
{
    static const char names[] = "btnfr\"'\\";
    static const char values[] = "\b\t\n\f\r\"'\\";
    char c = lexer->text[lexer->at++];
    const char *found;

    *value = (unsigned char)c;
    text[0] = c;
    *len = 1;
    if (c != '\\')
        return true;
    c = lexer->text[lexer->at++];
    found = c ? strchr(names, c) : NULL;
    if (found) {
        text[0] = values[found - names];
        *value = (unsigned char)text[0];
        return true;
    }
    if (c != 'x' && c != 'X')
        return mof_lex_fail(lexer, lexer->line, "an unknown escape in a string");
    if (!read_hex_escape(lexer, value))
        return false;
    *len = prereq_utf8_put(*value, text);
    return true;
}

static bool read_string_part(struct mof_lexer *lexer, struct prereq_buffer *out)
{
    lexer->at++;
    while (lexer->text[lexer->at] != '"') {
        char text[4];
        uint32_t value;
        size_t len;

        if (lexer->text[lexer->at] == '\0' || lexer->text[lexer->at] == '\n')
            return mof_lex_fail(lexer, lexer->line, "the string has no end on its line");
        if (!read_character(lexer, text, &len, &value))
            return false;
        prereq_buffer_add_bytes(out, text, len);
        if (out->len > MOF_MAX_STRING)
            return mof_lex_fail(lexer, lexer->line, "a string has more than %zu bytes",
                                MOF_MAX_STRING);
    }
    lexer->at++;
    return true;
}

static bool read_strings(struct mof_lexer *lexer)
{
    struct prereq_buffer out = {0};
    bool done = true;

    prereq_buffer_add(&out, "");
    while (done && lexer->text[lexer->at] == '"')
        done = read_string_part(lexer, &out) && skip_blanks(lexer);
    lexer->token.kind = MOF_TEXT;
    if (done && !out.failed)
        lexer->token.text = prereq_strndup(lexer->arena, out.text ? out.text : "", out.len);
    prereq_buffer_free(&out);
    return done && (lexer->token.text || mof_lex_no_memory(lexer));
}

static bool read_quoted_character(struct mof_lexer *lexer)
{
    char text[4];
    uint32_t value;
    size_t len;

    lexer->at++;
    if (strchr("\r\n'", lexer->text[lexer->at])) /* finds the end, too */
        return mof_lex_fail(lexer, lexer->line, "a character is missing between quotes");
    if (!read_character(lexer, text, &len, &value))
        return false;
    if (value > 0x7E && len == 1) /* a byte of a longer character, which an escape can write */
        return mof_lex_fail(lexer, lexer->line, "a character beyond ASCII is written \\xHHHH");
    if (lexer->text[lexer->at++] != '\'')
        return mof_lex_fail(lexer, lexer->line, "more than one character between quotes");
    lexer->token.kind = MOF_CHARACTER;
    lexer->token.character = (uint16_t)value;
    return true;
}

/* ---- numbers ---- */

static bool read_digits(struct mof_lexer *lexer, const char *digits, size_t len, unsigned base)
{
    uint64_t sum = 0;

    if (len == 0)
        return mof_lex_fail(lexer, lexer->line, "a number without digits");
    for (size_t i = 0; i < len; i++) {
        int digit = hex_digit(digits[i]);

        if (digit < 0 || (unsigned)digit >= base)
            return mof_lex_fail(lexer, lexer->line, "'%c' is no digit of this number", digits[i]);
        if (sum > (UINT64_MAX - (unsigned)digit) / base)
            return mof_lex_fail(lexer, lexer->line, "a number beyond 64 bits");
        sum = sum * base + (unsigned)digit;
    }
    lexer->token.kind = MOF_INTEGER;
    lexer->token.magnitude = sum;
    return true;
}

static bool read_real(struct mof_lexer *lexer, const char *start, size_t len)
{
    char text[64];
    char *end;

    if (len >= sizeof(text))
        return mof_lex_fail(lexer, lexer->line, "a number is too long");
    memcpy(text, start, len);
    text[len] = '\0';
    lexer->token.kind = MOF_REAL;
    lexer->token.real = strtod(text, &end);
    if (*end != '\0' || !is_digit(end[-1]))
        return mof_lex_fail(lexer, lexer->line, "\"%s\" is no number", text);
    return true;
}

static bool read_number(struct mof_lexer *lexer)
{
    const char *start = lexer->text + lexer->at;
    const char *digits = start + (*start == '-' || *start == '+');
    bool hex = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    size_t len = hex ? 2 : 0;

    while (is_letter(digits[len]) || is_digit(digits[len]) ||
           (!hex && (digits[len] == '.' || (len > 0 && (digits[len] == '-' || digits[len] == '+') &&
                                            (digits[len - 1] == 'e' || digits[len - 1] == 'E')))))
        len++;
    lexer->token.negative = *start == '-';
    lexer->at += len + (size_t)(digits - start);
    if (hex)
        return read_digits(lexer, digits + 2, len - 2, 16);
    if (len > 0 && (digits[len - 1] == 'b' || digits[len - 1] == 'B'))
        return read_digits(lexer, digits, len - 1, 2);
    if (memchr(digits, '.', len) || memchr(digits, 'e', len) || memchr(digits, 'E', len))
        return read_real(lexer, start, len + (size_t)(digits - start));
    if (len > 1 && digits[0] == '0')
        return read_digits(lexer, digits, len, 8);
    return read_digits(lexer, digits, len, 10);
}

static bool read_hash(struct mof_lexer *lexer)
{
    static const char word[] = "#pragma";
    const char *start = lexer->text + lexer->at;

    if (!prereq_starts_nocase(start, word) || is_letter(start[sizeof(word) - 1]))
        return mof_lex_fail(lexer, lexer->line, "'#' begins nothing but #pragma");
    lexer->token.kind = MOF_HASH;
    lexer->at += sizeof(word) - 1;
    return true;
}

bool mof_lex_next(struct mof_lexer *lexer)
{
    char c;

    if (!skip_blanks(lexer))
        return false;
    lexer->token = (struct mof_token){.line = lexer->line};
    c = lexer->text[lexer->at];
    if (c == '\0')
        return true; /* MOF_END */
    if (is_letter(c))
        return read_name(lexer, MOF_NAME, 0);
    if (c == '$')
        return read_name(lexer, MOF_ALIAS, 1);
    if (c == '"')
        return read_strings(lexer);
    if (c == '\'')
        return read_quoted_character(lexer);
    if (c == '#')
        return read_hash(lexer);
    if (is_digit(c) || c == '-' || c == '+' || c == '.')
        return read_number(lexer);
    if (!strchr("{}[](),;:=", c))
        return mof_lex_fail(lexer, lexer->line, "'%c' has no meaning here",
                            (unsigned char)c < 0x7F ? c : '?');
    lexer->token.kind = MOF_MARK;
    lexer->token.mark = c;
    lexer->at++;
    return true;
}
