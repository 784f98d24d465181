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

// "1 file", "2,000 files"
std::string counted(int64_t count, const char* one, const char* many);

// Lines of a file: "3", "3-4".
std::string lineRange(int64_t first, int64_t last);

// To a question that is not in English, see Answer::language; one line.
std::string languageNote(const std::string& language);

// The words of a reason that many files share: "binary file" for "binary file (ELF program)",
// "over the limit of 8.0 MiB" for "12.0 MiB, over...", "symbolic link" for one with its target.
std::string skipKind(const std::string& reason);

// The same of a warning: "scanned, no text" for "pages 3-40: scanned, no text; OCR can read it",
// "notes on pages are not read" for "7 notes...".
std::string warningKind(const std::string& warning);

// Whether the file has pages that OCR, being off, could read, as its warnings or its reason say.
bool couldUseOcr(const FileRow& row);

// The warnings of one page, which stand in one line.
std::vector<std::string> warningsOfPage(const PageRow& page);

// Skipped files by reason, most frequent first: "12 ignored by .gitignore, 3 binary file"; empty
// when nothing was skipped. Reasons that name a place or a file ("same content as a/b.txt") count
// as one by their words before it.
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
