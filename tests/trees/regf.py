# SPDX-License-Identifier: MIT
"""regf.py - registry files from .reg text, byte by byte, so that every field can be set."""
import calendar
import re
import struct
import time

NONE = 0xFFFFFFFF
TYPES = {"hex": 3, "dword": 4}
MACHINE = "HKEY_LOCAL_MACHINE\\"


def filetime(text):
    seconds = calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
    return (seconds + 11644473600) * 10000000


class Key:
    def __init__(self, name=""):
        self.name, self.keys, self.values, self.time = name, {}, [], filetime("2020-01-01T00:00:00Z")

    def below(self, path):
        key = self
        for name in filter(None, path.split("\\")):
            key = key.keys.setdefault(name.upper(), Key(name))
        return key


def value_of(text):
    """Type and bytes of what stands behind the = of a .reg line."""
    if text.startswith('"'):
        plain = re.sub(r"\\(.)", r"\1", text[1:text.rindex('"')])
        return 1, (plain + "\0").encode("utf-16-le")
    kind, _, rest = text.partition(":")
    if kind == "dword":
        return 4, struct.pack("<I", int(rest, 16))
    code = int(kind[4:-1], 16) if kind.startswith("hex(") else TYPES[kind]
    return code, bytes(int(byte, 16) for byte in rest.split(",") if byte.strip())


def read_reg(text):
    """{hive: Key} of regedit's text (HKEY_LOCAL_MACHINE alone).  The comment `;time T` behind a key
    says when it was written."""
    hives, key = {}, None
    for line in text.replace("\\\n", "").splitlines():
        line = line.strip()
        if line.startswith("["):
            path = line[1:line.rindex("]")]
            if not path.startswith(MACHINE):
                raise ValueError(line)
            hive, _, rest = path[len(MACHINE):].partition("\\")
            key = hives.setdefault(hive.upper(), Key()).below(rest)
        elif line.startswith(";time "):
            key.time = filetime(line[6:].strip())
        elif line.startswith("@="):
            key.values.append(("",) + value_of(line[2:]))
        elif line.startswith('"'):
            match = re.match(r'"((?:[^"\\]|\\.)*)"=(.*)', line)
            key.values.append((re.sub(r"\\(.)", r"\1", match[1]),) + value_of(match[2]))
    return hives


class Writer:
    def __init__(self):
        self.cells = bytearray(32)  # of the page's header, filled in at the end

    def cell(self, content):
        size = (len(content) + 4 + 7) & ~7
        at = len(self.cells)
        self.cells += struct.pack("<i", -size) + content + bytes(size - 4 - len(content))
        return at

    def name(self, text):
        try:
            return text.encode("latin-1"), True
        except UnicodeEncodeError:
            return text.encode("utf-16-le"), False

    def value(self, name, kind, data):
        encoded, narrow = self.name(name)
        if len(data) <= 4:
            size, at = len(data) | 0x80000000, int.from_bytes(data.ljust(4, b"\0"), "little")
        else:
            size, at = len(data), self.cell(data)
        return self.cell(b"vk" + struct.pack("<HIIIHH", len(encoded), size, at, kind, int(narrow), 0)
                         + encoded)

    def key(self, key, parent, security, root=False):
        encoded, narrow = self.name(key.name if not root else "$$$PROTO.HIV")
        at = self.cell(bytes(76 + len(encoded)))
        children = sorted(key.keys.items())
        below = [(self.key(child, at, security), name) for name, child in children]
        subkeys = NONE
        if below:
            subkeys = self.cell(b"lf" + struct.pack("<H", len(below)) + b"".join(
                struct.pack("<I", offset) + name.encode("latin-1", "replace")[:4].ljust(4, b"\0")
                for offset, name in below))
        values = [self.value(*value) for value in key.values]
        listed = self.cell(struct.pack(f"<{len(values)}I", *values)) if values else NONE
        flags = (0x20 if narrow else 0) | (0x0C if root else 0)
        longest = max([len(name) * 2 for name, _ in children] or [0])
        content = b"nk" + struct.pack(
            "<HQIIIIIIIIIIIIIIIHH", flags, key.time, 0, parent, len(below), 0, subkeys, NONE,
            len(values), listed, security, NONE, longest, 0,
            max([len(value[0]) * 2 for value in key.values] or [0]),
            max([len(value[2]) for value in key.values] or [0]), 0, len(encoded), 0) + encoded
        self.cells[at + 4:at + 4 + len(content)] = content
        return at


def checksum(block):
    total = 0
    for word in struct.unpack("<127I", block[:508]):
        total ^= word
    return {0: 1, NONE: NONE - 1}.get(total, total)


def base_block(root, length, sequences=(1, 1)):
    block = bytearray(4096)
    block[:48] = b"regf" + struct.pack("<IIQIIIIIII", *sequences, filetime("2020-01-01T00:00:00Z"), 1, 3,
                                       0, 1, root, length, 1)
    struct.pack_into("<I", block, 508, checksum(block))
    return bytes(block)


def write_hive(key, sequences=(1, 1)):
    writer = Writer()
    descriptor = bytes.fromhex("010004801400000024000000000000003400000001020000000000052000000020020000"
                               "01020000000000052000000020020000") + bytes(8)
    security = writer.cell(b"sk" + struct.pack("<HIIII", 0, 32, 32, 1, len(descriptor)) + descriptor)
    root = writer.key(key, 0, security, root=True)
    rest = -len(writer.cells) % 4096
    if rest:
        writer.cells += struct.pack("<i", rest) + bytes(rest - 4)
    length = len(writer.cells)
    writer.cells[:32] = b"hbin" + struct.pack("<IIQQI", 0, length, 0, filetime("2020-01-01T00:00:00Z"), 0)
    return base_block(root, length, sequences) + bytes(writer.cells)
