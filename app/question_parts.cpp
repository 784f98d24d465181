// SPDX-License-Identifier: Apache-2.0
#include "app/question_parts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace tl {

namespace {

constexpr auto kQuestionWords = std::to_array<std::string_view>(
    {"who", "whom", "whose", "what", "where", "when", "why", "how", "which"});
constexpr auto kVerbs = std::to_array<std::string_view>({"is",
                                                         "are",
                                                         "was",
                                                         "were",
                                                         "does",
                                                         "do",
                                                         "did",
                                                         "has",
                                                         "have",
                                                         "had",
                                                         "can",
                                                         "could",
                                                         "should",
                                                         "will",
                                                         "would",
                                                         "must",
                                                         "may"});
// Behind "who" or "how" they begin no direct question: "and who they are", "and how it works".
constexpr auto kNoVerbs = std::to_array<std::string_view>(
    {"i",     "you",   "he",   "she", "it",  "we",   "they", "this", "that",
     "these", "those", "the",  "a",   "an",  "to",   "its",  "his",  "her",
     "their", "my",    "your", "our", "not", "else", "and",  "or"});
// "how many", "how long": their verb comes later.
constexpr auto kMeasures = std::to_array<std::string_view>(
    {"many", "much", "long", "often", "old", "big", "large", "far", "high", "fast"});

template <size_t kSize>
bool isIn(const std::array<std::string_view, kSize>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

struct Token {
    std::string folded;  // a word in lower case, or one mark
    size_t begin = 0;
    size_t end = 0;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}

// Where what is opened at `at` closes: a quote, code or brackets; `at` where nothing is opened.
size_t closing(std::string_view text, size_t at) {
    constexpr std::string_view kOpen = "\"`([{";
    constexpr std::string_view kClose = "\"`)]}";
    const size_t kind = kOpen.find(text[at]);
    const size_t end = kind == std::string_view::npos ? kind : text.find(kClose[kind], at + 1);
    return end == std::string_view::npos ? at : end;
}

// What is quoted or in brackets is one mark.
std::vector<Token> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    for (size_t i = 0; i < text.size();) {
        if (isSpace(text[i])) {
            ++i;
            continue;
        }
        Token token{{}, i, i};
        while (token.end < text.size() && isWordByte(text[token.end])) {
            const char c = text[token.end++];
            token.folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        if (token.end == i) {
            token.end = closing(text, i) + 1;
            token.folded = text[i];
        }
        i = token.end;
        tokens.push_back(token);
    }
    return tokens;
}

std::string_view wordAt(const std::vector<Token>& tokens, size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].folded) : std::string_view();
}

bool verbFollows(const std::vector<Token>& tokens, size_t from, size_t count) {
    for (size_t i = from; i < std::min(from + count, tokens.size()); ++i) {
        if (isIn(kVerbs, tokens[i].folded)) {
            return true;
        }
    }
    return false;
}

// Whether a question with its own verb stands at `at`: "who wrote", "how is", "what port does".
bool isDirectQuestion(const std::vector<Token>& tokens, size_t at) {
    const std::string_view word = wordAt(tokens, at);
    const std::string_view next = wordAt(tokens, at + 1);
    if (!isIn(kQuestionWords, word) || at + 2 >= tokens.size() || isIn(kNoVerbs, next)) {
        return false;
    }
    if (isIn(kVerbs, next)) {
        return true;
    }
    if (word == "who") {
        return true;
    }
    const bool hasNoun = word == "what" || word == "which" || word == "whose" ||
                         (word == "how" && isIn(kMeasures, next));
    return hasNoun && verbFollows(tokens, at + 2, 2);
}

// One question from its first word on: no other question word stands in it, and it has a verb or
// asks for who or which does something ("which function reads the file").
bool isWholeQuestion(const std::vector<Token>& tokens, size_t begin, size_t end) {
    size_t questionWords = 0;
    bool hasVerb = false;
    for (size_t i = begin; i < end; ++i) {
        questionWords += isIn(kQuestionWords, tokens[i].folded) ? 1 : 0;
        hasVerb = hasVerb || isIn(kVerbs, tokens[i].folded);
    }
    const std::string_view first = wordAt(tokens, begin);
    const bool beginsWithVerb = isIn(kVerbs, first);
    // Behind a preposition at most: "in which file is". Statements ask nothing.
    const bool beginsWithQuestion =
        isIn(kQuestionWords, first) || isIn(kQuestionWords, wordAt(tokens, begin + 1));
    if (!beginsWithVerb && !beginsWithQuestion) {
        return false;
    }
    const bool namesSubject = first == "who" || first == "which" || first == "what";
    const size_t words = end - begin;
    return words >= 3 && questionWords == (beginsWithVerb ? 0U : 1U) &&
           (hasVerb || (namesSubject && words >= (first == "who" ? 3U : 4U)));
}

size_t behindConnectives(const std::vector<Token>& tokens, size_t at) {
    while (wordAt(tokens, at) == "," || wordAt(tokens, at) == "and" ||
           wordAt(tokens, at) == "also") {
        ++at;
    }
    return at;
}

// Where the next question begins if the one from `begin` ends before token `at`; none where it does
// not end there.
std::optional<size_t> nextQuestion(const std::vector<Token>& tokens, size_t begin, size_t at) {
    const std::string_view mark = tokens[at].folded;
    if (mark == "?") {
        const size_t next = behindConnectives(tokens, at + 1);
        const bool isQuestion = isDirectQuestion(tokens, next) ||
                                (isIn(kVerbs, wordAt(tokens, next)) && next + 2 < tokens.size());
        // "a ? b : c" has a space before its mark.
        const bool endsWord = at > 0 && tokens[at - 1].end == tokens[at].begin;
        return isQuestion && endsWord ? std::optional(next) : std::nullopt;
    }
    if (mark != "and" && mark != ",") {
        return std::nullopt;
    }
    const size_t next = behindConnectives(tokens, at);
    // "Who is Ana, who wrote it" says more of Ana; a comma alone splits before the others only.
    const bool isClause = wordAt(tokens, next - 1) == "," && wordAt(tokens, next) != "what" &&
                          wordAt(tokens, next) != "how" && wordAt(tokens, next) != "why";
    const bool splits =
        !isClause && isWholeQuestion(tokens, begin, at) && isDirectQuestion(tokens, next);
    return splits ? std::optional(next) : std::nullopt;
}

std::string asQuestion(std::string_view text) {
    std::string question(text);
    question.erase(question.find_last_not_of(" \t\n\r,;?") + 1);
    if (question[0] >= 'a' && question[0] <= 'z') {
        question[0] = static_cast<char>(question[0] - 'a' + 'A');
    }
    return question + "?";
}

}  // namespace

std::vector<std::string> questionParts(std::string_view text) {
    const std::vector<Token> tokens = tokensOf(text);
    std::vector<std::string> parts;
    size_t begin = 0;
    for (size_t i = 1; i < tokens.size(); ++i) {
        if (const std::optional<size_t> next = nextQuestion(tokens, begin, i)) {
            const size_t from = tokens[begin].begin;
            parts.push_back(asQuestion(text.substr(from, tokens[i].begin - from)));
            begin = *next;
            i = *next;
        }
    }
    if (parts.empty()) {
        return {std::string(text)};
    }
    parts.push_back(asQuestion(text.substr(tokens[begin].begin)));
    return parts;
}

}  // namespace tl
