#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hivex_lookups.py HIVE KEY COUNT - look-ups of sub-keys of KEY with python3-hivex, one after the
other as scripts do it; prints the nanoseconds of one."""
import sys
import time

import hivex


def main():
    hive = hivex.Hivex(sys.argv[1])
    parent = hive.root()
    for name in sys.argv[2].split("\\"):
        parent = hive.node_get_child(parent, name)
    names = [hive.node_name(child) for child in hive.node_children(parent)]
    count = int(sys.argv[3])
    started = time.perf_counter()
    for i in range(count):
        hive.node_get_child(parent, names[i % len(names)])
    print(f"{(time.perf_counter() - started) / count * 1e9:.0f} ns a look-up, python3-hivex")


main()
