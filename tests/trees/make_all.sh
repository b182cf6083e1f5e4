#!/bin/bash
# SPDX-License-Identifier: MIT
# make_all.sh DATA TREES HIVES - all trees of DATA below TREES; real registry files, where PATCHPREREQ_SAMPLES
# has some, unpacked into HIVES.
set -euo pipefail
here=$(dirname "$0")
for tree in "$1"/*/; do
    /usr/bin/python3 -B "$here/make_tree.py" "$tree" "$2/$(basename "$tree")"
done
mkdir -p "$3"
samples=${PATCHPREREQ_SAMPLES:-$here/../../../shared/samples}/hives
if [ ! -d "$samples" ] || [ -n "$(ls -A "$3")" ]; then
    exit 0
fi
work=$(mktemp -d "$3.XXXXXX")
trap 'rm -rf "$work"' EXIT
for packed in "$samples"/*.xz; do
    case $packed in
    *.tar.xz) mkdir "$work/tar" && tar -xJf "$packed" -C "$work/tar" ;;
    *) xz -dc "$packed" >"$work/$(basename "$packed" .xz)" ;;
    esac
    if [ -d "$work/tar" ]; then
        n=0
        while IFS= read -r -d '' file; do
            n=$((n + 1))
            cat "$file" >"$work/$(basename "$packed" .tar.xz)-$n-$(basename "$file")"
        done < <(find "$work/tar" -type f -print0 | sort -z)
        rm -rf "$work/tar"
    fi
done
mv "$work"/* "$3"/
