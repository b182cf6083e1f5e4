#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_fleet.py - a synthetic catalog and fleet, the same bytes for the same numbers.

usage: make_fleet.py OUT [--patches N] [--facts N] [--hosts N] [--chain N] [--ways 1|2] [--packages N]
                         [--exact] [--open PERCENT] [--required] [--seed N]

Writes OUT/catalog/ and OUT/fleet.ndjson.  Patches come in chains of --chain entries, each of which
supersedes the one below it, or the two below it (--ways 2: many ways lead between two entries, and
whoever follows them all never ends).  A chain has a product of its own.  Each entry has file rows,
every third a package, and needs a baseline and an entry of the chain before (--exact: no later one in
its place, and in order of time).  --facts is what a host
says: files that rows name, then files that no rule asks for.  All files are at the newest level,
but for --open percent of the chains, where one is older and packages wait for a restart: such hosts
get plans.  With --required the patches are security patches; without, nothing is required.
"""
import argparse
import json
import os

FILES_OF_CHAIN = 12


class Numbers:
    """splitmix64: the same on every machine and in every version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return (mixed ^ (mixed >> 31)) % limit


def path(chain, number):
    return f"%SystemRoot%\\System32\\chain{chain:04}\\module{number:02}.dll"


def patch_id(number):
    return f"KB{5000000 + number}"


def make_patch(number, options):
    chain, step = divmod(number, options.chain)
    rows = [{"path": path(chain, (step + i) % FILES_OF_CHAIN), "version": f"10.0.{1000 + step}.{i}"}
            for i in range(3)]
    groups = [{"anyOf": [{"patch": "BASE"}], "why": "It needs the level."}]
    if chain:
        other = {"patch": patch_id(number - options.chain)}
        if options.exact:
            other["exact"] = True
        service = {"rule": {"service": {"name": f"svc{chain}"}}, "title": "a service"}
        groups.append({"anyOf": [other, service], "why": "It needs the other part.",
                       "ordered": options.exact})
    made = {
        "id": patch_id(number), "title": f"Update {number}", "product": f"PRODUCT-{chain}",
        "classification": "security" if options.required else "configuration",
        "severity": "Unrated", "sources": [{"url": "https://example.com/generated"}],
        "files": rows, "prerequisites": groups, "restart": "required",
        "supersedes": [patch_id(number - way) for way in range(1, options.ways + 1) if step >= way],
        "commands": {"install": {"program": f"{patch_id(number)}.exe", "arguments": ["/quiet"]}}}
    if number % 3 == 0:
        made["packages"] = [f"Package_for_{patch_id(number)}"]
    return made


def make_catalog(options):
    source = [{"url": "https://example.com/generated"}]
    chains = (options.patches + options.chain - 1) // options.chain
    products = [{"id": "LEVEL", "title": "Level", "applies": {"always": True}, "sources": source}]
    products += [{"id": f"PRODUCT-{chain}", "title": f"Product {chain}", "sources": source,
                  "applies": {"os": {"build": {"atLeast": 1000 + chain % 7}}}}
                 for chain in range(chains)]
    level = {"id": "BASE", "title": "Level", "product": "LEVEL", "kind": "baseline",
             "classification": "level", "severity": "Unrated", "sources": source,
             "marker": {"os": {"build": {"atLeast": 1000}}}, "sets": [{"os": {"build": 1007}}]}
    return {"format": "patchprereq-catalog/1.0", "family": "generated", "products": products,
            "patches": [level] + [make_patch(i, options) for i in range(options.patches)]}


def make_files(options, numbers):
    """The first chains whole, as far as the number of facts reaches, then what nobody asks for."""
    chains = (options.patches + options.chain - 1) // options.chain
    asked = min(options.facts, chains * FILES_OF_CHAIN)
    files = []
    for i in range(asked):
        chain, number = divmod(i, FILES_OF_CHAIN)
        level = 999 + options.chain
        if numbers.below(100) < options.open:
            level = 1000 + numbers.below(options.chain)
        files.append({"path": path(chain, number), "version": f"10.0.{level}.3"})
    files += [{"path": f"%SystemRoot%\\other\\file{i}.dll", "version": f"1.0.{i}.0"}
              for i in range(options.facts - asked)]
    return files


def make_packages(options, numbers):
    return [{"identity": f"Package_for_{patch_id(3 * i)}~31bf3856ad364e35~amd64~~10.0.{i % 9}.1",
             "state": 96 if numbers.below(800) < options.open else 112, "installedOn": "2026-05-04"}
            for i in range(options.packages)]


def make_host(host, options):
    numbers = Numbers(options.seed * 1000003 + host + 1)
    return {
        "format": "patchprereq-facts/1.0",
        "host": {"hostName": f"HOST{host:06}"},
        "collection": {"method": "offline", "finished": "2026-11-20T02:10:00Z"},
        "lastStartUp": "2026-11-01T05:00:00Z",
        "os": {"version": "10.0", "build": 1007, "architecture": "x64"},
        "files": make_files(options, numbers),
        "packages": make_packages(options, numbers),
        "coverage": [{"list": "services", "state": "complete"},
                     {"list": "cbsPackages", "state": "complete"}]}


def write(where, content):
    with open(where, "w", encoding="utf-8") as file:
        json.dump(content, file, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--patches", type=int, default=1000)
    parser.add_argument("--facts", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--chain", type=int, default=20)
    parser.add_argument("--ways", type=int, default=1, choices=(1, 2))
    parser.add_argument("--packages", type=int, default=100)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--open", type=int, default=0)
    parser.add_argument("--required", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    family = os.path.join(options.out, "catalog", "generated")
    os.makedirs(family, exist_ok=True)
    write(os.path.join(options.out, "catalog", "catalog.json"),
          {"format": "patchprereq-catalog-info/1.0", "id": "bench", "version": "1"})
    write(os.path.join(family, "entries.json"), make_catalog(options))
    with open(os.path.join(options.out, "fleet.ndjson"), "w", encoding="utf-8") as fleet:
        for host in range(options.hosts):
            json.dump(make_host(host, options), fleet, separators=(",", ":"))
            fleet.write("\n")


if __name__ == "__main__":
    main()
