/* SPDX-License-Identifier: MIT */
/* pieces.c - the table of pieces, and the registry values of each. */
#include "machine/pieces.h"

#include <stdio.h>
#include <string.h>

#include "wmi/wmi.h"

const struct prereq_piece_info prereq_piece_table[PREREQ_PIECES] = {
    [PREREQ_PIECE_PROGRAM] = {"program",
                              "`patchprereq.exe`, the MOF files, the task's XML and `catalog\\` in "
                              "`%ProgramFiles%\\PatchPrereq`",
                              "by MSI: removed; by hand: delete the folder"},
    [PREREQ_PIECE_DLL] = {"provider DLL",
                          "`PatchPrereq.dll` there, of the same version as the program",
                          "as the program"},
    [PREREQ_PIECE_DATA] =
        {"data folder",
         "`%ProgramData%\\PatchPrereq`, which SYSTEM and Administrators alone may "
         "write to; LocalService may list it, so that the provider sees a new "
         "document",
         "stays, with all in it"},
    [PREREQ_PIECE_CLASS_ID] = {"class id", "the COM class that WMI starts the DLL by", "removed"},
    [PREREQ_PIECE_EVENTS] = {"event source", "source `PatchPrereq` of the log Application",
                             "removed; events that were written stay, without their sentences"},
    [PREREQ_PIECE_CLASSES] = {"WMI classes",
                              "namespace `root\\PatchPrereq` with classes and provider, made by "
                              "`mofcomp` from `patchprereq.mof`",
                              "removed by `patchprereq-uninstall.mof`"},
    [PREREQ_PIECE_RECOVERY] = {"WMI recovery",
                               "the MOF in `Autorecover MOFs`: the classes come back when WMI "
                               "builds its repository anew",
                               "the entry is removed"},
    [PREREQ_PIECE_TASK] = {"task",
                           "`\\PatchPrereq\\Refresh`: SYSTEM, daily at 03:00 with up to an hour of "
                           "delay, and 10 minutes after start-up",
                           "removed"},
    [PREREQ_PIECE_ASSESSMENT] = {"assessment", "`assessment.json`, not older than its limit",
                                 "stays in the data folder"},
    [PREREQ_PIECE_OLD_DLL] = {"older DLL", "no process serves a DLL from before the last upgrade",
                              "removed at the next restart"},
};

const char *const prereq_piece_files[] = {
    PREREQ_PIECE_EXE,         PREREQ_PIECE_DLL_FILE,  PREREQ_PIECE_MOF,
    PREREQ_PIECE_MOF_REMOVAL, PREREQ_PIECE_TASK_FILE, NULL,
};

#define KEY_CLASS "SOFTWARE\\Classes\\CLSID\\" PREREQ_WMI_CLSID
#define KEY_EVENTS "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\PatchPrereq"

const struct prereq_piece_value prereq_piece_values[] = {
    {PREREQ_PIECE_CLASS_ID, KEY_CLASS, NULL, "PatchPrereq WMI provider", 0},
    {PREREQ_PIECE_CLASS_ID, KEY_CLASS "\\InprocServer32", NULL, "%s\\" PREREQ_PIECE_DLL_FILE, 0},
    {PREREQ_PIECE_CLASS_ID, KEY_CLASS "\\InprocServer32", "ThreadingModel", "Both", 0},
    {PREREQ_PIECE_EVENTS, KEY_EVENTS, "EventMessageFile", "%s\\" PREREQ_PIECE_EXE, 0},
    /* Information, warning and error. */
    {PREREQ_PIECE_EVENTS, KEY_EVENTS, "TypesSupported", NULL, 7},
    {PREREQ_PIECES, NULL, NULL, NULL, 0},
};

const char *const prereq_piece_keys[] = {KEY_CLASS, KEY_EVENTS, NULL};

const char *prereq_piece_text(struct prereq_arena *arena, const struct prereq_piece_value *value,
                              const char *folder)
{
    const char *hole;

    if (!value->text)
        return prereq_printf(arena, "%lu", (unsigned long)value->number);
    hole = strstr(value->text, "%s");
    if (!hole)
        return value->text;
    return prereq_printf(arena, "%.*s%s%s", (int)(hole - value->text), value->text, folder,
                         hole + 2);
}

void prereq_piece_say(struct prereq_piece_result *result, enum prereq_piece_verdict verdict,
                      const char *fmt, ...)
{
    va_list words;
    int len;

    result->verdict = verdict;
    va_start(words, fmt);
    len = vsnprintf(result->text, sizeof(result->text), fmt, words);
    va_end(words);
    if (len >= (int)sizeof(result->text))
        prereq_utf8_mend(result->text);
}

bool prereq_piece_list_has(const struct prereq_piece_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (prereq_equal_nocase(list->texts[i], text))
            return true;
    }
    return false;
}

bool prereq_piece_list_remove(struct prereq_piece_list *list, const char *text)
{
    size_t kept = 0;
    bool removed;

    for (size_t i = 0; i < list->count; i++) {
        if (!prereq_equal_nocase(list->texts[i], text))
            list->texts[kept++] = list->texts[i];
    }
    removed = kept < list->count;
    list->count = kept;
    return removed;
}

static const char *const verdict_words[] = {
    [PREREQ_PIECE_GOOD] = "ok",
    [PREREQ_PIECE_WRONG] = "wrong",
    [PREREQ_PIECE_UNKNOWN] = "unknown",
};

void prereq_piece_write(enum prereq_piece piece, const struct prereq_piece_result *result,
                        struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "%-8s %-13s ", verdict_words[result->verdict],
                       prereq_piece_table[piece].name);
    prereq_printable_add(out, result->text);
    prereq_buffer_add(out, "\n");
}

void prereq_piece_write_docs(struct prereq_buffer *out)
{
    prereq_buffer_add(out, "| piece | what it is | when PatchPrereq is removed |\n"
                           "| --- | --- | --- |\n");
    for (size_t i = 0; i < PREREQ_PIECES; i++)
        prereq_buffer_addf(out, "| %s | %s | %s |\n", prereq_piece_table[i].name,
                           prereq_piece_table[i].what, prereq_piece_table[i].removal);
    prereq_buffer_add(out, "\n| key of `HKEY_LOCAL_MACHINE` | value | data |\n"
                           "| --- | --- | --- |\n");
    for (const struct prereq_piece_value *value = prereq_piece_values; value->key; value++) {
        prereq_buffer_addf(out, "| `%s` | %s | ", value->key,
                           value->name ? value->name : "(default)");
        if (!value->text) {
            prereq_buffer_addf(out, "%lu |\n", (unsigned long)value->number);
            continue;
        }
        if (!strncmp(value->text, "%s", 2))
            prereq_buffer_addf(out, "`%%ProgramFiles%%\\PatchPrereq%s` |\n", value->text + 2);
        else
            prereq_buffer_addf(out, "%s |\n", value->text);
    }
}
