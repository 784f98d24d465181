# SPDX-License-Identifier: Apache-2.0
find_package(nlohmann_json REQUIRED)
target_sources(tl_ingest PRIVATE
    text/binary_check.cpp text/binary_check.h text/charset.cpp text/charset.h text/charset_names.cpp
    text/charset_names.h text/decode_text.cpp
    text/decode_text.h text/guess_charset.cpp text/guess_charset.h text/json_text.cpp
    text/json_text.h text/line_index.cpp text/passages.cpp text/plausible_text.cpp
    text/plausible_text.h
    text/places.cpp text/symbols_of_headings.cpp text/symbols_of_headings.h text/text_lines.cpp
    text/text_lines.h text/text_reader.cpp text/text_reader.h)
target_sources(tl_formats PRIVATE
    text/list_numbers.cpp text/list_numbers.h text/symbol_fonts.cpp text/symbol_fonts.h
    text/text_flow.cpp text/text_flow.h)
target_link_libraries(tl_ingest PRIVATE nlohmann_json::nlohmann_json)
