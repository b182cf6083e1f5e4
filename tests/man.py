#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""man.py PRINT_MAN - docs/patchprereq.1 says what the option table says, and mandoc finds it clean."""
import pathlib
import shutil
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "patchprereq.1"


def main():
    made = subprocess.run([sys.argv[1]], check=True, capture_output=True).stdout
    if PAGE.read_bytes() != made:
        sys.exit(f"docs/patchprereq.1 is behind the code; renew it: {sys.argv[1]} >docs/patchprereq.1")
    if not shutil.which("mandoc"):
        print("mandoc is not installed; the page was compared only")
        sys.exit(77)
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(PAGE)], capture_output=True)
    sys.stdout.buffer.write(lint.stdout)
    if lint.returncode:
        sys.exit("mandoc is not content with docs/patchprereq.1")


main()
