# SPDX-License-Identifier: Apache-2.0
# ./run and ./test, and cmake/setup.sh that they stand on.
add_test(NAME cmake.setup_test COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/cmake/setup_test.sh ${PROJECT_SOURCE_DIR})
add_test(NAME cmake.quick_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/cmake/quick_test.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
set_tests_properties(cmake.setup_test cmake.quick_test PROPERTIES LABELS slow)
set_tests_properties(cmake.quick_test PROPERTIES SKIP_RETURN_CODE 77)
