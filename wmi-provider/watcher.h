/* SPDX-License-Identifier: MIT */
/* watcher.h - one thread that waits for another document and raises the events of the change. */
#ifndef PREREQ_WATCHER_H
#define PREREQ_WATCHER_H

#include "provider.h"

/* Begin; what differs from the document of this moment makes events.  Holds both pointers until it
 * is stopped.  NULL: no memory, or no thread. */
struct watcher *watcher_start(IWbemServices *name_space, IWbemObjectSink *sink);
/* Afterwards neither pointer is held, unless WMI does not come back from a call for long.  Not with
 * a lock held that the thread might want.  NULL is allowed. */
void watcher_stop(struct watcher *watcher);

#endif
