// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/corpus/corpus.h"
#include "ingest/definitions.h"

namespace tl {

// Where the corpus's code defines names. A file is parsed when it is first asked about, and what it
// defines is remembered. The corpus outlives it.
class DefinitionSearch {
public:
    explicit DefinitionSearch(const Corpus& corpus) : m_corpus(corpus) {}

    // Parses those of these files (indices in Corpus::files) that are code and not known yet.
    // Leaves out large ones, and ends early where it would take more than a second or is stopped.
    void parse(const std::vector<int64_t>& files, const std::stop_token& stop);

    struct Found {
        int64_t file = 0;
        int64_t line = 0;  // of the name, which may come after attributes and the like
        bool isType = false;
    };
    // All definitions of exactly this name, without what it is a member of, in the files that were
    // parsed; in corpus order.
    std::vector<Found> find(std::string_view name) const;

private:
    const Corpus& m_corpus;
    std::map<int64_t, std::vector<Symbol>> m_symbols;  // by file; empty: it defines nothing
    DefinitionIndex m_index;
};

}  // namespace tl
