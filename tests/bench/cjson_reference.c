/* SPDX-License-Identifier: MIT */
/* cjson_reference.c - what the same verdicts cost at least, with cJSON and nothing around them.
 *
 * usage: cjson_reference CATALOG.json FLEET.ndjson   (of the set that oscap evaluates too)
 *
 * Rules are compiled once to nodes that name facts by number, hosts are parsed with cJSON, and each
 * definition's verdict is printed as one letter.  No states, reasons, plans, hashes or checks. */
#define _POSIX_C_SOURCE 200809L
#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum verdict { VERDICT_FALSE, VERDICT_TRUE, VERDICT_UNKNOWN, VERDICT_UNSET };
enum kind { KIND_ALL, KIND_ANY, KIND_NOT, KIND_REF, KIND_FACT };
enum test { TEST_EXISTS, TEST_NUMBER, TEST_VERSION };

struct version {
    unsigned part[4];
};

struct fact { /* of the host being judged */
    enum { FACT_ABSENT, FACT_KNOWN, FACT_UNKNOWN } status;
    double number;
    struct version version;
};

struct node {
    enum kind kind;
    enum test test;
    int equal; /* else: at least */
    size_t fact;
    double number;
    struct version version;
    size_t definition;
    struct node *children;
    size_t count;
};

struct name { /* of a fact */
    char *text;
    size_t next; /* in the bucket, + 1 */
};

#define BUCKETS ((size_t)1 << 16)

static struct name *names;
static size_t name_count, name_room, buckets[BUCKETS];
static struct fact *facts;
static struct node *rules;
static const char **ids;
static enum verdict *verdicts;
static size_t definition_count;

static void *must(void *memory)
{
    if (memory)
        return memory;
    fputs("no memory\n", stderr);
    exit(1);
}

static size_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037U;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)(hash ^ hash >> 32) & (BUCKETS - 1);
}

/* The number of a fact; `make` adds it, else SIZE_MAX where no rule names it. */
static size_t fact_number(const char *key, const char *name, int make)
{
    char text[1024];
    size_t at, *bucket;

    snprintf(text, sizeof(text), "%s\x01%s", key, name ? name : "");
    for (char *c = text; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    bucket = &buckets[hash_of(text)];
    for (at = *bucket; at; at = names[at - 1].next) {
        if (strcmp(names[at - 1].text, text) == 0)
            return at - 1;
    }
    if (!make)
        return SIZE_MAX;
    if (name_count == name_room) {
        name_room = name_room ? name_room * 2 : 1024;
        names = must(realloc(names, name_room * sizeof(*names)));
    }
    names[name_count] = (struct name){must(strdup(text)), *bucket};
    *bucket = ++name_count;
    return name_count - 1;
}

static struct version read_version(const char *text)
{
    struct version version = {{0}};

    for (int i = 0; i < 4 && *text; i++) {
        char *end;

        version.part[i] = (unsigned)strtoul(text, &end, 10);
        text = *end ? end + 1 : end;
    }
    return version;
}

static const char *text_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static size_t definition_of(const char *id)
{
    for (size_t i = 0; i < definition_count; i++) {
        if (strcmp(ids[i], id) == 0)
            return i;
    }
    fprintf(stderr, "no definition %s\n", id);
    exit(1);
}

static void compile(const cJSON *rule, struct node *node);

static void compile_list(const cJSON *list, struct node *node)
{
    const cJSON *child;

    node->children = must(calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof(*node)));
    cJSON_ArrayForEach(child, list) compile(child, &node->children[node->count++]);
}

static void compile_fact(const cJSON *rule, struct node *node)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(rule, "int");
    const char *version = text_of(rule, "version"), *op = text_of(rule, "op");
    const char *key = text_of(rule, "file");

    node->kind = KIND_FACT;
    node->equal = op && strcmp(op, "eq") == 0;
    node->test = number ? TEST_NUMBER : version ? TEST_VERSION : TEST_EXISTS;
    node->number = number ? number->valuedouble : 0;
    if (version)
        node->version = read_version(version);
    if (!key)
        key = text_of(rule, "registry");
    node->fact = fact_number(key ? key : text_of(rule, "os"), text_of(rule, "name"), 1);
}

static void compile(const cJSON *rule, struct node *node)
{
    const char *id = text_of(rule, "ref");
    const cJSON *list;

    if ((list = cJSON_GetObjectItemCaseSensitive(rule, "all")) != NULL) {
        node->kind = KIND_ALL;
        compile_list(list, node);
    } else if ((list = cJSON_GetObjectItemCaseSensitive(rule, "any")) != NULL) {
        node->kind = KIND_ANY;
        compile_list(list, node);
    } else if ((list = cJSON_GetObjectItemCaseSensitive(rule, "not")) != NULL) {
        node->kind = KIND_NOT;
        node->children = must(calloc(1, sizeof(*node)));
        compile(list, node->children);
    } else if (id) {
        node->kind = KIND_REF;
        node->definition = definition_of(id);
    } else {
        compile_fact(rule, node);
    }
}

/* ---- judging ---- */

static enum verdict judge_fact(const struct node *node)
{
    const struct fact *fact = &facts[node->fact];
    int order = 0;

