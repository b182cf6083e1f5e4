#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""peer_pe.py PROGRAM FOLDER [FILE|FOLDER...] - print_pe and python3-pefile say the same of every file.

Without further words: what Wine ships, what $PATCHPREREQ_SAMPLES/pe holds, and DLLs that MinGW makes in
FOLDER, of which the script itself knows what they should say.  A file that pefile refuses must be none
for us too.
"""
import os
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
WINE = [pathlib.Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows"),
        pathlib.Path("/usr/lib/i386-linux-gnu/wine/i386-windows")]


WINDRES, CC = "x86_64-w64-mingw32-windres", "x86_64-w64-mingw32-gcc-win32"
RESOURCE = """
1 VERSIONINFO FILEVERSION {numbers} PRODUCTVERSION 9,9,9,9 FILEFLAGSMASK 0x3f FILEFLAGS 0x8 {{
BLOCK "StringFileInfo" {{ BLOCK "{language}04b0" {{
VALUE "Comments", "{comment}"
VALUE "CompanyName", "{company}"
VALUE "FileVersion", "5.00.2195.7006 (text that nobody reads)"
VALUE "OriginalFilename", "{name}" }} }}
BLOCK "VarFileInfo" {{ VALUE "Translation", 0x{language}, 1200 }} }}
{more}
"""
MADE = [  # file, what its resource holds
    ("plain.dll", {}),
    ("german.dll", {"language": "0407", "company": "M\u00fcller & S\u00f6hne"}),
    ("license.dll", {"comment": "long " * 2500}),
    ("crowded.dll", {"more": "\n".join(f'{i} RCDATA {{ "{i:0500}" }}' for i in range(2, 900))}),
    ("high.dll", {"numbers": "65535,65534,0,65535"}),
]


def parts(high, low):
    return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"


def texts(pe):
    """{name: text}: of the first language that has it."""
    found = {}
    for info in getattr(pe, "FileInfo", [[]])[0]:
        for table in getattr(info, "StringTable", []):
            for name, text in table.entries.items():
                found.setdefault(name.decode(), text.decode("utf-8", "replace"))
    return found


def clean(text):
    """As pe.h says: control characters are spaces, cut at 255 bytes, spaces around it go."""
    text = "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text.split("\0")[0])
    raw = text.strip(" ").encode()
    return raw.decode() if len(raw) < 250 else None


def theirs(pefile, path):
    """(version, company, original name, checksum, machine), or None: no executable file."""
    try:
        pe = pefile.PE(str(path), fast_load=True)
        pe.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
    except pefile.PEFormatError:
        return None
    version, said = "", {}
    if getattr(pe, "VS_FIXEDFILEINFO", None):
        fixed = pe.VS_FIXEDFILEINFO[0]
        version, said = parts(fixed.FileVersionMS, fixed.FileVersionLS), texts(pe)
    return (version, clean(said.get("CompanyName", "")), clean(said.get("OriginalFilename", "")),
            pe.OPTIONAL_HEADER.CheckSum, pe.FILE_HEADER.Machine)


def ours(program, paths):
    out = subprocess.run([program, *map(str, paths)], check=True, capture_output=True).stdout
    for line in out.decode().split("\n")[:-1]:
        answer, kind, version, company, name, checksum, machine, _, path = line.split("\t")
        yield pathlib.Path(path), answer, kind, (version, company, name, int(checksum), int(machine))


def same(mine, peer):
    return all(a == b or b is None for a, b in zip(mine, peer))


def made(folder):
    """{path: (version, company, name)} of DLLs made for this; {} without MinGW."""
    if not shutil.which(WINDRES) or not shutil.which(CC):
        print("MinGW is not here: no DLLs of our own")
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    want = {}
    for name, own in MADE:
        said = {"numbers": "5,0,2195,7006", "language": "0409", "comment": "", "company": "Example",
                "more": "", "name": name, **own}
        (folder / "made.rc").write_text(RESOURCE.format(**said), encoding="utf-8")
        subprocess.run([WINDRES, "-c65001", "made.rc", "made.o"], cwd=folder, check=True)
        subprocess.run([CC, "-shared", "-nostdlib", "-Wl,-e,0", "made.o", "-o", name], cwd=folder,
                       check=True)
        want[folder / name] = (said["numbers"].replace(",", "."), said["company"], name)
    return want


def main(program, folder, words):
    try:
        import pefile
    except ImportError:
        print("skipped: python3-pefile is not installed")
        sys.exit(SKIPPED)
    samples = os.environ.get("PATCHPREREQ_SAMPLES")
    want = {} if words else made(pathlib.Path(folder))
    places = [pathlib.Path(word) for word in words] or \
        [*want, *WINE] + ([pathlib.Path(samples, "pe")] if samples else [])
    paths = [p for place in places for p in ([place] if place.is_file() else sorted(place.glob("*")))
             if p.is_file() and p.suffix != ".json"]
    if not paths:
        print("skipped: neither MinGW, Wine nor samples are here")
        sys.exit(SKIPPED)
    wrong = versions = 0
    for path, answer, kind, mine in ours(program, paths):
        peer = theirs(pefile, path)
        versions += answer == "version"
        if path in want and mine[:3] != want[path]:
            wrong += 1
            print(f"{path}: {mine} should be {want[path]}")
        if (peer is None) != (kind not in ("32", "64")) or peer and not same(mine, peer):
            wrong += 1
            print(f"{path}: {answer}: {mine} is {peer} for pefile")
    print(f"{len(paths)} files, {versions} with a version, {wrong} wrong")
    sys.exit(wrong > 0)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
