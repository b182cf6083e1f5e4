/* SPDX-License-Identifier: MIT */
/* wow64.c - which keys of HKLM\SOFTWARE a 32-bit program sees elsewhere on 64-bit Windows.
 *
 * "Registry Keys Affected by WOW64" of the Windows documentation. */
#include <stdio.h>
#include <string.h>

#include "offline/hive.h"

enum when { ALWAYS, SINCE_7 };

struct place {
    const char *path;
    enum when shared; /* in both views the same */
};

static const struct place shared[] = {
    {"Classes", SINCE_7},
    {"Clients", SINCE_7},
    {"Microsoft\\COM3", SINCE_7},
    {"Microsoft\\Cryptography\\Services", ALWAYS},
    {"Microsoft\\CTF\\SystemShared", ALWAYS},
    {"Microsoft\\CTF\\TIP", SINCE_7},
    {"Microsoft\\DFS", ALWAYS},
    {"Microsoft\\Driver Signing", ALWAYS},
    {"Microsoft\\EnterpriseCertificates", ALWAYS},
    {"Microsoft\\EventSystem", SINCE_7},
    {"Microsoft\\MSMQ", ALWAYS},
    {"Microsoft\\Non-Driver Signing", ALWAYS},
    {"Microsoft\\Notepad\\DefaultFonts", SINCE_7},
    {"Microsoft\\OLE", SINCE_7},
    {"Microsoft\\RAS", ALWAYS},
    {"Microsoft\\RPC", SINCE_7},
    {"Microsoft\\Shared Tools\\MSInfo", ALWAYS},
    {"Microsoft\\SystemCertificates", ALWAYS},
    {"Microsoft\\TermServLicensing", ALWAYS},
    {"Microsoft\\Transaction Server", ALWAYS},
    {"Microsoft\\Windows\\CurrentVersion\\App Paths", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Control Panel\\Cursors\\Schemes", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Explorer\\AutoplayHandlers", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Explorer\\DriveIcons", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Explorer\\KindMap", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Group Policy", ALWAYS},
    {"Microsoft\\Windows\\CurrentVersion\\Policies", ALWAYS},
    {"Microsoft\\Windows\\CurrentVersion\\PreviewHandlers", SINCE_7},
    {"Microsoft\\Windows\\CurrentVersion\\Setup", ALWAYS},
    {"Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Console", SINCE_7},
    {"Microsoft\\Windows NT\\CurrentVersion\\FontDpi", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\FontLink", SINCE_7},
    {"Microsoft\\Windows NT\\CurrentVersion\\FontMapper", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Fonts", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\FontSubstitutes", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Gre_Initialize", SINCE_7},
    {"Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options", SINCE_7},
    {"Microsoft\\Windows NT\\CurrentVersion\\Language Pack", SINCE_7},
    {"Microsoft\\Windows NT\\CurrentVersion\\NetworkCards", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Perflib", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Ports", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Print", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\ProfileList", ALWAYS},
    {"Microsoft\\Windows NT\\CurrentVersion\\Time Zones", ALWAYS},
    {"Policies", ALWAYS},
    {"RegisteredApplications", ALWAYS},
};

/* Below Classes, which is shared, these are not: they have a WOW6432Node of their own in there. */
static const char *const classes[] = {"CLSID", "DirectShow", "Interface", "Media Type",
                                      "MediaFoundation"};

/* True when `path` is `top` or lies below it. */
static bool is_below(const char *path, const char *top)
{
    size_t len = strlen(top);

    return prereq_starts_nocase(path, top) && (path[len] == '\\' || path[len] == '\0');
}

static bool is_shared(const char *path, bool since_7)
{
    for (size_t i = 0; i < PREREQ_COUNT(shared); i++) {
        if ((since_7 || shared[i].shared == ALWAYS) && is_below(path, shared[i].path))
            return true;
    }
    return false;
}

static bool is_own_class(const char *path)
{
    if (!is_below(path, "Classes") || !path[strlen("Classes")])
        return false;
    path += strlen("Classes\\");
    for (size_t i = 0; i < PREREQ_COUNT(classes); i++) {
        if (is_below(path, classes[i]))
            return true;
    }
    return false;
}

bool prereq_wow64_path(const char *path, bool since_7, char *out, size_t size)
{
    int len;

    if (since_7 && is_own_class(path))
        len = snprintf(out, size, "Classes\\WOW6432Node\\%s", path + strlen("Classes\\"));
    else if (is_below(path, "WOW6432Node") || is_shared(path, since_7))
        len = snprintf(out, size, "%s", path);
    else
        len = snprintf(out, size, "WOW6432Node%s%s", path[0] ? "\\" : "", path);
    return len >= 0 && (size_t)len < size;
}
