#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""measure.py - what a command costs: the least processor time of some runs, and the largest memory.

usage: measure.py RUNS COMMAND [WORD...]

Prints "seconds kibibytes".  Processor time (user and system) is what counts, since others may share the
machine; the least of the runs is the one that was disturbed least.  The command's exit code may be 0 or
1 (findings are open); its output goes nowhere.
"""
import os
import subprocess
import sys


def run(command):
    """(processor seconds, peak resident KiB)"""
    with subprocess.Popen(command, stdin=sys.stdin, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"measure.py: exit code {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main(words):
    costs = [run(words[1:]) for _ in range(int(words[0]))]
    print(f"{min(cost[0] for cost in costs):.4f} {max(cost[1] for cost in costs)}")


if __name__ == "__main__":
    main(sys.argv[1:])
