# SPDX-License-Identifier: MIT
"""pe.py - the smallest DLLs that carry a version."""
import struct


def _block(key, value, text, children=b""):
    """One node of a version resource; lengths count characters for text, bytes otherwise."""
    head = key.encode("utf-16-le") + b"\0\0"
    head += bytes(-(6 + len(head)) % 4)
    body = head + value
    if children:
        body += bytes(-(6 + len(body)) % 4) + children
    length = 6 + len(body)
    return struct.pack("<HHH", length, len(value) // 2 if text else len(value), int(text)) + body


def _join(blocks):
    joined = b""
    for block in blocks:
        joined += bytes(-len(joined) % 4) + block
    return joined


def version_resource(version, strings):
    parts = [int(part) for part in version.split(".")] + [0, 0, 0]
    high, low = parts[0] << 16 | parts[1], parts[2] << 16 | parts[3]
    fixed = struct.pack("<13I", 0xFEEF04BD, 0x10000, high, low, high, low, 0x3F, 0, 0x40004, 2, 0, 0, 0)
    table = _block("040904B0", b"", True, _join(
        _block(name, (text + "\0").encode("utf-16-le"), True) for name, text in strings.items()))
    translation = _block("VarFileInfo", b"", True,
                         _block("Translation", struct.pack("<HH", 0x409, 0x4B0), False))
    return _block("VS_VERSION_INFO", fixed, False,
                  _join([_block("StringFileInfo", b"", True, table), translation]))


def _directory(identity, offset, leaf=False):
    return struct.pack("<IIHHHHII", 0, 0, 0, 0, 0, 1, identity, offset if leaf else offset | 0x80000000)


def dll(version=None, wide=False, company="Microsoft Corporation", name="x.dll"):
    """A DLL without code; `version` None: and without resources."""
    resource = b""
    if version:
        data = version_resource(version, {"CompanyName": company, "FileVersion": version,
                                          "OriginalFilename": name})
        resource = (_directory(16, 24) + _directory(1, 48) + _directory(0x409, 72, leaf=True)
                    + struct.pack("<IIII", 0x1000 + 88, len(data), 0, 0) + data)
    size = len(resource)
    raw = size + -size % 512
    optional = struct.pack("<HBBIIIII", 0x20B if wide else 0x10B, 2, 0, 0, raw, 0, 0, 0x1000)
    optional += struct.pack("<Q", 0x180000000) if wide else struct.pack("<II", 0x1000, 0x10000000)
    optional += struct.pack("<IIHHHHHHIIIIHH", 0x1000, 512, 4, 0, 0, 0, 4, 0, 0, 0x2000 + size, 512, 0, 2, 0)
    optional += struct.pack("<QQQQ" if wide else "<IIII", 0x100000, 0x1000, 0x100000, 0x1000)
    optional += struct.pack("<II", 0, 16)
    directories = [(0, 0)] * 16
    if version:
        directories[2] = (0x1000, size)
    optional += b"".join(struct.pack("<II", *entry) for entry in directories)
    head = b"MZ" + bytes(58) + struct.pack("<I", 64)
    head += b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664 if wide else 0x14C, int(bool(version)), 0, 0, 0,
                                    len(optional), 0x2022 if wide else 0x2102)
    head += optional
    if version:
        head += b".rsrc\0\0\0" + struct.pack("<IIIIIIHHI", size, 0x1000, raw, 512, 0, 0, 0, 0, 0x40000040)
    return head + bytes(512 - len(head)) + resource + bytes(raw - size)
