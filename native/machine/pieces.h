/* SPDX-License-Identifier: MIT */
/* pieces.h - what makes up an installed PatchPrereq: one table for `provider register`,
 * `unregister`, `repair` and `status`, for the installer and for docs/install.md.
 *
 * Here is what can be said without Windows: names, registry values, what was found against what it
 * should be.  win32/pieces.h puts the pieces in place and looks at them. */
#ifndef PREREQ_PIECES_H
#define PREREQ_PIECES_H

#include "base/base.h"

enum prereq_piece {
    PREREQ_PIECE_PROGRAM,
    PREREQ_PIECE_DLL,
    PREREQ_PIECE_DATA,
    PREREQ_PIECE_CLASS_ID,
    PREREQ_PIECE_EVENTS,
    PREREQ_PIECE_CLASSES,
    PREREQ_PIECE_RECOVERY,
    PREREQ_PIECE_TASK,
    PREREQ_PIECE_ASSESSMENT,
    PREREQ_PIECE_OLD_DLL,
    PREREQ_PIECES,
};

struct prereq_piece_info {
    const char *name;    /* at the start of a line of `provider status` */
    const char *what;    /* for docs */
    const char *removal; /* what becomes of it */
};

extern const struct prereq_piece_info prereq_piece_table[PREREQ_PIECES];

/* ---- names ---- */

#define PREREQ_PIECE_FOLDER "PatchPrereq" /* of %ProgramFiles% and of %ProgramData% */
#define PREREQ_PIECE_EXE "patchprereq.exe"
#define PREREQ_PIECE_DLL_FILE "PatchPrereq.dll"
#define PREREQ_PIECE_MOF "patchprereq.mof"
#define PREREQ_PIECE_MOF_REMOVAL "patchprereq-uninstall.mof"
#define PREREQ_PIECE_TASK_FILE "refresh-task.xml"
#define PREREQ_PIECE_TASK_PATH "\\PatchPrereq\\Refresh"

/* The files beside the catalog; ends with NULL. */
extern const char *const prereq_piece_files[];

/* ---- the registry ---- */

struct prereq_piece_value {
    enum prereq_piece piece;
    const char *key;  /* of HKEY_LOCAL_MACHINE, 64-bit view */
    const char *name; /* NULL: the default value */
    const char *text; /* with a %s for the program's folder, without a final separator */
    uint32_t number;  /* when there is no text */
};

extern const struct prereq_piece_value prereq_piece_values[]; /* ends with a NULL key */
/* What `unregister` takes away, with all below; ends with NULL. */
extern const char *const prereq_piece_keys[];
/* The text of a value, or NULL for want of memory. */
const char *prereq_piece_text(struct prereq_arena *arena, const struct prereq_piece_value *value,
                              const char *folder);

/* ---- what was found ---- */

enum prereq_piece_verdict { PREREQ_PIECE_GOOD, PREREQ_PIECE_WRONG, PREREQ_PIECE_UNKNOWN };

struct prereq_piece_result {
    enum prereq_piece_verdict verdict;
    char text[1024]; /* one sentence without an end */
};

void prereq_piece_say(struct prereq_piece_result *result, enum prereq_piece_verdict verdict,
                      const char *fmt, ...) PREREQ_PRINTF(3, 4);

/* Reads one value: *text is NULL where there is none, a number comes as its digits.  A failure is
 * one that was not to be expected. */
typedef enum prereq_status prereq_piece_ask(void *context, const struct prereq_piece_value *value,
                                            const char **text, struct prereq_error *err);
void prereq_piece_check_values(struct prereq_arena *arena, enum prereq_piece piece,
                               const char *folder, prereq_piece_ask *ask, void *context,
                               struct prereq_piece_result *result);

/* `found` NULL: the file has no version. */
void prereq_piece_check_version(const char *file, const char *found, const char *expected,
                                struct prereq_piece_result *result);

struct prereq_piece_right { /* an entry of a list of rights that allows something */
    const char *sid;
    uint32_t rights;
    bool inherited_below; /* files and folders below get it too */
    bool only_below;
};

struct prereq_piece_rights {
    const char *owner;
    bool has_list;     /* false: everybody may do everything */
    bool is_protected; /* nothing comes from the folder above */
    const struct prereq_piece_right *allowed;
    size_t allowed_count;
    const char *const *trusted; /* owners by the settings */
    size_t trusted_count;
};

/* As they are put on the data folder; D: part and owner. */
#define PREREQ_PIECE_DATA_SDDL "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;;0x1200a9;;;LS)"
void prereq_piece_check_rights(const char *folder, const struct prereq_piece_rights *rights,
                               struct prereq_piece_result *result);

/* The task as the scheduler has it. */
struct prereq_piece_task {
    bool enabled;
    const char *xml;
};
/* `program` is the path that it is to start; %ProgramFiles% in the XML stands for `program_files`.
 */
void prereq_piece_check_task(struct prereq_arena *arena, const struct prereq_piece_task *task,
                             const char *program_files, const char *program,
                             struct prereq_piece_result *result);

void prereq_piece_check_age(struct prereq_time evaluated, struct prereq_time now,
                            uint64_t stale_after_hours, struct prereq_piece_result *result);

/* A process that serves the DLL, and the file that is there now. */
void prereq_piece_check_loaded(struct prereq_time started, struct prereq_time written,
                               unsigned long process, struct prereq_piece_result *result);

/* ---- lists of texts, as the registry keeps them (REG_MULTI_SZ) ---- */

struct prereq_piece_list {
    const char **texts;
    size_t count;
};
bool prereq_piece_list_has(const struct prereq_piece_list *list, const char *text);
/* False: it was not in it.  Without regard to case; the order of the others stays. */
bool prereq_piece_list_remove(struct prereq_piece_list *list, const char *text);

/* ---- lines ---- */

/* "wrong    task         is not there" */
void prereq_piece_write(enum prereq_piece piece, const struct prereq_piece_result *result,
                        struct prereq_buffer *out);
/* The tables of docs/install.md. */
void prereq_piece_write_docs(struct prereq_buffer *out);

#endif
