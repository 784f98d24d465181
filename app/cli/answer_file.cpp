// SPDX-License-Identifier: Apache-2.0
#include "app/cli/answer_file.h"

#include <system_error>
#include <utility>

namespace tl {

namespace {

namespace fs = std::filesystem;

Error cannotBeWritten(const fs::path& file) {
    return {ErrorCode::kIo, file.string() + ": cannot be written"};
}

// Opens for writing without changing what is there.
bool opens(const fs::path& file) {
    return std::ofstream(file, std::ios::binary | std::ios::app).is_open();
}

// The file that a link leads to, so that the link is not replaced by a file.
fs::path followed(const fs::path& file) {
    std::error_code error;
    fs::path target = fs::canonical(file, error);
    return error ? file : target;
}

}  // namespace

AnswerFile::AnswerFile(fs::path file)
    : m_file(std::move(file)), m_target(followed(m_file)), m_part(m_target) {
    std::error_code ignored;
    const fs::file_status status = fs::status(m_target, ignored);
    if (!fs::exists(status) || fs::is_regular_file(status)) {
        m_part += ".part";
    }
}

// A part without lines is worth nothing.
AnswerFile::~AnswerFile() {
    if (m_out.is_open() && m_part != m_target && m_lines == 0) {
        std::error_code ignored;
        fs::remove(m_part, ignored);
    }
}

Status AnswerFile::check() const {
    std::error_code ignored;
    if (fs::exists(m_target, ignored) && !opens(m_target)) {
        return cannotBeWritten(m_file);
    }
    const bool wasThere = fs::exists(m_part, ignored);
    if (!opens(m_part)) {
        return cannotBeWritten(fs::is_directory(m_part.parent_path(), ignored) ? m_part : m_file);
    }
    if (!wasThere) {
        fs::remove(m_part, ignored);
    }
    return okStatus();
}

Status AnswerFile::open() {
    m_out.open(m_part, std::ios::binary | std::ios::trunc);
    if (!m_out) {
        return cannotBeWritten(m_part);
    }
    return okStatus();
}

Status AnswerFile::writeLine(const std::string& line) {
    m_out << line << "\n" << std::flush;
    if (!m_out) {
        return cannotBeWritten(m_file);
    }
    ++m_lines;
    return okStatus();
}

Status AnswerFile::finish() {
    m_out.close();
    if (!m_out) {
        return cannotBeWritten(m_file);
    }
    if (m_part == m_target) {
        return okStatus();
    }
    std::error_code error;
    const fs::file_status old = fs::status(m_target, error);
    if (fs::exists(old)) {
        fs::permissions(m_part, old.permissions(), error);
    }
    fs::rename(m_part, m_target, error);
    if (error) {
        return cannotBeWritten(m_file);
    }
    m_lines = 0;
    return okStatus();
}

}  // namespace tl
