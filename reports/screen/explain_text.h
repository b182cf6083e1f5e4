/* SPDX-License-Identifier: MIT */
/* explain_text.h - the prerequisite tree for people. */
#ifndef REPORTS_EXPLAIN_TEXT_H
#define REPORTS_EXPLAIN_TEXT_H

#include "patchprereq.h"

/* Marks: [x] holds, [ ] does not, [?] not known, [-] does not apply; none without a host. */
void explain_text_write(const struct prereq_explanation *explanation, struct prereq_buffer *out);

#endif
