// SPDX-License-Identifier: Apache-2.0
#include "app/citation/passage_match.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

namespace tl {

namespace {

bool says(const FactWords& facts, const Word& there) {
    const auto said = facts.find(there.folded);
    return said != facts.end() && sameWord(said->second, there);
}

int64_t questionWordsOnLine(const Document& document, int64_t byte, const FactWords& question) {
    const int64_t line = document.lines.position(byte).line;
    const int64_t begin = document.lines.lineBegin(line);
    const std::vector<Word> words =
        splitWords(std::string_view(document.text)
                       .substr(static_cast<size_t>(begin),
                               static_cast<size_t>(document.lines.lineEnd(line) - begin)));
    return std::count_if(
        words.begin(), words.end(), [&](const Word& word) { return says(question, word); });
}

// The wanted words one after the other. Of several places the one on whose line most of the
// question's words stand: a short answer such as "7" stands in many.
std::optional<Match> verbatimMatch(const Document& document,
                                   const std::vector<Word>& words,
                                   const std::vector<Word>& wanted,
                                   const FactWords& question) {
    std::optional<Match> best;
    int64_t bestWords = -1;
    for (int64_t at = findRun(words, wanted); at >= 0; at = findRun(words, wanted, at + 1)) {
        const Word& first = words[static_cast<size_t>(at)];
        const Word& last = words[static_cast<size_t>(at + std::ssize(wanted) - 1)];
        const int64_t common = questionWordsOnLine(document, first.begin, question);
        if (common > bestWords) {
            bestWords = common;
            best = Match{first.begin, last.end, 1, /*isVerbatim=*/true};
        }
    }
    return best;
}

// The shortest stretch that holds every one of `facts` that the words hold at all: a window whose
// right end walks over the words while its left end follows.
Match shortestWindow(const std::vector<Word>& words, const FactWords& facts) {
    std::unordered_set<std::string> present;
    for (const Word& word : words) {
        if (says(facts, word)) {
            present.insert(word.folded);
        }
    }
    Match best;
    std::unordered_map<std::string, int> inside;
    size_t left = 0;
    for (const Word& right : words) {
        if (!says(facts, right)) {
            continue;
        }
        ++inside[right.folded];
        while (inside.size() == present.size()) {
            const Word& first = words[left++];
            if (best.end == 0 || right.end - first.begin < best.end - best.begin) {
                best = {first.begin, right.end, 0, /*isVerbatim=*/false};
            }
            const auto count = says(facts, first) ? inside.find(first.folded) : inside.end();
            if (count != inside.end() && --count->second == 0) {
                inside.erase(count);
            }
        }
    }
    best.share =
        facts.empty() ? 0 : static_cast<double>(present.size()) / static_cast<double>(facts.size());
    return best;
}

}  // namespace

FactWords factWords(const std::vector<Word>& words) {
    FactWords facts;
    for (const Word& word : words) {
        if (!isFunctionWord(word.folded)) {
            facts.emplace(word.folded, word);
        }
    }
    return facts;
}

void eraseRun(std::vector<Word>& words, const std::vector<Word>& run) {
    const int64_t at = findRun(words, run);
    if (at >= 0) {
        words.erase(words.begin() + at, words.begin() + at + std::ssize(run));
    }
}

void trimFunctionWords(std::vector<Word>& words) {
    const auto carriesNothing = [](const Word& word) { return isFunctionWord(word.folded); };
    words.erase(words.begin(), std::find_if_not(words.begin(), words.end(), carriesNothing));
    words.erase(std::find_if_not(words.rbegin(), words.rend(), carriesNothing).base(), words.end());
}

std::vector<Word> passageWords(const Document& document, const Passage& passage) {
    std::vector<Word> words =
        splitWords(std::string_view(document.text)
                       .substr(static_cast<size_t>(passage.begin),
                               static_cast<size_t>(passage.end - passage.begin)));
    for (Word& word : words) {
        word.begin += passage.begin;
        word.end += passage.begin;
    }
    return words;
}

Match matchPassage(const Document& document,
                   const Passage& passage,
                   const std::vector<Word>& wanted,
                   const FactWords& question) {
    const std::vector<Word> words = passageWords(document, passage);
    const FactWords facts = factWords(wanted);
    if (!facts.empty()) {
        if (const auto verbatim = verbatimMatch(document, words, wanted, question)) {
            return *verbatim;
        }
    }
    Match match = shortestWindow(words, facts);
    if (match.share == 0) {
        // Nothing of the answer: the lines that come nearest to the question, else the first line.
        match = shortestWindow(words, question);
        match.share = 0;
    }
    if (match.end == 0) {
        const int64_t line = document.lines.position(passage.begin).line;
        match.begin = passage.begin;
        match.end = std::min(passage.end, document.lines.lineEnd(line));
    }
    return match;
}

}  // namespace tl
