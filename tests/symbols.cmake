# SPDX-License-Identifier: MIT
# symbols.cmake - every global name of the library starts with prereq_.
# cmake -D NM=<nm> -D ARCHIVE=<libpatchprereq.a> -P symbols.cmake
execute_process(COMMAND "${NM}" -g --defined-only "${ARCHIVE}" OUTPUT_VARIABLE names
    COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[0-9a-f]+ [A-Zuvw] [^\n]+" symbols "${names}")
list(LENGTH symbols count)
if(count LESS 20)
    message(FATAL_ERROR "${ARCHIVE} defines only ${count} global names; nm's output is not understood")
endif()
# Sanitizers and the linker for Windows add globals of their own.
list(FILTER symbols EXCLUDE REGEX " (prereq_|[.]refptr[.]|__asan_|__odr_asan|__tsan_|__sancov|__emutls)")
if(symbols)
    list(JOIN symbols "\n  " text)
    message(FATAL_ERROR "Global names that do not start with prereq_:\n  ${text}")
endif()
