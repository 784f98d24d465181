# SPDX-License-Identifier: Apache-2.0
add_executable(naughty_child ingest/sandbox/naughty_child.cpp)
target_link_libraries(naughty_child PRIVATE tl_formats tl_warnings)

foreach(test protocol_test reader_pool_test)
    tl_add_test(ingest/sandbox/${test} LIBS tl_ingest)
endforeach()
add_dependencies(ingest.sandbox.reader_pool_test naughty_child)
set(isSanitized 0)
if(TL_SANITIZE)
    set(isSanitized 1)
endif()
set(mustFilter 0)
if(TL_SECCOMP AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(mustFilter 1)
endif()
target_compile_definitions(ingest.sandbox.reader_pool_test PRIVATE
    TL_NAUGHTY_CHILD="$<TARGET_FILE:naughty_child>" TL_IS_SANITIZED=${isSanitized}
    TL_MUST_FILTER=${mustFilter})
