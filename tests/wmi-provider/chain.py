#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chain.py BUILD SCRATCH - from a host's files to what a script and a monitor hear of them, under Wine.

The MSI is installed; cscript asks for what is out of order and gets the plan; the document is replaced
by that of the repaired host; the next query says Compliant, and a subscriber has heard of each status
whose state is another one, once.  Twice: with documents that were made of a host of the fleet, and with
what `refresh` collects of a Wine that is dressed as that host."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
for folder in ("tom", "reports"):
    sys.path.insert(0, str(HERE.parent / folder))
import documents  # noqa: E402
import refresh_wine  # noqa: E402
import run  # noqa: E402

INSTALLED = "Program Files/PatchPrereq"
STATES = ["NotApplicable", "Unknown", "PendingRestart", "OutOfOrder", "Regressed", "Superseded",
          "Compliant", "Blocked", "Ready"]
FOUND = r"%SystemRoot%\System32\inetsrv\infocomm.dll: version 4.2."
UNSOUND = [
    "Q269862 OutOfOrder",
    "The level that it needs is not reached: NT 4.0 has to be at SP5 or SP6a, with every component "
    "file at that level; SP6 is not named.",
    f"NT4-SP6a: {FOUND}720.1 or later, dated 1999-08-11 or later where it has not been read",
    f"{FOUND}679.1, 1998-12-11",
    "0 7 2",
    *refresh_wine.REPAIR,
    "Q269862 is OutOfOrder",
    "end of chain",
]
SOUND = ["Q269862 is Compliant", "end of chain"]
SETTLED = 6  # seconds; the provider looks at least every five


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


class Subscriber:
    """watch_events.exe, from the moment that it listens."""

    def __init__(self, chain, name):
        self.folder = chain.scratch / name
        self.folder.mkdir()
        self.out = open(self.folder / "events.txt", "wb")
        drive = "C:/" + INSTALLED
        self.process = subprocess.Popen(
            ["wine", chain.build / "tests/wmi-provider/watch_events.exe", f"{drive}/PatchPrereq.dll",
             f"{drive}/patchprereq.mof", f"Z:{self.folder}"],
            env=chain.env, stdin=subprocess.DEVNULL, stdout=self.out, stderr=subprocess.DEVNULL)
        self.wait(lambda: (self.folder / "ready").exists(), "it does not listen")

    def lines(self):
        return (self.folder / "events.txt").read_text().splitlines()

    def wait(self, done, what):
        while not done():
            expect(self.process.poll() is None, f"{what}: {self.lines()}")
            time.sleep(0.1)

    def end(self, count):
        """All that it heard, also what comes too often."""
        self.wait(lambda: len(self.lines()) >= count, f"{count} events are due")
        time.sleep(SETTLED)
        (self.folder / "stop").touch()
        code = self.process.wait()
        self.out.close()
        expect(code == 0, f"the subscriber ended with {code}: {self.lines()[-5:]}")
        return sorted(line.replace('"', "") for line in self.lines())

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def due(before, after):
    """The events between two documents, sorted."""
    old = {row["id"]: row["state"] for row in before["statuses"]}
    return sorted(f"{row['id']} {STATES.index(old[row['id']])} {STATES.index(row['state'])}"
                  for row in after["statuses"] if old.get(row["id"], row["state"]) != row["state"])


class Chain:
    def __init__(self, build, scratch):
        self.build, self.scratch = build, scratch
        self.program = build / "reports" / "patchprereq.exe"
        self.host = refresh_wine.Host(str(self.program), str(scratch))
        self.data = pathlib.Path(self.host.data)
        drive = pathlib.Path(self.host.drive)
        shutil.rmtree(drive / INSTALLED)  # the installer's affair
        self.log = scratch / "violations.txt"
        self.env = run.environment(pathlib.Path(self.host.prefix), drive / INSTALLED / "patchprereq.mof",
                                   self.log)
        self.subscriber = None

    def install(self):
        msi = subprocess.run([ROOT / "packaging" / "make_msi", self.build], check=True,
                             stdout=subprocess.PIPE, text=True).stdout.strip()
        expect(run.trust_files(self.env), "the setting TrustedOwners")
        code, _ = run.run_wine(self.env, "msiexec", "/i", f"Z:{msi}", "/qn")
        expect(code == 0, f"msiexec ended with {code}")
        expect(run.register(self.env, self.build / "tests" / "tom" / "tom.dll"), "the manager")

    def asks(self, wanted):
        got = run.client(self.env, HERE / "chain.vbs")
        expect(got == wanted, f"wanted {wanted}\ngot {got}")

    def document(self):
        return json.loads((self.data / "assessment.json").read_text(encoding="utf-8"))

    def goes_through(self, name, broken, repaired):
        """`broken` and `repaired` put their documents there."""
        broken()
        before = self.document()
        self.asks(UNSOUND)
        self.subscriber = Subscriber(self, name)
        repaired()
        self.asks(SOUND)
        events = due(before, self.document())
        expect("Q269862 3 6" in events, events)
        heard = self.subscriber.end(len(events))
        expect(heard == events, f"heard {heard}\ndue {events}")
        print(f"{len(events)} events, each once")

    def replace(self, document):
        """As the program does it: beside, then renamed."""
        beside = self.data / "assessment.json.tmp"
        shutil.copyfile(document, beside)
        os.replace(beside, self.data / "assessment.json")

    def documents_that_were_made(self):
        made = documents.make([self.program], self.scratch / "documents")
        run.lay(made / "founding", pathlib.Path(self.host.prefix))
        self.goes_through("made", lambda: None,
                          lambda: self.replace(made / "repaired" / "assessment.json"))

    def put_file_back(self):
        target = self.host.place("windows/system32/inetsrv/infocomm.dll")
        content = refresh_wine.make_tree.content_of("4.2.749.1", target)
        pathlib.Path(target).write_bytes(content)

    def documents_that_refresh_wrote(self):
        shutil.rmtree(self.data)
        self.data.mkdir()
        refresh_wine.dress(self.host)

        def repaired():
            self.put_file_back()
            self.host.refresh(0)

        self.goes_through("live", lambda: self.host.refresh(0), repaired)


def main():
    build, scratch = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    if not shutil.which("wixl"):
        print("skipped: no wixl")
        return 77
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    chain = Chain(build, scratch)
    chain.host.start()
    try:
        for step in (chain.install, chain.documents_that_were_made,
                     chain.documents_that_refresh_wrote):
            print(f"[ RUN      ] {step.__name__}", flush=True)
            step()
            print(f"[       OK ] {step.__name__}", flush=True)
        expect(not chain.log.exists(), chain.log.exists() and chain.log.read_text())
    except Exception as error:  # the steps behind build on this one
        print(f"{type(error).__name__}: {error}\n[  FAILED  ] {step.__name__}", flush=True)
        return 1
    finally:
        if chain.subscriber:
            chain.subscriber.kill()
        chain.host.stop()
        shutil.rmtree(chain.host.prefix, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
