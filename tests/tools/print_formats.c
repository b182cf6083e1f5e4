/* SPDX-License-Identifier: MIT */
/* print_formats.c - the tables in docs/ that say what the code says: members of documents, reason
 * codes, WMI classes, events, settings; and the message file of the Windows program.
 *
 * print_formats members|reasons|classes|results|events|settings|messages */
#include <stdio.h>
#include <string.h>

#include "patchprereq.h"

static const struct prereq_document *const documents[] = {
    &prereq_facts_document,   &prereq_catalog_document, &prereq_catalog_info_document,
    &prereq_policy_document,  &prereq_waivers_document, &prereq_assessment_document,
    &prereq_plan_document,    &prereq_explain_document, &prereq_pack_document,
    &prereq_releases_document};

#define MAX_SHAPES 256

/* Shapes in the order they are met, each once: `collection` stands in two documents. */
struct shapes {
    const struct prereq_shape *list[MAX_SHAPES];
    size_t count;
};

static void add_shape(struct shapes *shapes, const struct prereq_shape *shape)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->list[i] == shape)
            return;
    }
    if (shapes->count < MAX_SHAPES)
        shapes->list[shapes->count++] = shape;
}

static void add_inner_shapes(struct shapes *shapes, const struct prereq_shape *shape)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (m->shape)
            add_shape(shapes, m->shape);
    }
}

/* A bar would end the cell. */
static void print_cell(const char *text)
{
    for (; *text; text++)
        printf(*text == '|' ? "\\%c" : "%c", *text);
}

static void print_words(const struct prereq_member *member)
{
    for (int i = 0; member->names[i]; i++)
        printf("%s`%s`", i ? ", " : "", member->names[i]);
}

static const char *text_kind(const struct prereq_member *member)
{
    if (member->rule == PREREQ_ID)
        return "id";
    return member->rule == PREREQ_NOT_EMPTY ? "text, not empty" : "text";
}

static void print_type(const struct prereq_member *member)
{
    if (member->count_offset)
        printf("list of ");
    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_TEXTS:
        printf("%s", text_kind(member));
        break;
    case PREREQ_FLAG:
        printf("true or false");
        break;
    case PREREQ_UINT:
    case PREREQ_UINTS:
        printf("number");
        break;
    case PREREQ_TIME:
        printf("time");
        break;
    case PREREQ_DATE:
        printf("date");
        break;
    case PREREQ_VERSION:
    case PREREQ_VERSIONS:
        printf(member->rule == PREREQ_FILE_VERSION ? "file version" : "version");
        break;
    case PREREQ_ENUM:
    case PREREQ_ENUMS:
    case PREREQ_STATE:
        print_words(member);
        break;
    case PREREQ_OBJECT:
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        printf("[%s](#%s)", member->shape->title, member->shape->title);
        break;
    }
}

static void print_shape(const struct prereq_shape *shape)
{
    printf("\n<a id=\"%s\"></a>\n#### %s\n\n", shape->title, shape->title);
    if (shape->about)
        printf("%s\n\n", shape->about);
    if (shape->one_of)
        printf("Exactly one of these members must be there.\n\n");
    printf("| member | type | must | meaning |\n| --- | --- | --- | --- |\n");
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        printf("| `%s` | ", m->name);
        print_type(m);
        printf(" | %s | ", m->required ? "yes" : "");
        print_cell(m->about ? m->about : "");
        printf(" |\n");
    }
}

static void print_members(void)
{
    struct shapes shapes = {{NULL}, 0};
    size_t printed = 0;

    for (size_t i = 0; i < PREREQ_COUNT(documents); i++) {
        const struct prereq_document *document = documents[i];

        printf("%s### %s/%u.%u\n", i ? "\n" : "", document->format, document->major,
               document->minor);
        add_shape(&shapes, document->shape);
        for (; printed < shapes.count; printed++) {
            print_shape(shapes.list[printed]);
            add_inner_shapes(&shapes, shapes.list[printed]);
        }
    }
}

static void print_reasons(void)
{
    printf("| code | stands with | arguments | sentence begins |\n| --- | --- | --- | --- |\n");
    for (int i = PREREQ_REASON_NONE + 1; i < PREREQ_REASONS; i++) {
        const struct prereq_reason_info *info = prereq_reason_info((enum prereq_reason)i);
        bool any = false;

        printf("| `%s` | ", info->code);
        for (int state = 0; state < PREREQ_STATES; state++) {
            if (!(info->states >> state & 1))
                continue;
            printf("%s%s", any ? ", " : "", prereq_state_names[state]);
            any = true;
        }
        printf("%s | %s | %s |\n", any ? "" : "Summary only", info->arguments, info->sentence);
    }
}

