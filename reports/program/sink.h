/* SPDX-License-Identifier: MIT */
/* sink.h - where a command's output goes: the file of -o, whole or not at all, or standard output.
 */
#ifndef REPORTS_SINK_H
#define REPORTS_SINK_H

#include "files/file.h"
#include "program/options.h"

struct sink {
    struct prereq_output *output; /* NULL: not open */
};

enum outcome sink_open(struct sink *sink, const struct options *options, struct prereq_error *err);
/* What the buffer holds; the buffer is empty afterwards, its memory stays for the next host. */
enum outcome sink_write(struct sink *sink, struct prereq_buffer *text, struct prereq_error *err);
/* With `keep` the file is put in its place; otherwise the old one stays as it was.  What goes wrong
 * is told on standard error.  A sink that is not open is fine. */
enum outcome sink_close(struct sink *sink, bool keep);

/* A whole output at once; what goes wrong is told on standard error. */
enum outcome sink_write_all(const struct options *options, struct prereq_buffer *text);

#endif
