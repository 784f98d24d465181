# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_sources(tl_formats PRIVATE
    xml/decode_html.cpp xml/decode_html.h xml/formula_text.cpp xml/formula_text.h
    xml/html_layout.cpp xml/html_layout.h xml/html_main.cpp xml/html_main.h xml/html_text.cpp
    xml/html_text.h xml/html_tree.cpp xml/html_tree.h xml/metadata.cpp xml/metadata.h
    xml/opc_package.cpp xml/opc_package.h xml/page_text.cpp xml/page_text.h xml/pptx_text.cpp
    xml/pptx_text.h xml/sheet_text.cpp xml/sheet_text.h xml/xml_tables.cpp xml/xml_tables.h xml/xml_tree.cpp
    xml/xml_tree.h xml/zip_parts.cpp xml/zip_parts.h)
target_link_libraries(tl_formats PRIVATE PkgConfig::gumbo PkgConfig::pugixml)
