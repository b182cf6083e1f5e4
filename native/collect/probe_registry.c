/* SPDX-License-Identifier: MIT */
/* probe_registry.c - keys and values that the catalog names, each an item of its own. */
#include "collect/probe_parts.h"

/* winnt.h, in the order of the numbers. */
static const char *const type_names[] = {"REG_NONE",
                                         "REG_SZ",
                                         "REG_EXPAND_SZ",
                                         "REG_BINARY",
                                         "REG_DWORD",
                                         "REG_DWORD_BIG_ENDIAN",
                                         "REG_LINK",
                                         "REG_MULTI_SZ",
                                         "REG_RESOURCE_LIST",
                                         "REG_FULL_RESOURCE_DESCRIPTOR",
                                         "REG_RESOURCE_REQUIREMENTS_LIST",
                                         "REG_QWORD"};

/* A key that stays open while the next probes are of it, too. */
struct held {
    const char *key;
    int view;
    enum prereq_look look;
    struct prereq_refusal why;
    struct prereq_key *open;
};

static bool is_seen(enum prereq_look look)
{
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

static const char *hex(struct prereq_gather *gather, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    char *text = prereq_alloc_unset(gather->arena, len * 2 + 1);

    if (!text) {
        gather->no_memory = true;
        return "";
    }
    for (size_t i = 0; i < len; i++) {
        text[i * 2] = digits[bytes[i] >> 4];
        text[i * 2 + 1] = digits[bytes[i] & 15];
    }
    text[len * 2] = '\0';
    return text;
}

/* A number that documents cannot hold, or of a length that is none, is told as its bytes. */
static void fill_number(struct prereq_gather *gather, const struct prereq_reg_value *value,
                        struct prereq_registry_fact *fact)
{
    uint64_t number = 0;

    if (prereq_value_number(value, &number) && number <= PREREQ_MAX_NUMBER)
        fact->number = (struct prereq_number){number, true};
    else
        fact->bytes = hex(gather, value->bytes, value->len);
}

static void fill(struct prereq_gather *gather, const struct prereq_reg_value *value,
                 struct prereq_registry_fact *fact)
{
    struct prereq_names texts;

    /* The longest form that a value takes: three bytes for two, or two digits for one. */
    if (value->len * 2 > PREREQ_MAX_TEXT) {
        struct prereq_refusal why;

        prereq_refuse(&why, "error", NULL, "The value has %zu bytes, more than a document holds.",
                      value->len);
        PREREQ_GATHER_STATUS(gather, fact, PREREQ_LOOK_UNAVAILABLE, &why);
        return;
    }
    fact->type = value->type < PREREQ_COUNT(type_names)
                     ? type_names[value->type]
                     : prereq_gather_printf(gather, "%u", (unsigned)value->type);
    switch (value->type) {
    case PREREQ_REG_SZ:
    case PREREQ_REG_EXPAND_SZ:
        fact->value = prereq_value_text(gather, value);
        break;
    case PREREQ_REG_MULTI_SZ:
        texts = prereq_value_texts(gather, value);
        fact->values = texts.name;
        fact->value_count = texts.count;
        break;
    case PREREQ_REG_DWORD:
    case PREREQ_REG_QWORD:
        fill_number(gather, value, fact);
        break;
    default:
        fact->bytes = hex(gather, value->bytes, value->len);
    }
}

static void let_go(struct prereq_gather *gather, struct held *held)
{
    if (held->open)
        prereq_key_end(gather, held->open);
    held->open = NULL;
}

/* The view of a 32-bit installation is its only one, whatever a rule calls it. */
static void hold(struct prereq_gather *gather, struct held *held, const struct prereq_probe *probe)
{
    enum prereq_view view = probe->variant == PREREQ_VIEW_32 && gather->source->has_32_bit_view
                                ? PREREQ_VIEW_32
                                : PREREQ_VIEW_64;

    if (held->key && held->view == probe->variant && prereq_equal_nocase(held->key, probe->name))
        return;
    let_go(gather, held);
    held->key = probe->name;
    held->view = probe->variant;
    held->look = prereq_key_begin(gather, probe->name, view, &held->open, &held->why);
    if (!is_seen(held->look))
        held->open = NULL;
}

static void probe_one(struct prereq_gather *gather, struct held *held,
                      const struct prereq_probe *probe)
{
    struct prereq_registry_fact *fact = PREREQ_GATHER_ADD(gather, registry);
    struct prereq_reg_value value = {0};
    struct prereq_refusal why = held->why;
    enum prereq_look look = held->look;

    fact->key = probe->name;
    fact->name = probe->value;
    fact->view = probe->variant == PREREQ_VIEW_32 ? PREREQ_VIEW_32 : 0;
    if (is_seen(look) && probe->value)
        look = prereq_key_value(gather, held->open, probe->value, &value, &why);
    /* What a dirty hive says is not known, and there is no place for it beside what is. */
    PREREQ_GATHER_STATUS(gather, fact, look == PREREQ_LOOK_STALE ? PREREQ_LOOK_UNAVAILABLE : look,
                         &why);
    if (look == PREREQ_LOOK_FOUND && probe->value)
        fill(gather, &value, fact);
}

void prereq_probe_registry(struct prereq_gather *gather, const struct prereq_probe *probes,
                           size_t count)
{
    struct held held = {0};

    for (size_t i = 0; i < count && !prereq_gather_stopped(gather); i++) {
        if (probes[i].kind != PREREQ_PROBE_REGISTRY)
            continue;
        prereq_gather_progress(gather, "registry", i, count);
        hold(gather, &held, &probes[i]);
        probe_one(gather, &held, &probes[i]);
    }
    let_go(gather, &held);
}
