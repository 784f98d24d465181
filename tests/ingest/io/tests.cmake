# SPDX-License-Identifier: Apache-2.0
add_library(tl_make_archive STATIC ingest/io/make_archive.cpp ingest/io/make_archive.h)
target_include_directories(tl_make_archive PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_make_archive PRIVATE PkgConfig::libarchive tl_warnings)
tl_add_test(ingest/io/read_archive_test LIBS tl_formats tl_make_archive)
