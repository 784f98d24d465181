// SPDX-License-Identifier: Apache-2.0
#include "app/citation/question_topic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/ascii.h"

namespace tl {

namespace {

// A corpus of fewer passages says too little about how rare a word is: every name counts.
constexpr int64_t kFewPassages = 20;

constexpr auto kOneForm = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"author", "write"},  {"authors", "write"},  {"licence", "licens"}, {"licences", "licens"},
    {"wrote", "write"},   {"written", "write"},  {"writes", "write"},   {"said", "say"},
    {"says", "say"},      {"began", "begin"},    {"begun", "begin"},    {"made", "make"},
    {"held", "hold"},     {"kept", "keep"},      {"left", "leave"},     {"chose", "choose"},
    {"chosen", "choose"}, {"spoke", "speak"},    {"paid", "pay"},       {"sent", "send"},
    {"built", "build"},   {"children", "child"}, {"people", "person"},  {"colour", "color"},
});

// Words that name what kind of thing is asked for; texts that answer need not say them.
constexpr auto kAskingStems = std::to_array<std::string_view>(
    {"amount", "contain", "describ", "document", "exact", "explain", "fil",    "happen",
     "kind",   "look",    "mean",    "mention",  "nam",   "number",  "option", "person",
     "plac",   "project", "say",     "sort",     "speak", "switch",  "tell",   "text",
     "thing",  "typ",     "us",      "used",     "valu",  "way",     "word"});

bool isAskingWord(std::string_view stem) {
    return std::ranges::find(kAskingStems, stem) != kAskingStems.end();
}

bool endsIn(std::string_view word, std::string_view ending) {
    return word.size() >= ending.size() + 3 && word.ends_with(ending);
}

// "stopp" of "stopped".
void undouble(std::string_view& word) {
    constexpr std::string_view kVowelsAndOthers = "aeioulsz";
    const size_t size = word.size();
    if (size > 3 && word[size - 1] == word[size - 2] &&
        kVowelsAndOthers.find(word[size - 1]) == std::string_view::npos) {
        word.remove_suffix(1);
    }
}

bool isNameInQuestion(const Word& word, bool isFirst) {
    return word.isName || word.dashes > 0 || std::ranges::any_of(word.folded, isAsciiDigit) ||
           (word.letterCase == LetterCase::kUpper && word.end - word.begin > 1) ||
           (!isFirst && word.letterCase == LetterCase::kCapital);
}

}  // namespace

std::string stemOf(std::string_view folded) {
    const auto* const known =
        std::ranges::find(kOneForm, folded, [](const auto& pair) { return pair.first; });
    if (known != kOneForm.end()) {
        return std::string(known->second);
    }
    std::string_view word = folded;
    if (endsIn(word, "ies")) {
        return std::string(word.substr(0, word.size() - 3)) + "y";
    }
    if (endsIn(word, "s") && !word.ends_with("ss") && !word.ends_with("us")) {
        word.remove_suffix(1);
    }
    if (endsIn(word, "ing")) {
        word.remove_suffix(3);
        undouble(word);
    } else if (endsIn(word, "ed")) {
        word.remove_suffix(2);
        undouble(word);
    }
    if (word.size() > 3 && word.ends_with('e')) {
        word.remove_suffix(1);
    }
    return std::string(word);
}

StemSet stemsOf(const std::vector<Word>& words) {
    StemSet stems;
    for (const Word& word : words) {
        if (!isFunctionWord(word.folded)) {
            stems.insert(stemOf(word.folded));
        }
    }
    return stems;
}

QuestionTopic::QuestionTopic(std::string question, const PassageCounts& counts)
    : m_question(std::move(question)) {
    bool isFirst = true;
    for (const Word& word : splitWords(m_question)) {
        if (!isFunctionWord(word.folded)) {
            Asked& asked = m_words[stemOf(word.folded)];
            asked.isName = asked.isName || isNameInQuestion(word, isFirst);
            const auto count = counts.saying.find(word.folded);
            asked.passages =
                std::max(asked.passages, count == counts.saying.end() ? 0 : count->second);
        }
        isFirst = false;
    }
    const auto passages = static_cast<double>(counts.passages);
    for (auto& [stem, asked] : m_words) {
        const auto count = static_cast<double>(std::max<int64_t>(asked.passages, 1));
        const bool onlyAsks = asked.passages == 0 && !asked.isName && isAskingWord(stem);
        asked.worth = onlyAsks ? 0 : std::log1p(passages / count);
        asked.isRare = counts.passages < kFewPassages || asked.passages * 10 < counts.passages;
    }
}

double QuestionTopic::share(const StemSet& stems) const {
    double all = 0;
    double said = 0;
    for (const auto& [stem, asked] : m_words) {
        all += asked.worth;
        said += stems.contains(stem) ? asked.worth : 0;
    }
    return all == 0 ? 1 : said / all;
}

bool QuestionTopic::saysNames(const StemSet& stems) const {
    return std::ranges::all_of(m_words, [&](const auto& entry) {
        return !entry.second.isName || !entry.second.isRare || stems.contains(entry.first);
    });
}

}  // namespace tl
