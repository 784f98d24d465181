// SPDX-License-Identifier: Apache-2.0
#include "engine/text/bpe_merger.h"

#include <algorithm>

namespace tl {
namespace {

// Where the heap starts to win, measured with tests/bench/tokenizer_bench; words of prose and code
// are shorter.
constexpr size_t kMaxScanned = 64;

}  // namespace

void BpeMerger::merge(const MergeTable& table, std::vector<TokenId>& ids) {
    if (ids.size() <= kMaxScanned) {
        mergeByScan(table, ids);
    } else {
        mergeByHeap(table, ids);
    }
}

void BpeMerger::mergeByScan(const MergeTable& table, std::vector<TokenId>& ids) {
    m_pairs.clear();
    for (size_t i = 0; i + 1 < ids.size(); ++i) {
        m_pairs.push_back(table.find(ids[i], ids[i + 1]));
    }
    const auto lowerRank = [](const Merge& a, const Merge& b) { return a.rank < b.rank; };
    while (!m_pairs.empty()) {
        // The first of equals is the leftmost, as byte pair encoding wants it.
        const auto best = std::min_element(m_pairs.begin(), m_pairs.end(), lowerRank);
        if (best->rank == Merge::kNone) {
            return;
        }
        const auto i = best - m_pairs.begin();
        const size_t left = static_cast<size_t>(i);
        ids[left] = best->merged;
        ids.erase(ids.begin() + i + 1);
        m_pairs.erase(best);
        if (left > 0) {
            m_pairs[left - 1] = table.find(ids[left - 1], ids[left]);
        }
        if (left + 1 < ids.size()) {
            m_pairs[left] = table.find(ids[left], ids[left + 1]);
        }
    }
}

void BpeMerger::mergeByHeap(const MergeTable& table, std::vector<TokenId>& ids) {
    const auto later = [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank > b.rank : a.left > b.left;
    };
    fillList(table, ids);
    std::make_heap(m_heap.begin(), m_heap.end(), later);
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        const Candidate candidate = m_heap.back();
        m_heap.pop_back();
        // Pairs whose halves have merged elsewhere stay in the heap: taking them out would cost
        // more than meeting them here.
        if (isStale(candidate)) {
            continue;
        }
        const size_t before = m_heap.size();
        apply(table, candidate);
        // At most two new pairs stand at the end of the heap's array.
        for (size_t size = before + 1; size <= m_heap.size(); ++size) {
            std::push_heap(
                m_heap.begin(), m_heap.begin() + static_cast<std::ptrdiff_t>(size), later);
        }
    }
    ids.clear();
    for (int32_t i = 0; i != -1; i = m_symbols[static_cast<size_t>(i)].next) {
        ids.push_back(m_symbols[static_cast<size_t>(i)].id);
    }
}

void BpeMerger::fillList(const MergeTable& table, const std::vector<TokenId>& ids) {
    m_symbols.clear();
    m_heap.clear();
    const int32_t count = static_cast<int32_t>(ids.size());
    for (int32_t i = 0; i < count; ++i) {
        m_symbols.push_back({ids[static_cast<size_t>(i)], i - 1, i + 1 < count ? i + 1 : -1});
    }
    for (int32_t i = 0; i + 1 < count; ++i) {
        push(table, i);
    }
}

// Appends the pair that starts at `left`, if it merges, without keeping the heap's order.
void BpeMerger::push(const MergeTable& table, int32_t left) {
    const Symbol& symbol = m_symbols[static_cast<size_t>(left)];
    if (symbol.next == -1) {
        return;
    }
    const TokenId rightId = m_symbols[static_cast<size_t>(symbol.next)].id;
    const Merge merge = table.find(symbol.id, rightId);
    if (merge.rank != Merge::kNone) {
        m_heap.push_back({merge.rank, left, symbol.id, rightId, merge.merged});
    }
}

bool BpeMerger::isStale(const Candidate& candidate) const {
    const Symbol& left = m_symbols[static_cast<size_t>(candidate.left)];
    return left.id != candidate.leftId || left.next == -1 ||
           m_symbols[static_cast<size_t>(left.next)].id != candidate.rightId;
}

void BpeMerger::apply(const MergeTable& table, const Candidate& candidate) {
    Symbol& left = m_symbols[static_cast<size_t>(candidate.left)];
    Symbol& right = m_symbols[static_cast<size_t>(left.next)];
    left.id = candidate.merged;
    left.next = right.next;
    right.id = kNoToken;
    if (left.next != -1) {
        m_symbols[static_cast<size_t>(left.next)].previous = candidate.left;
    }
    if (left.previous != -1) {
        push(table, left.previous);
    }
    push(table, candidate.left);
}

}  // namespace tl
