#!/usr/bin/python3
# SPDX-License-Identifier: MIT
r"""run.py - real clients against a provider, through the test object manager, under Wine.

The folder CLIENTS holds NAME.vbs (run by cscript) or NAME.wmic (one line of arguments for wmic), and
NAME.out, what must come out.  A script ends with the line "end of NAME": a script that fails says
nothing and exits 0.  With --data, CLIENTS holds a folder of clients for each folder of DATA, whose
files lie in ProgramData\PatchPrereq while those clients run, owned by whom the provider trusts.
Everything happens in a copy of the prefix that is deleted at the end, so that
neither CLSID_WbemLocator nor anything else stays registered.  Violations that the manager noted are
failures, too."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys


def words():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tom", required=True, type=pathlib.Path)
    parser.add_argument("--provider", required=True, type=pathlib.Path)
    parser.add_argument("--mof", required=True, type=pathlib.Path)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    parser.add_argument("--prefix", type=pathlib.Path, help="to copy; default: the build's")
    parser.add_argument("--data", type=pathlib.Path, help="documents for the provider")
    parser.add_argument("clients", type=pathlib.Path)
    return parser.parse_args()


def template(given):
    """The prefix of the build tree, which tests/wine makes on first use."""
    if given:
        return given
    root = pathlib.Path(__file__).resolve().parents[2]
    subprocess.run([root / "tests" / "wine", "cmd", "/c", "exit"], check=True)
    return pathlib.Path(os.environ.get("PREREQ_WINEPREFIX", root / "build" / "wine"))


def copy(source, prefix):
    """Other tests may run in the source: a temporary file that vanishes is no failure."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, prefix], stderr=subprocess.DEVNULL)
    for part in ("system.reg", "user.reg", "drive_c/windows/system32/cscript.exe"):
        if not (prefix / part).exists():
            sys.exit(f"FAILED: {part} is missing in the copy of {source}")


def environment(prefix, mof, log):
    env = dict(os.environ, LC_ALL="C.UTF-8", WINEDEBUG="-all", WINEPREFIX=str(prefix),
               WINEDLLOVERRIDES="mscoree,mshtml=", TOM_MOF=f"Z:{mof}", TOM_LOG=f"Z:{log}")
    env.pop("DISPLAY", None)
    return env


def text_of(out):
    """wmic writes UTF-16 with a mark into a pipe; cscript the console's code page."""
    text = out.decode("utf-16") if out.startswith(b"\xff\xfe") else out.decode("utf-8", "replace")
    return text.replace("\r", "")


def run_wine(env, *arguments):
    done = subprocess.run(["wine", *arguments], env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.returncode, text_of(done.stdout)


def client(env, path):
    """What the client says, as lines."""
    if path.suffix == ".vbs":
        code, text = run_wine(env, "cscript", "//nologo", f"Z:{path}")
        lines = text.splitlines()
        if code or not lines or lines[-1] != f"end of {path.stem}":
            lines.append(f"(the script did not come to its end; exit code {code})")
        return lines
    code, text = run_wine(env, "wmic", *path.read_text().split())
    if code:
        return [f"exit code {code}"]
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def check(env, path):
    wanted = path.with_suffix(".out").read_text().splitlines()
    got = client(env, path)
    if got == wanted:
        return True
    print(f"FAILED: {path.name}\nwanted: {wanted}\ngot:    {got}")
    return False


def trust_files(env):
    """Under Wine every file belongs to one user, who is no administrator of a real host."""
    _, keys = run_wine(env, "reg", "query", "HKEY_USERS")
    sid = next(key for key in keys.split("\\") if key.startswith("S-1-5-21-")).split()[0]
    code, _ = run_wine(env, "reg", "add", r"HKLM\SOFTWARE\PatchPrereq", "/v", "TrustedOwners",
                       "/d", sid, "/f")
    return code == 0


def lay(data, prefix):
    """The files of `data` as those of the host, and no others."""
    place = prefix / "drive_c" / "ProgramData" / "PatchPrereq"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(data, place)


def register(env, dll):
    code, _ = run_wine(env, "regsvr32", "/s", f"Z:{dll}")
    if code:
        print(f"FAILED: {dll.name} cannot be registered, exit code {code}")
    return code == 0


def check_folder(env, folder):
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".vbs", ".wmic"))
    good = [check(env, path) for path in paths]
    print(f"{sum(good)} of {len(paths)} clients of {folder.name}")
    return len(paths) > 0 and all(good)


def check_groups(env, given):
    """A folder of clients for each folder of documents."""
    good = trust_files(env)
    for folder in sorted(p for p in given.clients.iterdir() if p.is_dir()):
        lay(given.data / folder.name, pathlib.Path(env["WINEPREFIX"]))
        good = check_folder(env, folder) and good
    return good


def check_all(env, given, log):
    if not all([register(env, dll) for dll in (given.tom, given.provider)]):
        return False
    good = check_groups(env, given) if given.data else check_folder(env, given.clients)
    if log.exists():
        print("FAILED: the provider broke rules\n" + log.read_text())
        return False
    return good


def main():
    given = words()
    prefix = given.scratch.resolve() / "prefix"
    log = given.scratch.resolve() / "violations.txt"
    shutil.rmtree(given.scratch, ignore_errors=True)
    given.scratch.mkdir(parents=True)
    for name in ("tom", "provider", "mof", "clients", "data"):
        if getattr(given, name):
            setattr(given, name, getattr(given, name).resolve())
    copy(template(given.prefix), prefix)
    env = environment(prefix, given.mof, log)
    subprocess.run(["wineserver", "-p60"], env=env, check=True)
    try:
        good = check_all(env, given, log)
    finally:
        subprocess.run(["wineserver", "-k"], env=env)
        subprocess.run(["wineserver", "-w"], env=env)
        shutil.rmtree(prefix, ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
