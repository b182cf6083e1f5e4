# SPDX-License-Identifier: MIT
# layers.cmake - which room may use what; the table of docs/CONTRIBUTING.md, read off the sources.
# cmake -D SOURCE=<root> -P layers.cmake
cmake_minimum_required(VERSION 3.25)
set(broken "")

# A room is a folder of native/ or reports/.  It may include what its line names, a whole room or one
# header; a room may only name rooms that stand above it, so that no two need each other.
set(native
    "base:"
    "formats: base"
    "files: base formats/hash"
    "documents: base formats"
    "import: base formats/json documents"
    "engine: base documents"
    "assess: base documents engine"
    "proof: base documents engine assess"
    "plan: base formats/hash documents engine assess proof"
    "lint: base documents engine"
    "text: base documents"
    "wmi: base formats/hash documents text"
    "machine: base documents wmi/wmi"
    "collect: base documents import engine"
    "offline: collect"
    "win32: base files documents wmi machine collect")
set(reports
    "program:"
    "inputs: program"
    "screen: program"
    "catalog: program inputs screen"
    "plans: program screen"
    "tables:"
    "figures: inputs/keyed tables"
    "workbook: plans tables figures"
    "report: program inputs/keyed plans tables figures workbook"
    "refresh: program inputs catalog"
    "commands: program inputs screen catalog plans tables report refresh")
# The edges see the core through these alone.
set(public patchprereq base/base base/shape documents/field files/file files/file_hooks
    machine/event_log machine/places collect/collect offline/offline win32/live win32/machine
    win32/pieces win32/trusted_file win32/wide wmi/wmi)

function(complain file line why)
    file(RELATIVE_PATH name "${SOURCE}" "${file}")
    set(broken "${broken}  ${name}: ${line}\n    ${why}\n" PARENT_SCOPE)
endfunction()

# forbid(WHY PATTERN FILE...): no FILE has a line that matches PATTERN.
function(forbid why pattern)
    foreach(file IN LISTS ARGN)
        file(STRINGS "${file}" lines REGEX "${pattern}")
        foreach(line IN LISTS lines)
            complain("${file}" "${line}" "${why}")
        endforeach()
    endforeach()
    set(broken "${broken}" PARENT_SCOPE)
endfunction()

# sources(VARIABLE FOLDER EXCEPT-REGEX): the C files in FOLDER and below whose name does not match.
function(sources variable folder except)
    file(GLOB_RECURSE files "${SOURCE}/${folder}/*.c" "${SOURCE}/${folder}/*.h")
    if(except)
        list(FILTER files EXCLUDE REGEX "/${except}[^/]*$")
    endif()
    if(NOT files)
        message(FATAL_ERROR "${folder} has no sources; is SOURCE right?")
    endif()
    set(${variable} "${files}" PARENT_SCOPE)
endfunction()

# check_rooms(TOP): each folder of TOP has a line, names rooms above it alone, and keeps to them.
function(check_rooms top)
    set(above "")
    foreach(line IN LISTS ${top})
        string(REGEX MATCH "^([a-z0-9]+):(.*)$" whole "${line}")
        set(room ${CMAKE_MATCH_1})
        string(REGEX MATCHALL "[a-z0-9_/]+" uses "${CMAKE_MATCH_2}")
        foreach(use IN LISTS uses)
            string(REGEX REPLACE "/.*" "" used "${use}")
            if(NOT used IN_LIST above)
                complain("${SOURCE}/tests/layers.cmake" "${line}" "${used} does not stand above ${room}")
            endif()
        endforeach()
        list(APPEND above ${room})
        list(JOIN uses ", " shown)
        if(NOT uses)
            set(shown nothing)
        endif()
        if(NOT design MATCHES "\n\\| `${room}` \\| [^\n]* \\| ${shown} \\|\n")
            complain("${SOURCE}/docs/design.md" "${room}" "its row does not say: ${shown}")
        endif()
        list(JOIN uses "|" allowed)
        sources(files ${top}/${room} "")
        foreach(file IN LISTS files)
            file(STRINGS "${file}" includes REGEX "^#include \"")
            foreach(include IN LISTS includes)
                string(REGEX REPLACE "^#include \"(.*)\\.h\".*" "\\1" header "${include}")
                if(header MATCHES "^${room}/" OR (uses AND header MATCHES "^(${allowed})(/|$)"))
                    continue()
                endif()
                if(top STREQUAL "reports" AND header IN_LIST public)
                    continue()
                endif()
                if(header STREQUAL "patchprereq" AND file MATCHES "/collect/collect.c$")
                    continue() # the version of the product, as the collector's own
                endif()
                complain("${file}" "${include}" "${top}/${room}/ may use: ${uses}")
            endforeach()
        endforeach()
    endforeach()
    file(GLOB folders RELATIVE "${SOURCE}/${top}" "${SOURCE}/${top}/*")
    foreach(folder IN LISTS folders)
        if(IS_DIRECTORY "${SOURCE}/${top}/${folder}" AND NOT folder IN_LIST above)
            complain("${SOURCE}/${top}/${folder}" "" "no line in tests/layers.cmake says what it may use")
        endif()
    endforeach()
    set(broken "${broken}" PARENT_SCOPE)
endfunction()

file(READ "${SOURCE}/docs/design.md" design)
check_rooms(native)
check_rooms(reports)

