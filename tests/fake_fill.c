/* SPDX-License-Identifier: MIT */
/* fake_fill.c - a small text as keys, files and refusals of an installation in memory. */
#include "fake_source.h"

#include <stdlib.h>
#include <string.h>

static unsigned long long hex_number(const char *line, const char *text)
{
    char *end;
    unsigned long long number = strtoull(text, &end, 16);

    if (end == text || *end)
        fake_wrong(line, "no hex number");
    return number;
}

/* UTF-8 as UTF-16LE with `ends` NULs behind it; '|' parts the texts of a list. */
static void add_text(struct fake_source *fake, const char *name, uint32_t type, const char *text)
{
    size_t room = strlen(text) * 2 + 4, len = 0;
    unsigned char *units = fake_must(prereq_alloc(fake->arena, room, 1));

    while (*text) {
        unsigned c = (unsigned char)*text++;
        int more = c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;

        c = more == 2 ? c & 0x0F : more == 1 ? c & 0x1F : c;
        for (; more > 0; more--)
            c = c << 6 | ((unsigned char)*text++ & 0x3F);
        if (type == PREREQ_REG_MULTI_SZ && c == '|')
            c = 0;
        units[len++] = (unsigned char)(c & 0xFF);
        units[len++] = (unsigned char)(c >> 8);
    }
    len += type == PREREQ_REG_MULTI_SZ && len > 0 ? 4 : 2;
    fake_value(fake, fake->key->path, name, type, units, len);
}

static void add_number(struct fake_source *fake, const char *name, uint32_t type,
                       unsigned long long number)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    fake_value(fake, fake->key->path, name, type, bytes, type == PREREQ_REG_QWORD ? 8 : 4);
}

static void add_bytes(struct fake_source *fake, const char *line, const char *name, char *hex)
{
    uint32_t type = PREREQ_REG_BINARY;
    unsigned char *bytes = fake_must(prereq_alloc(fake->arena, strlen(hex), 1));
    size_t len = 0;
    char *colon = strchr(hex, ':');

    if (!colon)
        fake_wrong(line, "no hex bytes");
    *colon = '\0';
    if (hex[3] == '(')
        type = (uint32_t)strtoul(hex + 4, NULL, 16);
    for (char *part = strtok(colon + 1, ","); part; part = strtok(NULL, ","))
        bytes[len++] = (unsigned char)hex_number(line, part);
    fake_value(fake, fake->key->path, name, type, bytes, len);
}

static void fill_value(struct fake_source *fake, const char *line, char *text)
{
    char *name = text + 1, *equals = strstr(name, "\"="), *value;

    if (!equals || !fake->key)
        fake_wrong(line, "no value of a key");
    *equals = '\0';
    value = equals + 2;
    if (value[0] == '"' && strlen(value) > 1 && value[strlen(value) - 1] == '"') {
        value[strlen(value) - 1] = '\0';
        add_text(fake, name, PREREQ_REG_SZ, value + 1);
    } else if (!strncmp(value, "expand:", 7)) {
        add_text(fake, name, PREREQ_REG_EXPAND_SZ, value + 7);
    } else if (!strncmp(value, "multi:", 6)) {
        add_text(fake, name, PREREQ_REG_MULTI_SZ, value + 6);
    } else if (!strncmp(value, "dword:", 6)) {
        add_number(fake, name, PREREQ_REG_DWORD, hex_number(line, value + 6));
    } else if (!strncmp(value, "qword:", 6)) {
        add_number(fake, name, PREREQ_REG_QWORD, hex_number(line, value + 6));
    } else if (!strncmp(value, "hex", 3)) {
        add_bytes(fake, line, name, value);
    } else if (!strncmp(value, "refuse:", 7)) {
        fake_value(fake, fake->key->path, name, 0, "", 0)->refused = value + 7;
    } else {
        fake_wrong(line, "no kind of value");
    }
}

static void fill_key(struct fake_source *fake, const char *line, char *text)
{
    size_t len = strlen(text);
    enum prereq_view view = PREREQ_VIEW_64;

    if (text[len - 1] != ']')
        fake_wrong(line, "no key");
    text[len - 1] = '\0';
    text++;
    if (!strncmp(text, "32:", 3)) {
        view = PREREQ_VIEW_32;
        text += 3;
    }
    fake->key = fake_node(fake, fake_view(fake, text, view, fake->arena));
}

static void fill_rule(struct fake_source *fake, char what, const char *line, char *text)
{
    struct fake_rule *rule = fake_must(PREREQ_NEW(fake->arena, struct fake_rule));

    rule->what = what;
    rule->pattern = text;
    if (what == 'r' || what == 'n') { /* the code, and a number or none, are the last words */
        char *end = strrchr(text, ' ');

        if (end && end[1] >= '0' && end[1] <= '9') {
            *end = '\0';
            rule->number = end + 1;
            end = strrchr(text, ' ');
        }
        if (!end)
            fake_wrong(line, "no code");
        *end = '\0';
        rule->code = end + 1;
    }
    rule->next = fake->rules;
    fake->rules = rule;
}

/* file PATH TIME TEXT: the time is the first word that looks like one, for paths with blanks. */
static void fill_file(struct fake_source *fake, const char *line, char *text)
{
    for (char *blank = strchr(text, ' '); blank; blank = strchr(blank + 1, ' ')) {
        char *end = blank + 1 + strcspn(blank + 1, " ");
        struct prereq_time time;
        char kept = *end;

        *end = '\0';
        if (prereq_time_parse(blank + 1, &time)) {
            *blank = '\0';
            fake_file(fake, text, blank + 1, kept ? end + 1 : end, kept ? strlen(end + 1) : 0);
            return;
        }
        *end = kept;
    }
    fake_wrong(line, "no path and time");
}

static void fill_line(struct fake_source *fake, const char *line)
{
    static const struct {
        const char *word;
        char what;
    } rules[] = {{"refuse ", 'r'}, {"stale ", 's'}, {"no-read ", 'n'}, {"running ", 'R'}};
    char *text = fake_must(prereq_strdup(fake->arena, line));

    for (size_t i = 0; i < PREREQ_COUNT(rules); i++) {
        if (!strncmp(line, rules[i].word, strlen(rules[i].word))) {
            fill_rule(fake, rules[i].what, line, text + strlen(rules[i].word));
            return;
        }
    }
    if (line[0] == '[') {
        fill_key(fake, line, text);
    } else if (line[0] == '"') {
        fill_value(fake, line, text);
    } else if (!strncmp(line, "time ", 5)) {
        if (!fake->key || !prereq_time_parse(line + 5, &fake->key->time))
            fake_wrong(line, "no key or time");
    } else if (!strncmp(line, "file ", 5)) {
        fill_file(fake, line, text + 5);
    } else if (!strncmp(line, "folder ", 7)) {
        fake_node(fake, text + 7);
    } else if (!strcmp(line, "live")) {
        fake_live(fake);
    } else if (line[0] && line[0] != '#') {
        fake_wrong(line, "no line of a fake source");
    }
}

void fake_fill(struct fake_source *fake, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");

        fill_line(fake, fake_must(prereq_strndup(fake->arena, text, len)));
        text += len + (text[len] == '\n');
    }
}
