# SPDX-License-Identifier: Apache-2.0
tl_add_test(ingest/formats/formats_test LIBS tl_formats)
tl_add_test(ingest/formats/text_readers_test LIBS tl_ingest)
tl_add_test(ingest/formats/transcript/transcript_reader_test LIBS tl_ingest)

# Mail and images.
foreach(test header_text_test mail_structure_test quote_folder_test read_mail_test sniff_mail_test)
    tl_add_test(ingest/formats/mail/${test} LIBS tl_formats)
endforeach()
tl_add_test(ingest/formats/mail/mail_sandbox_test LIBS tl_ingest)
add_dependencies(ingest.formats.mail.mail_sandbox_test throughline-reader)
tl_add_test(ingest/formats/image/sniff_image_test LIBS tl_ingest)
tl_add_test(ingest/formats/image/read_image_test LIBS tl_ingest)
add_dependencies(ingest.formats.image.read_image_test throughline-reader)

# Office documents, books and pages.
add_library(tl_office_files STATIC ingest/formats/office_files.cpp ingest/formats/office_files.h)
target_include_directories(tl_office_files PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_office_files PUBLIC tl_formats tl_make_archive tl_reason_text GTest::gtest
    PRIVATE tl_warnings)
target_compile_definitions(tl_office_files PRIVATE
    TL_OFFICE_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data/office")
foreach(test docx/read_docx_test epub/read_epub_test html/read_html_test odf/read_odt_test
             pptx/read_pptx_test rtf/read_rtf_test sheet/read_xlsx_test sniff_office_test)
    tl_add_test(ingest/formats/${test} LIBS tl_office_files)
endforeach()
foreach(test text/text_flow_test xml/metadata_test)
    tl_add_test(ingest/${test} LIBS tl_office_files)
endforeach()
tl_add_test(ingest/formats/office_sandbox_test LIBS tl_office_files)
add_dependencies(ingest.formats.office_sandbox_test throughline-reader)
target_compile_definitions(ingest.formats.office_sandbox_test PRIVATE
    TL_READER_PROGRAM="$<TARGET_FILE:throughline-reader>")

# PDF.
add_library(tl_make_pdf STATIC ingest/formats/pdf/make_pdf.cpp ingest/formats/pdf/make_pdf.h)
target_include_directories(tl_make_pdf PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_make_pdf PRIVATE tl_warnings)
foreach(test pdf_forms_test pdf_layout_test pdf_marks_test pdf_overlays_test pdf_scripts_test read_pdf_test
             visual_order_test)
    tl_add_test(ingest/formats/pdf/${test} LIBS tl_formats tl_make_pdf)
endforeach()
tl_add_test(ingest/formats/pdf/producers_test LIBS tl_ingest)
add_dependencies(ingest.formats.pdf.producers_test throughline-reader)
