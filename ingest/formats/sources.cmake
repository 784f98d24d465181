# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(poppler REQUIRED IMPORTED_TARGET GLOBAL poppler)
target_sources(tl_ingest PRIVATE
    formats/archive/sniff_archive.cpp formats/archive/sniff_archive.h formats/formats.cpp
    formats/formats.h formats/image/sniff_image.cpp formats/image/sniff_image.h
    formats/mail/mbox_line.cpp formats/mail/mbox_line.h formats/mail/sniff_mail.cpp
    formats/mail/sniff_mail.h formats/markup/latex_reader.cpp formats/markup/latex_reader.h
    formats/markup/markdown_reader.cpp formats/markup/markdown_reader.h
    formats/notebook/notebook_reader.cpp formats/notebook/notebook_reader.h
    formats/notebook/output_text.cpp formats/notebook/output_text.h
    formats/pdf/sniff_pdf.cpp formats/pdf/sniff_pdf.h formats/sniff_office.cpp
    formats/sniff_office.h formats/table/table_reader.cpp formats/table/table_reader.h
    formats/text_readers.cpp formats/text_readers.h formats/transcript/caption_markup.cpp
    formats/transcript/caption_markup.h formats/transcript/chat_json.cpp
    formats/transcript/chat_lines.cpp formats/transcript/chat_lines.h
    formats/transcript/cue_words.cpp formats/transcript/cues.h
    formats/transcript/spoken_lines.cpp formats/transcript/spoken_lines.h
    formats/transcript/subtitles.cpp formats/transcript/subtitles.h formats/transcript/timed_lines.cpp
    formats/transcript/timed_lines.h
    formats/transcript/transcript_reader.cpp formats/transcript/transcript_reader.h
    formats/transcript/turns.cpp formats/transcript/whisper_json.cpp
    formats/transcript/whisper_json.h)
target_sources(tl_formats PRIVATE
    formats/docx/docx_numbering.cpp formats/docx/docx_numbering.h formats/docx/docx_styles.cpp
    formats/docx/docx_styles.h formats/docx/docx_text.cpp formats/docx/docx_text.h
    formats/docx/read_docx.cpp formats/docx/read_docx.h formats/epub/read_epub.cpp
    formats/epub/read_epub.h formats/html/read_html.cpp formats/html/read_html.h
    formats/image/read_image.cpp formats/image/read_image.h formats/mail/body_text.cpp
    formats/mail/body_text.h formats/mail/flowed_text.cpp formats/mail/flowed_text.h
    formats/mail/header_text.cpp formats/mail/header_text.h formats/mail/mail_warnings.cpp
    formats/mail/mail_warnings.h formats/mail/mime_handle.h formats/mail/mime_parts.cpp
    formats/mail/mime_parts.h formats/mail/quote_folder.cpp formats/mail/quote_folder.h
    formats/mail/read_mail.cpp formats/mail/read_mail.h formats/mail/split_mbox.cpp
    formats/mail/split_mbox.h formats/odf/odf_styles.cpp formats/odf/odf_styles.h
    formats/odf/odf_text.cpp formats/odf/odf_text.h formats/odf/ods_sheets.cpp
    formats/odf/ods_sheets.h formats/odf/read_odt.cpp formats/odf/read_odt.h
    formats/pdf/attached_files.cpp formats/pdf/attached_files.h formats/pdf/form_fields.cpp
    formats/pdf/form_fields.h formats/pdf/ink_finder.cpp
    formats/pdf/ink_finder.h formats/pdf/line_scripts.cpp formats/pdf/line_scripts.h
    formats/pdf/link_target.cpp formats/pdf/link_target.h
    formats/pdf/ocr_page.cpp formats/pdf/ocr_page.h formats/pdf/page_marks.cpp
    formats/pdf/page_marks.h formats/pdf/page_words.cpp formats/pdf/page_words.h
    formats/pdf/pdf_outline.cpp formats/pdf/pdf_outline.h formats/pdf/pdf_strings.cpp
    formats/pdf/pdf_strings.h formats/pdf/poppler_setup.cpp formats/pdf/poppler_setup.h
    formats/pdf/read_pdf.cpp formats/pdf/read_pdf.h formats/pdf/slanted_text.cpp
    formats/pdf/slanted_text.h formats/pdf/visual_order.cpp
    formats/pdf/visual_order.h formats/pdf/word_copier.cpp formats/pdf/word_copier.h
    formats/pptx/read_pptx.cpp formats/pptx/read_pptx.h
    formats/rtf/read_rtf.cpp formats/rtf/read_rtf.h formats/rtf/rtf_charset.cpp
    formats/rtf/rtf_charset.h formats/rtf/rtf_document.cpp formats/rtf/rtf_document.h
    formats/rtf/rtf_story.cpp formats/rtf/rtf_story.h formats/rtf/rtf_tokens.cpp
    formats/rtf/rtf_tokens.h formats/rtf/rtf_words.cpp formats/sheet/cell_values.cpp
    formats/sheet/cell_values.h formats/sheet/read_xlsx.cpp formats/sheet/read_xlsx.h)
target_link_libraries(tl_formats PRIVATE ICU::uc PkgConfig::gmime PkgConfig::poppler)
if(TL_SANITIZE MATCHES "undefined")
    # Poppler keeps the type information of links, fields and attached files to itself.
    set_source_files_properties(formats/pdf/form_fields.cpp formats/pdf/page_marks.cpp PROPERTIES
        COMPILE_OPTIONS -fno-sanitize=vptr)
endif()
