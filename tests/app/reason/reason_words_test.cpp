// SPDX-License-Identifier: Apache-2.0
#include "app/reason/reason_words.h"

#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace tl {
namespace {

// The stored form: number 1 is the first. Names are added at the end; none is changed or moved.
constexpr auto kNames = std::to_array<std::string_view>({
    "system_error",
    "not_regular_file",
    "chosen_twice",
    "empty_file",
    "over_size_limit",
    "excluded_by_pattern",
    "not_included",
    "ignored_by_rule",
    "version_control",
    "dependencies",
    "dependencies_by_mark",
    "tool_files",
    "build_output",
    "build_output_by_mark",
    "cache_by_mark",
    "lock_file",
    "package",
    "minified_name",
    "source_map",
    "generated_name",
    "named_image",
    "named_archive",
    "named_audio",
    "named_video",
    "named_program",
    "named_database",
    "named_disk",
    "named_font",
    "named_keys",
    "named_weights",
    "named_office",
    "named_pdf",
    "named_design",
    "named_book",
    "image_ocr_off",
    "device_file",
    "named_pipe",
    "socket",
    "unknown_kind",
    "link_nowhere",
    "link_back",
    "link_out",
    "link_within",
    "link_of_member",
    "hard_link",
    "cannot_be_opened",
    "cannot_be_read",
    "no_longer_there",
    "changed_since_listed",
    "changed_while_read",
    "rules_not_used",
    "index_not_used",
    "index_damaged",
    "index_version",
    "index_too_large",
    "index_split",
    "same_content",
    "binary_format",
    "broken_encoding",
    "nul_bytes",
    "control_characters",
    "unknown_encoding",
    "converted",
    "converted_detected",
    "converted_assumed",
    "broken_characters",
    "broken_utf8",
    "nuls_taken_out",
    "generated_file",
    "minified_file",
    "no_text",
    "read_as_plain_text",
    "not_reduced",
    "reduced",
    "text_over_limit",
    "broken_json",
    "no_grammar",
    "outline_too_large",
    "outline_time_out",
    "grammar_unfit",
    "defines_nothing",
    "reader_missing",
    "reader_not_started",
    "reader_no_socket",
    "program_not_started",
    "reader_ended",
    "reader_forbidden",
    "reader_killed",
    "reader_crashed",
    "time_out",
    "time_out_earlier",
    "over_memory_limit",
    "no_memory",
    "cancelled",
    "request_damaged",
    "header_damaged",
    "greeting_damaged",
    "answer_damaged",
    "answer_broken",
    "answer_unexpected",
    "other_reader_version",
    "message_too_long",
    "message_cut_off",
    "message_not_sent",
    "no_more_requests",
    "too_many_things",
    "too_many_parts",
    "parts_over_limit",
    "answer_over_limit",
    "no_reader",
    "cannot_be_parsed",
    "damaged_archive",
    "damaged_behind",
    "damaged_member",
    "no_archive",
    "empty_archive",
    "archive_too_deep",
    "file_too_deep",
    "container_used_up",
    "all_unpack_over_limit",
    "archive_over_total",
    "archive_ends_at_total",
    "archive_ends_at_size",
    "archive_ends_at_ratio",
    "archive_ends_at_count",
    "not_wanted",
    "part_needs_password",
    "part_wrong_password",
    "needs_password",
    "wrong_password",
    "decrypted",
    "empty_attachment",
    "damaged_attachment",
    "attachments_over_limit",
    "attached_files_left_out",
    "no_mail",
    "mail_cut",
    "no_header_fields",
    "ends_within_part",
    "parts_not_told",
    "parts_too_deep",
    "forwards_too_deep",
    "no_valid_date",
    "encrypted_message",
    "encrypted_part",
    "signature",
    "within_signature",
    "same_message_id",
    "html_body",
    "too_many_attachments",
    "other_things",
    "charset_not_said",
    "charset_unknown",
    "not_utf8",
    "not_of_charset",
    "encrypted_office",
    "old_office",
    "damaged_document",
    "no_zip",
    "part_missing",
    "part_not_read",
    "xml_memory",
    "broken_xml",
    "no_text_document",
    "no_presentation",
    "names_no_package",
    "no_slide_read",
    "no_chapters",
    "no_chapter_read",
    "no_body",
    "spreadsheet",
    "drawing",
    "drm",
    "tracked_changes",
    "objects_not_read",
    "charts_not_read",
    "foreign_part_missing",
    "missing_slide",
    "slide_not_read",
    "slide_without_text",
    "hidden_slide",
    "missing_chapter",
    "chapter_without_text",
    "foreign_chapter",
    "no_rtf",
    "file_cut_off",
    "groups_too_deep",
    "elements_too_deep",
    "page_memory",
    "thin_main_part",
    "main_part_only",
    "web_page_without_text",
    "page_missing",
    "page_damaged",
    "page_scanned",
    "page_drawn",
    "page_empty",
    "page_picture",
    "page_unknown_glyphs",
    "page_unlikely_letters",
    "page_tiny_glyphs",
    "page_by_ocr",
    "ocr_can_read",
    "ocr_found_nothing",
    "no_tesseract",
    "tesseract_languages",
    "no_pages",
    "no_pdf",
    "pdf_no_pages_found",
    "pdf_no_page_list",
    "pdf_no_objects",
    "pdf_no_page_read",
    "pdf_rebuilt",
    "certificate_only",
    "xfa_form",
    "contents_lead_nowhere",
    "contents_cut",
    "links_cut",
    "notes_not_read",
    "image_no_tesseract",
    "image_no_text",
    "image_unsure",
    "image_too_large",
    "image_damaged",
    "image_cut",
    "no_cues",
    "no_turns",
    "no_segments",
    "no_words",
    "no_time",
    "broken_time",
    "cue_ends_early",
    "cue_begins_early",
    "cue_number_alone",
    "words_outside_cues",
    "comments_left_out",
    "styles_left_out",
    "caption_lines_merged",
    "cues_merged",
    "no_cells",
    "cell_without_source",
    "semicolons_between_cells",
    "tabs_between_cells",
    "bars_between_cells",
    "open_quote",
    "uneven_rows",
    "rows_by_lines",
    "names_converted",
    "names_guessed",
    "dates_as_written",
    "plain_part_is_stub",
    "slide_footers_left_out",
    "hidden_sheet",
    "formulas_without_value",
    "editor_backup",
    "vendored_copy",
    "page_line_numbers",
});

std::vector<ReasonCode> allCodes() {
    std::vector<ReasonCode> codes;
    for (uint16_t code = 1; code <= static_cast<uint16_t>(kLastReasonCode); ++code) {
        codes.push_back(static_cast<ReasonCode>(code));
    }
    return codes;
}

TEST(ReasonWords, NumbersAndNamesStayWhatTheyAre) {
    ASSERT_EQ(kNames.size(), allCodes().size()) << "a code was added: pin its name here";
    for (size_t i = 0; i < kNames.size(); ++i) {
        EXPECT_EQ(wordsOf(allCodes()[i]).name, kNames[i]) << "number " << i + 1;
    }
}

TEST(ReasonWords, EveryCodeHasWordsOfItsOwn) {
    std::set<std::string_view> names;
    for (const ReasonCode code : allCodes()) {
        const ReasonWords& words = wordsOf(code);
        EXPECT_EQ(words.code, code);
        EXPECT_FALSE(words.text.empty()) << words.name;
        EXPECT_TRUE(names.insert(words.name).second) << words.name;
        for (const char c : words.name) {
            EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') << words.name;
        }
    }
    EXPECT_EQ(wordsOf(ReasonCode::kNone).text, "");
}

// What reason_text.cpp can put in, and brackets in pairs around something that may be missing.
TEST(ReasonWords, WordsKeepTheirOwnGrammar) {
    const std::set<std::string_view> known = {"name",
                                              "detail",
                                              "count",
                                              "limit",
                                              "range",
                                              "first",
                                              "because",
                                              "count:bytes",
                                              "limit:bytes",
                                              "limit:memory",
                                              "limit:time"};
    for (const ReasonCode code : allCodes()) {
        const ReasonWords& words = wordsOf(code);
        for (const std::string_view text : {words.text, words.kind, words.textOfOne}) {
            bool isOptional = false;
            for (size_t i = 0; i < text.size(); ++i) {
                if (text[i] == '{') {
                    const size_t end = text.find('}', i);
                    ASSERT_NE(end, std::string_view::npos) << words.name;
                    EXPECT_TRUE(known.contains(text.substr(i + 1, end - i - 1))) << words.name;
                    i = end;
                } else if (text[i] == '[' || text[i] == ']') {
                    EXPECT_EQ(isOptional, text[i] == ']') << words.name;
                    isOptional = text[i] == '[';
                }
            }
            EXPECT_FALSE(isOptional) << words.name;
        }
    }
}

// What names one file, place or number would make a kind of every file.
TEST(ReasonWords, ACountIsInNoKind) {
    for (const ReasonCode code : allCodes()) {
        EXPECT_EQ(wordsOf(code).kind.find("{count"), std::string_view::npos) << wordsOf(code).name;
        EXPECT_EQ(wordsOf(code).kind.find("{range"), std::string_view::npos) << wordsOf(code).name;
    }
}

}  // namespace
}  // namespace tl