/* ---- WMI ---- */

static void print_values(const struct prereq_wmi_property *property)
{
    const char *const *names = property->field.member->names;

    for (size_t i = 0; names && names[i]; i++) {
        printf(i ? ", " : ": ");
        if (property->type == PREREQ_WMI_UINT32)
            printf("%zu ", i);
        printf("%s", names[i]);
    }
}

static void print_properties(const struct prereq_wmi_class *wmi_class)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(wmi_class, list);

    printf("| property | type | NULL | meaning |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < count; i++) {
        printf("| `%s`%s | %s | %s | ", list[i].name, list[i].key ? " (key)" : "",
               prereq_wmi_type_name(list[i].type), list[i].never_null ? "never" : "");
        print_cell(list[i].field.member->about);
        print_values(&list[i]);
        printf(" |\n");
    }
}

static void print_method(const struct prereq_wmi_method *method)
{
    printf("\n`%s`%s: %s Returns", method->name, method->is_static ? " (static)" : "",
           method->about);
    for (size_t i = 0; i < method->return_count; i++)
        printf("%s %lu %s", i ? "," : "", (unsigned long)method->returns[i].value,
               method->returns[i].about);
    printf(".\n\n| parameter | type | | meaning |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < method->parameter_count; i++) {
        const struct prereq_wmi_parameter *parameter = &method->parameters[i];

        printf("| `%s` | %s | %s | ", parameter->name, prereq_wmi_type_name(parameter->type),
               parameter->out ? "out" : "in");
        print_cell(parameter->about);
        printf(" |\n");
    }
}

static void print_classes(void)
{
    for (int id = 0; id < PREREQ_WMI_CLASSES; id++) {
        const struct prereq_wmi_class *wmi_class = prereq_wmi_class((enum prereq_wmi_class_id)id);

        printf("%s### %s%s\n\n%s\n\n", id ? "\n" : "", wmi_class->name,
               wmi_class->kind == PREREQ_WMI_SINGLETON ? " (one instance, `=@`)" : "",
               wmi_class->about);
        print_properties(wmi_class);
        for (size_t i = 0; i < wmi_class->method_count; i++)
            print_method(&wmi_class->methods[i]);
    }
}

static void print_results(void)
{
    printf("| code | name | when |\n| --- | --- | --- |\n");
    for (int i = PREREQ_WMI_OK + 1; i < PREREQ_WMI_RESULTS; i++) {
        const struct prereq_wmi_result_info *info =
            prereq_wmi_result_info((enum prereq_wmi_result)i);

        printf("| 0x%08lX | `%s` | %s |\n", (unsigned long)info->code, info->name, info->about);
    }
}

static void print_events(void)
{
    printf("| id | severity | when | sentence |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < PREREQ_EVENTS; i++) {
        const struct prereq_event_info *info = prereq_event_info((enum prereq_event)i);

        printf("| %u | %s | %s | %s |\n", info->id, prereq_event_severity_names[info->severity],
               info->when, info->sentence);
    }
}

static void print_settings(void)
{
    printf("| value | type | default | meaning |\n| --- | --- | --- | --- |\n");
    for (const struct prereq_setting_info *info = prereq_setting_table; info->name; info++)
        printf("| `%s` | %s | %s | %s |\n", info->name, info->registry_type, info->default_text,
               info->about);
}

static void print_messages(void)
{
    struct prereq_buffer out = {0};

    prereq_event_message_file(&out);
    printf("%s", out.text ? out.text : "");
    prereq_buffer_free(&out);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "members") == 0) {
        print_members();
    } else if (argc == 2 && strcmp(argv[1], "reasons") == 0) {
        print_reasons();
    } else if (argc == 2 && strcmp(argv[1], "classes") == 0) {
        print_classes();
    } else if (argc == 2 && strcmp(argv[1], "results") == 0) {
        print_results();
    } else if (argc == 2 && strcmp(argv[1], "events") == 0) {
        print_events();
    } else if (argc == 2 && strcmp(argv[1], "settings") == 0) {
        print_settings();
    } else if (argc == 2 && strcmp(argv[1], "messages") == 0) {
        print_messages();
    } else if (argc == 2 && strcmp(argv[1], "pieces") == 0) {
        struct prereq_buffer out = {0};

        prereq_piece_write_docs(&out);
        fputs(out.text, stdout);
        prereq_buffer_free(&out);
    } else {
        fputs("usage: print_formats "
              "members|reasons|classes|results|events|settings|messages|pieces\n",
              stderr);
        return 1;
    }
    return fflush(stdout) != 0;
}
