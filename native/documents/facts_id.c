/* SPDX-License-Identifier: MIT */
/* facts_id.c - ids made from names: of hosts, and of the instances on them. */
#include "documents/facts.h"
#include "formats/hash.h"

#include <string.h>

#define MAX_PART ((size_t)8 << 10) /* of an id: 255 characters of four bytes are 3,060 as :XX */
#define KEPT ((size_t)1 << 10)     /* of a longer one, before the beginning of its hash */

static bool is_plain(unsigned char c, const char *marks)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return letter || (c >= '0' && c <= '9') || (c && strchr(marks, (int)c));
}

static void add_encoded(struct prereq_buffer *out, const char *text, const char *marks)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (is_plain(c, marks))
            prereq_buffer_add_bytes(out, text, 1);
        else
            prereq_buffer_addf(out, ":%02X", (unsigned)c);
    }
}

/* Longer than any name: no document may hold a text without end, and the hash keeps two apart. */
static const char *keep(struct prereq_arena *arena, const struct prereq_buffer *id)
{
    char hex[65];

    if (id->failed)
        return NULL;
    if (id->len <= MAX_PART)
        return prereq_strdup(arena, id->text ? id->text : "");
    prereq_sha256_hex(id->text, id->len, hex);
    return prereq_printf(arena, "%.*s.%s", (int)KEPT, id->text, hex);
}

const char *prereq_id_part(struct prereq_arena *arena, const char *name)
{
    struct prereq_buffer id = {0};
    const char *kept;

    add_encoded(&id, name, "._-");
    kept = keep(arena, &id);
    prereq_buffer_free(&id);
    return kept;
}

static const char *id_of_host(struct prereq_arena *arena, const char *name)
{
    struct prereq_buffer id = {0};
    const char *kept;

    add_encoded(&id, name, "._-@/:");
    kept = keep(arena, &id);
    prereq_buffer_free(&id);
    return kept;
}

bool prereq_is_host_id(const char *text)
{
    return strlen(text) <= 255 && prereq_is_id(text);
}

static bool is_given(const char *text)
{
    return text && *text;
}

const char *prereq_facts_host_id(struct prereq_arena *arena, const struct prereq_facts *facts)
{
    const struct prereq_identity *host = facts->host;
    struct prereq_buffer folded = {0};
    const char *id = NULL;

    if (is_given(host->host_id))
        return host->host_id;
    if (is_given(host->machine_guid))
        return id_of_host(arena, host->machine_guid);
    prereq_fold_add(&folded, host->host_name);
    if (is_given(host->domain)) {
        prereq_buffer_add(&folded, ".");
        prereq_fold_add(&folded, host->domain);
    }
    if (!folded.failed)
        id = id_of_host(arena, folded.text ? folded.text : "");
    prereq_buffer_free(&folded);
    return id;
}
