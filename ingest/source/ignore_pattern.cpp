// SPDX-License-Identifier: Apache-2.0
// The rules are those of gitignore(5) as git's dir.c carries them out. Most patterns need no
// wildcard matching at all: a plain name, or a star and a plain ending.
#include "ingest/source/ignore_pattern.h"

#include <algorithm>

namespace tl {
namespace {

constexpr std::string_view kWildcards = "*?[\\";

// Spaces at the end do not count unless a backslash stands before them.
std::string_view withoutTrailingSpaces(std::string_view line) {
    size_t end = 0;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') {
            ++i;
            end = std::min(i + 1, line.size());
        } else if (line[i] != ' ') {
            end = i + 1;
        }
    }
    return line.substr(0, end);
}

std::string_view lastPart(std::string_view path) {
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0: the whole path
}

}  // namespace

std::optional<IgnorePattern> IgnorePattern::parse(std::string_view line, int64_t lineNumber) {
    if (line.empty() || line.front() == '#') {
        return std::nullopt;
    }
    if (line.back() == '\r') {
        line.remove_suffix(1);
    }
    line = line.substr(0, line.find('\0'));  // where git's C strings end
    line = withoutTrailingSpaces(line);
    if (line.empty()) {
        return std::nullopt;
    }
    return IgnorePattern(line, lineNumber);
}

IgnorePattern::IgnorePattern(std::string_view text, int64_t lineNumber)
    : m_text(text), m_lineNumber(lineNumber) {
    m_isNegated = text.starts_with('!');
    text.remove_prefix(m_isNegated ? 1 : 0);
    m_foldersOnly = text.ends_with('/');
    text.remove_suffix(m_foldersOnly ? 1 : 0);
    m_isForNames = text.find('/') == std::string_view::npos;
    if (text.starts_with('/')) {
        text.remove_prefix(1);
    }
    const size_t wildcard = text.find_first_of(kWildcards);
    if (wildcard == std::string_view::npos) {
        m_literal = text;
        return;
    }
    const std::string_view behindStar = text.substr(1);
    if (m_isForNames && text.front() == '*' &&
        behindStar.find_first_of(kWildcards) == std::string_view::npos) {
        m_isSuffix = true;
        m_literal = behindStar;
        return;
    }
    // git takes the literal start off before it matches wildcards, so a "**" right after it
    // counts as standing at a start: "src/gen**/x" also matches src/gen/a/b/x. Kept as it is.
    m_literal = text.substr(0, m_isForNames ? 0 : wildcard);
    m_rest.emplace(text.substr(m_literal.size()));
}

bool IgnorePattern::matches(std::string_view path, bool isFolder) const {
    if (m_foldersOnly && !isFolder) {
        return false;
    }
    const std::string_view subject = m_isForNames ? lastPart(path) : path;
    if (m_isSuffix) {
        return subject.ends_with(m_literal);
    }
    if (!m_rest) {
        return subject == m_literal;
    }
    return subject.starts_with(m_literal) && m_rest->matches(subject.substr(m_literal.size()));
}

const IgnorePattern* IgnoreFile::decide(std::string_view path, bool isFolder) const {
    const std::string_view below = path.substr(folder.size());
    const auto found =
        std::find_if(patterns.rbegin(), patterns.rend(), [&](const IgnorePattern& pattern) {
            return pattern.matches(below, isFolder);
        });
    return found == patterns.rend() ? nullptr : &*found;
}

const IgnorePattern* IgnoreFile::decideWithFolders(std::string_view path) const {
    const IgnorePattern* pattern = decide(path, /*isFolder=*/false);
    for (size_t slash = path.rfind('/'); pattern == nullptr && slash != std::string_view::npos;
         slash = path.rfind('/')) {
        path = path.substr(0, slash);
        pattern = decide(path, /*isFolder=*/true);
    }
    return pattern;
}

std::vector<IgnorePattern> parseIgnoreFile(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    std::vector<IgnorePattern> patterns;
    for (int64_t lineNumber = 1; !text.empty(); ++lineNumber) {
        const size_t end = std::min(text.find('\n'), text.size());
        if (auto pattern = IgnorePattern::parse(text.substr(0, end), lineNumber)) {
            patterns.push_back(std::move(*pattern));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return patterns;
}

IgnoreFile userPatterns(const std::vector<std::string>& lines) {
    IgnoreFile file;
    for (const std::string& line : lines) {
        if (auto pattern = IgnorePattern::parse(line, /*lineNumber=*/1)) {
            file.patterns.push_back(std::move(*pattern));
        }
    }
    return file;
}

}  // namespace tl
