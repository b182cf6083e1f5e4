/* SPDX-License-Identifier: MIT */
/* pieces.h - the pieces of an installation, looked at, put in place and taken away. */
#ifndef PREREQ_WIN32_PIECES_H
#define PREREQ_WIN32_PIECES_H

#include "win32/pieces.h"

struct prereq_installation;

/* `own`: the folder that the running program lies in; `version`: of the program. */
enum prereq_status prereq_installation_open(struct prereq_arena *arena, const char *own,
                                            const char *version, struct prereq_time now,
                                            struct prereq_installation **machine,
                                            struct prereq_error *err);
void prereq_installation_close(struct prereq_installation *machine); /* NULL is allowed */
const char *
prereq_installation_data(const struct prereq_installation *machine); /* the data folder */
/* What was done beside what was asked, as one sentence; NULL: nothing. */
const char *prereq_installation_note(const struct prereq_installation *machine);

void prereq_piece_look(struct prereq_installation *machine, enum prereq_piece piece,
                       struct prereq_piece_result *result);
/* Whether there is something to put in place; the others are only looked at. */
bool prereq_piece_can_put(enum prereq_piece piece);
/* What is right already is made anew. */
enum prereq_status prereq_piece_put(struct prereq_installation *machine, enum prereq_piece piece,
                                    struct prereq_error *err);
/* What is not there is fine. */
enum prereq_status prereq_piece_take(struct prereq_installation *machine, enum prereq_piece piece,
                                     struct prereq_error *err);

#endif
