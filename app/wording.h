// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/app_types.h"

namespace tl {

// A number for people: 1,048,576.
std::string grouped(int64_t number);

// "about 17 s", a part of a second counted as a whole one.
std::string aboutSeconds(double seconds);

// "1 file", "2,000 files"
std::string counted(int64_t count, const char* one, const char* many);

// Lines of a file: "3", "3-4".
std::string lineRange(int64_t first, int64_t last);

// To a question that is not in English, see Answer::language; one line.
std::string languageNote(const std::string& language);

// What is said of one thing, in one line: "converted from UTF-16LE, 2 NUL bytes taken out".
std::string remarksText(const std::vector<Remark>& remarks, std::string_view separator = ", ");

// Skipped files by the kinds of their reasons, most frequent first: "12 ignored by an ignore file,
// 3 binary file"; empty when nothing was skipped.
std::string skipSummary(const std::vector<FileRow>& rows);

// The state of an answer is that of its best citation; not found where it has none.
CitationState answerState(const Answer& answer);

// "verified", "elsewhere", "not_found": for programs.
std::string_view citationStateName(CitationState state);
// For people: "verified", "words found elsewhere", "not found, nearest lines".
std::string_view citationStateText(CitationState state);
// How a passage was found: "read", "words", "definition", "opening", for programs; in that order.
std::vector<std::string> foundByNames(const FoundBy& foundBy);
// For people: "found by reading, by words"; empty where it is not told.
std::string foundByText(const FoundBy& foundBy);
// One character, the same in every terminal, to tell the states apart at a glance: + ~ ?
char citationStateMark(CitationState state);

}  // namespace tl
