// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/corpus/corpus.h"
#include "ingest/document.h"

namespace tl {

// An option of a program as a manual page, a usage text, a table or a list describes it.
struct OptionEntry {
    std::vector<std::string> names;  // with their dashes: "-s", "--secure"
    std::string text;                // what is said of it, in one line, without markup
    int64_t file = 0;                // index in Corpus::files
    int64_t firstLine = 1;           // in the full document
    int64_t lastLine = 1;
};

// All that begin a line of a document: "-x, --long=ARG  words", the same in roff and mdoc macros,
// in Markdown lists and tables, in the strings of a usage text and of add_argument(). An entry goes
// on until the next one or a blank line; one without words is no entry.
std::vector<OptionEntry> optionEntriesIn(const Document& document, int64_t file);

// Of all documents that are source or tell of it, in the order of the corpus.
std::vector<OptionEntry> optionEntries(const Corpus& corpus);

}  // namespace tl
