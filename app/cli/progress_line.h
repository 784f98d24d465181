// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "app/app_types.h"
#include "app/corpus/corpus.h"

namespace tl {

// "reading 12,288 of 65,536 tokens, 1,410 tok/s, 38 s left"
std::string progressText(const ReadingProgress& progress);

// One line on a terminal that is written over and over, at most ten times a second.
class ProgressLine {
public:
    ProgressLine(std::ostream& terminal, bool isShown);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const std::string& text);
    // Wipes the line.
    void clear();

private:
    std::ostream& m_terminal;
    bool m_isShown;
    bool m_isDirty = false;
    std::chrono::steady_clock::time_point m_last{};
};

// "counting 12 files, 40,960 tokens", while files are chosen.
class CountingLine {
public:
    CountingLine(std::ostream& terminal, bool isShown) : m_line(terminal, isShown) {}

    // For loadCorpus(); the line must outlive them.
    LoadEvents events();

private:
    ProgressLine m_line;
    int64_t m_files = 0;
    int64_t m_tokens = 0;
};

}  // namespace tl
