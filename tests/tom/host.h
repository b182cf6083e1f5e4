/* SPDX-License-Identifier: MIT */
/* host.h - what host.c and the harness share. */
#ifndef PREREQ_TESTS_TOM_HOST_H
#define PREREQ_TESTS_TOM_HOST_H

#include "tom.h"

/* Initialize under watch.  `name_space` may be NULL, to see what a provider says to it. */
HRESULT tom_host_initialize(IWbemProviderInit *init, IWbemServices *name_space, const WCHAR *place);
/* Whether the address belongs to a text of tom_guard_new(). */
bool tom_guard_owns(const void *address);
/* Note paths that are there twice.  Sorts them. */
void tom_find_doubles(const char **paths, size_t count);

/* Whether this thread is in a function of ours, called by a provider: what it allocates there is
 * not the provider's. */
bool tom_inside(void);
int tom_enter(void);
void tom_leave(const int *unused);
#define TOM_INSIDE __attribute__((cleanup(tom_leave), unused)) const int inside = tom_enter()

#endif
