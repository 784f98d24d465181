# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libb2 REQUIRED IMPORTED_TARGET libb2)
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET GLOBAL libzstd)
target_sources(tl_ingest PRIVATE
    cache/extract_cache.cpp cache/extract_cache.h cache/extract_file.cpp cache/extract_file.h)
target_link_libraries(tl_ingest PRIVATE PkgConfig::libb2 PkgConfig::libzstd)
