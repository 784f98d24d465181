# SPDX-License-Identifier: Apache-2.0
# Tesseract is looked for when the program runs: nothing of it is needed to build.
target_sources(tl_formats PRIVATE
    page/block_shape.cpp page/block_shape.h page/column_gaps.cpp page/column_gaps.h
    page/document_text.cpp page/document_text.h page/glyph_text.cpp page/glyph_text.h
    page/hyphens.cpp page/hyphens.h page/leader_dots.cpp page/leader_dots.h page/leptonica.cpp
    page/leptonica.h page/margin_numbers.cpp page/margin_numbers.h page/ocr_words.cpp page/ocr_words.h page/page_report.cpp page/page_report.h page/paragraphs.cpp page/paragraphs.h
    page/pdf_page.h page/row_labels.cpp page/row_labels.h page/running_lines.cpp
    page/running_lines.h page/table_rows.cpp page/table_rows.h page/tesseract.cpp page/tesseract.h
    page/word_marks.cpp page/word_marks.h)
