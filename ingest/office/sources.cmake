# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_sources(tl_ingest PRIVATE office/sniff_office.cpp office/sniff_office.h)
target_sources(tl_formats PRIVATE
    office/docx_numbering.cpp office/docx_numbering.h
    office/docx_styles.cpp office/docx_styles.h
    office/docx_text.cpp office/docx_text.h
    office/formula_text.cpp office/formula_text.h
    office/html_layout.cpp office/html_layout.h
    office/html_main.cpp office/html_main.h
    office/html_text.cpp office/html_text.h
    office/html_tree.cpp office/html_tree.h
    office/list_numbers.cpp office/list_numbers.h
    office/metadata.cpp office/metadata.h
    office/odf_styles.cpp office/odf_styles.h
    office/odf_text.cpp office/odf_text.h
    office/opc_package.cpp office/opc_package.h
    office/pptx_text.cpp office/pptx_text.h
    office/read_docx.cpp office/read_docx.h
    office/read_epub.cpp office/read_epub.h
    office/read_html.cpp office/read_html.h
    office/read_odt.cpp office/read_odt.h
    office/read_pptx.cpp office/read_pptx.h
    office/read_rtf.cpp office/read_rtf.h
    office/rtf_charset.cpp office/rtf_charset.h
    office/rtf_document.cpp office/rtf_document.h
    office/rtf_story.cpp office/rtf_story.h
    office/rtf_tokens.cpp office/rtf_tokens.h
    office/rtf_words.cpp
    office/symbol_fonts.cpp office/symbol_fonts.h
    office/text_flow.cpp office/text_flow.h
    office/xml_tables.cpp office/xml_tables.h
    office/xml_tree.cpp office/xml_tree.h
    office/zip_parts.cpp office/zip_parts.h)
target_link_libraries(tl_formats PRIVATE PkgConfig::gumbo PkgConfig::pugixml)