    if (fact->status != FACT_KNOWN)
        return fact->status == FACT_ABSENT ? VERDICT_FALSE : VERDICT_UNKNOWN;
    if (node->test == TEST_EXISTS)
        return VERDICT_TRUE;
    if (node->test == TEST_NUMBER)
        order = (fact->number > node->number) - (fact->number < node->number);
    for (int i = 0; node->test == TEST_VERSION && i < 4 && order == 0; i++)
        order = (fact->version.part[i] > node->version.part[i]) -
                (fact->version.part[i] < node->version.part[i]);
    return order == 0 || (order > 0 && !node->equal) ? VERDICT_TRUE : VERDICT_FALSE;
}

static enum verdict judge(const struct node *node)
{
    enum verdict decides = node->kind == KIND_ALL ? VERDICT_FALSE : VERDICT_TRUE, one;
    enum verdict result = node->kind == KIND_ALL ? VERDICT_TRUE : VERDICT_FALSE;

    if (node->kind == KIND_FACT)
        return judge_fact(node);
    if (node->kind == KIND_REF) {
        if (verdicts[node->definition] == VERDICT_UNSET)
            verdicts[node->definition] = judge(&rules[node->definition]);
        return verdicts[node->definition];
    }
    if (node->kind == KIND_NOT) {
        one = judge(node->children);
        return one == VERDICT_UNKNOWN ? one : one == VERDICT_TRUE ? VERDICT_FALSE : VERDICT_TRUE;
    }
    for (size_t i = 0; i < node->count; i++) {
        one = judge(&node->children[i]);
        if (one == decides)
            return one;
        if (one == VERDICT_UNKNOWN)
            result = one;
    }
    return result;
}

static void set_fact(const char *key, const char *name, const cJSON *value, int status)
{
    size_t number = fact_number(key, name, 0);

    if (number == SIZE_MAX)
        return;
    facts[number].status = status;
    if (cJSON_IsNumber(value))
        facts[number].number = value->valuedouble;
    if (cJSON_IsString(value))
        facts[number].version = read_version(value->valuestring);
}

static void set_list(const cJSON *list, const char *key, const char *name, const char *value,
                     int status)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        const char *text = cJSON_IsString(item) ? item->valuestring : text_of(item, key);

        set_fact(text, name ? text_of(item, name) : NULL,
                 value ? cJSON_GetObjectItemCaseSensitive(item, value) : NULL, status);
    }
}

static void judge_host(const char *line)
{
    cJSON *host = must(cJSON_Parse(line));
    const cJSON *os = cJSON_GetObjectItemCaseSensitive(host, "os"), *item;
    const cJSON *unknown = cJSON_GetObjectItemCaseSensitive(host, "not_collected");

    memset(facts, 0, name_count * sizeof(*facts));
    for (size_t i = 0; i < definition_count; i++)
        verdicts[i] = VERDICT_UNSET;
    cJSON_ArrayForEach(item, os) set_fact(item->string, NULL, item, FACT_KNOWN);
    set_list(cJSON_GetObjectItemCaseSensitive(host, "files"), "path", NULL, "version", FACT_KNOWN);
    set_list(cJSON_GetObjectItemCaseSensitive(host, "registry"), "key", "name", "value",
             FACT_KNOWN);
    set_list(cJSON_GetObjectItemCaseSensitive(unknown, "files"), "", NULL, NULL, FACT_UNKNOWN);
    set_list(cJSON_GetObjectItemCaseSensitive(unknown, "registry"), "key", "name", NULL,
             FACT_UNKNOWN);
    for (size_t i = 0; i < definition_count; i++) {
        if (verdicts[i] == VERDICT_UNSET)
            verdicts[i] = judge(&rules[i]);
        putchar("ftu"[verdicts[i]]);
    }
    putchar('\n');
    cJSON_Delete(host);
}

/* ---- files ---- */

static char *read_file(const char *path)
{
    FILE *file = must(fopen(path, "rb"));
    size_t len = 0, room = 1 << 20;
    char *text = must(malloc(room));

    while ((len += fread(text + len, 1, room - 1 - len, file)) == room - 1) {
        room *= 2;
        text = must(realloc(text, room));
    }
    text[len] = '\0';
    (void)fclose(file);
    return text;
}

static void compile_catalog(const cJSON *catalog)
{
    const cJSON *lists[] = {cJSON_GetObjectItemCaseSensitive(catalog, "platforms"),
                            cJSON_GetObjectItemCaseSensitive(catalog, "patches")};
    size_t most = (size_t)(cJSON_GetArraySize(lists[0]) + cJSON_GetArraySize(lists[1]));
    const cJSON *item;
    size_t at = 0;

    ids = must(calloc(most + 1, sizeof(*ids)));
    rules = must(calloc(most + 1, sizeof(*rules)));
    verdicts = must(calloc(most + 1, sizeof(*verdicts)));
    for (int i = 0; i < 2; i++)
        cJSON_ArrayForEach(item, lists[i]) ids[definition_count++] = text_of(item, "id");
    for (int i = 0; i < 2; i++)
        cJSON_ArrayForEach(item, lists[i])
            compile(cJSON_GetObjectItemCaseSensitive(item, "rule"), &rules[at++]);
    facts = must(calloc(name_count + 1, sizeof(*facts)));
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    FILE *fleet;

    if (argc != 3) {
        fputs("usage: cjson_reference CATALOG.json FLEET.ndjson\n", stderr);
        return 2;
    }
    compile_catalog(must(cJSON_Parse(must(read_file(argv[1])))));
    fleet = must(fopen(argv[2], "r"));
    while (getline(&line, &room, fleet) > 0)
        judge_host(line);
    free(line);
    return fclose(fleet) != 0;
}
