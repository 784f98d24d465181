// SPDX-License-Identifier: Apache-2.0
#include "app/citation/answer_claim.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/ascii.h"

namespace tl {

namespace {

bool isOneOf(const Word& word, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, word.folded) != names.end();
}

bool hasOneOf(const std::vector<Word>& words, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(words, [&](const Word& word) { return isOneOf(word, names); });
}

// One of `second` directly after one of `first`.
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
    return std::ranges::any_of(word.folded, isAsciiDigit);
}

bool namesMonth(const Word& word) {
    return std::ranges::find(kMonthNames, word.folded) != kMonthNames.end();
}

// How many what: "How many mailing lists are there?" counts mailing lists.
std::vector<std::string> countedThings(const std::vector<Word>& words) {
    std::vector<std::string> counted;
    bool isBehind = false;
    for (size_t i = 1; i < words.size(); ++i) {
        const bool carries = !isFunctionWord(words[i].folded);
        if (isBehind && carries) {
            counted.push_back(words[i].folded);
        } else if (isBehind) {
            break;
        }
        isBehind = isBehind || (isOneOf(words[i], {"many"}) && isOneOf(words[i - 1], {"how"}));
    }
    return counted;
}

// "after the start", "when it rains", "at noon": what a moment is said with.
bool opensMoment(const Word& word) {
    return isOneOf(word,
                   {"after",
                    "as",
                    "at",
                    "before",
                    "by",
                    "during",
                    "every",
                    "if",
                    "in",
                    "never",
                    "on",
                    "once",
                    "since",
                    "until",
                    "upon",
                    "when",
                    "whenever",
                    "while",
                    "always"});
}

bool namesDay(const Word& word) {
    return isOneOf(word,
                   {"monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                    "today",
                    "tomorrow",
                    "yesterday",
                    "now"});
}

bool namesUnit(const Word& word) {
    return isOneOf(
        word,
        {"second",  "seconds",   "minute",     "minutes", "hour",  "hours",  "day",    "days",
         "week",    "weeks",     "month",      "months",  "year",  "years",  "decade", "decades",
         "ms",      "s",         "min",        "h",       "metre", "metres", "meter",  "meters",
         "m",       "km",        "kilometres", "cm",      "mm",    "inch",   "inches", "foot",
         "feet",    "mile",      "miles",      "byte",    "bytes", "bit",    "bits",   "letter",
         "letters", "character", "characters", "line",    "lines", "page",   "pages",  "word",
         "words",   "digit",     "digits",     "token",   "tokens"});
}

bool isName(const Word& word) {
    return word.isName || word.letterCase != LetterCase::kLower;
}

}  // namespace

Demand demandOf(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    Demand demand;
    if (words.empty()) {
        return demand;
    }
    const std::initializer_list<std::string_view> which = {"which", "what"};
    demand.number = hasPair(words,
                            {"how"},
                            {"many",
                             "much",
                             "long",
                             "old",
                             "often",
                             "high",
                             "tall",
                             "big",
                             "large",
                             "deep",
                             "wide",
                             "far",
                             "heavy"}) ||
                    hasPair(words, which, {"time", "percentage"});
    demand.length = hasPair(words, {"how"}, {"long"});
    demand.counted = countedThings(words);
    demand.date = hasPair(words, which, {"date", "year", "day"});
    demand.moment = isOneOf(words.front(), {"when"});
    demand.version = hasPair(words, which, {"version", "release"});
    demand.option = hasPair(words, which, {"option", "switch", "flag"});
    demand.person = isOneOf(words.front(), {"who", "whom"});
    demand.deed = hasPair(words, {"how"}, {"do", "can", "to", "should"}) ||
                  (hasPair(words, {"what"}, {"does", "do"}) && isOneOf(words.back(), {"do"}));
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

namespace {

bool meetsNumber(const Demand& demand, const std::vector<Word>& answer) {
    if (std::ranges::any_of(answer, hasNumber)) {
        return !demand.length || std::ranges::any_of(answer, namesUnit);
    }
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

bool meetsDate(const std::vector<Word>& answer) {
    const auto hasDate = [](const Word& word) { return hasNumber(word) || namesMonth(word); };
    const bool isDuration =
        hasOneOf(answer, {"days", "weeks", "months", "years", "hours", "minutes"});
    return (!isDuration && std::ranges::any_of(answer, hasDate)) ||
           std::ranges::any_of(answer, namesDay);
}

bool meetsMoment(const std::vector<Word>& answer) {
    const auto tellsTime = [](const Word& word) {
        return hasNumber(word) || namesMonth(word) || namesDay(word);
    };
    return std::ranges::any_of(answer, tellsTime) ||
           (!answer.empty() && opensMoment(answer.front()));
}

// A name, or a few words for a role: "the lock keeper".
bool meetsPerson(const std::vector<Word>& answer) {
    constexpr std::ptrdiff_t kRole = 4;
    const bool isRole = !answer.empty() && isOneOf(answer.front(), {"the", "a", "an", "any"}) &&
                        std::ssize(answer) <= kRole;
    return isRole || std::ranges::any_of(answer, isName) ||
           hasOneOf(answer, {"everyone", "nobody"});
}

}  // namespace

bool meets(const Demand& demand, const std::vector<Word>& answer) {
    const auto isOption = [](const Word& word) { return word.dashes > 0 || word.isName; };
    return (!demand.number || meetsNumber(demand, answer)) && (!demand.date || meetsDate(answer)) &&
           (!demand.moment || meetsMoment(answer)) &&
           (!demand.version || std::ranges::any_of(answer, hasNumber)) &&
           (!demand.option || std::ranges::any_of(answer, isOption)) &&
           (!demand.person || meetsPerson(answer));
}

bool claimsDefinition(std::string_view answer) {
    const std::vector<Word> words = splitWords(answer);
    return hasPair(words, {"defined", "declared", "implemented", "located"}, {"in", "at"});
}

}  // namespace tl
