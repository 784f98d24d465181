// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/hyphens.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/utf8.h"
#include "ingest/page/word_marks.h"

namespace tl {
namespace {

// Beginnings that English writes with a hyphen whatever follows.
constexpr std::array<std::string_view, 7> kPrefixes{
    "all", "cross", "ex", "half", "quasi", "self", "well"};

struct Halves {
    std::string joined;      // "wellknown"
    std::string hyphenated;  // "well-known"
    std::string first;       // "well"
    std::string second;      // "known"
};

Halves halvesOf(std::string_view word, std::string_view next) {
    Halves halves;
    word.remove_suffix(hyphenAtEnd(word));
    halves.first = plainWord(word);
    halves.second = plainWord(next);
    halves.joined = halves.first + halves.second;
    halves.hyphenated = halves.first + '-' + halves.second;
    return halves;
}

template <typename Fn>
void forEachWord(const std::vector<PdfPage>& pages, const Fn& take) {
    for (const PdfPage& page : pages) {
        for (const PageWord& word : page.words) {
            take(page.wordText(word));
        }
    }
}

}  // namespace

HyphenRules::HyphenRules(const std::vector<PdfPage>& pages) {
    std::unordered_set<std::string> asked;
    std::string_view before;
    forEachWord(pages, [&](std::string_view word) {
        if (hyphenAtEnd(before) > 0 && beginsInLowerCase(word)) {
            Halves halves = halvesOf(before, word);
            asked.insert(std::move(halves.joined));
            asked.insert(std::move(halves.hyphenated));
        }
        before = word;
    });
    if (asked.empty()) {
        return;
    }
    forEachWord(pages, [&](std::string_view word) {
        std::string plain = plainWord(word);
        if (asked.find(plain) != asked.end()) {
            m_words.insert(std::move(plain));
        }
    });
}

HyphenRules::Fate HyphenRules::fateOf(std::string_view word, std::string_view next) const {
    if (hyphenAtEnd(word) == 0 || next.empty()) {
        return Fate::kNone;
    }
    if (!beginsInLowerCase(next)) {
        // "Anglo-" and "Saxon", "2019-" and "2020"; but "see -" and "(" end the line.
        return plainWord(next.substr(0, decodeUtf8(next).length)).empty() ? Fate::kNone
                                                                          : Fate::kKeep;
    }
    const Halves halves = halvesOf(word, next);
    const bool isJoinedElsewhere = m_words.find(halves.joined) != m_words.end();
    if (isJoinedElsewhere) {
        return Fate::kDrop;
    }
    if (m_words.find(halves.hyphenated) != m_words.end()) {
        return Fate::kKeep;
    }
    // "state-of-" and "the-art": a word that has a hyphen keeps the others too.
    const bool isCompound =
        halves.first.find('-') != std::string::npos || halves.second.find('-') != std::string::npos;
    const bool hasDigit = halves.first.find_first_of("0123456789") != std::string::npos;
    const bool hasPrefix =
        std::find(kPrefixes.begin(), kPrefixes.end(), halves.first) != kPrefixes.end();
    return isCompound || hasDigit || hasPrefix ? Fate::kKeep : Fate::kDrop;
}

}  // namespace tl
