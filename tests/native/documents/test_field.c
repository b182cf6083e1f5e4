/* SPDX-License-Identifier: MIT */
/* test_field.c - columns of every kind of row, and one value of every type as text. */
#include <string.h>

#include "documents/assessment.h"
#include "documents/field.h"
#include "table.h"

/* ---- the classes of WMI have exactly their properties ---- */

static struct wmi_class {
    const char *name;
    const struct prereq_shape *shape;
    const char *properties; /* in any order */
} classes[] = {
    {"PatchPrereq_Summary", &prereq_summary_shape,
     "HostId HostName Evaluated ReasonCode Reason LastEvaluated EvaluationAgeSeconds Stale "
     "FactsTime "
     "CatalogId CatalogVersion CatalogReleased CatalogSha256 ProductVersion WorstState "
     "WorstStateName CompliancePercent ComplianceOfKnown RequiredCount CompliantCount "
     "SupersededCount ReadyCount "
     "BlockedCount OutOfOrderCount RegressedCount PendingRestartCount UnknownCount "
     "RecordedOnlyCount NotApplicableCount WaivedCount OverdueCount WaiversExpired RestartPending "
     "RestartPendingSince RestartPendingAgeSeconds OldestOpenAgeDays PlanSteps PlanRestarts "
     "PlanHash "
     "CollectorErrors"},
    {"PatchPrereq_PatchStatus", &prereq_status_shape,
     "Id PatchId Target Title ProductId Product Severity Released Required Actionable State "
     "StateName ReasonCode Reason Expected Found Evidence RecordedBy InstalledOn SupersededBy "
     "BlockedBy Warnings RestartRequired OpenSince LastChanged AgeDays SlaDays DueDate OverdueDays "
     "Waived WaiverId WaiverExpires Source"},
    {"PatchPrereq_PrerequisiteStatus", &prereq_prerequisite_shape,
     "Id PatchStatusId PatchId Target GroupNo AlternativeNo Requires Kind Holds Satisfied "
     "SatisfiedName Expected Found Reason Source"},
    {"PatchPrereq_ComponentStatus", &prereq_component_shape,
     "Id PatchStatusId PatchId Target Role BaselineId Path Expected ExpectedVersion Found "
     "FoundVersion Result ResultName Company OriginalFilename LastWrite PendingReplace"},
    {"PatchPrereq_PendingRestart", &prereq_restart_shape,
     "Source Pending PendingName Since AgeSeconds Detail Blocking"},
    {"PatchPrereq_PlanStep", &prereq_step_shape,
     "Id Goal StepNo Action PatchId Target Reason Command WorkingDirectory Needs Reversible "
     "PlanHash"},
};

/* Is `word` one of the words of `list`? */
static bool has_word(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    }
    return false;
}

static void check_class(void **state)
{
    const struct wmi_class *class = *state;
    struct prereq_field fields[64];
    struct prereq_buffer names = {0};
    char name[PREREQ_FIELD_NAME];
    size_t count = prereq_fields(class->shape, PREREQ_IN_WMI, fields, 64);
    size_t wanted = 1;

    assert_true(count <= 64);
    prereq_buffer_add(&names, "");
    for (size_t i = 0; i < count; i++) {
        prereq_field_name(fields[i], name);
        if (!has_word(class->properties, name))
            fail_msg("%s has no property %s", class->name, name);
        if (has_word(names.text, name))
            fail_msg("%s has the property %s twice", class->name, name);
        prereq_buffer_addf(&names, "%s%s", names.len ? " " : "", name);
    }
    for (const char *c = class->properties; *c; c++)
        wanted += *c == ' ';
    if (count != wanted)
        fail_msg("%s: %zu properties for %zu: %s", class->name, count, wanted, names.text);
    prereq_buffer_free(&names);
}

/* ---- every kind of row ---- */

static struct kind {
    const char *name;
    const struct prereq_shape *shape;
} kinds[] = {
    {"host", &prereq_host_shape},
    {"status", &prereq_status_shape},
    {"prerequisite", &prereq_prerequisite_shape},
    {"component", &prereq_component_shape},
    {"restart", &prereq_restart_shape},
    {"step", &prereq_step_shape},
    {"error", &prereq_error_shape},
    {"summary", &prereq_summary_shape},
    {"waiver", &prereq_waiver_shape},
};

