#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""semantics.py PROGRAM FOLDER [NAME...] - a case fails without each surprising semantics.

A semantics is dropped from a copy of the catalog, or from a copy of one source file of the engine
that is linked into a program of its own.  Then `catalog test` has to fail with the case that shows
the semantics, which passes on what is not changed.  The program is one of a build folder; FOLDER is
for what is made here.
"""
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLAGS = ("-g", "--coverage", "-fprofile-", "-ftest-coverage", "-fcoverage-mapping", "-flto")


class Skip(Exception):
    pass


class Catalog:
    """The entries of a copy of the catalog, to be changed and put back."""

    def __init__(self, folder):
        self.folder = folder
        self.texts = {}
        for path in sorted(glob.glob(os.path.join(folder, "*", "*.json"))):
            with open(path, encoding="utf-8") as file:
                self.texts[path] = file.read()
        self.whole = {path: json.loads(text) for path, text in self.texts.items()}
        self.documents = {path: json.loads(text) for path, text in self.texts.items()}
        self.index()

    def index(self):
        self.patches, self.products = {}, {}
        for document in self.documents.values():
            for patch in document.get("patches", []):
                self.patches[patch["id"]] = patch
            for product in document.get("products", []):
                self.products[product["id"]] = product

    def changed(self):
        return [path for path, document in self.documents.items() if document != self.whole[path]]

    def write(self):
        """Write what differs; the number of files that do."""
        for path in self.changed():
            put(path, json.dumps(self.documents[path]))
        return len(self.changed())

    def restore(self):
        for path in self.changed():
            put(path, self.texts[path])
            self.documents[path] = json.loads(self.texts[path])
        self.index()


def put(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


class Data:
    """A change of the copied catalog, and the case that has to fail for it."""

    def __init__(self, case, change):
        self.case, self.change = case, change


class Engine:
    """A line of the engine in other words, and the case that has to fail for it."""

    def __init__(self, case, source, old, new):
        self.case, self.source, self.old, self.new = case, source, old, new


# ---- changes of the catalog ----

def without(identifier, *members):
    """The entry without these members."""

    def change(catalog):
        for member in members:
            del catalog.patches[identifier][member]

    return change


def with_value(identifier, member, value):
    def change(catalog):
        catalog.patches[identifier][member] = value

    return change


def without_groups(identifier, word):
    """The entry without the prerequisites that mention a word."""

    def change(catalog):
        groups = catalog.patches[identifier]["prerequisites"]
        kept = [group for group in groups if word not in json.dumps(group)]
        if len(kept) == len(groups):
            raise AssertionError(f"{identifier}: no prerequisite mentions {word}")
        catalog.patches[identifier]["prerequisites"] = kept

    return change


def with_group(identifier, *patches):
    """The entry with one more prerequisite."""

    def change(catalog):
        group = {"anyOf": [{"patch": patch} for patch in patches], "why": "Changed for a test."}
        catalog.patches[identifier].setdefault("prerequisites", []).append(group)

    return change


def without_in_groups(identifier, member):
    """The alternatives of all prerequisites without a member."""

    def change(catalog):
        for group in catalog.patches[identifier]["prerequisites"]:
            for alternative in group["anyOf"]:
                alternative.pop(member, None)

    return change


def without_voids(*identifiers):
    """A later entry inherits what voids the earlier ones, so all of them lose it."""

    def change(catalog):
        for identifier in identifiers:
            del catalog.patches[identifier]["voidedBy"]

    return change


def sp6a_by_text(catalog):
    marker = catalog.patches["NT4-SP6a"]["marker"]
    marker["all"] = [test for test in marker["all"] if "registry" not in test]


def level_from_package_name(catalog):
    """NAME_W2K_SP3_x86_en.exe taken as a package for SP3."""
    for patch in catalog.patches.values():
        name = patch.get("commands", {}).get("install", {}).get("package", "")
        level = re.search(r"_W2K_(SP\d)_", name, re.IGNORECASE)
        if level and "W2K-" + level[1].upper() in catalog.patches:
            patch["prerequisites"] = [{"anyOf": [{"patch": "W2K-" + level[1].upper()}],
                                       "why": "Changed for a test."}]


def cumulative_is_a_superset(catalog):
    """The rows of MS01-044 that MS02-018 does not repeat count as its own."""
    later = {row["path"].lower() for row in catalog.patches["Q319733"]["files"]}
    earlier = catalog.patches["Q301625"]
    earlier["files"] = [row for row in earlier["files"] if row["path"].lower() in later]


def no_tie_date(catalog):
    for patch in catalog.patches.values():
        for row in patch.get("files", []):
            row.pop("tieDate", None)


def no_branches(catalog):
    """Any update of SQL Server 2017 goes on any instance of it."""
    del catalog.products["SQL2017"]["branches"]
    for patch in catalog.patches.values():
        if patch.get("product") == "SQL2017":
            patch.pop("branch", None)
            patch.pop("applies", None)
            patch.pop("advice", None)


def checkpoint_is_one_build(catalog):
    """The checkpoint asked for everywhere, hosts that are above it included."""
    catalog.patches["KB5043080"]["marker"] = {"os": {"ubr": {"equals": [1742]}}}


def stack_by_number(catalog):
    """The servicing stack known by the number of one update instead of by its version."""
    update = catalog.patches["KB5088064"]
    del update["marker"]
    update["packages"] = ["Package_for_KB5088064"]
    update["sets"] = [{"package": {"name": "Package_for_KB5088064"}}]
    for group in catalog.patches["KB5087537"]["prerequisites"]:
        group["anyOf"] = [one for one in group["anyOf"] if "servicingStack" not in json.dumps(one)]
    catalog.patches["KB5087537"]["prerequisites"] = [
        group for group in catalog.patches["KB5087537"]["prerequisites"] if group["anyOf"]]


def no_recovery_partition_asked(catalog):
    tests = catalog.patches["KB5034441"]["applies"]["all"]
    tests[:] = [test for test in tests if "freeSpace" not in test]


def visual_c_or_later(catalog):
    """Equality made a lower bound."""
    text = json.dumps(catalog.patches["EX2019-CU15"]["prerequisites"])
    changed, count = re.subn(r'\{"equals": \["(1[12]\.0\.\d+)"\]\}', r'{"atLeast": "\1"}', text)
    if count != 2:
        raise AssertionError(f"{count} tests of Visual C++, not 2")
    catalog.patches["EX2019-CU15"]["prerequisites"] = json.loads(changed)


def exchange_update_for_any_level(catalog):
    catalog.patches["EX2019-CU15-Sep26SUv2"]["prerequisites"] = [
        {"anyOf": [{"patch": "EX2019-CU13"}], "why": "Changed for a test."}]


# ---- the table ----

SEMANTICS = {
    "service_pack_text_is_no_proof": (
        "SP6 and SP6a both say Service Pack 6; a registry value tells SP6a.",
        [Data("nt4-iis/sp6-is-not-sp6a", sp6a_by_text)]),
    "recorded_is_not_installed": (
        "The record of a hotfix survives the service pack that takes its files, and in its way the "
        "hotfix refuses to go on again.",
        [Engine("nt4-iis/founding-regressed", "state.c",
                "    if (record == PREREQ_TRUE)\n        return table_recorded(",
                "    if (record == PREREQ_TRUE)\n        effect.verdict = PREREQ_TRUE;\n"
                "    if (record == PREREQ_TRUE)\n        return table_recorded("),
         Data("nt4-iis/founding-before", without("Q269862", "refusesWhileRecorded"))]),
    "package_name_is_no_level": (
        "_SP3_ in the name of a package is the service pack that will contain the fix, not one "
        "that it needs.",
        [Data("nt4-iis/w2k-sp1-ready", level_from_package_name)]),
    "cumulative_is_no_superset": (
        "A cumulative patch does not list every file of those before it.",
        [Data("nt4-iis/kernel32-put-back", cumulative_is_a_superset)]),
    "one_version_two_builds": (
        "idq.dll 5.0.1781.3 is both the vulnerable and the fixed file; only the day tells.",
        [Data("nt4-iis/idq-same-version-old", no_tie_date)]),
    "a_patch_puts_files_back": (
        "A service pack or the Option Pack may put older files over newer ones.",
        [Data("nt4-iis/nt351-sp-missing", without("NT351-SP4", "cautions")),
         Data("nt4-iis/option-pack-after-sp",
              without_voids("NT4-SP4", "NT4-SP5", "NT4-SP6", "NT4-SP6a"))]),
    "uninstall_is_no_inverse": (
        "What comes off does not bring its files back, hotfixes come off last in first out, and a "
        "service pack voids the rollup before it.",
        [Engine("nt4-iis/founding-regressed", "sim_file.c", "level = backup ? ", "level = true ? "),
         Engine("nt4-iis/last-in-first-out", "plan_close.c",
                "if (prereq_time_is_later(records[*other].last, records[pair].last))", "if (false)"),
         Data("nt4-iis/w2k-sp2-after-rollup", without_voids("Q293826", "Q301625-W2K"))]),
    "restart_differs_by_host": (
        "The same bulletin needs no restart on IIS 5.0 and counts only after one on IIS 4.0.",
        [Data("nt4-iis/w2k-sp1-ready", with_value("Q319733-W2K", "restart", "required")),
         Data("nt4-iis/restart-not-done", with_value("Q319733", "restart", "no"))]),
    "later_update_skips_earlier_ones": (
        "A cumulative update may skip those before it, and never goes over another service pack.",
        [Data("sqlserver/2016-skip-cus", with_group("SQL2016-SP2-CU17", "SQL2016-SP2-CU16")),
         Data("sqlserver/2016-pack-missing", without("SQL2016-SP2-CU17", "prerequisites"))]),
    "branch_is_left_for_good": (
        "A GDR instance is not offered a cumulative update, and one that took it gets no GDR "
        "update.",
        [Data("sqlserver/2017-branch-left", no_branches)]),
    "checkpoint_only_below_it": (
        "The checkpoint goes on only where the host is below it, with one restart for both.",
        [Data("windows-servicing/above-checkpoint", checkpoint_is_one_build),
         Data("windows-servicing/below-checkpoint", without("KB5048667", "prerequisites")),
         Data("windows-servicing/below-checkpoint",
              without_in_groups("KB5048667", "pendingIsEnough"))]),
    "stack_by_version": (
        "A package asks for a version of the servicing stack, never for the update that brings it.",
        [Data("windows-servicing/ws2016-stack-7692", stack_by_number)]),
    "winre_error_is_space": (
        "0x80070643 of the WinRE update is about free space, and without a recovery partition the "
        "update is not needed.",
        [Data("windows-servicing/winre-no-space", without_groups("KB5034441", "freeSpace")),
         Data("windows-servicing/winre-no-partition", no_recovery_partition_asked)]),
    "enabled_may_wait_for_restart": (
        "A feature that reads as enabled is not there before the restart; its service tells.",
        [Data("windows-servicing/mde-2016-feature-pending",
              without_groups("MDE-2016", "WinDefend"))]),
    "exact_and_upper_bounds": (
        "Exchange Setup compares Visual C++ for equality, .NET Framework has an upper bound, and a "
        "security update is built for one cumulative update.",
        [Data("exchange/vc-later-is-not-equal", visual_c_or_later),
         Data("exchange/net-too-new", without_groups("EX2019-CU15", '"below": 533320')),
         Data("exchange/level-first", exchange_update_for_any_level)]),
    "added_later_lacks_the_fixes": (
        "What is added after a rollup comes without its fixes.",
        [Data("windows-servicing/w7-adlds-after-rollup", without("KB3125574", "voidedBy")),
         Data("dotnet-office-ad/net-rollup-before-language-pack", without("KB4043764", "voidedBy")),
         Data("nt4-iis/option-pack-after-rollup", without("Q299444", "voidedBy")),
         Data("iis-modern/bundle-before-iis", without("ASPNETCORE-HOSTING-BUNDLE", "voidedBy"))]),
    "not_applicable_may_be_staged": (
        "Not applicable may mean that a newer level is staged and waits for the restart.",
        [Engine("windows-servicing/w11-newer-staged", "case_pending.c",
                "    apply_os(host);\n", "")]),
    "lists_are_cut_off": (
        "systeminfo leaves hotfixes out: what such a list does not name is unknown, not missing.",
        [Engine("windows-servicing/w7-systeminfo-cut-off", "case_records.c",
                "if (!(host->complete >> list & 1) ||\n        (", "if ((")]),
}


# ---- running ----

class Run:
    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), os.path.abspath(folder)
        self.catalogs = {}
        self.passing = {}

    def catalog(self, family):
        """A copy of the catalog with those cases of one family that show something here; that the others
        pass is another test's affair (catalog/cases)."""
        if family not in self.catalogs:
            copy = os.path.join(self.folder, family)
            shutil.rmtree(copy, ignore_errors=True)
            source = os.path.join(ROOT, "catalog")
            named = {drop.case for _, drops in SEMANTICS.values() for drop in drops}
            shutil.copytree(source, copy, ignore=lambda at, names: [
                name for name in names
                if name == "cases" and os.path.relpath(at, source) != family
                or os.path.basename(at) == "cases" and f"{family}/{name}" not in named])
            self.catalogs[family] = Catalog(copy)
            failing = self.failing(self.program, family)
            if failing:
                raise AssertionError(f"cases fail on what is not changed: {', '.join(failing)}")
        return self.catalogs[family]

    def failing(self, program, family):
        """The cases of a family that fail."""
        copy = self.catalogs[family].folder
        done = subprocess.run([program, "--no-builtin", "catalog", "test", "--catalog", copy],
                              capture_output=True)
        text = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
        if done.returncode not in (0, 1) or "Sanitizer" in text or "runtime error" in text:
            raise AssertionError(f"exit code {done.returncode}: {text[:2000]}")
        where = re.compile(r"^\S*/" + family + r"/cases/([^/:]+): ", re.MULTILINE)
        found = sorted(set(where.findall(text)))
        if (done.returncode == 1) != bool(found):
            raise AssertionError(f"exit code {done.returncode}, and the cases are {found}")
        return [f"{family}/{name}" for name in found]

    def drop(self, drop):
        family = drop.case.split("/")[0]
        catalog = self.catalog(family)
        if not os.path.isdir(os.path.join(catalog.folder, drop.case.replace("/", "/cases/"))):
            raise AssertionError(f"{drop.case} is no case")
        if isinstance(drop, Engine):
            return self.failing(self.engine(drop), family)
        try:
            drop.change(catalog)
            if not catalog.write():
                raise AssertionError(f"the change for {drop.case} changes nothing")
            return self.failing(self.program, family)
        finally:
            catalog.restore()

    def engine(self, drop):
        """The program with one source file of the engine changed."""
        compile_line, link_line, build = self.commands(drop.source)
        stem = os.path.join(self.folder, os.path.splitext(drop.source)[0])
        with open(compile_line["file"], encoding="utf-8") as file:
            text = file.read()
        if text.count(drop.old) != 1:
            raise AssertionError(f"{drop.source}: {text.count(drop.old)} lines to change, not 1")
        put(stem + ".c", text.replace(drop.old, drop.new))
        words = [word for word in shlex.split(compile_line["command"])
                 if not word.startswith(FLAGS)]
        words[words.index("-o") + 1] = stem + ".o"
        words[words.index("-c") + 1] = stem + ".c"
        # Headers beside it stay beside it; what the change leaves unused is no matter here.
        tool([*words, "-w", "-iquote", os.path.dirname(compile_line["file"])], compile_line["directory"])
        link = link_line.copy()
        link[link.index("-o") + 1] = stem + "-changed"
        # Before the library, whose own object of that source is then not asked for.
        link.insert(link.index("-o"), stem + ".o")
        tool(link, build)
        return stem + "-changed"

    def commands(self, source):
        build = os.path.dirname(self.program)
        while not os.path.exists(os.path.join(build, "build.ninja")):
            if build == os.path.dirname(build):
                raise Skip("the program is in no build folder of Ninja")
            build = os.path.dirname(build)
        listed = os.path.join(build, "compile_commands.json")
        if not os.path.exists(listed) or not shutil.which("ninja"):
            raise Skip("how the engine is compiled is not known here")
        with open(listed, encoding="utf-8") as file:
            of_source = [line for line in json.load(file)
                         if line["file"].startswith(os.path.join(ROOT, "native", ""))
                         and os.path.basename(line["file"]) == source]
        if not of_source or not shutil.which(shlex.split(of_source[0]["command"])[0]):
            raise Skip("no compiler")
        target = os.path.relpath(self.program, build)
        if "no work to do" not in ninja(build, "-n", target):
            # A changed source does not fit a library that was made from others.
            raise AssertionError("the program is older than its sources: build it first")
        lines = ninja(build, "-t", "commands", "-s", target).splitlines()
        inner = [word for word in re.split(r"\s&&\s", lines[-1]) if word.strip() != ":"]
        return of_source[0], shlex.split(inner[0]), build

    def check(self, drops):
        """Every way to drop it fails the case that it names; those without a compiler first."""
        for drop in sorted(drops, key=lambda drop: isinstance(drop, Engine)):
            failing = self.drop(drop)
            if drop.case not in failing:
                raise AssertionError(f"{drop.case} still passes; what fails: {', '.join(failing)}")
            print(f"  {drop.case} fails, and {len(failing) - 1} more")


def ninja(build, *words):
    return subprocess.run(["ninja", *words], cwd=build, capture_output=True, text=True,
                          check=True).stdout


def tool(words, folder):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"{' '.join(words)}: {done.stderr[:2000]}")


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    os.makedirs(arguments[2], exist_ok=True)
    run = Run(arguments[1], arguments[2])
    unknown = [name for name in arguments[3:] if name not in SEMANTICS]
    if unknown:
        sys.exit(f"no such semantics: {', '.join(unknown)}")
    ran = failed = 0
    for name, (sentence, drops) in SEMANTICS.items():
        if arguments[3:] and name not in arguments[3:]:
            continue
        ran += 1
        print(f"[ RUN      ] {name}\n  {sentence}", flush=True)
        try:
            run.check(drops)
            print(f"[       OK ] {name}", flush=True)
        except Skip as reason:
            print(f"{reason}\n[  SKIPPED ] {name}", flush=True)
        except Exception as error:  # whatever it is, the check did not pass
            print(f"{type(error).__name__}: {error}\n[  FAILED  ] {name}", flush=True)
            failed += 1
    print(f"{ran} checks, {failed} failed")
    sys.exit(1 if failed else 0)


main(sys.argv)
