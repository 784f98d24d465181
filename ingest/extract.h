// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reason.h"

namespace tl {

enum class DocumentKind {
    kText,
    kCode,
    kPdf,
    kTranscript,
    kMail,
    kMarkup,    // Markdown, HTML, LaTeX
    kOffice,    // DOCX, ODT, RTF, EPUB, PPTX
    kTable,     // CSV, TSV
    kNotebook,  // Jupyter
    kImage,     // read by OCR
    kArchive,   // has parts, no text
};

// "code", "PDF"...: the word the user sees.
std::string_view kindName(DocumentKind kind);

enum class UnitKind { kPage, kCue, kMessage, kCell, kSlide, kChapter, kRow };

// The time of a cue of which no time is told.
inline constexpr int64_t kNoTimeMs = -1;

// A stretch of the extracted text that a person would look up as one thing: a page, what one
// speaker says at a time, a message, a cell. What only some kinds have is empty or 0 for others.
struct Unit {
    UnitKind kind = UnitKind::kPage;
    int64_t begin = 0;  // byte range in the text; units are in order and do not overlap
    int64_t end = 0;
    int64_t number = 0;   // 1-based: page of the file, cue, message, cell...
    std::string label;    // page label ("iv"), speaker, message id, "code" or "output", title
    std::string date;     // of a message, ISO 8601 with zone; of a cue in a chat without, or as it
                          // is written where day and month cannot be told apart
    std::string from;     // of a message; of a row the sheet it is in
    int64_t beginMs = 0;  // of a cue, from the start of the recording, or kNoTimeMs
    int64_t endMs = 0;
    std::vector<Reason> warnings{};  // what is wrong with it, without its place
};

// Where a word of a page stands, normalised to 0..1 from the page's upper left corner, in the
// orientation in which the page is shown. Words without a box (OCR off, office) have no entry.
struct WordBox {
    uint32_t begin = 0;  // byte range in the text; in order
    uint32_t end = 0;
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

// Words that lead somewhere when they are clicked. Links are ordered by `begin`.
struct Link {
    int64_t begin = 0;  // byte range in the text
    int64_t end = 0;
    std::string target;  // an address, or "#page=3" for a page of the same file; never empty
};

enum class SymbolKind {
    kNamespace,
    kClass,
    kStruct,
    kInterface,
    kEnum,
    kUnion,
    kFunction,
    kMethod,
    kField,
    kVariable,
    kConstant,
    kType,
    kMacro,
    kModule,
    kHeading,
    kRule,  // CSS rule, make target, SQL statement, key of a data file
};

// "class", "function"...
std::string_view symbolKindName(SymbolKind kind);

// A definition in a code file or a heading of a text.
struct Symbol {
    SymbolKind kind = SymbolKind::kFunction;
    std::string name;
    std::string signature;  // one line, without the body
    int64_t begin = 0;      // byte range of the whole definition
    int64_t end = 0;
    int64_t bodyBegin = 0;  // byte range that the budget level `signatures` folds; equal: nothing
    int64_t bodyEnd = 0;
    int64_t firstLine = 1;  // 1-based
    int64_t lastLine = 1;
    int64_t parent = -1;  // index of the symbol around it; parents stand before their children
};

// A file within a file: an archive's member, a mail's attachment. Read by its own reader.
struct Part {
    std::string name;     // path within the container, '/' separators, UTF-8
    std::string bytes;    // empty when skipped
    Reason skipReason{};  // none: bytes are whole
    int64_t size = 0;
};

// What a reader found in a file.
struct Extract {
    DocumentKind kind = DocumentKind::kText;
    std::string text;      // valid UTF-8 without NUL bytes, lines end in \n
    std::string language;  // of code: "C++"; else empty
    std::string title;     // from the file's own metadata, as are:
    std::string author;
    std::string date;           // on which it was made, ISO 8601; all three may be empty
    std::vector<Reason> notes;  // what was done to get at the text: kConverted...
    std::vector<Unit> units;
    std::vector<WordBox> words;
    std::vector<Symbol> symbols;
    std::vector<Link> links;
    std::vector<Part> parts;
    std::vector<Reason> warnings;  // what is wrong with it, by kinds, with the places of each
};

}  // namespace tl
