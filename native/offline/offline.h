/* SPDX-License-Identifier: MIT */
/* offline.h - a Windows installation that is not running, as a source of facts: a folder that holds
 * its tree, or an image.
 *
 * Nothing is written but the files that are taken out of an image, into a private folder that is
 * gone after `close`.  What is read may be hostile: nothing outside of the folder is ever opened
 * (docs/collect.md says what is not followed), and a damaged hive is UNAVAILABLE with its reason.
 */
#ifndef PREREQ_OFFLINE_H
#define PREREQ_OFFLINE_H

#include "collect/source.h"

struct prereq_offline_options {
    bool accept_dirty; /* take what a dirty hive holds as it is */
};

/* `folder` holds Windows or WINNT, or is it.  The source and its texts live until its `close`.
 * PREREQ_BAD_INPUT: no Windows in there, or more than one. */
enum prereq_status prereq_offline_open_root(const char *folder,
                                            const struct prereq_offline_options *options,
                                            struct prereq_source **source,
                                            struct prereq_error *err);
/* Image `index`, from 1, of a WIM file. */
enum prereq_status prereq_offline_open_wim(const char *file, unsigned index,
                                           const struct prereq_offline_options *options,
                                           struct prereq_source **source, struct prereq_error *err);

#endif
