# tests/kernels/rms_norm_test.cpp becomes target and ctest prefix kernels.rms_norm_test.
include(GoogleTest)
function(tl_add_test path)
    cmake_parse_arguments(ARG "" "" "LIBS;LABELS" ${ARGN})
    string(REPLACE "/" "." name ${path})
    if(NOT ARG_LABELS)
        set(ARG_LABELS unit)
    endif()
    add_executable(${name} ${path}.cpp)
    target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest_main tl_warnings)
    if(path MATCHES "^ingest/")  # Its reasons have their words in app.
        target_link_libraries(${name} PRIVATE tl_reason_text)
    endif()
    target_compile_definitions(${name} PRIVATE
        TL_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TL_BINARY_DIR="${PROJECT_BINARY_DIR}")
    if(TL_SANITIZE)
        # Sanitizers make optimising a test take four times as long as the test saves.
        target_compile_options(${name} PRIVATE -O0)
    elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
        # Full optimisation is half of the time to compile a test, and saves nothing when it runs:
        # what is tested, and what it is compared with, are libraries.
        target_compile_options(${name} PRIVATE -O1)
    endif()
    gtest_discover_tests(${name} TEST_PREFIX "${name}/" DISCOVERY_MODE PRE_TEST
        PROPERTIES LABELS "${ARG_LABELS}"
                   ENVIRONMENT "XDG_STATE_HOME=${PROJECT_BINARY_DIR}/state;XDG_CACHE_HOME=${PROJECT_BINARY_DIR}/cache")
endfunction()
