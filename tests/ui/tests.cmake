# SPDX-License-Identifier: Apache-2.0
find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
tl_add_test(ui/real_project_test LIBS tl_ui Qt6::Test LABELS slow)
foreach(test close_window_test conversation_view_test file_list_model_test kept_project_window_test main_window_test project_bridge_test
        overview_page_test text_view_test translations_test window_screenshot_test)
    tl_add_test(ui/${test} LIBS tl_ui Qt6::Test LABELS ui)
endforeach()

add_test(NAME ui.translations_complete COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/ui/translations_complete.sh
    $<TARGET_FILE:Qt6::lupdate> ${PROJECT_SOURCE_DIR})
set_tests_properties(ui.translations_complete PROPERTIES LABELS ui)

# The program itself, from outside.
add_test(NAME ui.no_display_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/ui/no_display_test.sh $<TARGET_FILE:throughline>)
set_tests_properties(ui.no_display_test PROPERTIES LABELS ui)
