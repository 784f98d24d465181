// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/text/merge_table.h"

namespace tl {

// Merges the tokens of one piece: again and again the pair of lowest rank, leftmost on ties
// (Sennrich et al. 2016). Short pieces are scanned for that pair; long ones keep their pairs in a
// heap over a linked list, O(n log n), so that a megabyte without a blank costs what a megabyte of
// words does. Keeps its buffers; not thread-safe.
class BpeMerger {
public:
    // Merges `ids` in place.
    void merge(const MergeTable& table, std::vector<TokenId>& ids);

private:
    struct Symbol {
        TokenId id;
        int32_t previous;  // -1 at the start
        int32_t next;      // -1 at the end
    };
    // A pair that could merge when it was pushed; stale once one of its symbols has changed.
    struct Candidate {
        uint32_t rank;
        int32_t left;  // index of the left symbol
        TokenId leftId;
        TokenId rightId;
        TokenId merged;
    };

    void mergeByScan(const MergeTable& table, std::vector<TokenId>& ids);
    void mergeByHeap(const MergeTable& table, std::vector<TokenId>& ids);
    void fillList(const MergeTable& table, const std::vector<TokenId>& ids);
    void push(const MergeTable& table, int32_t left);
    bool isStale(const Candidate& candidate) const;
    void apply(const MergeTable& table, const Candidate& candidate);

    std::vector<Merge> m_pairs;     // merge of (i, i + 1)
    std::vector<Symbol> m_symbols;  // by position; a swallowed one has id kNoToken
    std::vector<Candidate> m_heap;
};

}  // namespace tl
