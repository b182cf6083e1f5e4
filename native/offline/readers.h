/* SPDX-License-Identifier: MIT */
/* readers.h - several files at once. */
#ifndef PREREQ_OFFLINE_READERS_H
#define PREREQ_OFFLINE_READERS_H

#include "collect/source.h"

/* struct prereq_source_ops.each for trees and images. */
void prereq_offline_each(struct prereq_source *source, prereq_source_work *work, void *context,
                         size_t count);

#endif
