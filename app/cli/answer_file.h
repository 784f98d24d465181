// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/result.h"

namespace tl {

// A file of lines that takes its name only once it is whole. Until then the lines stand in
// NAME.part beside it, so a run that fails leaves an older file as it was, and keeps its own lines.
// What is no ordinary file (a pipe, /dev/stdout) is written as it is.
class AnswerFile {
public:
    explicit AnswerFile(std::filesystem::path file);
    ~AnswerFile();
    AnswerFile(const AnswerFile&) = delete;
    AnswerFile& operator=(const AnswerFile&) = delete;

    // Whether it could be written; changes nothing. kIo naming the file.
    Status check() const;

    // Starts with no lines.
    Status open();
    // The line is with the system when this returns.
    Status writeLine(const std::string& line);
    // Gives the file its name, in place of one that is there.
    Status finish();

    // Lines that stand in NAME.part and nowhere else.
    int64_t keptLines() const { return m_part == m_target ? 0 : m_lines; }
    const std::filesystem::path& part() const { return m_part; }

private:
    std::filesystem::path m_file;
    std::filesystem::path m_target;  // the file that a link leads to
    std::filesystem::path m_part;    // the target itself where it is no ordinary file
    std::ofstream m_out;
    int64_t m_lines = 0;
};

}  // namespace tl
