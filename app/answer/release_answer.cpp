// SPDX-License-Identifier: Apache-2.0
#include "app/answer/release_answer.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/citation/text_words.h"
#include "app/overview/overview_input.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr int64_t kLinesToDate = 4;     // from a version to "Released 2018-10-26"
constexpr int64_t kLinesToSigner = 80;  // and to the end of a Debian entry

constexpr auto kReleaseWords = std::to_array<std::string_view>({"version",
                                                                "release",
                                                                "released",
                                                                "come",
                                                                "came",
                                                                "out",
                                                                "published",
                                                                "made",
                                                                "appear",
                                                                "appeared",
                                                                "date",
                                                                "issued",
                                                                "tagged",
                                                                "day",
                                                                "year"});
constexpr auto kFiles =
    std::to_array<std::string_view>({"change", "news", "history", "release", "readme", "faq"});

bool isYear(std::string_view word) {
    return word.size() == 4 && std::ranges::all_of(word, isAsciiDigit) &&
           (word.starts_with("19") || word.starts_with("20"));
}

bool isMonth(std::string_view word) {
    const std::string folded = asciiLower(word);
    return folded.size() >= 3 && std::ranges::any_of(kMonthNames, [&](std::string_view month) {
               return month.starts_with(folded);
           });
}

bool isDay(std::string_view word) {
    return !word.empty() && word.size() <= 4 && isAsciiDigit(word[0]) &&
           (word.size() <= 2 || !isAsciiDigit(word[2]));
}

bool isIsoDate(std::string_view word) {
    return word.size() == 10 && isYear(word.substr(0, 4)) && word[4] == '-' && word[7] == '-' &&
           isAsciiDigit(word[5]) && isAsciiDigit(word[6]) && isAsciiDigit(word[8]) &&
           isAsciiDigit(word[9]);
}

// Words between blanks and brackets, without commas and stops at their ends; with their places.
struct Piece {
    std::string_view text;
    size_t begin = 0;
    size_t end = 0;
};

std::vector<Piece> piecesOf(std::string_view line) {
    constexpr std::string_view kApart = " \t,()[]<>:;";
    std::vector<Piece> pieces;
    for (size_t begin = line.find_first_not_of(kApart); begin != std::string_view::npos;) {
        size_t end = std::min(line.find_first_of(kApart, begin), line.size());
        const size_t next = line.find_first_not_of(kApart, end);
        while (end > begin + 1 && (line[end - 1] == '.' || line[end - 1] == '*')) {
            --end;
        }
        pieces.push_back({line.substr(begin, end - begin), begin, end});
        begin = next;
    }
    return pieces;
}

// Whether the line says this version and no longer one: 1.4 stands neither in 1.4.1 nor in 11.4.
bool saysVersion(std::string_view line, std::string_view version) {
    for (size_t at = line.find(version); at != std::string_view::npos;
         at = line.find(version, at + 1)) {
        const size_t end = at + version.size();
        const bool isBegin = at == 0 || !(isAsciiDigit(line[at - 1]) || line[at - 1] == '.');
        const bool goesOn =
            end < line.size() &&
            (isAsciiDigit(line[end]) ||
             (line[end] == '.' && end + 1 < line.size() && isAsciiDigit(line[end + 1])));
        if (isBegin && !goesOn) {
            return true;
        }
    }
    return false;
}

// The version of "When was version 1.4 released?"; empty for other questions.
std::string askedVersion(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    const bool asksDate =
        !words.empty() &&
        (words[0].folded == "when" || std::ranges::any_of(words, [](const Word& word) {
             return word.folded == "date" || word.folded == "year";
         }));
    if (!asksDate) {
        return "";
    }
    std::string version;
    for (const Piece& piece : piecesOf(question)) {
        std::string text = asciiLower(piece.text);
        std::erase(text, '?');
        const bool isVersion = text.find('.') != std::string::npos &&
                               isAsciiDigit(text[text.starts_with('v') ? 1 : 0]);
        if (isVersion && version.empty()) {
            version = text.substr(text.starts_with('v') ? 1 : 0);
        } else if (!isFunctionWord(text) &&
                   std::ranges::find(kReleaseWords, text) == kReleaseWords.end()) {
            return "";
        }
    }
    return version;
}

bool tellsReleases(const Document& document) {
    const std::string base =
        asciiLower(std::string_view(document.name).substr(document.name.rfind('/') + 1));
    return std::ranges::any_of(
        kFiles, [&](std::string_view file) { return base.find(file) != std::string::npos; });
}

struct Release {
    std::string date;
    int64_t first = 1;
    int64_t last = 1;
};

// The date of the version that this line says.
std::optional<Release> releaseAt(const Document& document, int64_t line) {
    if (const std::optional<std::string> date = dateIn(lineOf(document, line))) {
        return Release{*date, line, line};
    }
    const int64_t end = std::min(document.lines.lineCount(), line + kLinesToSigner);
    for (int64_t at = line + 1; at <= end; ++at) {
        const std::string_view text = lineOf(document, at);
        const bool isSigner = text.starts_with(" -- ");
        const bool isNear =
            at - line <= kLinesToDate && asciiLower(text).find("release") != std::string::npos;
        const std::optional<std::string> date = isSigner || isNear ? dateIn(text) : std::nullopt;
        if (date) {
            // The signer's line stands far below: it alone is quoted.
            return Release{*date, isSigner ? at : line, at};
        }
        if (isSigner) {
            break;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> dateIn(std::string_view line) {
    const std::vector<Piece> pieces = piecesOf(line);
    for (size_t i = 0; i < pieces.size(); ++i) {
        if (isIsoDate(pieces[i].text)) {
            return std::string(pieces[i].text);
        }
        if (!isMonth(pieces[i].text)) {
            continue;
        }
        const bool hasDayBefore = i > 0 && isDay(pieces[i - 1].text);
        const bool hasDayBehind =
            i + 2 < pieces.size() && isDay(pieces[i + 1].text) && isYear(pieces[i + 2].text);
        const bool hasYear = i + 1 < pieces.size() && isYear(pieces[i + 1].text);
        if (!hasYear && !hasDayBehind) {
            continue;
        }
        const size_t begin = hasYear && hasDayBefore ? pieces[i - 1].begin : pieces[i].begin;
        const size_t end = hasYear ? pieces[i + 1].end : pieces[i + 2].end;
        return std::string(line.substr(begin, end - begin));
    }
    return std::nullopt;
}

bool answerFromReleases(const Corpus& corpus, Answer& answer) {
    const std::string version = askedVersion(answer.question);
    if (version.empty()) {
        return false;
    }
    for (const CorpusFile& file : corpus.files) {
        const Document& document = fullDocument(file.document);
        if (!tellsReleases(document)) {
            continue;
        }
        for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
            if (!saysVersion(lineOf(document, line), version)) {
                continue;
            }
            if (const std::optional<Release> release = releaseAt(document, line)) {
                Citation citation = quotedLines(document, release->first, release->last);
                citation.foundBy.words = true;
                answer.text = version + ": " + release->date + ".";
                answer.citations = {std::move(citation)};
                return true;
            }
        }
    }
    return false;
}

}  // namespace tl
