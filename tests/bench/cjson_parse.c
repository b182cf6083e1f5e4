/* SPDX-License-Identifier: MIT */
/* cjson_parse.c - parse files with cJSON and drop the trees: the least a catalog costs. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static int parse_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    cJSON *tree = NULL;
    long size;
    int failed = 1;

    if (!file)
        return 1;
    if (fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        goto done;
    rewind(file);
    text = malloc((size_t)size);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        goto done;
    tree = cJSON_ParseWithLength(text, (size_t)size);
    failed = tree == NULL;
done:
    cJSON_Delete(tree);
    free(text);
    fclose(file);
    return failed;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (parse_file(argv[i])) {
            fprintf(stderr, "%s: not read\n", argv[i]);
            return 1;
        }
    }
    return 0;
}
