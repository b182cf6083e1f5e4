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
 * releases.h  what has been released, as tables
 * import.h    texts people have today, read as facts
 * places.h    where the documents of a machine lie (setting_table.h: what it is told)
 * event_log.h what goes to a machine's event log
 * pack.h      catalogs as one file, and their signatures (sign.h)
 * file.h      bounded reads and whole writes
 * All texts are UTF-8, all times UTC, all sizes bytes.  Nothing here prints or asks a clock. */
#ifndef PATCHPREREQ_H
#define PATCHPREREQ_H

#include "assess/assess.h"
#include "assess/explain.h"
#include "documents/pack.h"
#include "documents/releases.h"
#include "engine/probes.h"
#include "files/file.h"
#include "formats/sign.h"
#include "import/import.h"
#include "machine/event_log.h"
#include "machine/pieces.h"
#include "machine/places.h"
#include "text/plan_text.h"
#include "wmi/wmi.h"

#define PREREQ_PRODUCT_VERSION "0.1.0"

#endif
