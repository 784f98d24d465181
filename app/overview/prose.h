// SPDX-License-Identifier: Apache-2.0
// What a text says of itself in its first words: for people, so without marks of Markdown and the
// like, and never a licence's words, which open half of all source files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/document.h"

namespace tl {

struct ProseLine {
    int64_t number = 1;  // of the line in its document
    std::string_view text;
};

// Words of a document, in one line, and the lines they stand on.
struct Prose {
    std::string text;
    int64_t firstLine = 1;
    int64_t lastLine = 1;
};

enum class ProseKind {
    kText,     // whole sentences only
    kComment,  // "inflate.c -- zlib decompression" says something too
};

// The first paragraph that is prose, cut after a sentence after at most this many bytes. Headings,
// badges, lists, tables, code, front matter and notices of licence are passed over.
std::optional<Prose> openingProse(const std::vector<ProseLine>& lines,
                                  ProseKind kind,
                                  size_t maxBytes);
// Of a text that is not code, looked for in its first 400 lines from this one on.
std::optional<Prose> openingOfText(const Document& document, size_t maxBytes, int64_t from = 1);
// Of a code file's first comments or its doc string, in its first 80 lines.
std::optional<Prose> openingOfCode(const Document& document, size_t maxBytes);

// A line of a comment or a doc string without the marks around its words.
std::string_view withoutCommentMarks(std::string_view line);
// A line without marks of emphasis, code and links: "**a** [b](c)" is "a b".
std::string withoutMarkup(std::string_view text);
// Up to the end of a sentence, at most this many bytes, else up to a word.
std::string firstSentences(const std::string& text, size_t maxBytes);

}  // namespace tl
