/* SPDX-License-Identifier: MIT */
/* readers.c - several files at once: a cold disk answers many questions sooner than one by one. */
#include <pthread.h>
#include <stdatomic.h>

#include "offline/readers.h"

struct readers {
    prereq_source_work *work;
    void *context;
    size_t count;
    atomic_size_t next;
};

static void *read_on(void *context)
{
    struct readers *readers = context;

    for (;;) {
        size_t index = atomic_fetch_add(&readers->next, 1);

        if (index >= readers->count)
            return NULL;
        readers->work(readers->context, index);
    }
}

void prereq_offline_each(struct prereq_source *source, prereq_source_work *work, void *context,
                         size_t count)
{
    struct readers readers = {.work = work, .context = context, .count = count};
    pthread_t threads[PREREQ_READERS - 1];
    size_t started = 0;

    (void)source;
    /* One that cannot be started is no failure: the others do its part. */
    while (started < PREREQ_COUNT(threads) && started + 1 < count &&
           pthread_create(&threads[started], NULL, read_on, &readers) == 0)
        started++;
    (void)read_on(&readers);
    for (size_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
}
