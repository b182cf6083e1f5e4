#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# make_wxs.py STAGE VALUES TEMPLATE VERSION - the installer's .wxs, for the files in STAGE.
# VALUES is what print_pieces says: names and registry values from native/machine/pieces.c.
# Every identifier is made of names, so that the same files give the same installer.
import hashlib
import os
import sys
import uuid
from xml.sax.saxutils import quoteattr

NAMESPACE = uuid.UUID("9D4B0A5E-2C3C-5C0A-9C33-0F4E6B8D5A10")


def guid(*words):
    return "{" + str(uuid.uuid5(NAMESPACE, "/".join(words))).upper() + "}"


def key(prefix, path):
    return prefix + hashlib.sha256(path.encode()).hexdigest()[:16]


class Tree:
    def __init__(self, stage, values):
        self.stage, self.values = stage, values
        self.lines, self.components = [], []

    def registry(self, name, indent):
        """The values that belong to a file: those of its piece."""
        for piece, hive_key, value, kind, data in self.values:
            owner = "PatchPrereq.dll" if piece == "class id" else "patchprereq.exe"
            if name != owner:
                continue
            # A folder in the MSI ends with a separator already.
            data = data.replace("%s\\", "[INSTALLFOLDER]")
            named = f" Name={quoteattr(value)}" if value else ""
            self.lines.append(f'{indent}  <RegistryValue Root="HKLM" Key={quoteattr(hive_key)}'
                              f'{named} Type="{kind}" Value={quoteattr(data)}/>')

    def file(self, path, name, indent):
        component, file_key = key("c", path), key("f", path)
        self.components.append(component)
        self.lines.append(f'{indent}<Component Id="{component}" Guid="{guid("component", path)}" Win64="yes">')
        self.lines.append(f'{indent}  <File Id="{file_key}" Name={quoteattr(name)} KeyPath="yes"'
                          f' Source={quoteattr(path)}/>')
        if "/" not in path:
            self.registry(name, indent)
        self.lines.append(f"{indent}</Component>")

    def folder(self, path, indent):
        for name in sorted(os.listdir(os.path.join(self.stage, path))):
            inner = f"{path}/{name}" if path else name
            if not os.path.isdir(os.path.join(self.stage, inner)):
                self.file(inner, name, indent)
                continue
            self.lines.append(f'{indent}<Directory Id="{key("d", inner)}" Name={quoteattr(name)}>')
            self.folder(inner, indent + "  ")
            self.lines.append(f"{indent}</Directory>")


def read_values(path):
    names, values = {}, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.rstrip("\n").split("\t")
            if words[0] == "name":
                names[words[1]] = words[2]
            else:
                values.append(words[1:])
    return names, values


def main():
    stage, values, template, version = sys.argv[1:]
    names, registry = read_values(values)
    tree = Tree(stage, registry)
    tree.folder("", " " * 10)
    for name in (names["EXE"], names["DLL"], names["MOF"], names["MOF_REMOVAL"], names["TASK_FILE"]):
        if not os.path.isfile(os.path.join(stage, name)):
            sys.exit(f"make_wxs: {stage} has no {name}")
    fill = dict(names,
                VERSION=version,
                PRODUCT_CODE=guid("product", version),
                EXE_KEY=key("f", names["EXE"]),
                FILES="\n".join(tree.lines),
                COMPONENTS="\n".join(f'      <ComponentRef Id="{c}"/>' for c in tree.components))
    with open(template, encoding="utf-8") as file:
        text = file.read()
    for word, value in fill.items():
        text = text.replace(f"@{word}@", value)
    sys.stdout.write(text)


main()
