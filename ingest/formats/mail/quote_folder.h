// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tl {

// Replies quote what stands in the mailbox already. A run of more than 3 quoted lines is replaced
// by one line that says so, but only when its words, in their order and without a gap, stand in an
// earlier message: nothing is lost but line breaks and quote marks. What cannot be found (cut,
// changed, from elsewhere) is kept. The beginning of the run must be the beginning of a line there.
class QuoteFolder {
public:
    // The body with its runs folded; the whole body is what later messages are compared with.
    std::string fold(std::string_view body);

private:
    using Words = std::vector<uint32_t>;

    Words wordsOf(std::string_view text, std::vector<size_t>* lineStarts);
    bool stands(const Words& run) const;
    void remember(const Words& words, const std::vector<size_t>& lineStarts);

    std::unordered_map<std::string, uint32_t> m_ids;  // of words, from 1
    Words m_seen;                                     // all messages; 0 after each
    // By the first words of a line: where in m_seen it starts.
    std::unordered_map<uint64_t, std::vector<uint32_t>> m_places;
};

}  // namespace tl
