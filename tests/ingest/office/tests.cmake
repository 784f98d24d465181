# SPDX-License-Identifier: Apache-2.0
add_library(tl_office_files STATIC ingest/office/office_files.cpp ingest/office/office_files.h)
target_include_directories(tl_office_files PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_office_files PUBLIC tl_formats tl_make_archive tl_reason_text GTest::gtest
    PRIVATE tl_warnings)
target_compile_definitions(tl_office_files PRIVATE
    TL_OFFICE_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data/office")
foreach(test metadata_test read_docx_test read_epub_test read_html_test read_odt_test read_pptx_test
             read_rtf_test sniff_office_test text_flow_test)
    tl_add_test(ingest/office/${test} LIBS tl_office_files)
endforeach()

tl_add_test(ingest/office/office_sandbox_test LIBS tl_office_files)
add_dependencies(ingest.office.office_sandbox_test throughline-reader)
target_compile_definitions(ingest.office.office_sandbox_test PRIVATE
    TL_READER_PROGRAM="$<TARGET_FILE:throughline-reader>")
