/* SPDX-License-Identifier: MIT */
/* refcount.h - how many hold a thing, counted from any thread. */
#ifndef PREREQ_REFCOUNT_H
#define PREREQ_REFCOUNT_H

#include <stdatomic.h>
#include <stdbool.h>

struct prereq_refcount {
    atomic_uint holders;
};

/* Held once. */
static inline void prereq_refcount_init(struct prereq_refcount *count)
{
    atomic_init(&count->holders, 1);
}

static inline void prereq_refcount_hold(struct prereq_refcount *count)
{
    (void)atomic_fetch_add_explicit(&count->holders, 1, memory_order_relaxed);
}

/* True: nobody holds it any more, and everything that its holders did is seen. */
static inline bool prereq_refcount_drop(struct prereq_refcount *count)
{
    return atomic_fetch_sub_explicit(&count->holders, 1, memory_order_acq_rel) == 1;
}

#endif
