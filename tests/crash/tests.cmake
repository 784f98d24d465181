# SPDX-License-Identifier: Apache-2.0
# The program ended in the middle of things. `crash/kill_test.sh PROGRAM MODEL 10000` runs on for
# half an hour.
add_executable(make_small_model crash/make_small_model.cpp)
target_include_directories(make_small_model PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(make_small_model PRIVATE tl_engine tl_kernels tl_warnings)
add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/small_model.gguf
    COMMAND make_small_model ${CMAKE_CURRENT_BINARY_DIR}/small_model.gguf
    DEPENDS make_small_model)
add_custom_target(small_model ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/small_model.gguf)
add_test(NAME crash.kill_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/crash/kill_test.sh $<TARGET_FILE:throughline>
        ${CMAKE_CURRENT_BINARY_DIR}/small_model.gguf 300)
set_tests_properties(crash.kill_test PROPERTIES LABELS slow TIMEOUT 1500)
