/* SPDX-License-Identifier: MIT */
/* write_schemas.c - the JSON Schemas of docs/schemas, from the tables that also read and write.
 *
 * write_schemas DIR: run it with docs/schemas after a change to a document. */
#include <stdio.h>

#include "patchprereq.h"

static const struct prereq_document *const documents[] = {
    &prereq_facts_document,        &prereq_assessment_document, &prereq_plan_document,
    &prereq_policy_document,       &prereq_waivers_document,    &prereq_catalog_document,
    &prereq_catalog_info_document, &prereq_explain_document,    &prereq_pack_document,
    &prereq_releases_document,
};

static enum prereq_status write_schema(const struct prereq_document *document, const char *folder,
                                       struct prereq_error *err)
{
    struct prereq_output *output = NULL;
    struct prereq_buffer schema = {0};
    enum prereq_status status;
    char path[512];
    int len =
        snprintf(path, sizeof(path), "%s/%s-%u.json", folder, document->format, document->major);

    if (len < 0 || (size_t)len >= sizeof(path))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: the path is too long", folder);
    prereq_shape_schema(document, &schema);
    if (schema.failed) {
        status = prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory", path);
        goto done;
    }
    status = prereq_output_open(path, &output, err);
    if (status != PREREQ_OK)
        goto done;
    status = prereq_output_write(output, schema.text, schema.len, err);
    if (status == PREREQ_OK)
        status = prereq_output_commit(output, err);
    else
        prereq_output_discard(output);
done:
    prereq_buffer_free(&schema);
    return status;
}

int main(int argc, char **argv)
{
    struct prereq_error err = {0};

    if (argc != 2) {
        (void)fprintf(stderr, "usage: write_schemas DIR\n");
        return 2;
    }
    for (size_t i = 0; i < PREREQ_COUNT(documents); i++) {
        if (write_schema(documents[i], argv[1], &err) != PREREQ_OK) {
            (void)fprintf(stderr, "%s\n", err.text);
            return 1;
        }
    }
    return 0;
}
