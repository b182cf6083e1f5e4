/* SPDX-License-Identifier: MIT */
/* test_plan_tell.c - what steps tell besides their command: folder, exit codes, where to get the
 * package, how to see that it is done, how to go back, what is cleared. */
#include <inttypes.h>

#include "plans.h"

#define F(path, version) FILES(ROW(path, version))
#define ONE(file) SP("6") HAS(file, "")
#define ON_OS(version, file) "'os':{'version':'" version "'},'files':[" file "]"

/* Every member that the table asks for, of every step, as "step: text; ..." without the empty ones.
 */
enum told { CLEARS, DOWNLOAD, VERIFY, VERIFY_COMMAND, UNDO, NOTE, FOLDER, UNPACKED, RESTART_CODES };

static void add_told(const struct prereq_step_row *step, enum told what, struct prereq_buffer *out)
{
    const char *text = NULL;

    switch (what) {
    case CLEARS:
        for (size_t i = 0; i < step->clears_count; i++)
            prereq_buffer_addf(out, "%s%s", i ? "+" : "", step->clears[i]);
        return;
    case RESTART_CODES:
        for (size_t i = 0; i < step->done_restart_count; i++)
            prereq_buffer_addf(out, "%s%" PRIu64, i ? "+" : "", step->done_restart[i]);
        return;
    case UNPACKED:
        text = step->unpacked == PREREQ_FLAG_TRUE ? "yes" : NULL;
        break;
    case DOWNLOAD:
        text = step->download;
        break;
    case VERIFY:
        text = step->verify;
        break;
    case VERIFY_COMMAND:
        text = step->verify_command;
        break;
    case UNDO:
        text = step->undo;
        break;
    case NOTE:
        text = step->note;
        break;
    case FOLDER:
        text = step->working_directory;
        break;
    }
    prereq_buffer_add(out, text ? text : "");
}

#define SEARCH "https://www.catalog.update.microsoft.com/Search.aspx?q="
#define CLASSIC_Q CLASSIC("Q1", F("a", "2.0"))
#define WRONG_Q SP("6") HAS(FILE_IS("a", "1.0"), ON("Q1", "2026-01-01"))
#define KB1_WITH(more)                                                                             \
    PATCH("KB1", ",'commands':{'install':{'program':'k.exe'}}" more F("a", "2.0"))
#define ALIASED(id, released, aliases)                                                             \
    FIX(id, ",'released':'" released "','aliases':[" aliases "]" F("a", "2.0"))
#define LATER FIX("KB9", F("a", "3.0") ",'supersedes':['Q1']")

