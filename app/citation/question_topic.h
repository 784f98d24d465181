// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/citation/text_words.h"

namespace tl {

// A word without the endings that English grammar gives it ("prints", "printing": "print"), and one
// form for a few that questions and texts say differently (who "wrote" it: the "author"). Only for
// comparing what texts are about.
std::string stemOf(std::string_view folded);

using StemSet = std::unordered_set<std::string>;
StemSet stemsOf(const std::vector<Word>& words);

// How many passages there are, and how many of them say each word of a question that carries a fact
// (Word::folded).
struct PassageCounts {
    int64_t passages = 0;
    std::unordered_map<std::string, int64_t> saying;
};

// What a question is about, as far as words tell: its words of fact, each worth the more the fewer
// passages of the corpus say it (ln(1 + passages / passages with it)). A word that no passage says
// is worth as much as one that a single passage says: an answer to what the corpus does not speak
// of is not in it. Only words such as "option" or "kind", which say how to ask, are worth nothing
// then. Names are words with a capital inside a question, in capitals, of code, with digits, and
// options.
class QuestionTopic {
public:
    QuestionTopic(std::string question, const PassageCounts& counts);

    // How much of the worth these words say, from 0 to 1; 1 for a question without words of worth.
    double share(const StemSet& stems) const;
    // Whether every name that fewer than a tenth of the passages say is among these words.
    bool saysNames(const StemSet& stems) const;
    // Whether the question says this word itself.
    bool says(const std::string& stem) const { return m_words.contains(stem); }
    const std::string& question() const { return m_question; }

private:
    struct Asked {
        double worth = 0;
        int64_t passages = 0;  // that say it
        bool isName = false;
        bool isRare = false;
    };

    std::string m_question;
    std::unordered_map<std::string, Asked> m_words;  // by stem
};

}  // namespace tl
