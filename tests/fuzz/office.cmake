# SPDX-License-Identifier: Apache-2.0
foreach(target html_fuzz rtf_fuzz office_fuzz)
    tl_add_fuzz(${target} LIBS tl_formats PkgConfig::libarchive)
endforeach()
