/* SPDX-License-Identifier: MIT */
/* hive_base.c - the first block of a registry file, which says whether the rest is all there is. */
#include <string.h>

#include "offline/hive.h"

static uint32_t word_at(const unsigned char *bytes, size_t at)
{
    return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
           (uint32_t)bytes[at + 3] << 24;
}

/* XOR of the 127 words in front of it; 0 and -1 are written as 1 and -2. */
static uint32_t checksum(const unsigned char *bytes)
{
    uint32_t sum = 0;

    for (size_t at = 0; at < 508; at += 4)
        sum ^= word_at(bytes, at);
    if (sum == 0)
        return 1;
    return sum == UINT32_MAX ? UINT32_MAX - 1 : sum;
}

bool prereq_hive_base_read(const unsigned char *bytes, size_t len, struct prereq_hive_base *base)
{
    if (len < PREREQ_HIVE_LOG_BASE || memcmp(bytes, "regf", 4) != 0)
        return false;
    *base = (struct prereq_hive_base){.sequence = {word_at(bytes, 4), word_at(bytes, 8)},
                                      .data_size = word_at(bytes, 40),
                                      .sound = word_at(bytes, 508) == checksum(bytes)};
    return true;
}

/* Windows empties logs by writing nothing to them, so old ones stay: the number of the last change
 * decides. Numbers may wrap around. */
bool prereq_hive_log_is_newer(const struct prereq_hive_base *base, const unsigned char *log,
                              size_t len)
{
    struct prereq_hive_base other;

    if (!prereq_hive_base_read(log, len, &other) || !other.sound)
        return false;
    return other.sequence[0] != base->sequence[0] &&
           other.sequence[0] - base->sequence[0] < UINT32_MAX / 2;
}
