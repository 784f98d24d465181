// SPDX-License-Identifier: Apache-2.0
// What a corpus is made of and what reading it would take: pure functions of the list of files.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/app_types.h"

namespace tl {

// Files that have something in common.
struct PlanGroup {
    std::string name;
    int64_t files = 0;
    int64_t tokens = 0;
    int64_t bytes = 0;
    int64_t folders = 0;            // of a skip reason: those that were not entered
    std::set<std::string> codes{};  // of a skip reason: those whose kind has this name
};

// What is said of several files in the same words.
struct PlanWarning {
    std::string name;               // "scanned, no text"
    int64_t files = 0;              // that are in, or opened
    int64_t pages = 0;              // of these files, where it is said of pages
    std::set<std::string> codes{};  // those whose kind has this name
};

// Where a file stands in the sequence that the model reads.
struct PlanPlace {
    size_t row = 0;      // index in the list of files
    int64_t begin = 0;   // position of its first token, which is its name's
    int64_t tokens = 0;  // with its name
};

// What leaving some files out would save.
struct PlanWithout {
    std::string pattern;  // in .gitignore syntax; empty: several of them at once
    int64_t files = 0;    // that would not be read
    int64_t tokens = 0;   // left of the corpus
    bool fits = false;    // in the context, with room for a question
};

struct CorpusPlan {
    PlanSummary summary;
    std::vector<PlanGroup> folders;    // most tokens first, as all groups; "." for files on top
    std::vector<PlanGroup> languages;  // of code
    std::vector<PlanGroup> kinds;
    std::vector<FileRow> largest;        // files by tokens
    std::vector<PlanGroup> skipReasons;  // most files and folders first; of these tokens are 0
    std::vector<PlanWarning> warnings;   // most files first
    std::vector<PlanPlace> order;        // what is read, in that order
    int64_t tokensLeft = 0;  // in the context, beside room for a question; below 0: over the limit
    std::vector<PlanWithout> without;         // one for each pattern
    std::optional<PlanWithout> withoutAll{};  // all of these at once, where there are several
};

struct PlanShape {
    int depth = 1;  // folders are told apart down to here
    size_t largest = 10;
    std::vector<std::string> without;  // patterns of files that might be left out
};

// `rows` and `summary` as loadCorpus() gives them.
CorpusPlan planCorpus(const std::vector<FileRow>& rows,
                      const PlanSummary& summary,
                      const PlanShape& shape);

// The plan if all files that match one of the patterns were not there. A text that also stands in a
// file that stays is read from there, and saves nothing.
PlanWithout planWithout(const std::vector<FileRow>& rows,
                        const PlanSummary& summary,
                        const std::vector<std::string>& patterns);

}  // namespace tl
