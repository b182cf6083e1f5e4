# SPDX-License-Identifier: MIT
# imports.cmake - a program starts on Windows 7: it needs only DLLs, and of them no function, that
# Windows 7 does not have.
# cmake -D OBJDUMP=<objdump> -D PROGRAM=<exe> -P imports.cmake
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND "${OBJDUMP}" -p "${PROGRAM}" OUTPUT_VARIABLE headers
    COMMAND_ERROR_IS_FATAL ANY)

# DLLs of Windows 7 itself.
set(allowed advapi32 kernel32 msi msvcrt ole32 oleaut32 shell32 user32 version wtsapi32)
if(ALLOWED) # fewer, for the DLL that lives in another's process
    set(allowed ${ALLOWED})
endif()
string(REGEX MATCHALL "DLL Name: [^\n\r]+" lines "${headers}")
if(NOT lines)
    message(FATAL_ERROR "${PROGRAM} imports nothing; objdump's output is not understood")
endif()
foreach(line IN LISTS lines)
    string(REGEX REPLACE "^DLL Name: (.*)\\.(dll|DLL)$" "\\1" name "${line}")
    string(TOLOWER "${name}" name)
    if(NOT name IN_LIST allowed)
        message(FATAL_ERROR "${PROGRAM} needs ${name}.dll, which is not among: ${allowed}")
    endif()
endforeach()

# What people reach for first, of Windows 8 and later.
set(newer CopyFile2 CreateFile2 GetSystemTimePreciseAsFileTime
    GetCurrentThreadStackLimits GetFirmwareType GetOverlappedResultEx GetTempPath2W
    GetThreadDescription IsWow64Process2 IsWow64GuestMachineSupported MapViewOfFile3
    OpenJobObjectW PathCchCanonicalizeEx PrefetchVirtualMemory QueryUnbiasedInterruptTimePrecise
    SetDefaultDllDirectories SetProcessMitigationPolicy SetThreadDescription VirtualAlloc2
    WaitOnAddress WakeByAddressAll WakeByAddressSingle GetDpiForWindow GetUserDefaultGeoName
    CreateFileMappingFromApp GetProcessMitigationPolicy GetPackageFamilyName)
foreach(name IN LISTS newer)
    if(headers MATCHES "[ \t]${name}[\r\n]")
        message(FATAL_ERROR "${PROGRAM} imports ${name}, which Windows 7 does not have")
    endif()
endforeach()
