/* SPDX-License-Identifier: MIT */
/* recovery.h - where the recovery environment lies, and what each partition is for. */
#ifndef PREREQ_RECOVERY_H
#define PREREQ_RECOVERY_H

#include "collect/source.h"

struct prereq_recovery { /* of ReAgent.xml */
    bool enabled;
    bool has_location;
    uint64_t offset; /* of the partition on its disk, bytes */
};

#define PREREQ_MAX_REAGENT ((size_t)256 * 1024) /* bytes of ReAgent.xml */

/* UNAVAILABLE when the text is not what Windows writes. */
enum prereq_look prereq_recovery_read(const char *text, size_t len,
                                      struct prereq_recovery *recovery, struct prereq_refusal *why);

enum prereq_partition_kind {
    PREREQ_PARTITION_OTHER,
    PREREQ_PARTITION_RECOVERY, /* marked so: GPT DE94BBA4-..., MBR 0x27 */
    PREREQ_PARTITION_BOOT,     /* EFI system partition; on MBR disks the active one */
};

struct prereq_partition { /* a volume of the host */
    bool asked;           /* kind, disk and offset are known */
    uint32_t error;       /* Win32, when they are not */
    enum prereq_partition_kind kind;
    uint32_t disk;
    uint64_t offset;
    bool is_system; /* holds %SystemRoot% */
};

enum prereq_partition_kind prereq_partition_of_gpt(const unsigned char type[16]);
enum prereq_partition_kind prereq_partition_of_mbr(unsigned type, bool active);

/* The partition with the role `recovery`.  `known` is the look at ReAgent.xml; ABSENT: WinRE lies
 * on the volume of Windows, or there is none.  UNAVAILABLE: it cannot be told, *why is filled. */
enum prereq_look prereq_recovery_partition(enum prereq_look known,
                                           const struct prereq_recovery *recovery,
                                           const struct prereq_partition *partitions, size_t count,
                                           size_t *which, struct prereq_refusal *why);
/* The partition that starts Windows where that is not the volume of Windows itself (ABSENT). */
enum prereq_look prereq_boot_partition(const struct prereq_partition *partitions, size_t count,
                                       size_t *which, struct prereq_refusal *why);

#endif
