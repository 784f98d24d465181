# SPDX-License-Identifier: Apache-2.0
# The program's side of the sandbox is in tl_ingest. The parsers of untrusted binary formats and the
# child's side are in tl_formats; only throughline-reader, tests and fuzz targets link it.
include(GNUInstallDirs)
# A reader without its filter is for systems that have none; it must not come about unnoticed.
option(TL_SECCOMP "Filter the system calls of throughline-reader (needs libseccomp)" ON)
if(TL_SECCOMP AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
endif()

target_sources(tl_ingest
    PRIVATE sandbox/byte_stream.h sandbox/check_extract.cpp sandbox/check_extract.h
            sandbox/find_reader_unix.cpp
            sandbox/protocol.cpp sandbox/protocol.h sandbox/reader_end.cpp sandbox/reader_end.h
            sandbox/reason_codec.cpp sandbox/reason_codec.h sandbox/reader_pool.cpp sandbox/reader_pool.h sandbox/reader_process.h
            sandbox/reader_process_unix.cpp sandbox/spawn_reader.h sandbox/spawn_reader_unix.cpp)

target_sources(tl_formats
    PRIVATE sandbox/format_readers.cpp sandbox/format_readers.h sandbox/frame_io.h
            sandbox/frame_io_unix.cpp sandbox/lock_down.h sandbox/reader_child.h
            sandbox/reader_child_unix.cpp)
if(seccomp_FOUND)
    target_sources(tl_formats PRIVATE sandbox/lock_down_linux.cpp)
    target_link_libraries(tl_formats PRIVATE PkgConfig::seccomp)
else()
    target_sources(tl_formats PRIVATE sandbox/lock_down_none.cpp)
endif()

add_executable(throughline-reader sandbox/reader_main.cpp)
target_link_libraries(throughline-reader PRIVATE tl_formats tl_warnings)
install(TARGETS throughline-reader DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/throughline)
