# SPDX-License-Identifier: MIT
# toolchain-mingw64.cmake - build for 64-bit Windows on Debian.
# The -win32 compilers: their programs need no winpthreads DLL.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-win32)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-win32)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# Libraries and headers from the cross packages and from scripts/setup, never from the build host.
get_filename_component(prereq_deps "${CMAKE_CURRENT_LIST_DIR}/../build/deps/mingw" ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32
    ${prereq_deps}/cjson ${prereq_deps}/sodium ${prereq_deps}/cmocka ${prereq_deps}/xlsxwriter)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Tests and tools run under Wine, in a prefix of the build tree.
get_filename_component(prereq_wine "${CMAKE_CURRENT_LIST_DIR}/../tests/wine" ABSOLUTE)
set(CMAKE_CROSSCOMPILING_EMULATOR ${prereq_wine})
