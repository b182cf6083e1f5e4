#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""legacy.py - writes ../legacy-*.json from the tables beside it.

Two hundred hotfixes that differ in their file tables only are easier to read, and to correct, as
tables. legacy.csv has a line for each entry, legacy-files.csv one for each file row, and
legacy-places.csv says where a file lies and whether it may be missing. After a change run

    python3 catalog/nt4-iis/tools/legacy.py

The words of the column `requires`, of which one is enough: an entry id (this level or a later
one), =id (this one only), >=SP3 (by number), TSE-SP6. The column `needs` says what has to be
there for the entry to apply: file:name or service:name. `tie` is yes where another build has the
same version, so that the day decides.
"""
import csv
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
URL = "https://github.com/jeffpar/kbarchive/blob/master/kb/{}/{}/README.md"
FAMILY = "Windows NT 4.0 and Windows 2000 with IIS"
FILES = {"NT4": "legacy-nt4.json", "NT4-TSE": "legacy-nt4-tse.json", "IIS4": "legacy-iis4.json",
         "IIS5": "legacy-iis5.json", "W2K": "legacy-windows-2000.json"}
LEVELS = {"NT4-SP4": "SP4", "NT4-SP5": "SP5", "NT4-SP6a": "SP6a", "W2K-SP1": "SP1",
          "W2K-SP2": "SP2"}


def table(name):
    with open(HERE / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def article_url(article):
    return URL.format(article[1:4], article)


def alternative(word):
    if word == "TSE-SP6":
        return {"rule": {"os": {"servicePack": {"equals": [6]}}},
                "title": "Terminal Server Edition with service pack 6"}
    if word.startswith(">=SP"):
        return {"rule": {"os": {"servicePack": {"atLeast": int(word[4:])}}},
                "title": "service pack " + word[4:] + " or later"}
    if word.startswith("="):
        return {"patch": word[1:], "exact": True}
    return {"patch": word}


def level_word(word):
    if word == "TSE-SP6":
        return "SP6"
    if word.startswith(">="):
        return word[2:] + " or later"
    return LEVELS[word.lstrip("=")]


def prerequisites(entry):
    words = entry["requires"].split()
    if not words:
        return []
    system = "Windows 2000" if "W2K" in words[0] else "NT 4.0"
    levels = " or ".join(level_word(word) for word in words)
    return [{"anyOf": [alternative(word) for word in words],
             "why": "The article asks for " + system + " at " + levels + ".",
             "source": entry["article"]}]


def file_row(row, places, variants, platforms):
    out = {"path": places[row["file"]]["path"]}
    if row["version"]:
        out["version"] = row["version"]
    if row["date"]:
        out["date"] = row["date"]
    if row["tie"]:
        out["tieDate"] = row["date"]
    if row["size"]:
        out["size"] = int(row["size"])
    if row["platform"] and len(platforms) > 1:
        out["architecture"] = [row["platform"]]
        if row["platform"] == "alpha":
            out["path"] = out["path"].replace("\\w32x86\\", "\\w32alpha\\")
    if row["language"]:
        out["language"] = row["language"].split()
    if row["encryption"] and len(variants) > 1:
        out["when"] = {"setting": {"kind": "variant", "name": "encryption",
                                   "text": {"equals": [row["encryption"]]}}}
    if places[row["file"]]["optional"]:
        out["ifPresent"] = True
    return out


def applies(entry, platforms, places):
    rules = []
    if "" not in platforms:
        rules.append({"os": {"architecture": sorted(platforms, reverse=True)}})
    kind, _, name = entry["needs"].partition(":")
    if kind == "file":
        rules.append({"file": {"path": places[name]["path"]}})
    elif kind == "service":
        rules.append({"service": {"name": name}})
    if not rules:
        return {}
    return {"applies": rules[0] if len(rules) == 1 else {"all": rules}}


def commands(package):
    return {"install": {"program": package, "arguments": ["-m", "-z"], "package": package},
            "extract": {"program": package, "arguments": ["-x"], "package": package},
            "uninstall": {"program": "hotfix.exe", "arguments": ["-y", "-m"],
                          "needsExtract": True}}


def installing(entry):
    if entry["package"] and entry["product"] not in ("IIS5", "W2K"):
        return {"refusesWhileRecorded": True, "commands": commands(entry["package"])}
    return {"installNote": "The article names no package: install the one that Microsoft gave for "
                           + entry["record"] + "."}


def record_caution(entry):
    """Hotfix.exe refuses what is recorded, and without a package no command takes the record off."""
    key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Hotfix\\" + entry["record"]
    return {"when": {"record": {"id": entry["id"]}},
            "text": "Hotfix.exe refuses a hotfix that is recorded: its record has to go first.",
            "before": [{"action": "manual",
                        "text": "Back up the registry and delete the key " + key + ".",
                        "verify": "The key " + entry["record"] + " is gone."}],
            "source": "Q165709"}


def cautions(entry):
    texts = []
    if not entry["requires"]:
        texts.append("The article names no service pack for this hotfix.")
    if entry["note"]:
        texts.append("About the article: " + entry["note"] + ".")
    out = [{"text": text, "source": entry["article"]} for text in texts]
    if not entry["package"] and entry["product"] not in ("IIS5", "W2K"):
        out.append(record_caution(entry))
    return out


def says(entry):
    words = ["file table"]
    if entry["requires"]:
        words.append("the service pack that it needs")
    if entry["package"]:
        words.append("name of the package")
    return ", ".join(words)


def patch(entry, rows, places):
    platforms = {row["platform"] for row in rows}
    variants = {row["encryption"] for row in rows}
    names = entry["bulletins"].split()
    suffix = entry["id"][len(entry["record"]):]
    out = {"id": entry["id"], "aliases": [name + suffix for name in ["KB" + entry["record"][1:],
                                                                     *names]],
           "title": entry["title"], "product": entry["product"],
           "classification": "security" if names else "update", "severity": "Unrated"}
    if entry["released"]:
        out["released"] = entry["released"]
    out["sources"] = [{"url": article_url(entry["article"]), "title": entry["article"],
                       "says": says(entry)}]
    out["sources"] += [{"url": article_url(name), "title": name, "says": "names the bulletin"}
                       for name in entry["also"].split()]
    out.update(applies(entry, platforms, places))
    out["recordIds"] = [entry["record"], "KB" + entry["record"][1:]]
    out["files"] = [file_row(row, places, variants, platforms) for row in rows]
    out["prerequisites"] = prerequisites(entry)
    out["cautions"] = cautions(entry)
    out.update({"atRestart": True, "restart": "required", "repair": "reinstall", "chain": "never"})
    out.update(installing(entry))
    return {name: value for name, value in out.items() if value != []}


def layout(value, depth=0):
    """JSON with what fits on a line on one line."""
    line = json.dumps(value)
    if len(line) + 2 * depth <= 118 or not isinstance(value, (dict, list)):
        return line
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        inner = [pad + json.dumps(name) + ": " + layout(item, depth + 1)
                 for name, item in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + "  " * depth + "}"
    inner = [pad + layout(item, depth + 1) for item in value]
    return "[\n" + ",\n".join(inner) + "\n" + "  " * depth + "]"


def main():
    places = {row["file"]: row for row in table("legacy-places.csv")}
    rows = {}
    for row in table("legacy-files.csv"):
        rows.setdefault(row["id"], []).append(row)
    patches = {}
    for entry in table("legacy.csv"):
        patches.setdefault(entry["product"], []).append(patch(entry, rows[entry["id"]], places))
    for product, name in FILES.items():
        content = {"format": "patchprereq-catalog/1.0", "family": FAMILY,
                   "patches": patches.get(product, [])}
        with open(HERE.parent / name, "w", encoding="utf-8", newline="\n") as file:
            file.write(layout(content) + "\n")


if __name__ == "__main__":
    main()