static void check_column(const struct prereq_member *member)
{
    assert_non_null(member->about);
    if (!member->title) {
        assert_int_equal(member->outputs, 0);
        return;
    }
    assert_true(*member->title);
    assert_true(member->width > 0 && member->width <= 80);
    assert_true(member->outputs & PREREQ_IN_ALL);
    assert_int_equal(member->outputs & ~(unsigned)PREREQ_IN_ALL, 0);
    /* Room for the first letter and "Name". */
    assert_true(strlen(member->name) + 5 <= PREREQ_FIELD_NAME);
    assert_true(member->type != PREREQ_OBJECT && member->type != PREREQ_OBJECTS);
    if (member->outputs & PREREQ_IN_WMI)
        assert_true(member->type != PREREQ_VERSION && member->type != PREREQ_UINTS);
}

static void check_kind(void **state)
{
    const struct kind *kind = *state;
    const struct prereq_member *members = kind->shape->members;
    size_t columns = 0;

    for (size_t i = 0; members[i].name; i++) {
        assert_true(i < 64); /* what the reader can keep apart */
        assert_true(members[i].name[0] >= 'a' && members[i].name[0] <= 'z');
        check_column(&members[i]);
        columns += members[i].title != NULL;
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(members[i].name, members[j].name);
            if (members[i].title && members[j].title)
                assert_string_not_equal(members[i].title, members[j].title);
        }
    }
    assert_true(columns > 0);
}

/* ---- one value of every type ---- */

struct row {
    const char *text, *no_text;
    enum prereq_flag yes, no, unset;
    struct prereq_number number, tenths, no_number;
    struct prereq_time time, day, no_time;
    struct prereq_version version, no_version;
    int choice, no_choice, state;
    const char *const *texts;
    const int *enums;
    const uint64_t *uints;
    const struct prereq_version *versions;
    size_t two, one, none;
};

static const char *const colours[] = {"red", "green", NULL};
static const char *const two_texts[] = {"first", "second"};
static const int two_enums[] = {2, 1};
static const uint64_t two_uints[] = {0, 9007199254740991};
static const struct prereq_version two_versions[] = {{{5, 0, 2195, 1}, 4}, {{6, 1}, 2}};

static const struct row row = {
    .text = "a text",
    .yes = PREREQ_FLAG_TRUE,
    .no = PREREQ_FLAG_FALSE,
    .number = {42, true},
    .tenths = {995, true},
    .no_number = {7, false},
    .time = {1795420800, true, false},
    .day = {1795392000, true, true},
    .no_time = {5, false, false},
    .version = {{10, 0, 17763}, 3},
    .choice = 2,
    .state = 0,
    .texts = two_texts,
    .enums = two_enums,
    .uints = two_uints,
    .versions = two_versions,
    .two = 2,
    .one = 1,
};

#define COLUMN(n, t, F, C, rule_, names_)                                                          \
    {                                                                                              \
        n, t, offsetof(struct row, F), offsetof(struct row, C), false, rule_, NULL, names_,        \
            "about", n, 10, PREREQ_IN_ALL                                                          \
    }
#define SINGLE(n, t, F) COLUMN(n, t, F, text, PREREQ_ANY_TEXT, NULL)

