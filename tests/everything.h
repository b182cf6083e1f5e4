/* SPDX-License-Identifier: MIT */
/* everything.h - for tests: a document whose top object has a member of every type. */
#ifndef PREREQ_TESTS_EVERYTHING_H
#define PREREQ_TESTS_EVERYTHING_H

#include "documents.h"

struct inner {
    struct prereq_number number;
    const char *text;
};

struct everything {
    const char *format, *text, *id, *full;
    enum prereq_flag flag;
    struct prereq_number number;
    struct prereq_time time, date;
    struct prereq_version version, file_version;
    int choice, state;
    const struct inner *object, *one;
    const char *const *texts;
    const int *choices;
    const uint64_t *numbers;
    const struct prereq_version *versions;
    const struct inner *objects;
    size_t text_count, choice_count, number_count, version_count, object_count;
};

static const char *const colours[] = {"red", "green", NULL};

static const struct prereq_member inner_members[] = {
    PREREQ_M_UINT("number", inner, number, "a number"),
    PREREQ_M_TEXT("a/b~c", inner, text, "a name to escape"), PREREQ_M_END};
static const struct prereq_shape inner_shape = {"inner", NULL, sizeof(struct inner), inner_members,
                                                false};
static const struct prereq_shape one_shape = {"one", NULL, sizeof(struct inner), inner_members,
                                              true};

#define E everything
static const struct prereq_member everything_members[] = {
    PREREQ_M_TEXT_REQ("format", E, format, "format"),
    PREREQ_M_TEXT("text", E, text, "text"),
    PREREQ_M_ID("id", E, id, false, "id"),
    PREREQ_M_TEXT_REQ("full", E, full, "not empty"),
    PREREQ_M_FLAG("flag", E, flag, "flag"),
    PREREQ_M_UINT("number", E, number, "number"),
    PREREQ_M_TIME("time", E, time, "time"),
    PREREQ_M_DATE("date", E, date, "date"),
    PREREQ_M_VERSION("version", E, version, "version"),
    PREREQ_M_FILE_VERSION("fileVersion", E, file_version, "file version"),
    PREREQ_M_ENUM("choice", E, choice, false, colours, "word"),
    {"state", PREREQ_STATE, offsetof(struct everything, state), 0, false, PREREQ_ANY_TEXT, NULL,
     colours, "state", NULL, 0, 0},
    PREREQ_M_OBJECT("object", E, object, false, &inner_shape, "object"),
    PREREQ_M_OBJECT("one", E, one, false, &one_shape, "one of"),
    PREREQ_M_TEXTS("texts", E, texts, text_count, "texts"),
    PREREQ_M_ENUMS("choices", E, choices, choice_count, colours, "words"),
    PREREQ_M_UINTS("numbers", E, numbers, number_count, "numbers"),
    PREREQ_M_VERSIONS("versions", E, versions, version_count, "versions"),
    PREREQ_M_OBJECTS("objects", E, objects, object_count, &inner_shape, "objects"),
    PREREQ_M_END};
#undef E
static const struct prereq_shape everything_shape = {"everything", NULL, sizeof(struct everything),
                                                     everything_members, false};
static const struct prereq_document document = {"test", 1, 2, &everything_shape, (size_t)4 << 20};

static enum prereq_status read_everything(struct prereq_arena *arena, const char *text, size_t len,
                                          const void **object, struct prereq_error *err)
{
    return prereq_shape_read(arena, &document, text, len, object, NULL, err);
}

#define HEAD "{\"format\": \"test/1.2\", \"full\": \"x\""
#define WHOLE                                                                                      \
    HEAD ", \"text\": \"t\\u00e9\\n\", \"id\": \"MSSQL/PROD:241_x@a-1.0\", \"flag\": true, "       \
         "\"number\": 9007199254740991, \"time\": \"2026-11-22T08:15:00+01:00\", "                 \
         "\"date\": \"2026-11-22\", \"version\": \"5.00.70000\", \"fileVersion\": \"6.1.65535\", " \
         "\"choice\": \"green\", \"state\": \"green\", \"object\": {\"number\": 0}, "              \
         "\"one\": {\"a/b~c\": \"\"}, \"texts\": [\"a\", \"\"], \"choices\": [\"green\", "         \
         "\"red\"], "                                                                              \
         "\"numbers\": [1, 2], \"versions\": [\"1.2\", \"3\"], "                                   \
         "\"objects\": [{}, {\"number\": 7, \"a/b~c\": \"q\"}]}"

#endif
