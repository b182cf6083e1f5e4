# SPDX-License-Identifier: MIT
# WindowsResources.cmake - the version of a Windows program.
enable_language(RC)

# prereq_version_resource(TARGET FILE ABOUT TYPE): FILE is the name it was made under, TYPE is
# VFT_APP or VFT_DLL.  Without it Windows Installer would not know an older file from a newer one.
function(prereq_version_resource target file about type)
    set(PREREQ_RC_FILE "${file}")
    set(PREREQ_RC_ABOUT "${about}")
    set(PREREQ_RC_TYPE "${type}")
    string(REPLACE "." "," PREREQ_RC_VERSION "${PROJECT_VERSION}.0")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/version.rc.in"
        "${CMAKE_CURRENT_BINARY_DIR}/${target}_version.rc" @ONLY)
    target_sources(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}_version.rc")
endfunction()
