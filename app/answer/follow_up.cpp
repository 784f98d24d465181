// SPDX-License-Identifier: Apache-2.0
#include "app/answer/follow_up.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "app/citation/text_words.h"

namespace tl {

namespace {

using Words = std::span<const std::string_view>;

// With which a question goes on.
constexpr std::array<std::string_view, 7> kConnectives = {
    "and", "but", "or", "so", "then", "also", "else"};
// What stands for something that was said. Not "this" and "these": they mean the documents ("What
// is this project about?").
constexpr std::array<std::string_view, 18> kPronouns = {"it",
                                                        "its",
                                                        "he",
                                                        "she",
                                                        "him",
                                                        "her",
                                                        "his",
                                                        "hers",
                                                        "they",
                                                        "them",
                                                        "their",
                                                        "theirs",
                                                        "there",
                                                        "that",
                                                        "those",
                                                        "one",
                                                        "ones",
                                                        "himself"};
constexpr std::array<std::string_view, 9> kArticles = {
    "the", "a", "an", "this", "these", "each", "every", "all", "any"};
// "Why?" and "Since when?" ask about what was said.
constexpr size_t kShortQuestion = 2;

bool holds(Words list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// "that" and "there" stand for something only where nothing follows: "Why is that?", but "the file
// that" and "is there a".
bool standsForSomething(const std::vector<Word>& words, size_t at) {
    const std::string& word = words[at].folded;
    const bool isLast = at + 1 == words.size();
    const bool mayIntroduce =
        word == "that" || word == "there" || word == "those" || word == "one" || word == "ones";
    return holds(kPronouns, word) && (isLast || !mayIntroduce);
}

// Something of its own: "the gauge", a name, a number.
bool namesSomething(const Word& word) {
    return holds(kArticles, word.folded) || word.isName || word.letterCase != LetterCase::kLower ||
           std::any_of(word.folded.begin(), word.folded.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == '_';
           });
}

}  // namespace

bool leansOnEarlier(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    if (words.empty()) {
        return false;
    }
    const std::string& first = words.front().folded;
    const bool isAbout =
        words.size() > 1 && (first == "what" || first == "how") && words[1].folded == "about";
    if (holds(kConnectives, first) || isAbout || words.size() <= kShortQuestion) {
        return true;
    }
    for (size_t i = 0; i < words.size(); ++i) {
        if (standsForSomething(words, i)) {
            return true;
        }
        if (i > 0 && namesSomething(words[i])) {  // the first word is a capital's anyway
            return false;
        }
    }
    return false;
}

std::string withoutConnective(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    if (words.size() < 2 || !holds(kConnectives, words.front().folded)) {
        return std::string(question);
    }
    return std::string(question.substr(static_cast<size_t>(words[1].begin)));
}

TurnBranch::TurnBranch(const Tokenizer& tokenizer, PromptBuilder& prompt)
    : m_tokenizer(tokenizer.clone()), m_prompt(prompt) {}

std::vector<TokenId> TurnBranch::tokensOf(const EarlierTurn& turn) {
    std::vector<TokenId> tokens = m_prompt.turn(turn.question).ids;
    std::vector<TokenId> answer = m_tokenizer.encode(turn.answer);
    answer.resize(std::min(answer.size(), kAnswerTokens));
    tokens.insert(tokens.end(), answer.begin(), answer.end());
    return tokens;
}

std::span<const EarlierTurn> TurnBranch::fitting(std::span<const EarlierTurn> turns, int64_t room) {
    int64_t left = std::min(room, kMostTokens);
    size_t count = 0;
    while (count < turns.size()) {
        left -= std::ssize(tokensOf(turns[turns.size() - 1 - count]));
        if (left < 0) {
            break;
        }
        ++count;
    }
    return turns.last(count);
}

Status TurnBranch::restore(TokenSequence& sequence,
                           const Snapshot& end,
                           std::span<const EarlierTurn> turns) {
    const bool isBegun = m_state && m_turns.size() <= turns.size() &&
                         std::equal(m_turns.begin(), m_turns.end(), turns.begin());
    if (!isBegun) {
        m_turns.clear();
        m_state.reset();
    }
    return sequence.restore(m_state ? *m_state : end);
}

Result<Snapshot> TurnBranch::state(TokenSequence& sequence,
                                   const Snapshot& end,
                                   std::span<const EarlierTurn> turns,
                                   const std::stop_token& stop) {
    Status status = restore(sequence, end, turns);
    while (status.ok() && (m_turns.size() < turns.size() || !m_state)) {
        if (m_turns.size() < turns.size()) {
            const EarlierTurn& next = turns[m_turns.size()];
            status = sequence.ask(tokensOf(next), stop, nullptr);
            if (!status.ok()) {
                break;
            }
            m_turns.push_back(next);
        }
        Result<Snapshot> here = sequence.snapshot();
        if (!here.ok()) {
            m_turns.clear();
            m_state.reset();
            return here.error();
        }
        m_state = std::move(here).value();
    }
    if (!status.ok()) {
        return status.error();
    }
    return *m_state;
}

}  // namespace tl
