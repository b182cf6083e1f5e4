/* SPDX-License-Identifier: MIT */
/* refresh.h - collect, assess, plan, and put the documents of a machine in place.
 *
 * Whatever ends it in the middle, each document is a whole one: either that of before or that of
 * this run.  How the machine is reached is told from outside, so that all of this runs on any
 * system. */
#ifndef REPORTS_REFRESH_H
#define REPORTS_REFRESH_H

#include "machine/event_log.h"
#include "machine/places.h"
#include "patchprereq.h"
#include "program/options.h"

/* Files are written through this; the functions are those of file.h, in their order. */
struct refresh_door {
    enum prereq_status (*open)(void *context, const char *path, enum prereq_rights rights,
                               struct prereq_output **output, struct prereq_error *err);
    enum prereq_status (*write)(void *context, struct prereq_output *output, const char *bytes,
                                size_t len, struct prereq_error *err);
    enum prereq_status (*commit)(void *context, struct prereq_output *output,
                                 struct prereq_error *err);
    void *context;
};
extern const struct refresh_door refresh_real_door;

struct refresh_machine {
    /* The folder of the documents may be written to; `err` says why not. */
    enum prereq_status (*folder)(void *context, const char *path, struct prereq_error *err);
    enum prereq_status (*collect)(void *context, const struct prereq_catalog *catalog,
                                  struct prereq_arena *arena, const struct prereq_facts **facts,
                                  struct prereq_error *err);
    void (*event)(void *context, enum prereq_event event,
                  const char *const words[PREREQ_EVENT_WORDS]);
    struct prereq_time (*clock)(void *context);
    void *context;
    const struct refresh_door *door;
    unsigned lock_seconds;
};

#define REFRESH_LOCK_SECONDS 60

/* `options` are those of the command line: --now, --untrusted.  Failures are told on standard
 * error. */
enum outcome refresh_run(const struct options *options, const struct prereq_places *places,
                         const struct prereq_settings *settings,
                         const struct refresh_machine *machine);

#endif
