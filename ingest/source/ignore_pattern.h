// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/glob.h"

namespace tl {

// One line of an ignore file. Immutable, thread-safe.
class IgnorePattern {
public:
    // nullopt for a line without a pattern: blank or a comment. `line` has no line end.
    static std::optional<IgnorePattern> parse(std::string_view line, int64_t lineNumber);

    // `path` is relative to the folder of the ignore file, with '/' between its parts.
    bool matches(std::string_view path, bool isFolder) const;

    bool isNegated() const { return m_isNegated; }
    int64_t lineNumber() const { return m_lineNumber; }
    const std::string& text() const { return m_text; }  // as written, without trailing spaces

private:
    IgnorePattern(std::string_view text, int64_t lineNumber);

    std::string m_text;
    int64_t m_lineNumber;
    bool m_isNegated = false;
    bool m_foldersOnly = false;
    bool m_isForNames = false;  // no slash in the pattern: the last part of a path is compared
    bool m_isSuffix = false;    // "*.o": m_literal is the end of the name
    std::string m_literal;      // what stands before the first wildcard
    std::optional<Glob> m_rest;
};

// The patterns of one ignore file, and which folder they speak about.
struct IgnoreFile {
    std::string name;    // as shown in reasons: "src/.gitignore"
    std::string folder;  // relative to where the rules start; "" or with a '/' at its end
    std::vector<IgnorePattern> patterns;

    // The pattern that decides about a path below `folder`: the last one that matches; null when
    // none does. `path` is relative to where the rules start.
    const IgnorePattern* decide(std::string_view path, bool isFolder) const;

    // For a file whose folders were not asked about one by one: the pattern that decides about it
    // or, where none does, about the nearest folder above it.
    const IgnorePattern* decideWithFolders(std::string_view path) const;
};

// Patterns of the user, each in a line of its own; they speak about all that is chosen.
IgnoreFile userPatterns(const std::vector<std::string>& lines);

// Any bytes are an ignore file; lines without a pattern are left out.
std::vector<IgnorePattern> parseIgnoreFile(std::string_view text);

}  // namespace tl