static struct told_row {
    const char *name, *patches, *facts, *goals;
    enum told what;
    const char *told; /* "number: text" of each step that has some, a bar between */
} told_rows[] = {
    {"unpacking is no cause for a restart", CLASSIC_Q, WRONG_Q, "Q1", RESTART_CODES,
     "2: 3010+1641|3: 3010+1641"},
    {"no folder is made up", CLASSIC_Q, WRONG_Q, "Q1", FOLDER, ""},
    {"that it runs in the unpacked package is told", CLASSIC_Q, WRONG_Q, "Q1", UNPACKED, "2: yes"},
    {"an install note is a note", PATCH("A", ",'installNote':'Run setup.'" F("a", "2.0")),
     ONE(FILE_IS("a", "1.0")), "A", NOTE, "1: Run setup."},
    {"a KB number is looked for", KB1_WITH(""), ONE(FILE_IS("a", "1.0")), "KB1", DOWNLOAD,
     "1: " SEARCH "KB1"},
    {"a Q number is not", FIX("Q1", F("a", "2.0")), ONE(FILE_IS("a", "1.0")), "Q1", DOWNLOAD, ""},
    {"nor the KB number of an old one", ALIASED("Q1", "2001-05-01", "'KB1'"),
     ONE(FILE_IS("a", "1.0")), "Q1", DOWNLOAD, ""},
    {"the only KB number of a later one is", ALIASED("CU1", "2018-05-01", "'KB7','MS18-1'"),
     ONE(FILE_IS("a", "1.0")), "CU1", DOWNLOAD, "1: " SEARCH "KB7"},
    {"one of several is not", ALIASED("CU1", "2018-05-01", "'KB7','KB8'"), ONE(FILE_IS("a", "1.0")),
     "CU1", DOWNLOAD, ""},
    {"the first own file and its version", KB1_WITH(""), ONE(FILE_IS("a", "1.0")), "KB1", VERIFY,
     "1: a is 2.0 or later"},
    {"behind the restart where it shows only then", KB1_WITH(",'atRestart':true"),
     ONE(FILE_IS("a", "1.0")), "KB1", VERIFY, "1: after the restart a is 2.0 or later"},
    {"a row for another processor is not looked for",
     PATCH("KB1", ",'commands':{'install':{'program':'k.exe'}},'files':[{'path':'x','version':'1',"
                  "'architecture':['arm64']}," ROW("a", "2.0") "]"),
     "'os':{'version':'10.0','architecture':'x64'},'files':[" FILE_IS("a", "1.0") "]", "KB1",
     VERIFY, "1: a is 2.0 or later"},
    {"the last step has its command", KB1_WITH(""), ON_OS("10.0", FILE_IS("a", "1.0")), "KB1",
     VERIFY_COMMAND,
     "3: patchprereq refresh && patchprereq assess "
     "\"%ProgramData%\\PatchPrereq\\assessment.json\""},
    {"another one where no refresh runs", KB1_WITH(""), ONE(FILE_IS("a", "1.0")), "KB1",
     VERIFY_COMMAND, "3: patchprereq assess facts.json"},
    {"how to go back", FIX("Q1", F("a", "2.0")), ONE(FILE_IS("a", "1.0")), "Q1", UNDO,
     "1: Q1.exe -u"},
    {"in the unpacked package", CLASSIC_Q, WRONG_Q, "Q1", UNDO,
     "3: hotfix.exe (in the folder of the unpacked package)"},
    {"there is no way back", FIX("Q1", F("a", "2.0") ",'permanent':true"), ONE(FILE_IS("a", "1.0")),
     "Q1", UNDO, ""},
    {"what goes on is cleared by its own step", CLASSIC_Q, WRONG_Q, "Q1", CLEARS, "3: Q1"},
    {"and what it needs by its own",
     FIX("Q1", F("a", "2.0") NEEDS(ALT("Q2"))) "," FIX("Q2", F("b", "2.0")),
     ONE(FILE_IS("a", "1.0") "," FILE_IS("b", "1.0")), "Q1", CLEARS, "1: Q2|2: Q1"},
    {"what waits is cleared by the restart", FIX("Q1", F("a", "2.0")),
     SP("6") HAS(FILE_IS("a", "2.0"), ON("Q1", "2026-11-19T10:00:00Z")), "Q1", CLEARS, "1: Q1"},
    {"one that a later patch covers is cleared by that", FIX("Q1", F("a", "2.0")) "," LATER,
     SP("6") HAS(FILE_IS("a", "1.0"), ON("Q1", "2026-01-01")), "Q1 KB9", CLEARS, "1: KB9+Q1"},
};

static void check_told(void **state)
{
    const struct told_row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, row->patches));
    const struct prereq_plan *plan =
        make_plan(arena, &judge, read_facts(arena, row->facts), NULL, row->goals);
    struct prereq_buffer text = {0}, one = {0};

    assert_int_equal(plan->result, PREREQ_PLAN_PLANNED);
    for (size_t i = 0; i < plan->step_count; i++) {
        one.len = 0;
        prereq_buffer_add(&one, "");
        add_told(&plan->steps[i], row->what, &one);
        if (one.len)
            prereq_buffer_addf(&text, "%s%zu: %s", text.len ? "|" : "", i + 1, one.text);
    }
    assert_string_equal(text.text ? text.text : "", row->told);
    prereq_buffer_free(&text);
    prereq_buffer_free(&one);
    prereq_arena_free(arena);
}

int main(void)
{
    return RUN_TABLE(told_rows, check_told);
}
