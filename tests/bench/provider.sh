#!/bin/bash
# SPDX-License-Identifier: MIT
# provider.sh - what the WMI provider costs, under Wine.  Build the preset mingw and its target
# provider_cost first.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=$PWD/build/mingw
data=$PWD/build/bench/provider
key='HKLM\SOFTWARE\PatchPrereq'

/usr/bin/python3 -B tests/wmi-provider/documents.py "$build/reports/patchprereq.exe" "$data"
mv "$data/founding" "$data/PatchPrereq"
# The one user whom every file under Wine belongs to.
tests/wine reg add "$key" /v TrustedOwners /d S-1-5-21-0-0-0-1000 /f >/dev/null
trap 'tests/wine reg delete "$key" /v TrustedOwners /f >/dev/null' EXIT
tests/wine "$build/tests/wmi-provider/provider_cost.exe" "Z:$build/wmi-provider/PatchPrereq.dll" \
    "Z:$PWD/wmi-provider/patchprereq.mof" "Z:$data"
