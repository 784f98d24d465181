// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/document.h"
#include "ingest/extract.h"
#include "ingest/reason.h"

namespace tl {

// What a document defines, in the order of the text: what its reader found, else its code is
// parsed now, at a few MB/s. kUnsupported where it defines nothing, for a
// language without grammar and for a text over the limits. Thread-safe.
Reading<std::vector<Symbol>> symbolsOf(const Document& document);

// Where a name is defined: the file's index as given to add(), the symbol's in its outline.
struct Definition {
    int64_t file = 0;
    int64_t symbol = 0;
};

// Names to definitions over many files. Add all files, then finish() once, then look up.
// Lookups are thread-safe.
class DefinitionIndex {
public:
    void add(int64_t file, std::span<const Symbol> symbols);
    void finish();

    // All definitions of exactly this name, by file, then in the order of the text. REQUIRES:
    // finish() was called after the last add().
    std::vector<Definition> find(std::string_view name) const;
    int64_t size() const { return static_cast<int64_t>(m_entries.size()); }

private:
    struct Entry {
        std::string name;
        Definition definition;
    };

    std::vector<Entry> m_entries;  // by name, file and symbol after finish()
};

}  // namespace tl
