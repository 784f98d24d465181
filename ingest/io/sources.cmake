# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET GLOBAL libarchive)
target_sources(tl_ingest PRIVATE
    io/file_bytes.h io/file_bytes_unix.cpp io/file_kinds.cpp io/file_kinds.h io/root_names.cpp
    io/root_names.h io/unique_names.cpp io/unique_names.h)
target_sources(tl_formats PRIVATE
    io/foreign_names.cpp io/foreign_names.h io/member_names.cpp io/member_names.h io/read_archive.cpp io/read_archive.h)
target_link_libraries(tl_formats PRIVATE PkgConfig::libarchive)
