#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""refresh_wine.py PROGRAM FOLDER [LINUX-PROGRAM] - patchprereq.exe refresh on a Windows of its own.

A copy of the Wine prefix is a host: first as Wine makes it, then dressed as NT 4.0 with IIS 4 (the tree
tests/data/trees/nt4-iis4, its registry loaded and its files in place).  The checks build on one another.
With a Linux program that collects from trees, what both see of that host has to be the same."""
import calendar
import json
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "trees"))
import make_tree  # noqa: E402

WINE = os.path.join(HERE, "..", "wine")
TREE = os.path.join(HERE, "..", "data", "trees", "nt4-iis4")
CATALOG = os.path.join(HERE, "..", "..", "catalog")
OWNER = "S-1-5-21-0-0-0-1000"  # whom every file under Wine belongs to
KEY = r"HKLM\SOFTWARE\PatchPrereq"
POLICIES = r"HKLM\SOFTWARE\Policies\PatchPrereq"
EXE = r"C:\Program Files\PatchPrereq\patchprereq.exe"
REPAIR = ["extract", "uninstall", "apply-baseline", "restart", "install", "restart", "verify"]

# What Wine cannot say, and with which reason.  It has no partitions; its schannel.dll is its own.
UNAVAILABLE = {
    ("volumes", "boot"): "The kind of a volume's partition could not be asked: Windows does not "
                         "support it.",
    ("settings", "encryption"): "schannel.dll does not say its encryption strength.",
}
# What only a running system says, and what Wine has beside the tree.
LIVE_ONLY = {"collection", "lastStartUp", "volumes", "errors"}
WINE_KEYS = {r"HKLM\SOFTWARE\Microsoft\Ras", r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup"}
WINE_PRODUCTS = {"IE"}
WINE_SETTINGS = {("variant", "encryption"), ("cpu", "identifier")}


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


class Host:
    def __init__(self, program, folder):
        self.prefix = os.path.join(folder, "prefix")
        self.drive = os.path.join(self.prefix, "drive_c")
        self.data = os.path.join(self.drive, "ProgramData", "PatchPrereq")
        self.env = dict(os.environ, PREREQ_WINEPREFIX=self.prefix)
        subprocess.run([WINE, "cmd", "/c", "exit"], check=True)  # makes the template
        template = os.environ.get("PREREQ_WINEPREFIX",
                                  os.path.join(HERE, "..", "..", "build", "wine"))
        shutil.rmtree(self.prefix, ignore_errors=True)
        # Others may run in the template: a temporary file that vanishes is no failure.
        subprocess.run(["cp", "-a", "--reflink=auto", template, self.prefix],
                       stderr=subprocess.DEVNULL)
        home = os.path.join(self.drive, "Program Files", "PatchPrereq")
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        os.makedirs(home)
        shutil.copy(program, home)
        shutil.copytree(CATALOG, os.path.join(home, "catalog"))

    def start(self):
        """Wine's services live as long as the server; they must not hold a pipe of ours."""
        for words in (["--start"], ["cmd", "/c", "exit"]):
            subprocess.run([WINE, *words], env=self.env, check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        subprocess.run([WINE, "--stop"], env=self.env, check=True)

    def run(self, *words):
        """Exit code, and what it said."""
        done = subprocess.run([WINE, *words], env=self.env, stdin=subprocess.DEVNULL,
                              capture_output=True)
        return done.returncode, done.stderr.decode(errors="replace")

    def refresh(self, code, *words):
        got, says = self.run(EXE, "refresh", *words)
        expect(got == code, f"refresh ended with {got}, not {code}: {says}\n{self.log()}")
        return says

    def reg(self, *words):
        code, says = self.run("reg", *words, "/f")
        expect(code == 0, f"reg {words}: {says}")

    def text(self, name):
        path = os.path.join(self.data, name)
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def log(self):
        return self.text("refresh.log")

    def document(self, name):
        return json.loads(self.text(name))

    def place(self, path):
        """The file as it is spelled there."""
        at = self.drive
        for part in path.split("/"):
            names = {name.lower(): name for name in os.listdir(at)} if os.path.isdir(at) else {}
            at = os.path.join(at, names.get(part.lower(), part))
        return at


def status_of(assessment, patch):
    return next(row for row in assessment["statuses"] if row["patchId"] == patch)


# ---- dressing ----

def load(host, name):
    code, says = host.run("regedit", "/S", "C:\\" + name)
    expect(code == 0, says)


def load_registry(host):
    """The running system's registry is that of the tree, but for where Windows lies."""
    host.run("reg", "delete", r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "/v",
             "ProductName", "/f")
    for name in ("software.reg", "system.reg"):
        with open(os.path.join(TREE, name), encoding="utf-8") as file:
            text = file.read()
        text = text.replace("ControlSet001", "CurrentControlSet").replace(r"C:\\WINNT",
                                                                           r"C:\\windows")
        with open(os.path.join(host.drive, name), "w", encoding="utf-8", newline="\r\n") as file:
            file.write(text)
        load(host, name)


def key_times():
    """The times that the tree gives to keys, by the end of the key as system.reg spells it."""
    key = None
    with open(os.path.join(TREE, "software.reg"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                key = line.strip("[]\n").replace(r"HKEY_LOCAL_MACHINE\SOFTWARE" + "\\", "")
            elif line.startswith(";time "):
                yield key, calendar.timegm(time.strptime(line.split()[1], "%Y-%m-%dT%H:%M:%SZ"))


def set_key_times(host):
    """Wine keeps the times of keys in its file; nothing else can set them.  It must not run."""
    path = os.path.join(host.prefix, "system.reg")
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        text = file.read()
    for key, seconds in key_times():
        head = re.escape("[Software\\\\" + key.replace("\\", "\\\\") + "]")
        ticks = f"{(seconds + 11644473600) * 10000000:x}"
        text, count = re.subn(f"(?im)^({head}) \\d+\n#time=[0-9a-f]+$",
                              lambda found: f"{found[1]} {seconds}\n#time={ticks}", text)
        expect(count == 1, f"{key} is not in system.reg")
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


def put_files(host):
    """What Wine has already stays: it could not run with other files.  Returns what was put."""
    put = set()
    for what, when, path in make_tree.read_lines(os.path.join(TREE, "files.txt")):
        target = host.place(path.replace("WINNT/", "windows/"))
        if what == "folder" or os.path.exists(target):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(make_tree.content_of(what, path))
        seconds = calendar.timegm(time.strptime(when, "%Y-%m-%dT%H:%M:%SZ"))
        os.utime(target, (seconds, seconds))
        put.add("%SystemRoot%" + path.replace("WINNT", "").replace("/", "\\").lower())
    return put


def dress(host):
    host.reg("add", r"HKCU\Software\Wine", "/v", "Version", "/d", "nt40")
    load_registry(host)
    host.stop()
    set_key_times(host)
    host.put = put_files(host)
    host.start()
    # Wine sets architecture and names of the host anew at every start.
    load(host, "system.reg")


# ---- checks, in this order ----

def files_of_nobody_trusted_are_refused(host):
    says = host.refresh(4)
    expect(f"is owned by {OWNER}, who is no trusted owner" in says, says)
    expect(not host.text("assessment.json") and not host.log(), os.listdir(host.data))


def elevated_commands_want_trust_too(host):
    code, says = host.run(EXE, "catalog", "list", "-o", r"C:\list.txt")
    expect(code == 2 and "no trusted owner" in says and "--untrusted" in says, (code, says))
    code, says = host.run(EXE, "catalog", "list", "--untrusted", "-o", r"C:\list.txt")
    expect(code == 0, (code, says))


def first_refresh_writes_documents(host):
    host.reg("add", KEY, "/v", "TrustedOwners", "/t", "REG_MULTI_SZ", "/d", OWNER)
    host.refresh(0)
    expect(host.document("facts.json")["collection"]["method"] == "live", "not live")
    expect(host.document("assessment.json")["plans"][0]["goal"] == "host", "no plan")
    expect("previous" not in host.document("assessment.json"), "a previous one")
    expect(sorted(os.listdir(host.data)) == ["assessment.json", "facts.json", "refresh.lock",
                                             "refresh.log"], os.listdir(host.data))
    expect(host.log().endswith("done, exit code 0\n"), host.log())


def the_founding_case_is_found(host):
    before = host.text("assessment.json")
    dress(host)
    host.refresh(0)
    made = host.document("assessment.json")
    expect(status_of(made, "Q269862")["state"] == "OutOfOrder", status_of(made, "Q269862"))
    plan = next(plan for plan in made["plans"] if plan["goal"] == "Q269862")
    expect([step["action"] for step in plan["steps"]] == REPAIR, plan)
    expect(host.text("assessment.previous.json") == before, "the one of before is another")
    expect("event 1001: Q269862 is out of order; before it was NotApplicable." in host.log(),
           host.log())
    host.open_since = status_of(made, "Q269862")["openSince"]


def history_is_carried_on(host):
    host.refresh(0)
    made = host.document("assessment.json")
    expect(status_of(made, "Q269862")["openSince"] == host.open_since, status_of(made, "Q269862"))
    expect(made["previous"]["evaluated"] == host.document("assessment.previous.json")["evaluated"],
           made["previous"])
    expect("event 1" not in host.log(), host.log())


def two_at_once_both_go_through(host):
    runs = [subprocess.Popen([WINE, EXE, "refresh"], env=host.env, stderr=subprocess.PIPE)
            for _ in range(2)]
    for run in runs:
        _, says = run.communicate()
        expect(run.returncode == 0, says)
    one, other = host.document("assessment.json"), host.document("assessment.previous.json")
    expect(one["previous"]["evaluated"] == other["evaluated"], "they are not one after the other")
    expect(not [name for name in os.listdir(host.data) if name.endswith(".tmp")],
           os.listdir(host.data))


def a_policy_that_is_none_is_refused(host):
    before = host.text("assessment.json")
    policy = os.path.join(host.data, "policy.json")
    with open(policy, "w", encoding="utf-8") as file:
        file.write('{"format":"patchprereq-policy/1.0","require":7}')
    says = host.refresh(2)
    expect("policy.json: /require: must be a list" in says, says)
    expect(host.text("assessment.json") == before, "the assessment was replaced")
    expect("event 1202: " in host.log(), host.log())
    os.remove(policy)


def settings_are_taken(host):
    host.reg("add", KEY, "/v", "StaleAfterHours", "/t", "REG_DWORD", "/d", "72")
    host.refresh(0)
    expect(host.document("assessment.json")["policy"]["staleAfterHours"] == 72, "not 72")
    host.reg("add", POLICIES, "/v", "StaleAfterHours", "/t", "REG_DWORD", "/d", "96")
    host.reg("add", POLICIES, "/v", "PolicyFile", "/d", r"C:\nowhere\policy.json")
    says = host.refresh(2)
    expect(r"C:\nowhere\policy.json: the settings name it, and it is not there" in says, says)
    host.reg("delete", POLICIES, "/v", "PolicyFile")
    host.refresh(0)
    expect(host.document("assessment.json")["policy"]["staleAfterHours"] == 96, "not 96")


def what_wine_cannot_say_is_unavailable(host):
    found = {}
    for section, items in host.document("facts.json").items():
        for item in items if isinstance(items, list) else []:
            if item.get("status") == "unavailable":
                found[section, item.get("role") or item.get("name") or item.get("path")] = \
                    item.get("text")
    expect(found == UNAVAILABLE, found)


def named(section, items):
    """The items by what names them."""
    names = ("path", "key", "name", "id", "source", "list", "kind", "product", "view")
    return {tuple(item.get(name) for name in names if name in item and
                  not (name == "source" and section == "updates")): item for item in items}


def differences(host, section, tree, live):
    """What both could see, and see differently."""
    for name, item in named(section, tree).items():
        other = named(section, live).get(name)
        if section == "files":
            # A file system of Linux says nothing of when a file was made.
            other = {key: value for key, value in (other or {}).items() if key != "created"}
            if name[0].lower() not in host.put and (other.get("status") != "absent" or
                                                    item.get("status") != "absent"):
                continue  # Wine's own
        if section == "services":
            other = {key: value for key, value in (other or {}).items() if key != "running"}
        if (section == "registry" and item["key"] in WINE_KEYS) or \
                (section == "instances" and item["product"] in WINE_PRODUCTS) or \
                (section == "settings" and (item["kind"], item["name"]) in WINE_SETTINGS):
            continue
        if item != other:
            yield section, name, item, other


def a_tree_and_a_running_host_give_the_same_facts(host):
    if not host.linux:
        print("    skipped: no Linux program that collects from trees")
        return
    folder = os.path.join(os.path.dirname(host.prefix), "tree")
    make_tree.make(TREE, folder)
    done = subprocess.run([host.linux, "collect", "--root", folder], check=True,
                          capture_output=True)
    tree, live = json.loads(done.stdout), host.document("facts.json")
    expect(set(live) - set(tree) == LIVE_ONLY - {"collection"}, set(live) ^ set(tree))
    expect(live["host"].pop("machineGuid"), "Wine has one")
    expect(tree["host"] == live["host"], (tree["host"], live["host"]))
    expect(tree["os"] == live["os"], (tree["os"], live["os"]))
    found = []
    compared = 0
    for section, items in tree.items():
        if isinstance(items, list) and section not in LIVE_ONLY:
            compared += len(items)
            found += differences(host, section, items, live[section])
    expect(not found, found)
    expect(compared > 200, compared)


CHECKS = [
    files_of_nobody_trusted_are_refused,
    elevated_commands_want_trust_too,
    first_refresh_writes_documents,
    the_founding_case_is_found,
    history_is_carried_on,
    two_at_once_both_go_through,
    a_policy_that_is_none_is_refused,
    settings_are_taken,
    what_wine_cannot_say_is_unavailable,
    a_tree_and_a_running_host_give_the_same_facts,
]


def main():
    program, folder = sys.argv[1], os.path.abspath(sys.argv[2])
    os.makedirs(folder, exist_ok=True)
    host = Host(program, folder)
    host.linux = sys.argv[3] if len(sys.argv) > 3 and os.access(sys.argv[3], os.X_OK) else None
    host.start()
    try:
        for function in CHECKS:
            print(f"[ RUN      ] {function.__name__}", flush=True)
            began = time.monotonic()
            function(host)
            print(f"{time.monotonic() - began:.1f} s\n[       OK ] {function.__name__}", flush=True)
    except Exception as error:  # the checks behind build on this one
        print(f"{type(error).__name__}: {error}\n[  FAILED  ] {function.__name__}", flush=True)
        sys.exit(1)
    finally:
        host.stop()
        shutil.rmtree(host.prefix, ignore_errors=True)


if __name__ == "__main__":
    main()
