// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"

namespace tl {

// Lines are 1-based, columns are 1-based in bytes.
struct LinePosition {
    int64_t line = 1;
    int64_t column = 1;
};

// Byte offsets of line starts: the anchor of text and code. Immutable after construction.
class LineIndex {
public:
    LineIndex() = default;
    explicit LineIndex(std::string_view text);

    // A line end belongs to the line it ends. REQUIRES: 0 <= byte <= size of the text
    LinePosition position(int64_t byte) const;
    // Byte range of a line without its line end. REQUIRES: 1 <= line <= lineCount()
    int64_t lineBegin(int64_t line) const;
    int64_t lineEnd(int64_t line) const;
    // A text that ends in a line end has no further empty line; the empty text has none.
    int64_t lineCount() const;

private:
    std::vector<int64_t> m_starts;
    int64_t m_lastEnd = 0;  // end of the last line; the others end one byte before the next start
};

// How much of a file is read: all of it, definitions without their bodies, or their names alone.
enum class ReadLevel { kFull, kSignatures, kNames };

// "signatures"...: the word the user sees and types.
std::string_view readLevelName(ReadLevel level);

// Bytes that stand in a reduced text and in the file's own alike.
struct KeptRange {
    int64_t reduced = 0;   // where they begin in the reduced text
    int64_t original = 0;  // and in the original
    int64_t size = 0;
};

// Where a byte of a reduced text comes from; for one that was put in (an ellipsis, a kind) the end
// of the kept range before it, or 0.
int64_t originalByte(std::span<const KeptRange> kept, int64_t reducedByte);

// One file's text as the model reads it. `text` is valid UTF-8 with the file's own line ends
// turned to \n. What lies after its places (a page, a speaker, a cell) is told by place.h.
struct Document {
    std::filesystem::path path;
    std::string name;  // shown and cited: path relative to the chosen folder, '/' separators
    std::string text;
    LineIndex lines;
    std::vector<Reason> notes{};  // what was done to get at the text
    DocumentKind kind = DocumentKind::kText;
    std::string language{};  // of code: "C++"; else empty
    std::string title{};     // from the file's own metadata; may be empty, as
    std::string author{};
    std::string date{};  // on which it was made, ISO 8601
    std::vector<Unit> units{};
    std::vector<WordBox> words{};
    std::vector<Symbol> symbols{};
    std::vector<Link> links{};
    std::vector<Reason> warnings{};  // what is wrong with it
    std::vector<Part> parts{};       // files within it; entriesOfParts() makes entries of them
    ReadLevel level = ReadLevel::kFull;
    std::string
        contentHash{};  // of the file's bytes, see document_file.h; empty within a container

    // Below kFull: the document that was reduced, which is what is cited and shown, and what of it
    // stands in `text`. Symbols, units, words and links are the original's alone.
    std::shared_ptr<const Document> original{};
    std::vector<KeptRange> kept{};
};

// What a person knows as the file: the original of a reduced document, else the document itself.
const Document& fullDocument(const Document& document);

// A piece of a document that is cited as one: a paragraph, or up to 12 lines of one.
struct Passage {
    int64_t document = 0;  // index in the corpus
    int64_t begin = 0;     // byte range in Document::text
    int64_t end = 0;
    int64_t firstLine = 1;
    int64_t lastLine = 1;
};

// Splits a text into passages that cover every line that is not blank, in order, without overlap:
// paragraphs (separated by blank lines), cut after 12 lines; a single line longer than 2,000 bytes
// is cut at a sentence or word border. None goes beyond the border of a unit: a passage lies on one
// page, in one message, in one cell. `document` is copied into each.
std::vector<Passage> segmentPassages(const Document& text, int64_t document);

// The stretch of fullDocument() that a passage of the document was taken from.
Passage fullPassage(const Document& document, const Passage& passage);

}  // namespace tl
