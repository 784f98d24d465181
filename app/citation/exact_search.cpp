// SPDX-License-Identifier: Apache-2.0
#include "app/citation/exact_search.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/citation/citation_place.h"
#include "app/citation/text_words.h"
#include "base/utf8.h"

namespace tl {

namespace {

// Question words are few, so a line is described by a bit per word.
constexpr size_t kMaxWords = 64;
// Below this many lines every word is rare enough.
constexpr int64_t kFewLines = 50;
// Longer lines are shown in part: as much as a quote has, with some of what stands before the word.
constexpr int64_t kMaxShownBytes = 240;
constexpr int64_t kShownBefore = 80;
// Names that are defined in many places ("create") shall not drive out all other lines.
constexpr size_t kMaxDefinitions = 3;

struct LineMatch {
    int64_t file = 0;
    int64_t line = 0;
    uint64_t words = 0;
    double worth = 0;
    bool isDefinition = false;
};

struct LineScan {
    std::vector<LineMatch> matches;   // lines that hold any of the words
    std::vector<int64_t> lineCounts;  // per word, the lines it stands in
    int64_t lines = 0;
};

using WordIndex = std::unordered_map<std::string, size_t>;

WordIndex wantedWords(std::string_view question) {
    WordIndex wanted;
    for (Word& word : splitWords(question)) {
        if (!isFunctionWord(word.folded) && wanted.size() < kMaxWords) {
            wanted.emplace(std::move(word.folded), wanted.size());
        }
    }
    return wanted;
}

uint64_t wordsInLine(std::string_view line, const WordIndex& wanted) {
    uint64_t found = 0;
    for (const Word& word : splitWords(line)) {
        const auto it = wanted.find(word.folded);
        if (it != wanted.end()) {
            found |= uint64_t{1} << it->second;
        }
    }
    return found;
}

std::string_view textOf(const Document& document, const ByteRange& range) {
    return std::string_view(document.text)
        .substr(static_cast<size_t>(range.begin), static_cast<size_t>(range.end - range.begin));
}

ByteRange lineRange(const Document& document, int64_t line) {
    return {document.lines.lineBegin(line), document.lines.lineEnd(line)};
}

const Document& documentAt(const Corpus& corpus, int64_t file) {
    return fullDocument(corpus.files[static_cast<size_t>(file)].document);
}

LineScan scanLines(const Corpus& corpus, const WordIndex& wanted) {
    LineScan scan;
    scan.lineCounts.resize(wanted.size());
    for (int64_t file = 0; file < std::ssize(corpus.files); ++file) {
        const Document& document = documentAt(corpus, file);
        const int64_t lines = document.lines.lineCount();
        scan.lines += lines;
        for (int64_t line = 1; line <= lines; ++line) {
            const uint64_t found = wordsInLine(textOf(document, lineRange(document, line)), wanted);
            if (found == 0) {
                continue;
            }
            scan.matches.push_back({file, line, found});
            for (size_t word = 0; word < wanted.size(); ++word) {
                scan.lineCounts[word] += static_cast<int64_t>(found >> word & 1);
            }
        }
    }
    return scan;
}

double lineWorth(uint64_t found, const std::vector<double>& wordWorth) {
    double worth = 0;
    for (size_t word = 0; word < wordWorth.size(); ++word) {
        worth += (found >> word & 1) != 0 ? wordWorth[word] : 0;
    }
    return worth;
}

std::vector<double> wordWorths(const LineScan& scan) {
    std::vector<double> worths;
    for (const int64_t count : scan.lineCounts) {
        const bool isCommon = scan.lines > kFewLines && count > scan.lines / 10;
        worths.push_back(count == 0 || isCommon ? 0
                                                : std::log(1.0 + static_cast<double>(scan.lines) /
                                                                     static_cast<double>(count)));
    }
    return worths;
}

// A name of code, not a word of everyday language: it has a capital, a digit or an underscore, or
// parentheses come after it.
bool looksLikeName(std::string_view question, const Word& word) {
    const auto begin = static_cast<size_t>(word.begin);
    const auto end = static_cast<size_t>(word.end);
    return question.substr(end).starts_with('(') ||
           std::ranges::any_of(question.substr(begin, end - begin), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

std::vector<int64_t> filesWith(uint64_t words, const LineScan& scan) {
    std::set<int64_t> files;
    for (const LineMatch& match : scan.matches) {
        if ((match.words & words) != 0) {
            files.insert(match.file);
        }
    }
    return {files.begin(), files.end()};
}

// The lines that define names which the question says, in its order.
std::vector<LineMatch> findDefinitions(DefinitionSearch& definitions,
                                       std::string_view question,
                                       const WordIndex& wanted,
                                       const LineScan& scan,
                                       const std::stop_token& stop) {
    std::vector<LineMatch> found;
    for (const Word& word : splitWords(question)) {
        const auto known = wanted.find(word.folded);
        if (known == wanted.end() || !looksLikeName(question, word)) {
            continue;
        }
        const uint64_t bit = uint64_t{1} << known->second;
        definitions.parse(filesWith(bit, scan), stop);
        const std::string_view name = question.substr(static_cast<size_t>(word.begin),
                                                      static_cast<size_t>(word.end - word.begin));
        for (const DefinitionSearch::Found& each : definitions.find(name)) {
            found.push_back({each.file, each.line, bit, 0, /*isDefinition=*/true});
        }
    }
    return found;
}

int64_t characterBegin(const std::string& text, int64_t byte) {
    while (byte > 0 && isContinuationByte(text[static_cast<size_t>(byte)])) {
        --byte;
    }
    return byte;
}

// What is shown of a line: all of it, or of a long one whole words around the rarest that is
// wanted.
ByteRange shownRange(const Document& document,
                     int64_t line,
                     const WordIndex& wanted,
                     const std::vector<double>& worths) {
    const ByteRange whole = lineRange(document, line);
    if (whole.end - whole.begin <= kMaxShownBytes) {
        return whole;
    }
    ByteRange rarest{whole.begin, whole.begin};
    double worth = 0;
    for (const Word& word : splitWords(textOf(document, whole))) {
        const auto known = wanted.find(word.folded);
        if (known != wanted.end() && worths[known->second] > worth) {
            worth = worths[known->second];
            rarest = {whole.begin + word.begin, whole.begin + word.end};
        }
    }
    const std::string& text = document.text;
    ByteRange shown = whole;
    if (rarest.begin - whole.begin > kShownBefore) {
        shown.begin = characterBegin(text, rarest.begin - kShownBefore);
        const auto blank = static_cast<int64_t>(text.find(' ', static_cast<size_t>(shown.begin)));
        shown.begin = blank >= 0 && blank < rarest.begin ? blank + 1 : shown.begin;
    }
    if (whole.end - shown.begin > kMaxShownBytes) {
        shown.end = characterBegin(text, shown.begin + kMaxShownBytes);
        const auto blank = static_cast<int64_t>(text.rfind(' ', static_cast<size_t>(shown.end)));
        shown.end = blank >= rarest.end && blank > shown.begin ? blank : shown.end;
    }
    return shown;
}

SearchHit hitOf(const Corpus& corpus,
                const LineMatch& match,
                const WordIndex& wanted,
                const std::vector<double>& worths) {
    const Document& document = documentAt(corpus, match.file);
    const ByteRange range = shownRange(document, match.line, wanted, worths);
    SearchHit hit;
    hit.file = document.name;
    hit.line = match.line;
    hit.text = textOf(document, range);
    hit.isDefinition = match.isDefinition;
    setPlace(document, range, hit);
    return hit;
}

}  // namespace

std::vector<SearchHit> searchExactly(const Corpus& corpus,
                                     DefinitionSearch& definitions,
                                     std::string_view question,
                                     size_t maxHits,
                                     const std::stop_token& stop) {
    const WordIndex wanted = wantedWords(question);
    LineScan scan = scanLines(corpus, wanted);
    const std::vector<double> worths = wordWorths(scan);
    std::vector<LineMatch> best = findDefinitions(definitions, question, wanted, scan, stop);
    best.resize(std::min({best.size(), kMaxDefinitions, maxHits}));
    for (LineMatch& match : scan.matches) {
        match.worth = lineWorth(match.words, worths);
    }
    std::stable_sort(scan.matches.begin(), scan.matches.end(), [](const auto& a, const auto& b) {
        return a.worth > b.worth;
    });
    const auto isWorthless = [](const LineMatch& match) { return match.worth == 0; };
    best.insert(best.end(),
                scan.matches.begin(),
                std::find_if(scan.matches.begin(), scan.matches.end(), isWorthless));
    std::vector<SearchHit> hits;
    std::set<std::pair<int64_t, int64_t>> shown;  // file and line
    for (const LineMatch& match : best) {
        if (hits.size() == maxHits) {
            break;
        }
        if (shown.emplace(match.file, match.line).second) {
            hits.push_back(hitOf(corpus, match, wanted, worths));
        }
    }
    return hits;
}

}  // namespace tl
