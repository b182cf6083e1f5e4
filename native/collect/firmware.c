/* SPDX-License-Identifier: MIT */
/* firmware.c - what UEFI variables and boot values of the registry mean. */
#include "collect/firmware.h"

#include <string.h>

#include "collect/windows_error.h"

#define LIST_HEADER 28 /* type, size of the list, of its header, of each signature */
#define OWNER 16       /* a GUID before each signature */

/* EFI_CERT_X509_GUID as it stands in memory. */
static const unsigned char x509[16] = {0xa1, 0x59, 0xc0, 0xa5, 0xe4, 0x94, 0xa7, 0x4a,
                                       0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72};

static size_t number_at(const unsigned char *bytes)
{
    return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 |
           (size_t)bytes[3] << 24;
}

static bool bytes_hold(const unsigned char *bytes, size_t len, const char *text)
{
    size_t want = strlen(text);

    for (size_t at = 0; at + want <= len; at++) {
        if (memcmp(bytes + at, text, want) == 0)
            return true;
    }
    return false;
}

/* One list, whose sizes fit into `len`. */
static bool list_holds(const unsigned char *list, size_t len, const char *subject)
{
    size_t size = number_at(list + 24);

    if (memcmp(list, x509, sizeof(x509)) != 0)
        return false;
    for (size_t at = LIST_HEADER + number_at(list + 20); at < len; at += size) {
        if (bytes_hold(list + at + OWNER, size - OWNER, subject))
            return true;
    }
    return false;
}

/* Size of the list at `bytes`; 0: it is not well formed. */
static size_t list_size(const unsigned char *bytes, size_t len)
{
    size_t size, header, each, rest;

    if (len < LIST_HEADER)
        return 0;
    size = number_at(bytes + 16);
    header = number_at(bytes + 20);
    each = number_at(bytes + 24);
    if (size < LIST_HEADER || size > len || header > size - LIST_HEADER || each < OWNER)
        return 0;
    rest = size - LIST_HEADER - header;
    return rest % each == 0 ? size : 0;
}

enum prereq_look prereq_signatures_hold(const unsigned char *bytes, size_t len, const char *subject,
                                        bool *holds, struct prereq_refusal *why)
{
    bool found = false;

    for (size_t at = 0; at < len;) {
        size_t size = list_size(bytes + at, len - at);

        if (size == 0) {
            prereq_refuse(why, "error", NULL,
                          "The signature database of the firmware is not well formed at byte %lu.",
                          (unsigned long)at);
            return PREREQ_LOOK_UNAVAILABLE;
        }
        found = found || list_holds(bytes + at, size, subject);
        at += size;
    }
    *holds = found;
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_vbs_state(const struct prereq_vbs *vbs, bool *on,
                                  struct prereq_refusal *why)
{
    if (vbs->status == 0) {
        *on = vbs->running;
        return PREREQ_LOOK_FOUND;
    }
    if (vbs->build < 10240)
        return PREREQ_LOOK_ABSENT;
    if (vbs->has_configured && vbs->configured == 0) {
        *on = false;
        return PREREQ_LOOK_FOUND;
    }
    return prereq_refuse_status(vbs->status, "Whether virtualisation-based security runs", why);
}