# What a room may do, beside whom it may use.
sources(every native "")
sources(everywhere reports "")
list(APPEND everywhere ${every})
set(not_json ${everywhere})
list(FILTER not_json EXCLUDE REGEX "/native/formats/json[^/]*$")
forbid("only native/formats/json*.c know cJSON" "#include .*cJSON\\.h" ${not_json})
set(not_hash ${everywhere})
list(FILTER not_hash EXCLUDE REGEX "/native/formats/(hash|sign)\\.[ch]$")
forbid("only native/formats/hash.c and sign.c know libsodium" "#include .*sodium\\.h" ${not_hash})
set(inner ${every})
list(FILTER inner EXCLUDE REGEX "/native/(files|offline|win32)/")
forbid("files are opened by native/files/ alone"
    "FILE \\*|[^a-z_](fopen|freopen|fdopen|fread|fwrite|fputs|fprintf|printf|puts|remove|rename|tmpfile|getenv|setlocale)\\("
    ${inner})
forbid("only native/files/, offline/ and win32/ know the operating system"
    "#include <(unistd|fcntl|dirent|errno|sys/[a-z]+|windows|winternl|wbemcli|io|direct|locale|hivex|wimlib)\\.h>"
    ${inner})
forbid("sheets are written by reports/workbook/" "#include .*xlsxwriter" ${every})
set(judging ${every})
list(FILTER judging INCLUDE REGEX "/native/(engine|assess|proof|plan|lint|text|wmi)/")
forbid("judging asks no clock" "#include <time\\.h>" ${judging})
set(pure ${inner})
list(FILTER pure EXCLUDE REGEX "/native/collect/")
forbid("nothing here asks a clock or a random number" "[^a-z_](time|clock|rand|random)\\(" ${pure})
set(not_workbook ${everywhere})
list(FILTER not_workbook EXCLUDE REGEX "/reports/workbook/|/native/files/file_hooks\\.")
forbid("only reports/workbook/ knows libxlsxwriter" "#include .*(xlsxwriter|file_hooks)\\.h"
    ${not_workbook})

# A state by itself may be asked for; which states belong together is written once.
set(askers ${everywhere})
list(FILTER askers EXCLUDE REGEX "/native/documents/state_meaning\\.")
forbid("what a state means is told by native/documents/state_meaning.c"
    "(==|!=) PREREQ_STATE_[A-Z_]+ (\\|\\||&&) [^=!]*(==|!=) PREREQ_STATE_" ${askers})

# A precision counts bytes: it cuts texts inside a character, and the document or message with them.
sources(written wmi-provider "")
forbid("texts are clipped by PREREQ_CLIP()" "%\\.([2-9][0-9]|[0-9][0-9][0-9]+)s" ${everywhere} ${written})

# The DLL is an adapter: what could be tested without Windows is in native/.
file(GLOB dll "${SOURCE}/wmi-provider/*.[ch]")
forbid("the DLL knows no JSON, no files of C and no engine"
    "#include \"(formats|files|engine|assess|plan)/|#include \"wmi/wmi_parts\\.h|FILE \\*|[^a-z_](fopen|printf|getenv)\\("
    ${dll})

# No file is so long that nobody reads it, forgotten in the lists of sources, or tested elsewhere than
# where it lies.
sources(all_native native "")
sources(all_reports reports "")
sources(all_dll wmi-provider "")
sources(all_tests tests "")
foreach(folder native reports wmi-provider tests)
    file(READ "${SOURCE}/${folder}/CMakeLists.txt" ${folder}_list)
endforeach()
foreach(path IN LISTS all_native all_reports all_dll all_tests)
    file(RELATIVE_PATH name "${SOURCE}" "${path}")
    file(READ "${path}" text)
    string(REGEX MATCHALL "\n" lines "${text}")
    list(LENGTH lines lines)
    if(lines GREATER 600)
        complain("${path}" "${lines} lines" "600 are too many")
    endif()
    get_filename_component(base "${name}" NAME)
    if(NOT text MATCHES "^/\\* SPDX-License-Identifier: MIT \\*/\n/\\* ${base} - ")
        complain("${path}" "" "does not begin with licence and purpose")
    endif()
    if(name MATCHES "^(native|reports|wmi-provider)/(.*\\.c)$")
        set(folder ${CMAKE_MATCH_1})
        set(entry "[ \n]${CMAKE_MATCH_2}[ )\n]")
    elseif(name MATCHES "^tests/((native|reports|wmi-provider)[a-z0-9/_-]*)/test_(.*)\\.c$")
        set(folder tests)
        set(entry "(prereq_test\\(${CMAKE_MATCH_1} |provider_test\\()${CMAKE_MATCH_3}[ )]")
        if(NOT IS_DIRECTORY "${SOURCE}/${CMAKE_MATCH_1}")
            complain("${path}" "" "tests no folder of the sources")
        endif()
    else()
        continue()
    endif()
    if(NOT ${folder}_list MATCHES "${entry}")
        complain("${path}" "" "not in ${folder}/CMakeLists.txt")
    endif()
endforeach()
file(GLOB flat "${SOURCE}/native/*.c" "${SOURCE}/reports/*.[ch]" "${SOURCE}/tests/native/*.c")
foreach(path IN LISTS flat)
    complain("${path}" "" "lies in no room")
endforeach()

if(broken)
    message(FATAL_ERROR "Layers are crossed:\n${broken}")
endif()
