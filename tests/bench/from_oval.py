#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""from_oval.py - the benchmark set that oscap evaluates too, in our formats; and are the verdicts the same?

usage: from_oval.py convert SET OUT      OUT/catalog/ and OUT/fleet.ndjson from SET/catalog.json, fleet.ndjson
       from_oval.py compare SET NDJSON   assessments of that fleet against SET/expected.tsv
       from_oval.py compare-oscap SET TEXT HOST   what oscap printed against SET/expected.tsv

A definition becomes an entry that applies everywhere and whose marker is the definition's rule; a
reference to another definition becomes the rule `patch`.  So Compliant is true, Ready is false and
Unknown is unknown.  A file or a registry value that some rule names, that a host has not and that is
not listed as not collected, is written as absent: that is what a collector would say that looked.
"""
import json
import os
import re
import sys

VERDICTS = {"Compliant": "true", "Ready": "false", "Unknown": "unknown"}


def read_set(folder):
    with open(os.path.join(folder, "catalog.json"), encoding="utf-8") as file:
        catalog = json.load(file)
    if catalog.get("schema") != "pgbench/1":
        sys.exit(f"{folder}/catalog.json: its schema is {catalog.get('schema')!r}, not pgbench/1")
    return catalog["platforms"] + catalog["patches"]


# ---- the catalog ----


def version_test(rule):
    if rule["op"] == "ge":
        return {"atLeast": rule["version"]}
    return {"equals": [rule["version"]]}


def number_test(rule):
    return {"atLeast": rule["int"]} if rule["op"] == "ge" else {"equals": [rule["int"]]}


def os_rule(rule):
    names = {"version": "version", "build": "build", "sp": "servicePack"}
    test = version_test(rule) if "version" in rule else number_test(rule)
    return {"os": {names[rule["os"]]: test}}


def registry_rule(rule):
    made = {"key": rule["registry"], "name": rule["name"]}
    if "int" in rule:
        made["number"] = number_test(rule)
    elif "version" in rule:
        made["version"] = version_test(rule)
    return {"registry": made}


def our_rule(rule):
    for word in ("all", "any"):
        if word in rule:
            return {word: [our_rule(one) for one in rule[word]]}
    if "not" in rule:
        return {"not": our_rule(rule["not"])}
    if "ref" in rule:
        return {"patch": {"id": rule["ref"]}}
    if "file" in rule:
        return {"file": {"path": rule["file"], "version": version_test(rule)}}
    return os_rule(rule) if "os" in rule else registry_rule(rule)


def our_catalog(definitions):
    source = [{"url": "https://example.com/oval", "title": "generated"}]
    return {
        "format": "patchprereq-catalog/1.0",
        "family": "generated",
        "products": [{"id": "BENCH", "title": "generated", "applies": {"always": True},
                      "sources": source}],
        "patches": [{"id": one["id"], "title": one["title"], "product": "BENCH",
                     "classification": "configuration", "severity": "Unrated",
                     "sources": source, "marker": our_rule(one["rule"])}
                    for one in definitions]}


# ---- the hosts ----


def leaves(rule):
    for word in ("all", "any"):
        for one in rule.get(word, ()):
            yield from leaves(one)
    if "not" in rule:
        yield from leaves(rule["not"])
    elif "file" in rule or "registry" in rule:
        yield rule


def named_things(definitions):
    """What a collector would look at for this catalog, each thing once, in the order of the rules."""
    files, values = {}, {}
    for one in definitions:
        for leaf in leaves(one["rule"]):
            if "file" in leaf:
                files.setdefault(leaf["file"].lower(), leaf["file"])
            else:
                key = (leaf["registry"].lower(), leaf["name"].lower())
                values.setdefault(key, (leaf["registry"], leaf["name"]))
    return files, values


def our_files(host, named):
    made = [{"path": one["path"], "version": one["version"]} for one in host["files"]]
    known = {one["path"].lower() for one in host["files"]}
    known |= {path.lower() for path in host["not_collected"]["files"]}
    return made + [{"path": path, "status": "absent"}
                   for key, path in named.items() if key not in known]


def our_registry(host, named):
    made = []
    for one in host["registry"]:
        value = {"key": one["key"], "name": one["name"]}
        if one["type"] == "dword":
            value |= {"type": "REG_DWORD", "number": one["value"]}
        else:
            value |= {"type": "REG_SZ", "value": one["value"]}
        made.append(value)
    known = {(one["key"].lower(), one["name"].lower())
             for one in host["registry"] + host["not_collected"]["registry"]}
    return made + [{"key": key, "name": name, "status": "absent"}
                   for where, (key, name) in named.items() if where not in known]


def our_host(host, files, values):
    return {
        "format": "patchprereq-facts/1.0",
        "host": {"hostName": host["host"]},
        "collection": {"method": "offline", "finished": "2026-11-20T02:10:00Z"},
        "os": {"version": host["os"]["version"], "build": host["os"]["build"],
               "servicePack": host["os"]["sp"]},
        "files": our_files(host, files),
        "registry": our_registry(host, values)}


def convert(folder, out):
    definitions = read_set(folder)
    files, values = named_things(definitions)
    os.makedirs(os.path.join(out, "catalog", "generated"), exist_ok=True)
    info = {"format": "patchprereq-catalog-info/1.0", "id": "bench", "version": "1"}
    with open(os.path.join(out, "catalog", "catalog.json"), "w", encoding="utf-8") as file:
        json.dump(info, file)
    where = os.path.join(out, "catalog", "generated", "entries.json")
    with open(where, "w", encoding="utf-8") as file:
        json.dump(our_catalog(definitions), file, separators=(",", ":"))
    with open(os.path.join(folder, "fleet.ndjson"), encoding="utf-8") as hosts, \
            open(os.path.join(out, "fleet.ndjson"), "w", encoding="utf-8") as fleet:
        for line in hosts:
            host = our_host(json.loads(line), files, values)
            json.dump(host, fleet, separators=(",", ":"))
            fleet.write("\n")


# ---- verdicts ----


def read_expected(folder):
    expected = {}
    with open(os.path.join(folder, "expected.tsv"), encoding="utf-8") as file:
        for line in file:
            host, definition, verdict = line.rstrip("\n").split("\t")
            expected[host, definition] = verdict
    return expected


def report(expected, found):
    wrong = [key for key in sorted(expected.keys() | found.keys())
             if expected.get(key) != found.get(key)]
    for key in wrong[:20]:
        print(f"{key[0]} {key[1]}: {found.get(key)}, expected {expected.get(key)}")
    print(f"{len(expected)} verdicts, {len(wrong)} differ")
    return 1 if wrong or not expected else 0


def compare(folder, ndjson):
    found = {}
    with open(ndjson, encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            for status in document["statuses"]:
                state = status["state"]
                verdict = VERDICTS.get(state, f"the state {state}")
                found[document["host"]["hostName"], status["patchId"]] = verdict
    return report(read_expected(folder), found)


def compare_oscap(folder, text, host):
    with open(os.path.join(folder, "defids.tsv"), encoding="utf-8") as file:
        names = dict(line.rstrip("\n").split("\t") for line in file)
    found = {}
    with open(text, encoding="utf-8") as file:
        for line in file:
            said = re.match(r"Definition (\S+): (true|false|unknown)$", line)
            if said:
                found[host, names[said[1]]] = said[2]
    expected = {key: value for key, value in read_expected(folder).items() if key[0] == host}
    return report(expected, found)


def main(words):
    if len(words) == 3 and words[0] == "convert":
        return convert(*words[1:])
    if len(words) == 3 and words[0] == "compare":
        return compare(*words[1:])
    if len(words) == 4 and words[0] == "compare-oscap":
        return compare_oscap(*words[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
