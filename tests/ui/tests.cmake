# SPDX-License-Identifier: Apache-2.0
find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
tl_add_test(ui/real_project_test LIBS tl_ui Qt6::Test LABELS slow)
foreach(test close_window_test conversation_view_test file_list_model_test kept_project_window_test main_window_test project_bridge_test
        overview_page_test text_view_test window_screenshot_test)
    tl_add_test(ui/${test} LIBS tl_ui Qt6::Test LABELS ui)
endforeach()

# The program itself, from outside.
add_test(NAME ui.no_display_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/ui/no_display_test.sh $<TARGET_FILE:throughline>)
set_tests_properties(ui.no_display_test PROPERTIES LABELS ui)
