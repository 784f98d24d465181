// SPDX-License-Identifier: Apache-2.0
#include "app/citation/answer_claim.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace tl {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isOneOf(const Word& word, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, word.folded) != names.end();
}

bool hasOneOf(const std::vector<Word>& words, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(words, [&](const Word& word) { return isOneOf(word, names); });
}

// One of `second` directly behind one of `first`.
bool hasPair(const std::vector<Word>& words,
             std::initializer_list<std::string_view> first,
             std::initializer_list<std::string_view> second) {
    for (size_t i = 0; i + 1 < words.size(); ++i) {
        if (isOneOf(words[i], first) && isOneOf(words[i + 1], second)) {
            return true;
        }
    }
    return false;
}

bool hasDefining(const std::vector<Word>& words) {
    return hasOneOf(words,
                    {"defined",
                     "define",
                     "defines",
                     "definition",
                     "declared",
                     "declares",
                     "declaration",
                     "implemented",
                     "implements",
                     "implementation"});
}

bool hasNumber(const Word& word) {
    return std::ranges::any_of(word.folded, isDigit);
}

bool namesMonth(const Word& word) {
    return isOneOf(word,
                   {"january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december"});
}

}  // namespace

Demand demandOf(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    Demand demand;
    if (words.empty()) {
        return demand;
    }
    const std::initializer_list<std::string_view> which = {"which", "what"};
    demand.number = hasPair(words, {"how"}, {"many", "much", "long", "old", "often", "high"});
    demand.date = hasPair(words, which, {"date", "year", "day"});
    demand.place =
        hasOneOf(words, {"where"}) || hasPair(words, which, {"file", "header", "module"});
    demand.definition =
        demand.place &&
        (hasDefining(words) ||
         hasOneOf(words, {"class", "function", "struct", "macro", "method", "enum", "constant"}));
    demand.speaker = hasOneOf(words, {"who", "whose"}) && hasOneOf(words,
                                                                   {"said",
                                                                    "says",
                                                                    "say",
                                                                    "told",
                                                                    "tells",
                                                                    "mentioned",
                                                                    "suggested",
                                                                    "proposed",
                                                                    "asked",
                                                                    "asks",
                                                                    "announced",
                                                                    "reported",
                                                                    "objected",
                                                                    "agreed",
                                                                    "promised",
                                                                    "thinks",
                                                                    "wants",
                                                                    "wanted",
                                                                    "argued"});
    demand.yesOrNo = isOneOf(words.front(),
                             {"is",
                              "are",
                              "was",
                              "were",
                              "do",
                              "does",
                              "did",
                              "can",
                              "could",
                              "may",
                              "must",
                              "should",
                              "will",
                              "has",
                              "have"});
    return demand;
}

bool meets(const Demand& demand, const std::vector<Word>& answer) {
    const auto hasDate = [](const Word& word) { return hasNumber(word) || namesMonth(word); };
    const bool isDuration =
        hasOneOf(answer, {"days", "weeks", "months", "years", "hours", "minutes"});
    if (demand.number && std::ranges::none_of(answer, hasNumber)) {
        // "Once", "all of them" and the like are numbers that only people see as such.
        return hasOneOf(answer,
                        {"no",
                         "none",
                         "once",
                         "twice",
                         "half",
                         "all",
                         "both",
                         "every",
                         "each",
                         "hundred",
                         "thousand",
                         "million",
                         "forever",
                         "any",
                         "unlimited"});
    }
    if (demand.date && (isDuration || std::ranges::none_of(answer, hasDate))) {
        return hasOneOf(answer,
                        {"monday",
                         "tuesday",
                         "wednesday",
                         "thursday",
                         "friday",
                         "saturday",
                         "sunday",
                         "today",
                         "tomorrow",
                         "yesterday"});
    }
    return true;
}

bool claimsDefinition(std::string_view answer) {
    const std::vector<Word> words = splitWords(answer);
    return hasPair(words, {"defined", "declared", "implemented", "located"}, {"in", "at"});
}

}  // namespace tl
