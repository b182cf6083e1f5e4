#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_tree.py DATA OUT - the Windows tree that DATA describes, made anew in the folder OUT.

DATA holds files.txt and *.reg (regedit's text in UTF-8, keys below HKEY_LOCAL_MACHINE; also what Wine
imports).  Every line of files.txt is WHAT TIME PATH, with / in the path from the root of the drive:
    4.2.749.1 2000-08-03T12:00:00Z WINNT/System32/inetsrv/w3svc.dll     a DLL with this version
    64:6.3.9600.16384 2013-08-22T00:00:00Z Windows/System32/x.dll       the same for x64
    none 2000-01-01T00:00:00Z WINNT/x.exe                               an executable without version
    text 2000-01-01T00:00:00Z WINNT/x.txt                               a file of text
    folder - WINNT/$NtUninstallQ1$
Hives go to the folder System32/config, which has to be in files.txt as a folder."""
import calendar
import os
import shutil
import sys
import time

import pe
import regf


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line and not line.startswith("#"):
                yield line.split(" ", 2)


def content_of(what, path):
    if what == "text":
        return b"text\r\n"
    if what == "none":
        return pe.dll()
    wide = what.startswith("64:")
    return pe.dll(what[3:] if wide else what, wide, name=os.path.basename(path))


def make_files(lines, out):
    for what, when, path in lines:
        target = os.path.join(out, path)
        if what == "folder":
            os.makedirs(target, exist_ok=True)
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(content_of(what, path))
        seconds = calendar.timegm(time.strptime(when, "%Y-%m-%dT%H:%M:%SZ"))
        os.utime(target, (seconds, seconds))


def read_hives(data):
    hives = {}
    for name in sorted(os.listdir(data)):
        if name.endswith(".reg"):
            with open(os.path.join(data, name), encoding="utf-8-sig") as file:
                hives.update(regf.read_reg(file.read()))
    return hives


def make(data, out):
    lines = list(read_lines(os.path.join(data, "files.txt")))
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    make_files(lines, out)
    config = next(path for what, _, path in lines
                  if what == "folder" and path.lower().endswith("system32/config"))
    for name, key in read_hives(data).items():
        with open(os.path.join(out, config, name), "wb") as file:
            file.write(regf.write_hive(key))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
