# SPDX-License-Identifier: MIT
# layers.cmake - which module may use what; the table of docs/CONTRIBUTING.md, read off the sources.
# cmake -D SOURCE=<root> -P layers.cmake
set(broken "")

# forbid(WHY PATTERN FILE...): no FILE has a line that matches PATTERN.
function(forbid why pattern)
    foreach(file IN LISTS ARGN)
        file(STRINGS "${file}" lines REGEX "${pattern}")
        foreach(line IN LISTS lines)
            file(RELATIVE_PATH name "${SOURCE}" "${file}")
            string(APPEND broken "  ${name}: ${line}\n    ${why}\n")
        endforeach()
    endforeach()
    set(broken "${broken}" PARENT_SCOPE)
endfunction()

# sources(VARIABLE FOLDER EXCEPT-REGEX): the C files directly in FOLDER whose name does not match.
function(sources variable folder except)
    file(GLOB files "${SOURCE}/${folder}/*.c" "${SOURCE}/${folder}/*.h")
    list(FILTER files EXCLUDE REGEX "/${folder}/${except}[^/]*$")
    if(NOT files)
        message(FATAL_ERROR "${folder} has no sources; is SOURCE right?")
    endif()
    set(${variable} "${files}" PARENT_SCOPE)
endfunction()

sources(not_json native "json")
forbid("only native/json*.c know cJSON" "#include .*cJSON\\.h" ${not_json})
sources(not_hash native "(hash|sign)")
forbid("only native/hash.c knows libsodium" "#include .*sodium\\.h" ${not_hash})
sources(not_file native "file")
forbid("files are opened by native/file*.c only"
    "FILE \\*|[^a-z_](fopen|freopen|fdopen|fread|fwrite|fputs|fprintf|printf|puts|remove|rename|tmpfile|getenv|setlocale)\\("
    ${not_file})
forbid("only native/file*.c and win32 know the operating system"
    "#include <(unistd|fcntl|dirent|errno|sys/[a-z]+|windows|io|direct|locale)\\.h>" ${not_file})
file(GLOB core "${SOURCE}/native/*.c" "${SOURCE}/native/*.h")
forbid("Windows headers belong to native/win32" "#include <(windows|winternl|wbemcli|io|direct)\\.h>"
    ${core})
forbid("native/ includes nothing of the edges" "#include \".*(reports|wmi-provider|win32)/" ${core})
forbid("sheets are written by reports/" "#include .*xlsxwriter" ${core})

# Whatever is neither ground, door nor data judges.
file(GLOB judgement "${SOURCE}/native/*.[ch]")
set(ground base error arena buffer utf8 time version)
set(doors json shape hash file patchprereq)
set(data facts field catalog policy waivers scope csv import pieces)
list(JOIN ground "|" ground)
list(JOIN doors "|" doors)
list(JOIN data "|" data)
list(FILTER judgement EXCLUDE REGEX "/native/(${ground}|${doors}|${data})(_[a-z_]+)?\\.[ch]$")
forbid("judging does no I/O and asks no clock"
    "#include [<\"](file|file_system|json|stdio|time|locale)\\.h[>\"]" ${judgement})
forbid("judging asks no clock or random number" "[^a-z_](time|clock|rand|random)\\(" ${judgement})

# A state by itself may be asked for; which states belong together is written once.
file(GLOB askers "${SOURCE}/native/*.c" "${SOURCE}/reports/*.c" "${SOURCE}/wmi-provider/*.c")
forbid("what a state means is told by native/state_meaning.c"
    "(==|!=) PREREQ_STATE_[A-Z_]+ (\\|\\||&&) [^=!]*(==|!=) PREREQ_STATE_" ${askers})

# Collectors read through a source; how it is reached is known to win32 and offline alone.
file(GLOB collectors "${SOURCE}/native/collect/*.[ch]")
forbid("collectors reach Windows through source.h"
    "#include [<\"](\\.\\./(json|file|file_system)|time|locale|windows|hivex|wimlib)\\.h[>\"]|FILE \\*|[^a-z_](fopen|printf|getenv)\\("
    ${collectors})

file(GLOB reports "${SOURCE}/reports/*.c" "${SOURCE}/reports/*.h")
# What patchprereq.h offers, directly or through the headers that it includes.
set(public patchprereq event_log places setting_table base shape facts catalog policy field assess import file probes)
file(GLOB private RELATIVE "${SOURCE}/native" "${SOURCE}/native/*.h")
list(TRANSFORM private REPLACE "\\.h$" "")
list(REMOVE_ITEM private ${public} file_hooks)
list(JOIN private "|" private)
forbid("reports/ sees the core through patchprereq.h" "#include \"(${private})\\.h\"" ${reports})
list(FILTER reports EXCLUDE REGEX "/report_xlsx[^/]*$")
forbid("only reports/report_xlsx* know libxlsxwriter" "#include .*(xlsxwriter|file_hooks)\\.h"
    ${reports})

# The DLL is an adapter: what could be tested without Windows is in native/.
file(GLOB dll "${SOURCE}/wmi-provider/*.[ch]")
forbid("the DLL knows no JSON, no files of C and no engine"
    "#include \"(json|shape|file|engine|assess_parts|wmi_parts)\\.h\"|FILE \\*|[^a-z_](fopen|printf|getenv)\\("
    ${dll})

# No file is so long that nobody reads it, or forgotten in the lists of sources.
file(GLOB all "${SOURCE}/native/*.[ch]" "${SOURCE}/native/collect/*.[ch]"
    "${SOURCE}/native/offline/*.[ch]" "${SOURCE}/native/win32/*.[ch]" "${SOURCE}/reports/*.[ch]"
    "${SOURCE}/wmi-provider/*.[ch]"
    "${SOURCE}/tests/*.[ch]" "${SOURCE}/tests/*/*.[ch]")
foreach(folder native reports wmi-provider tests)
    file(READ "${SOURCE}/${folder}/CMakeLists.txt" ${folder}_list)
endforeach()
foreach(path IN LISTS all)
    file(RELATIVE_PATH name "${SOURCE}" "${path}")
    file(READ "${path}" text)
    string(REGEX MATCHALL "\n" lines "${text}")
    list(LENGTH lines lines)
    if(lines GREATER 600)
        string(APPEND broken "  ${name}: ${lines} lines\n    600 are too many\n")
    endif()
    get_filename_component(base "${name}" NAME)
    if(NOT text MATCHES "^/\\* SPDX-License-Identifier: MIT \\*/\n/\\* ${base} - ")
        string(APPEND broken "  ${name}: does not begin with licence and purpose\n")
    endif()
    if(name MATCHES "^(native|reports|wmi-provider)/(.*\\.c)$")
        set(folder ${CMAKE_MATCH_1})
        set(entry "[ \n]${CMAKE_MATCH_2}[ )\n]")
    elseif(name MATCHES "^tests/([a-z_-]+)/test_(.*)\\.c$")
        set(folder tests)
        set(entry "(prereq_test\\(${CMAKE_MATCH_1} |provider_test\\()${CMAKE_MATCH_2}[ )]")
    else()
        continue()
    endif()
    if(NOT ${folder}_list MATCHES "${entry}")
        string(APPEND broken "  ${name}: not in ${folder}/CMakeLists.txt\n")
    endif()
endforeach()

if(broken)
    message(FATAL_ERROR "Layers are crossed:\n${broken}")
endif()
