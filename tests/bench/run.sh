#!/bin/bash
# SPDX-License-Identifier: MIT
# run.sh [load|E1|E5|E8|E10|big|X1|P1|H1]... - build the program optimised and measure it; without words all of it.
# Prints ratios beside the goals and never fails for a slow one.  README.md says what each is.
set -euo pipefail
cd "$(dirname "$0")/../.."

here=tests/bench
build=build/bench
work=$build/data
now=2026-11-22T08:00:00Z
shared=${PREREQ_BENCH_SHARED:-../shared/bench}
program=$build/reports/patchprereq
oval=$work/oval
mkdir -p "$work"

wanted() { # ID: it was asked for, or nothing was
    [ ${#words[@]} -eq 0 ] || [[ " ${words[*]} " == *" $1 "* ]]
}

cost() { # RUNS COMMAND...: "seconds KiB"
    /usr/bin/python3 $here/measure.py "$@"
}

show() { # ID TEXT VALUE GOAL
    printf '%-4s %-66s %10s   goal %s\n' "$@"
}

divide() { /usr/bin/python3 -c "print(f'{$1 / $2:.2f}')"; }

assess() { # RUNS FOLDER FLEET [FORMAT]
    cost "$1" $program assess --no-builtin --catalog "$2/catalog" "$3" --format "${4:-text}" \
        -o $work/assessed.out -q --now $now
}

build_all() {
    local flags="-std=c11 -O2"
    cmake -S . -B $build -DCMAKE_BUILD_TYPE=Release -DPREREQ_TESTS=OFF >$work/build.log
    cmake --build $build -j2 >>$work/build.log
    cc $flags $here/cjson_reference.c -o $work/cjson_reference -lcjson
    cc $flags $here/cjson_parse.c -o $work/cjson_parse -lcjson
    cc $flags -D_XOPEN_SOURCE=700 -Inative $here/pe_scan.c -o $work/pe_scan \
        $build/native/libcollect.a $build/native/libpatchprereq.a
    cc $flags -Ibuild/deps/linux/xlsxwriter/include $here/raw_workbook.c -o $work/raw_workbook \
        build/deps/linux/xlsxwriter/lib/libxlsxwriter.a $build/native/libpatchprereq.a \
        -lcjson -lsodium -lz
}

built_in() { # the whole program that loads, checks and lists the built-in catalog
    local parse load
    read -r parse _ < <(cost 9 $work/cjson_parse catalog/catalog.json catalog/*/*.json)
    read -r load _ < <(cost 9 $program catalog list --format ids -o $work/ids.out)
    show load "the built-in catalog: load, check and list / cJSON parses its files" \
        "$(divide "$load" "$parse")" "<= 3"
}

oval_set() { # the same rules and facts for oscap, the reference and us
    if [ ! -f "$shared/oval_gen.py" ]; then
        echo "skipped: E1, E3, E5: $shared/oval_gen.py is not there"
        return 1
    fi
    [ -f $oval/expected.tsv ] || /usr/bin/python3 "$shared/oval_gen.py" $oval --patches 1000 \
        --items 2000 --hosts 64 --oval-hosts 1 >/dev/null
    if [ ! -f $oval/ours/one.ndjson ]; then
        /usr/bin/python3 $here/from_oval.py convert $oval $oval/ours
        head -n 1 $oval/fleet.ndjson >$oval/one.ndjson
        head -n 1 $oval/ours/fleet.ndjson >$oval/ours/one.ndjson
    fi
    assess 1 $oval/ours $oval/ours/fleet.ndjson ndjson >/dev/null
    echo "verdicts of 64 hosts: $(/usr/bin/python3 $here/from_oval.py compare $oval \
        $work/assessed.out | tail -n 1)"
}

against_oscap() {
    local theirs one all
    if ! command -v oscap >/dev/null; then
        echo "skipped: E1, E3: oscap is not there (scripts/setup bench)"
        return
    fi
    read -r theirs _ < <(cost 2 oscap oval analyse --results $work/results.xml $oval/defs.xml \
        $oval/syschar-000000.xml)
    read -r one _ < <(assess 5 $oval/ours $oval/ours/one.ndjson)
    read -r all _ < <(assess 2 $oval/ours $oval/ours/fleet.ndjson)
    show E1 "one host, 1,000 patches: oscap / ours" "$(divide "$theirs" "$one")" ">= 30"
    show E3 "64 hosts in one process: 64 oscap / ours" "$(divide "64 * $theirs" "$all")" ">= 250"
}

against_reference() {
    local their_one their_all one all rows
    read -r their_one _ < <(cost 5 $work/cjson_reference $oval/catalog.json $oval/one.ndjson)
    read -r their_all _ < <(cost 3 $work/cjson_reference $oval/catalog.json $oval/fleet.ndjson)
    read -r one _ < <(assess 5 $oval/ours $oval/ours/one.ndjson)
    read -r all _ < <(assess 3 $oval/ours $oval/ours/fleet.ndjson)
    read -r rows _ < <(assess 3 $oval/ours $oval/ours/fleet.ndjson ndjson)
    show "" "E1's work: ours / the reference" "$(divide "$one" "$their_one")" "<= 1.7"
    show "" "E3's work: ours / the reference" "$(divide "$all" "$their_all")" "<= 1.6"
    show E5 "a host more: ours, told as text / the reference" \
        "$(divide "($all - $one)" "($their_all - $their_one)")" "<= 1.5"
    show "" "the same, every row written as NDJSON" \
        "$(divide "($rows - $one)" "($their_all - $their_one)")" ""
}

streaming() {
    local small large
    [ -f $work/stream/10.ndjson ] || {
        /usr/bin/python3 $here/make_fleet.py $work/stream --patches 100 --facts 100 --packages 20 \
            --hosts 10000
        head -n 10 $work/stream/fleet.ndjson >$work/stream/10.ndjson
    }
    read -r _ small < <(assess 1 $work/stream $work/stream/10.ndjson ndjson)
    read -r _ large < <(assess 1 $work/stream $work/stream/fleet.ndjson ndjson)
    show E8 "memory, MiB: 10 hosts" "$(divide "$small" 1024)" "<= 16"
    show "" "memory, MiB: 10,000 hosts" "$(divide "$large" 1024)" "the same"
    if [ -f $oval/ours/fleet.ndjson ]; then
        read -r _ large < <(assess 1 $oval/ours $oval/ours/fleet.ndjson ndjson)
        show "" "memory, MiB: 64 hosts of 2,000 facts, 1,000 patches" \
            "$(divide "$large" 1024)" "<= 16"
    fi
}

made() { # NAME OPTION...: the fleet of that name
    local name=$1
    shift
    [ -f "$work/$name/fleet.ndjson" ] || /usr/bin/python3 $here/make_fleet.py "$work/$name" "$@"
    echo "$work/$name"
}

growth() { # TEXT, then two fleets: one twice as large
    local small large
    read -r small _ < <(assess 3 "$2" "$2/fleet.ndjson" ndjson)
    read -r large _ < <(assess 3 "$3" "$3/fleet.ndjson" ndjson)
    show E10 "$1" "$(divide "$large" "$small")" "<= 2.2"
}

doubling() {
    local wide="--packages 300 --hosts 4" open="--hosts 2 --open 100"
    growth "twice the patches: 4,000 / 2,000" \
        "$(made p2 --patches 2000 --facts 2000 $wide)" "$(made p4 --patches 4000 --facts 2000 $wide)"
    growth "twice the facts: 40,000 / 20,000" \
        "$(made f2 --patches 500 --facts 20000 $wide)" "$(made f4 --patches 500 --facts 40000 $wide)"
    growth "a chain twice as long: 4,000 / 2,000 entries, two ways up" \
        "$(made c2 --patches 2000 --chain 2000 --ways 2 --facts 500 $wide)" \
        "$(made c4 --patches 4000 --chain 4000 --ways 2 --facts 500 $wide)"
    growth "twice the patches and what is to be repaired: 400 / 200, plans" \
        "$(made o2 --patches 200 --facts 200 --packages 66 $open)" "$(made o4 --patches 400 --facts 400 --packages 132 $open)"
}

lint() { cost 1 $program catalog lint --no-builtin "$1/catalog" -o $work/lint.out; }

large_catalog() {
    local ten twenty ten_kib twenty_kib where
    where=$(made b1 --patches 10000 --facts 10000 --packages 3000)
    read -r ten ten_kib < <(assess 1 "$where" "$where/fleet.ndjson" ndjson)
    where=$(made b2 --patches 20000 --facts 20000 --packages 6000)
    read -r twenty twenty_kib < <(assess 1 "$where" "$where/fleet.ndjson" ndjson)
    show big "20,000 patches and facts / 10,000: load and assess, time" \
        "$(divide "$twenty" "$ten")" "<= 2.2"
    show "" "the same, memory" "$(divide "$twenty_kib" "$ten_kib")" "<= 2.2"
    read -r ten ten_kib < <(lint $work/b1)
    read -r twenty twenty_kib < <(lint $work/b2)
    show "" "the same, lint, time" "$(divide "$twenty" "$ten")" "<= 2.2"
    show "" "the same, lint, memory" "$(divide "$twenty_kib" "$ten_kib")" "<= 2.2"
}

workbook() {
    local where report report_kib read read_kib raw documents=$work/documents.ndjson
    where=$(made x1 --patches 60 --facts 60 --packages 20 --hosts 300 --open 40 --required)
    assess 1 "$where" "$where/fleet.ndjson" ndjson >/dev/null
    mv $work/assessed.out $documents
    read -r report report_kib < <(cost 3 $program report $documents -o $work/report.xlsx -q --now $now)
    read -r read read_kib < <(cost 3 $program assess $documents -o $work/read.out -q --now $now)
    /usr/bin/python3 $here/workbook_cells.py $work/report.xlsx >$work/cells
    read -r raw _ < <(cost 3 /bin/sh -c "$work/raw_workbook $work/raw.xlsx <$work/cells")
    show X1 "$(wc -l <$work/cells) cells: report without reading / raw libxlsxwriter" \
        "$(divide "($report - $read)" "$raw")" "<= 1.1"
    show X2 "memory of the report over reading the documents, MiB" \
        "$(divide "($report_kib - $read_kib)" 1024)" "<= 12"
}

versions() {
    local folder=${PREREQ_BENCH_DLLS:-/usr/lib/x86_64-linux-gnu/wine/x86_64-windows} ours calls peer
    local files=("$folder"/*.dll)
    if [ ! -f "${files[0]}" ]; then
        echo "skipped: P1: no DLLs in $folder (install wine, or name another folder: PREREQ_BENCH_DLLS)"
        return
    fi
    read -r calls _ < <(cost 5 $work/pe_scan calls 20 "${files[@]}")
    read -r ours _ < <(cost 5 $work/pe_scan ours 20 "${files[@]}")
    show P1 "versions of ${#files[@]} files, warm: ours / stat, open, three preads" \
        "$(divide "$ours" "$calls")" "<= 1.5"
    echo "     $($work/pe_scan ours 1 "${files[@]}")"
    if ! /usr/bin/python3 -c "import pefile" 2>/dev/null; then
        echo "skipped: P1 against python3-pefile, which is not there (scripts/setup bench)"
        return
    fi
    read -r peer _ < <(cost 1 $here/pefile_scan.py "${files[@]}")
    show "" "the same: python3-pefile / ours" "$(divide "20 * $peer" "$ours")" ""
}

words=("$@")
build_all
! wanted load || built_in
if wanted E1 || wanted E5; then
    if oval_set; then
        ! wanted E1 || against_oscap
        ! wanted E5 || against_reference
    fi
fi
! wanted E8 || streaming
! wanted E10 || doubling
! wanted big || large_catalog
! wanted X1 || workbook
# One real hive with hundreds of services, from the samples.
hive_lookups() {
    local packed=${PATCHPREREQ_SAMPLES:-../shared/samples}/hives/regipy_SYSTEM_WIN_10_1709.xz hive=$work/SYSTEM
    local services='ControlSet001\Services'
    if [ ! -f "$packed" ] || [ ! -f $build/native/libcollect_offline.a ]; then
        echo "skipped: H1: no $packed, or built without hivex"
        return
    fi
    xz -dc "$packed" >$hive
    cc -std=c11 -O2 -Inative $here/hive_lookups.c -o $work/hive_lookups $build/native/libcollect_offline.a \
        $build/native/libcollect.a $build/native/libpatchprereq.a -lhivex -lwim -lcjson -lsodium -lpthread -ldl
    show H1 "look-ups of sub-keys: hivex alone / ours" "see below" ">= 30"
    $work/hive_lookups $hive "$services" 5000 | sed 's/^/     /'
    if /usr/bin/python3 -c "import hivex" 2>/dev/null; then
        $here/hivex_lookups.py $hive "$services" 5000 | sed 's/^/     /'
    else
        echo "skipped: H1 against python3-hivex, which is not there (scripts/setup bench)"
    fi
}
! wanted P1 || versions
! wanted H1 || hive_lookups
echo "not measured: E11 (hosts are judged by one worker), D1, D2 (not built yet)"
