/* SPDX-License-Identifier: MIT */
/* patchprereq.h - the library: facts in, states with reasons and proven plans out.
 *
 * facts.h     what one host looked like
 * catalog.h   what is known of patches, and what is wrong with a catalog
 * policy.h    what is required, waived, in scope
 * assess.h    states, plans, figures: the assessment document
 * plan_text.h a plan as text for people
 * wmi.h       the classes of the WMI provider, their rows and events
 * explain.h   the prerequisite tree of a patch
 * probes.h    what a catalog asks of a host
 * import.h    texts people have today, read as facts
 * places.h    where the documents of a machine lie (setting_table.h: what it is told)
 * event_log.h what goes to a machine's event log
 * pack.h      catalogs as one file, and their signatures (sign.h)
 * file.h      bounded reads and whole writes
 * All texts are UTF-8, all times UTC, all sizes bytes.  Nothing here prints or asks a clock. */
#ifndef PATCHPREREQ_H
#define PATCHPREREQ_H

#include "event_log.h"
#include "explain.h"
#include "file.h"
#include "import.h"
#include "pack.h"
#include "pieces.h"
#include "places.h"
#include "plan_text.h"
#include "probes.h"
#include "sign.h"
#include "wmi.h"

#define PREREQ_PRODUCT_VERSION "0.1.0"

#endif
