// SPDX-License-Identifier: Apache-2.0
#include "app/services/exact_search.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "app/services/text_words.h"

namespace tl {

namespace {

// Question words are few, so a line is described by a bit per word.
constexpr size_t kMaxWords = 64;
// Below this many lines every word is rare enough.
constexpr int64_t kFewLines = 50;

struct LineMatch {
    int64_t file = 0;
    int64_t line = 0;
    uint64_t words = 0;
    double worth = 0;
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

std::string_view lineText(const Document& document, int64_t line) {
    const int64_t begin = document.lines.lineBegin(line);
    return std::string_view(document.text)
        .substr(static_cast<size_t>(begin),
                static_cast<size_t>(document.lines.lineEnd(line) - begin));
}

LineScan scanLines(const Corpus& corpus, const WordIndex& wanted) {
    LineScan scan;
    scan.lineCounts.resize(wanted.size());
    for (int64_t file = 0; file < std::ssize(corpus.files); ++file) {
        const Document& document = fullDocument(corpus.files[static_cast<size_t>(file)].document);
        const int64_t lines = document.lines.lineCount();
        scan.lines += lines;
        for (int64_t line = 1; line <= lines; ++line) {
            const uint64_t found = wordsInLine(lineText(document, line), wanted);
            if (found == 0) {
                continue;
            }
            scan.matches.push_back({file, line, found, 0});
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

}  // namespace

std::vector<SearchHit> searchExactly(const Corpus& corpus,
                                     std::string_view question,
                                     size_t maxHits) {
    LineScan scan = scanLines(corpus, wantedWords(question));
    const std::vector<double> worths = wordWorths(scan);
    for (LineMatch& match : scan.matches) {
        match.worth = lineWorth(match.words, worths);
    }
    std::stable_sort(scan.matches.begin(), scan.matches.end(), [](const auto& a, const auto& b) {
        return a.worth > b.worth;
    });
    std::vector<SearchHit> hits;
    for (const LineMatch& match : scan.matches) {
        if (hits.size() == maxHits || match.worth == 0) {
            break;
        }
        const Document& document =
            fullDocument(corpus.files[static_cast<size_t>(match.file)].document);
        hits.push_back({document.name, match.line, std::string(lineText(document, match.line))});
    }
    return hits;
}

}  // namespace tl
