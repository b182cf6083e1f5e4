#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""build.py - writes ../sql2014.json to ../sql2025.json from builds.csv.

Three hundred builds that differ in a few numbers are easier to read, and to correct, as a table.
builds.csv has a line for each build after the baseline. After a change run

    python3 catalog/sqlserver/tools/build.py

Columns: `version` and `baseline` name the line of builds, `branch` is GDR or CU. `cu` is the name
of a cumulative update. `released` is empty where no day is published. `classification` is
`security` for GDR builds, and for CU builds without a name that belong to one of them: released on
the same day, or, where no day is known, with a KB number close to it; else `update`. A `withdrawn`
build gets no entry, because the day that it was withdrawn is not published; builds after it warn.
Builds that MSRC lists as security updates are `security`, whatever their day (its CVRF months of
2018-08, 2019-05, 2019-07, 2019-12 and 2020-02 name five that nothing above tells).
"""
import csv
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
WIDTH = 100
DOCS = ("https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/sql/"
        "database-engine/install/windows/")
DBATOOLS = "https://github.com/dataplat/dbatools/blob/"
MODEL = DOCS + "new-mu-servicing-model.md"
APPLY = DOCS + "cu-apply-installation.md"
PATCHING = DOCS + "sqlserver-patching-issues.md"
WINDOWS = DOCS + "use-sql-server-in-windows.md"
DOTNET = DOCS + "understanding-dotnet-framework-requirements.md"
CACHE = DOCS + "restore-missing-windows-installer-cache-files.md"
EVENT_1642 = DOCS + "error-code-1642-update-applied.md"

# Where a line of builds begins and where its CU branch does; `clean` is the end of the builds that
# count as untouched and may still take either branch.
LINES = {
    ("2014", "SP3"): {"from": "12.0.6024", "cu": "12.0.6205", "clean": "12.0.6108",
                      "kb": "KB4022619"},
    ("2016", "SP2"): {"from": "13.0.5026", "cu": "13.0.5149", "clean": "13.0.5081",
                      "kb": "KB4052908", "end": "13.0.6300"},
    ("2016", "SP3"): {"from": "13.0.6300", "cu": "13.0.7000", "clean": "13.0.6404",
                      "kb": "KB5003279"},
    ("2017", "RTM"): {"from": "14.0.1000", "cu": "14.0.3006", "clean": "14.0.2000"},
    ("2019", "RTM"): {"from": "15.0.2000", "cu": "15.0.4000", "clean": "15.0.2080",
                      "released": "2019-11-04"},
    ("2022", "RTM"): {"from": "16.0.1000", "cu": "16.0.4003", "clean": "16.0.1050"},
    ("2025", "RTM"): {"from": "17.0.1000", "cu": "17.0.4005", "clean": "17.0.1050"},
}
SERVER = {"os": {"productType": ["server", "domainController"]}}


def source(url, title, says):
    return {"url": url, "title": title, "says": says}


SOURCES = {
    "builds": source(DBATOOLS + "ad86b331/bin/dbatools-buildref-index.json",
                     "dbatools build reference (2026-07-16)",
                     "builds, KB numbers and days; the branch is inferred from the build range"),
    "model": source(MODEL, "SQL Server servicing model",
                    "GDR and CU branch; one CU moves an instance to the CU branch for good"),
    "apply": source(APPLY, "Applying cumulative updates",
                    "a CU goes on its baseline or on an earlier CU; "
                    "only the next service pack or removing every CU leads back"),
    "patching": source(PATCHING, "SQL Server patching issues",
                       "a CU goes on its own service pack only; earlier CUs may be left out"),
    "name": source(DBATOOLS + "development/private/functions/Find-SqlInstanceUpdate.ps1",
                   "dbatools: finding an update package", "how package files are named"),
    "windows": source(WINDOWS, "SQL Server and Windows versions",
                      "which version and service pack runs on which Windows"),
    "dotnet": source(DOTNET, ".NET Framework for SQL Server",
                     "3.5 SP1 for 2012 and 2014; 4.6 from 2016 on, brought by setup"),
    "lifecycle2019": source("https://learn.microsoft.com/en-us/lifecycle/products/sql-server-2019",
                            "SQL Server 2019 lifecycle", "start of support on 2019-11-04"),
}


def cited(*names):
    return [SOURCES[name] for name in names]


def key(version):
    return tuple(int(part) for part in version.split("."))


def version_rule(**test):
    return {"product": {"product": "MSSQL", "version": test}}


def span(start, end):
    return version_rule(within=[{"from": start, "below": end}])


def product_of(version):
    number = int(LINES[lines_of(version)[0]]["from"].split(".")[0])
    there = span(f"{number}.0", f"{number + 1}.0")
    sources = ["model"]
    if version in ("2019", "2022"):
        there = {"all": [{"os": {"version": {"atLeast": "10.0"}}}, there]}
        sources.append("windows")
    return {"id": f"SQL{version}", "title": f"SQL Server {version}", "instanceProduct": "MSSQL",
            "applies": there, "branches": ["GDR", "CU"], "sources": cited(*sources)}


def lines_of(version):
    return [line for line in LINES if line[0] == version]


# ---- side conditions ----

def cache_caution():
    return {"text": "A package that is gone from %SystemRoot%\\Installer stops setup (1648, "
                    "missing cached MSI or patch file, OS error 3): repair the shared features, "
                    "then the instances, or put the files back from unpacked media, and try again.",
            "source": CACHE}


def update_cautions(version, branch):
    cautions = [cache_caution()]
    if branch == "CU" and version in ("2014", "2016"):
        cautions.append({"text": "Event 1024 with error 1642 of MsiInstaller means nothing where "
                                 "Summary.txt of setup shows no failure.", "source": EVENT_1642})
    if version in ("2014", "2016"):
        cautions.append({"text": "Run it from a fixed, uncompressed local volume outside system "
                                 "folders and shared cluster disks, and first bring features that "
                                 "were added after the last CU to the build of the instance.",
                         "source": PATCHING})
        cautions.append({"text": "Where the engine stops with 912 and 3417 afterwards, an upgrade "
                                 "script failed; look for 2714 on TargetServersRole, 15151 on "
                                 "##MS_SSISServerCleanupJobLogin##, or SSISDB in an availability "
                                 "group.", "source": PATCHING})
    return cautions


def branch_caution(line):
    back = "removing every CU" if line[1] == "RTM" else "the next service pack or removing every CU"
    return {"when": span(LINES[line]["from"], LINES[line]["clean"]),
            "text": f"It decides for the CU branch: only {back} leads back to GDR updates.",
            "source": MODEL}


def windows_caution(build, text):
    return {"when": {"all": [SERVER, {"os": {"build": {"atLeast": build}}}]}, "text": text,
            "source": WINDOWS}


def net35_caution():
    return {"when": {"all": [SERVER, {"os": {"version": {"equals": ["6.1"]}}},
                             {"feature": {"name": "NetFx3", "installed": False}}]},
            "text": "On Windows Server 2008 R2 setup does not turn .NET Framework 3.5.1 on for "
                    "clusters and Express editions.",
            "before": [{"action": "manual",
                        "text": "Turn on the Windows feature .NET Framework 3.5.1.",
                        "verify": "The feature is listed as installed."}],
            "source": DOTNET}


def baseline_cautions(version, baseline):
    cautions = []
    if version == "2014":
        cautions.append({"text": "SQL Server 2014 needs .NET Framework 3.5 SP1.",
                         "source": DOTNET})
        cautions.append(net35_caution())
    else:
        cautions.append({"text": f"SQL Server {version} needs .NET Framework 4.6, which its setup "
                                 "brings along.", "source": DOTNET})
    if (version, baseline) == ("2016", "SP2"):
        cautions.append({"when": {"all": [SERVER, {"os": {"version": {"atLeast": "6.3"}}},
                                          {"os": {"build": {"below": 20348}}}]},
                         "text": "On Windows Server 2012 R2, 2016 and 2019 SQL Server 2016 is "
                                 "supported from SP3 on.", "source": WINDOWS})
    if version in ("2014", "2016"):
        cautions.append(windows_caution(20348, f"SQL Server {version} is not supported on Windows "
                                               "Server 2022 and later."))
    if version == "2017":
        cautions.append(windows_caution(26100, "SQL Server 2017 is not supported on Windows Server "
                                               "2025."))
    if baseline != "RTM":
        cautions.append(cache_caution())
    return cautions


def withdrawn_caution(row, end):
    name = f"{row['cu']} ({row['kb']})" if row["cu"] else row["kb"]
    return {"when": span(row["build"], end),
            "text": f"The instance runs {row['build']}, {name}, which was withdrawn.",
            "source": SOURCES["builds"]["url"]}


# ---- entries ----

def baseline_entry(line, superseded):
    version, baseline = line
    about = LINES[line]
    entry = {"id": f"SQL{version}-{baseline}"}
    if "kb" in about:
        entry["aliases"] = [about["kb"]]
    entry |= {"kind": "baseline", "title": f"SQL Server {version} {baseline} ({about['from']})",
              "product": f"SQL{version}", "level": baseline, "classification": "level",
              "severity": "Unrated"}
    if "released" in about:
        entry["released"] = about["released"]
    names = ["builds", "dotnet"] + ([] if version == "2025" else ["windows"])
    entry["sources"] = cited(*(["lifecycle2019"] if version == "2019" else []), *names)
    entry["marker"] = version_rule(atLeast=about["from"])
    if superseded:
        entry["supersedes"] = superseded
    entry["cautions"] = baseline_cautions(version, baseline)
    entry["sets"] = [{"product": {"product": "MSSQL", "version": about["from"],
                                  "level": baseline}}]
    if baseline == "RTM":
        entry |= {"repair": "prerequisite", "removable": False,
                  "installNote": f"Set up the instance from the SQL Server {version} media."}
    else:
        # An update of the same instance right after it would write the same files.
        entry |= {"restart": "possible", "repair": "reinstall", "chain": "never",
                  "installNote": f"Run the package of {about['kb']} for the language and processor "
                                 "of the instance, with /action=patch and its instance name."}
    return entry


def identity(row):
    version, line = row["version"], (row["version"], row["baseline"])
    number = row["build"].split(".")[2]
    pack = "" if row["baseline"] == "RTM" else f"{row['baseline']} "
    if row["cu"]:
        entry = {"id": f"SQL{version}-{pack.replace(' ', '-')}{row['cu']}",
                 "aliases": [row["kb"]], "kind": "baseline"}
        name = f"Cumulative update {row['cu'][2:]} for SQL Server {version} {pack}"
    else:
        entry = {"id": row["kb"], "aliases": [f"SQL{version}-{row['branch']}-{number}"]}
        what = "Security update" if row["classification"] == "security" else "Update"
        if row["branch"] == "GDR":
            name = f"{what} for SQL Server {version} {pack}GDR "
        elif line == ("2016", "SP3"):
            name = f"{what} for SQL Server {version} {pack}on the 7000 train "
        else:
            name = f"{what} for SQL Server {version} {pack}on the CU branch "
    entry["title"] = f"{name.rstrip()} ({row['build']})"
    return entry


def where(row, opens_branch):
    """On which builds it is offered; below and above its service pack other rules speak."""
    line = LINES[(row["version"], row["baseline"])]
    if row["branch"] == "GDR":
        here = version_rule(below=line["cu"])
        return {"any": [here, version_rule(atLeast=line["end"])]} if "end" in line else here
    here = version_rule(atLeast=line["cu"])
    return {"any": [here, version_rule(below=line["clean"])]} if opens_branch else here


def marker(row):
    line = LINES[(row["version"], row["baseline"])]
    end = line["cu"] if row["branch"] == "GDR" else line.get("end")
    return span(row["build"], end) if end else version_rule(atLeast=row["build"])


def prerequisite(version, baseline):
    needed = {"patch": f"SQL{version}-{baseline}"}
    if baseline == "RTM":
        return {"anyOf": [needed], "why": f"Updates of SQL Server {version} go on RTM or later; "
                                          "there are no service packs.", "source": APPLY}
    return {"anyOf": [needed | {"exact": True}],
            "why": f"The package fits {baseline} of SQL Server {version} and no other service "
                   "pack; earlier updates for it may be left out.", "source": PATCHING}


def update_entry(row, level, before, opens_branch, withdrawn):
    version, baseline, branch = row["version"], row["baseline"], row["branch"]
    entry = identity(row)
    entry |= {"product": f"SQL{version}", "branch": branch, "level": level,
              "classification": row["classification"], "severity": "Unrated"}
    if row["released"]:
        entry["released"] = row["released"]
    names = ["builds", "model"] + (["apply"] if branch == "CU" else [])
    entry["sources"] = cited(*names, *([] if baseline == "RTM" else ["patching"]), "name")
    entry["applies"] = where(row, opens_branch)
    entry["advice"] = ("The instance is on the CU branch: take the security update of that branch."
                       if branch == "GDR" else "The instance is on the GDR branch: a CU would move "
                                               "it to the CU branch for good.")
    if branch == "CU" and not opens_branch:
        entry["advice"] = ("The instance is not on the CU branch: take the GDR update, or decide "
                           "for the CU branch with a CU.")
    entry["marker"] = marker(row)
    if before:
        entry["supersedes"] = [before]
    entry["prerequisites"] = [prerequisite(version, baseline)]
    entry["cautions"] = update_cautions(version, branch) + withdrawn
    if opens_branch:
        entry["cautions"].insert(0, branch_caution((version, baseline)))
    entry["sets"] = [{"product": {"product": "MSSQL", "version": row["build"], "level": level,
                                  "branch": branch}}]
    package = f"SQLServer{version}-{row['kb']}-x64.exe"
    entry |= {"restart": "possible", "repair": "reinstall", "chain": "noSharedFile",
              "commands": {"install": {"program": package,
                                       "arguments": ["/quiet", "/action=patch",
                                                     "/instancename=%InstanceName%",
                                                     "/IAcceptSQLServerLicenseTerms"],
                                       "package": package}}}
    return entry


def branch_entries(rows, line, branch):
    rows = sorted((row for row in rows if row["branch"] == branch), key=lambda r: key(r["build"]))
    kept = [row for row in rows if not row["withdrawn"]]
    pack = "" if line[1] == "RTM" else f"{line[1]} "
    level, entries, opens_train = line[1], [], line == ("2016", "SP3") and branch == "CU"
    # The first build of a line without service packs replaces its RTM.
    before = f"SQL{line[0]}-RTM" if line[1] == "RTM" else None
    pulled = []
    for at, row in enumerate(rows):
        if row["withdrawn"]:
            pulled.append((row, rows[at + 1]["build"]))
            continue
        level = pack + row["cu"] if row["cu"] else level
        fresh = [one for one in pulled if one[1] == row["build"]]
        warned = pulled if row is kept[-1] else fresh
        opens = bool(row["cu"]) or (opens_train and row is kept[0])
        entries.append(update_entry(row, level, before, opens,
                                    [withdrawn_caution(*one) for one in warned]))
        before = entries[-1]["id"]
    return entries


def version_document(version, rows):
    patches, replaced = [], []
    for line in lines_of(version):
        own = [row for row in rows if (row["version"], row["baseline"]) == line]
        gdr, cu = branch_entries(own, line, "GDR"), branch_entries(own, line, "CU")
        patches += [baseline_entry(line, replaced)] + gdr + cu
        replaced = [f"SQL{version}-{line[1]}", gdr[-1]["id"], cu[-1]["id"]]
    return {"format": "patchprereq-catalog/1.0", "family": "SQL Server",
            "products": [product_of(version)], "patches": patches}


# ---- writing ----

def pretty(value, indent, used):
    """JSON in lines of at most WIDTH; what fits stands on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or used + len(flat) <= WIDTH:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list):
        items = [pad + pretty(item, indent + 2, indent + 3) for item in value]
    else:
        items = []
        for name, item in value.items():
            head = f"{pad}{json.dumps(name)}: "
            items.append(head + pretty(item, indent + 2, len(head) + 1))
    ends = "[]" if isinstance(value, list) else "{}"
    return ends[0] + "\n" + ",\n".join(items) + "\n" + " " * indent + ends[1]


def main():
    with open(HERE / "builds.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for version in dict.fromkeys(row["version"] for row in rows):
        text = pretty(version_document(version, rows), 0, WIDTH)
        path = HERE.parent / f"sql{version}.json"
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
