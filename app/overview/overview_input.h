// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/corpus.h"
#include "app/overview_types.h"
#include "ingest/document.h"
#include "ingest/place.h"

namespace tl {

// A file as the finders see it. Lives as long as the corpus.
struct OverviewFile {
    const Document* document = nullptr;  // in full, also where less of it is read
    const FileRow* row = nullptr;        // null where the list does not name it
    std::string_view name;               // below the folder that holds everything
    std::string_view base;               // without folders: "Makefile"
    int64_t depth = 0;                   // folders in `name`
    bool isSide = false;                 // in a hidden folder, or one of tests, examples, patches,
                                         // other people's code
};

// The corpus in the order in which a person would look at it: outer files first, then as they were
// walked. The corpus outlives it.
class OverviewInput {
public:
    explicit OverviewInput(const Corpus& corpus);

    const Corpus& corpus() const { return m_corpus; }
    const std::vector<OverviewFile>& files() const { return m_files; }
    // The folder that holds everything, with its slash ("jq-1.6/"), or empty.
    std::string_view top() const { return m_top; }

private:
    const Corpus& m_corpus;
    std::string m_top;
    std::vector<OverviewFile> m_files;
};

// Lines first to last, without blank lines at the end. REQUIRES: 1 <= first <= last <= lineCount()
OverviewPlace placeOfLines(const Document& document, int64_t first, int64_t last);
// The lines of these bytes. Speaker and time are those of the first byte.
OverviewPlace placeOfBytes(const Document& document, const ByteRange& range);
// The file as a whole.
OverviewPlace placeOfFile(const Document& document);

// What is said in a unit: "Ana: Good morning." without the name, which nobody said.
std::string_view wordsOfUnit(const Document& document, const Unit& unit);
// That it takes of the context; 0 where the list does not name it.
int64_t tokensOf(const OverviewFile& file);

// Without its line end. REQUIRES: 1 <= line <= lineCount()
std::string_view lineOf(const Document& document, int64_t line);
// Without white space at both ends.
std::string_view stripped(std::string_view text);
// "Makefile.am" -> "Makefile"; all of a name that begins with its only dot.
std::string_view fileStem(std::string_view base);

}  // namespace tl
