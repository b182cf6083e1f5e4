# SPDX-License-Identifier: MIT
# CompilerOptions.cmake - flags of our own targets, on the interface target patchprereq_options.
# Other people's code and CMAKE_C_FLAGS stay as they are.  docs/CONTRIBUTING.md says what each is for.
option(PREREQ_WARNINGS_ARE_ERRORS "Stop at warnings (the presets set it)" OFF)
set(PREREQ_SANITIZE "" CACHE STRING "Argument of -fsanitize=, for instance address,undefined")

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

add_library(patchprereq_options INTERFACE)
target_compile_options(patchprereq_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef -Wvla
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wcast-qual -Wwrite-strings
    -Wpointer-arith -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum
    -fno-common -fstack-protector-strong
    $<$<C_COMPILER_ID:GNU>:-Wjump-misses-init -Wlogical-op -Wduplicated-cond -Wduplicated-branches>
    $<$<BOOL:${PREREQ_WARNINGS_ARE_ERRORS}>:-Werror>)

# glibc's fortification works on optimised code only, and sanitizers bring better checks.
if(NOT PREREQ_SANITIZE)
    target_compile_definitions(patchprereq_options INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()

if(PREREQ_SANITIZE)
    # What runs under a sanitizer is there to find faults, so assert() is on.
    target_compile_options(patchprereq_options INTERFACE
        -fsanitize=${PREREQ_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -UNDEBUG)
    target_link_options(patchprereq_options INTERFACE -fsanitize=${PREREQ_SANITIZE})
endif()

if(WIN32)
    # Windows 7 and 2008 R2 are the oldest live hosts; mingw-w64 would assume Windows 10.
    target_compile_definitions(patchprereq_options INTERFACE
        _WIN32_WINNT=0x0601 __USE_MINGW_ANSI_STDIO=1)
    # The stack protector and the fortified functions are in a library of their own there; without
    # -static programs would import libssp-0.dll.
    target_link_options(patchprereq_options INTERFACE -static -fstack-protector-strong)
endif()
