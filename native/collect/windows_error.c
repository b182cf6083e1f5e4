/* SPDX-License-Identifier: MIT */
/* windows_error.c - error numbers of Windows as answers of a source.
 *
 * The sentences are our own: those of Windows are in the language of the host, and documents of a
 * fleet are compared. */
#include "collect/windows_error.h"

#include <stdio.h>

enum meaning { ABSENT, DENIED, FAILED };

static const struct {
    uint32_t number;
    enum meaning meaning;
    const char *text;
} errors[] = {
    {2, ABSENT, "is not there"},
    {3, ABSENT, "is not there"},
    {5, DENIED, "may not be read: access is denied"},
    {8, FAILED, "could not be read: Windows is out of memory"},
    {14, FAILED, "could not be read: Windows is out of memory"},
    {15, ABSENT, "is on a drive that is not there"},
    {19, FAILED, "could not be read: the medium is write-protected"},
    {21, FAILED, "could not be read: the device is not ready"},
    {23, FAILED, "could not be read: the data on the disk are damaged"},
    {32, FAILED, "is held open by another program that does not share it"},
    {33, FAILED, "is locked in part by another program"},
    {50, FAILED, "could not be asked: Windows does not support it"},
    {87, FAILED, "could not be asked: Windows takes the request for wrong"},
    {120, FAILED, "could not be asked: this system does not have the function"},
    {123, ABSENT, "is not there: no such name can exist"},
    {127, FAILED, "could not be asked: this system does not have the function"},
    {203, ABSENT, "is not there"},
    {206, FAILED, "has too long a name"},
    {225, FAILED, "is held back by the virus scanner"},
    {226, FAILED, "is held back by the virus scanner"},
    {234, FAILED, "changes faster than it can be read"},
    {267, ABSENT, "is not there: what has the name is no folder"},
    {362, FAILED, "lies with a cloud provider and not on the disk"},
    {1005, FAILED, "is on a volume whose file system Windows does not know"},
    {1009, FAILED, "could not be read: the registry is damaged"},
    {1015, FAILED, "could not be read: the registry could not recover a hive"},
    {1016, FAILED, "could not be read: a read or write of the registry went wrong"},
    {1017, FAILED, "could not be read: its hive is no registry file"},
    {1018, FAILED, "is marked for deletion and goes when its last user closes it"},
    {1060, ABSENT, "is not there"},
    {1062, FAILED, "is not running"},
    {1117, FAILED, "could not be read: the disk reports an error"},
    {1300, DENIED, "may not be read: the account does not hold the privilege"},
    {1314, DENIED, "may not be read: the account does not hold the privilege"},
    {1392, FAILED, "could not be read: the file system is damaged"},
    {1450, FAILED, "could not be read: Windows is out of resources"},
    {1722, FAILED, "could not be asked: the service behind it does not answer"},
    {1920, FAILED, "cannot be opened by the system"},
    {1921, FAILED, "is a link that leads in a circle"},
    {6002, FAILED, "is encrypted for another account"},
};

#define STATUS_ACCESS_DENIED 0xC0000022u
#define STATUS_PRIVILEGE_NOT_HELD 0xC0000061u
#define E_ACCESSDENIED_NUMBER 0x80070005u

static enum prereq_look look_of(uint32_t number, const char *what, bool may_be_absent,
                                struct prereq_refusal *why)
{
    enum meaning meaning = FAILED;
    const char *text = "could not be read";
    char written[16];

    if (number == 0 && may_be_absent)
        return PREREQ_LOOK_FOUND;
    for (size_t i = 0; i < PREREQ_COUNT(errors); i++) {
        if (errors[i].number == number) {
            meaning = errors[i].meaning;
            text = errors[i].text;
        }
    }
    if (meaning == ABSENT && may_be_absent)
        return PREREQ_LOOK_ABSENT;
    (void)snprintf(written, sizeof(written), "%lu", (unsigned long)number);
    prereq_refuse(why, meaning == DENIED ? "access_denied" : "error", written, "%s %s.",
                  PREREQ_CLIP(what, 150), text);
    return PREREQ_LOOK_UNAVAILABLE;
}

enum prereq_look prereq_look_of_error(uint32_t number, const char *what, struct prereq_refusal *why)
{
    return look_of(number, what, true, why);
}

enum prereq_look prereq_refuse_error(uint32_t number, const char *what, struct prereq_refusal *why)
{
    return look_of(number, what, false, why);
}

enum prereq_look prereq_refuse_status(uint32_t number, const char *what, struct prereq_refusal *why)
{
    bool denied = number == STATUS_ACCESS_DENIED || number == STATUS_PRIVILEGE_NOT_HELD ||
                  number == E_ACCESSDENIED_NUMBER;
    char written[16];

    (void)snprintf(written, sizeof(written), "0x%08lX", (unsigned long)number);
    prereq_refuse(why, denied ? "access_denied" : "error", written, "%s could not be read%s.",
                  PREREQ_CLIP(what, 150), denied ? ": access is denied" : "");
    return PREREQ_LOOK_UNAVAILABLE;
}

enum prereq_look prereq_refuse_memory(struct prereq_refusal *why)
{
    prereq_refuse(why, "no_memory", NULL, "Memory is out.");
    return PREREQ_LOOK_UNAVAILABLE;
}
