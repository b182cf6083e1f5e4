/* SPDX-License-Identifier: MIT */
/* firmware.h - what UEFI variables and boot values of the registry mean. */
#ifndef PREREQ_FIRMWARE_H
#define PREREQ_FIRMWARE_H

#include "collect/source.h"

/* Whether a signature database (the variable db or dbx: EFI_SIGNATURE_LISTs of the UEFI
 * specification) holds an X.509 certificate whose bytes hold `subject`, plain text as certificates
 * spell common names.  UNAVAILABLE: the lists are not well formed. */
enum prereq_look prereq_signatures_hold(const unsigned char *bytes, size_t len, const char *subject,
                                        bool *holds, struct prereq_refusal *why);

/* Does virtualisation-based security run?  `status` and `running` are the kernel's answer;
 * `configured` is EnableVirtualizationBasedSecurity of the registry, a wish that the hardware may
 * not grant: only its "no" is an answer. ABSENT: a system that cannot have it (before build 10240).
 */
struct prereq_vbs {
    uint32_t build;
    uint32_t status; /* NTSTATUS; 0: `running` holds */
    bool running;
    bool has_configured;
    uint64_t configured;
};
enum prereq_look prereq_vbs_state(const struct prereq_vbs *vbs, bool *on,
                                  struct prereq_refusal *why);

#endif
