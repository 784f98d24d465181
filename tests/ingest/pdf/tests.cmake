# SPDX-License-Identifier: Apache-2.0
add_library(tl_make_pdf STATIC ingest/pdf/make_pdf.cpp ingest/pdf/make_pdf.h)
target_include_directories(tl_make_pdf PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(tl_make_pdf PRIVATE tl_warnings)
foreach(test pdf_layout_test pdf_marks_test read_pdf_test)
    tl_add_test(ingest/pdf/${test} LIBS tl_formats tl_make_pdf)
endforeach()
tl_add_test(ingest/pdf/producers_test LIBS tl_ingest)
add_dependencies(ingest.pdf.producers_test throughline-reader)
