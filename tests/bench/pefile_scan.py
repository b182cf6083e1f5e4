#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pefile_scan.py FILE... - the versions of files as python3-pefile reads them, no more than is needed."""
import sys

import pefile

RESOURCES = [pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]]
found = 0
for path in sys.argv[1:]:
    try:
        with pefile.PE(path, fast_load=True) as pe:
            pe.parse_data_directories(RESOURCES)
            found += bool(getattr(pe, "VS_FIXEDFILEINFO", None))
    except pefile.PEFormatError:
        pass
print(f"{found} of {len(sys.argv) - 1}")
