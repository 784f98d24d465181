// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/page/pdf_page.h"

namespace tl {

// Decides what becomes of a hyphen at a line's end, from how the document spells the word
// elsewhere.
class HyphenRules {
public:
    enum class Fate {
        kNone,  // no hyphen, or it ends no word: the line's end stays
        kDrop,  // "exam-" and "ple" are "example"
        kKeep,  // "well-" and "known" are "well-known"
    };

    HyphenRules() = default;
    explicit HyphenRules(const std::vector<PdfPage>& pages);

    // Of the last word of a line before the first word of the next.
    Fate fateOf(std::string_view word, std::string_view next) const;

private:
    std::unordered_set<std::string> m_words;  // those of the document that may decide
};

}  // namespace tl
