# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(poppler REQUIRED IMPORTED_TARGET GLOBAL poppler)
target_sources(tl_ingest PRIVATE pdf/sniff_pdf.cpp pdf/sniff_pdf.h)
target_sources(tl_formats PRIVATE
    pdf/attached_files.cpp pdf/attached_files.h pdf/block_shape.cpp pdf/block_shape.h
    pdf/column_gaps.cpp pdf/column_gaps.h pdf/document_text.cpp pdf/document_text.h
    pdf/glyph_text.cpp pdf/glyph_text.h
    pdf/hyphens.cpp pdf/hyphens.h pdf/ink_finder.cpp pdf/ink_finder.h pdf/link_target.cpp pdf/link_target.h pdf/ocr_page.cpp
    pdf/ocr_page.h pdf/page_marks.cpp pdf/page_marks.h pdf/page_report.cpp pdf/page_report.h
    pdf/page_words.cpp
    pdf/page_words.h pdf/paragraphs.cpp pdf/paragraphs.h pdf/pdf_outline.cpp pdf/pdf_outline.h
    pdf/pdf_page.h pdf/pdf_strings.cpp pdf/pdf_strings.h pdf/poppler_setup.cpp
    pdf/poppler_setup.h pdf/read_pdf.cpp pdf/read_pdf.h pdf/row_labels.cpp
    pdf/row_labels.h pdf/running_lines.cpp pdf/running_lines.h
    pdf/table_rows.cpp pdf/table_rows.h pdf/visual_order.cpp pdf/visual_order.h
    pdf/word_marks.cpp pdf/word_marks.h)
target_link_libraries(tl_formats PRIVATE ICU::uc PkgConfig::poppler)
if(TL_SANITIZE MATCHES "undefined")
    # Poppler keeps the type information of links and attached files to itself.
    set_source_files_properties(pdf/page_marks.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=vptr)
endif()
