# SPDX-License-Identifier: Apache-2.0
# Formats that are text themselves: read within the program.
find_package(nlohmann_json REQUIRED)
target_sources(tl_ingest PRIVATE
    transcript/caption_markup.cpp transcript/caption_markup.h transcript/cue_words.cpp
    transcript/cues.h transcript/json_text.cpp transcript/json_text.h transcript/latex_reader.cpp
    transcript/markdown_reader.cpp transcript/notebook_reader.cpp transcript/spoken_lines.cpp
    transcript/spoken_lines.h transcript/subtitles.cpp transcript/subtitles.h
    transcript/symbols_of_headings.cpp transcript/symbols_of_headings.h transcript/table_reader.cpp
    transcript/text_lines.cpp transcript/text_lines.h transcript/text_reader.cpp
    transcript/text_reader.h transcript/text_readers.h
    transcript/transcript_reader.cpp transcript/turns.cpp transcript/whisper_json.cpp
    transcript/whisper_json.h)
target_link_libraries(tl_ingest PRIVATE nlohmann_json::nlohmann_json)