static struct value {
    const char *name;
    struct prereq_member member;
    bool word;
    enum prereq_value_kind kind;
    const char *text;
} values[] = {
    {"text", SINGLE("text", PREREQ_TEXT, text), false, PREREQ_VALUE_TEXT, "a text"},
    {"no text", SINGLE("text", PREREQ_TEXT, no_text), false, PREREQ_VALUE_NONE, ""},
    {"true", SINGLE("flag", PREREQ_FLAG, yes), false, PREREQ_VALUE_FLAG, "Yes"},
    {"false", SINGLE("flag", PREREQ_FLAG, no), false, PREREQ_VALUE_FLAG, "No"},
    {"unset flag", SINGLE("flag", PREREQ_FLAG, unset), false, PREREQ_VALUE_NONE, ""},
    {"number", SINGLE("number", PREREQ_UINT, number), false, PREREQ_VALUE_NUMBER, "42"},
    {"number not known", SINGLE("number", PREREQ_UINT, no_number), false, PREREQ_VALUE_NONE, ""},
    {"tenths", COLUMN("percent", PREREQ_UINT, tenths, text, PREREQ_TENTHS, NULL), false,
     PREREQ_VALUE_TENTHS, "99.5"},
    {"time", SINGLE("time", PREREQ_TIME, time), false, PREREQ_VALUE_TIME, "2026-11-23T08:00:00Z"},
    {"date", SINGLE("date", PREREQ_DATE, day), false, PREREQ_VALUE_TIME, "2026-11-23"},
    {"time not known", SINGLE("time", PREREQ_TIME, no_time), false, PREREQ_VALUE_NONE, ""},
    {"version", SINGLE("version", PREREQ_VERSION, version), false, PREREQ_VALUE_TEXT, "10.0.17763"},
    {"no version", SINGLE("version", PREREQ_VERSION, no_version), false, PREREQ_VALUE_NONE, ""},
    {"enumeration", COLUMN("colour", PREREQ_ENUM, choice, text, PREREQ_ANY_TEXT, colours), false,
     PREREQ_VALUE_TEXT, "green"},
    {"enumeration left out",
     COLUMN("colour", PREREQ_ENUM, no_choice, text, PREREQ_ANY_TEXT, colours), false,
     PREREQ_VALUE_NONE, ""},
    {"state's number", COLUMN("state", PREREQ_STATE, state, text, PREREQ_ANY_TEXT, colours), false,
     PREREQ_VALUE_NUMBER, "0"},
    {"state's word", COLUMN("state", PREREQ_STATE, state, text, PREREQ_ANY_TEXT, colours), true,
     PREREQ_VALUE_TEXT, "red"},
    {"two texts", COLUMN("texts", PREREQ_TEXTS, texts, two, PREREQ_ANY_TEXT, NULL), false,
     PREREQ_VALUE_TEXT, "first; second"},
    {"one text", COLUMN("texts", PREREQ_TEXTS, texts, one, PREREQ_ANY_TEXT, NULL), false,
     PREREQ_VALUE_TEXT, "first"},
    {"empty list", COLUMN("texts", PREREQ_TEXTS, texts, none, PREREQ_ANY_TEXT, NULL), false,
     PREREQ_VALUE_NONE, ""},
    {"enumerations", COLUMN("colours", PREREQ_ENUMS, enums, two, PREREQ_ANY_TEXT, colours), false,
     PREREQ_VALUE_TEXT, "green; red"},
    {"numbers", COLUMN("numbers", PREREQ_UINTS, uints, two, PREREQ_ANY_TEXT, NULL), false,
     PREREQ_VALUE_TEXT, "0; 9007199254740991"},
    {"versions", COLUMN("versions", PREREQ_VERSIONS, versions, two, PREREQ_ANY_TEXT, NULL), false,
     PREREQ_VALUE_TEXT, "5.0.2195.1; 6.1"},
};

static void check_value(void **state)
{
    const struct value *value = *state;
    struct prereq_field field = {&value->member, value->word};
    struct prereq_buffer scratch = {0}, out = {0};
    struct prereq_value found;

    prereq_buffer_add(&scratch, "of the value before");
    found = prereq_field_value(field, &row, &scratch);
    assert_int_equal(found.kind, value->kind);
    if (found.kind == PREREQ_VALUE_TEXT)
        assert_string_equal(found.text, value->text);
    prereq_buffer_add(&out, "|");
    prereq_field_text(field, &row, &out);
    assert_string_equal(out.text + 1, value->text);
    prereq_buffer_free(&scratch);
    prereq_buffer_free(&out);
}

/* ---- numbers beside words only where numbers are wanted ---- */

static struct output {
    const char *name;
    unsigned output;
    const char *first, *second; /* columns of a member "state" */
} outputs[] = {
    {"WMI", PREREQ_IN_WMI, "State", "StateName"},
    {"CSV", PREREQ_IN_CSV, "State", "StateName"},
    {"sheet", PREREQ_IN_SHEET, "StateName", NULL},
    {"text", PREREQ_IN_TEXT, "StateName", NULL},
};

static void check_output(void **state)
{
    const struct output *output = *state;
    const struct prereq_member members[] = {
        COLUMN("state", PREREQ_STATE, state, text, PREREQ_ANY_TEXT, colours),
        PREREQ_M_TEXT("notAColumn", row, text, "about"), PREREQ_M_END};
    const struct prereq_shape shape = {"row", "about", sizeof(struct row), members, false};
    struct prereq_field fields[2];
    char name[PREREQ_FIELD_NAME];
    size_t count = prereq_fields(&shape, output->output, fields, 2);

    assert_int_equal(count, output->second ? 2 : 1);
    assert_int_equal(prereq_fields(&shape, output->output, fields, 0), count);
    prereq_field_name(fields[0], name);
    assert_string_equal(name, output->first);
    if (output->second) {
        prereq_field_name(fields[1], name);
        assert_string_equal(name, output->second);
    }
}

int main(void)
{
    int failed = RUN_TABLE(classes, check_class);

    failed |= RUN_TABLE(kinds, check_kind);
    failed |= RUN_TABLE(values, check_value);
    failed |= RUN_TABLE(outputs, check_output);
    return failed;
}
