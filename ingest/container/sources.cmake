# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET GLOBAL libarchive)
target_sources(tl_ingest PRIVATE container/sniff_archive.cpp container/sniff_archive.h)
target_sources(tl_formats PRIVATE container/member_names.cpp container/member_names.h
    container/read_archive.cpp container/read_archive.h)
target_link_libraries(tl_formats PRIVATE PkgConfig::libarchive)
