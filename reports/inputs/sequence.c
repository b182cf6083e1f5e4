/* SPDX-License-Identifier: MIT */
/* sequence.c - JSON documents, one alone indented, several one per line. */
#include "inputs/sequence.h"

static void end_line(struct prereq_buffer *out)
{
    if (out->len && out->text[out->len - 1] != '\n')
        prereq_buffer_add(out, "\n");
}

static void move(struct prereq_buffer *from, struct prereq_buffer *to)
{
    if (from->failed)
        to->failed = true;
    else if (from->len)
        prereq_buffer_add_bytes(to, from->text, from->len);
    prereq_buffer_free(from);
}

void sequence_add(struct sequence *sequence, const struct prereq_shape *shape, const void *object,
                  struct prereq_buffer *out)
{
    sequence->count++;
    if (sequence->count == 1 && !sequence->lines) {
        prereq_shape_write(shape, object, PREREQ_JSON_READABLE, &sequence->alone);
        prereq_shape_write(shape, object, PREREQ_JSON_COMPACT, &sequence->line);
        end_line(&sequence->alone);
        end_line(&sequence->line);
        return;
    }
    move(&sequence->line, out);
    prereq_buffer_free(&sequence->alone);
    prereq_shape_write(shape, object, PREREQ_JSON_COMPACT, out);
    end_line(out);
}

void sequence_end(struct sequence *sequence, struct prereq_buffer *out)
{
    if (sequence->count == 1 && !sequence->lines)
        move(&sequence->alone, out);
    sequence_free(sequence);
}

void sequence_free(struct sequence *sequence)
{
    prereq_buffer_free(&sequence->alone);
    prereq_buffer_free(&sequence->line);
}
