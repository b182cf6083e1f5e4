# SPDX-License-Identifier: MIT
"""prefix.py - a Wine prefix for one test of installing, and what lies in it: files and registry."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
USER_SID = "S-1-5-21-0-0-0-1000"  # owns every file under Wine
KEYS = (r"HKLM\SOFTWARE", r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog",
        r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager")


class Prefix:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve() / "prefix"
        self.drive = self.folder / "drive_c"
        self.env = dict(os.environ, PREREQ_WINEPREFIX=str(self.folder))

    def __enter__(self):
        """A copy of the build tree's prefix, which tests/wine makes on first use."""
        subprocess.run([ROOT / "tests" / "wine", "cmd", "/c", "exit"], check=True)
        source = pathlib.Path(os.environ.get("PREREQ_WINEPREFIX", ROOT / "build" / "wine"))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Other tests may run there: a temporary file that vanishes is no failure.
        subprocess.run(["cp", "-a", "--reflink=auto", source, self.folder],
                       stderr=subprocess.DEVNULL, check=False)
        if not (self.folder / "system.reg").exists():
            sys.exit(f"FAILED: the copy of {source} has no registry")
        # Tests of refresh may have left documents there.
        for folder in (self.drive / "ProgramData").glob("PatchPrereq*"):
            shutil.rmtree(folder)
        subprocess.run([ROOT / "tests" / "wine", "--start"], env=self.env, check=True)
        return self

    def __exit__(self, *_):
        subprocess.run([ROOT / "tests" / "wine", "--stop"], env=self.env, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words):
        # Not a pipe: what Wine starts in the background would keep it open.
        with tempfile.TemporaryFile() as out:
            done = subprocess.run([ROOT / "tests" / "wine", *map(str, words)], env=self.env, stdout=out,
                                  stderr=out, stdin=subprocess.DEVNULL, check=False)
            out.seek(0)
            return done.returncode, out.read().decode("utf-8", "replace").replace("\r", "")

    def reg(self, *words):
        code, text = self.run("reg", *words)
        if code:
            sys.exit(f"FAILED: reg {' '.join(words)}: {text}")

    def trust_user(self):
        """As a site does that deploys by a service account."""
        self.reg("add", r"HKLM\SOFTWARE\PatchPrereq", "/v", "TrustedOwners", "/t", "REG_MULTI_SZ",
                 "/d", USER_SID, "/f")

    def registry(self):
        """Lines of an export, with their key before them."""
        lines, key = set(), ""
        for i, name in enumerate(KEYS):
            path = self.drive / f"export{i}.reg"
            self.reg("export", name, f"C:\\export{i}.reg", "/y")
            text = path.read_text(encoding="utf-16").replace("\\\n  ", "")
            path.unlink()
            for line in text.splitlines():
                if line.startswith("["):
                    key = line[1:-1]
                    lines.add(key)
                elif line:
                    lines.add(f"{key}: {line}")
        return lines

    def files(self):
        found = set()
        for top in ("Program Files", "ProgramData", "windows/system32/tasks", "windows/Installer"):
            base = self.drive / top
            if not base.exists():
                continue
            for path in base.rglob("*"):
                found.add(str(path.relative_to(self.drive)))
        return found
