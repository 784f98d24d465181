// SPDX-License-Identifier: Apache-2.0
#include "app/citation/citation_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "app/citation/answer_check.h"
#include "app/citation/citation_place.h"
#include "app/citation/text_words.h"

namespace tl {

namespace {

constexpr size_t kMaxCitations = 3;
// Whole lines up to this long are quoted whole; of longer ones the sentence.
constexpr int64_t kMaxQuoteBytes = 240;

// Byte range trimmed of white space.
struct Range {
    int64_t begin = 0;
    int64_t end = 0;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Range trimmed(const std::string& text, Range range) {
    while (range.begin < range.end && isSpace(text[static_cast<size_t>(range.begin)])) {
        ++range.begin;
    }
    while (range.end > range.begin && isSpace(text[static_cast<size_t>(range.end - 1)])) {
        --range.end;
    }
    return range;
}

bool endsSentence(const std::string& text, int64_t byte) {
    const auto at = static_cast<size_t>(byte);
    return (text[at] == '.' || text[at] == '!' || text[at] == '?') &&
           (at + 1 == text.size() || isSpace(text[at + 1]));
}

// The sentences that hold [begin, end) within the passage.
Range sentencesAround(const std::string& text, const Passage& passage, Range range) {
    while (range.begin > passage.begin && !endsSentence(text, range.begin - 1)) {
        --range.begin;
    }
    while (range.end < passage.end && !endsSentence(text, range.end - 1)) {
        ++range.end;
    }
    return trimmed(text, range);
}

// What to quote for a match: its lines, or where these are long its sentences, or itself.
Range quoteRange(const Document& document, const Passage& passage, const Match& match) {
    const LineIndex& lines = document.lines;
    const int64_t lastByte = std::max(match.begin, match.end - 1);
    const Range whole =
        trimmed(document.text,
                {std::max(passage.begin, lines.lineBegin(lines.position(match.begin).line)),
                 std::min(passage.end, lines.lineEnd(lines.position(lastByte).line))});
    if (whole.end - whole.begin <= kMaxQuoteBytes) {
        return whole;
    }
    const Range sentences = sentencesAround(document.text, passage, {match.begin, match.end});
    if (sentences.end - sentences.begin <= kMaxQuoteBytes) {
        return sentences;
    }
    return {match.begin, match.end};
}

Citation citationOf(const Document& document, const Found& found) {
    const Range quote = quoteRange(document, found.passage, found.match);
    Citation citation;
    citation.file = document.name;
    citation.startLine = document.lines.position(quote.begin).line;
    citation.endLine = document.lines.position(std::max(quote.begin, quote.end - 1)).line;
    citation.quote = document.text.substr(static_cast<size_t>(quote.begin),
                                          static_cast<size_t>(quote.end - quote.begin));
    citation.state = found.state;
    setPlace(document, {quote.begin, quote.end}, citation);
    return citation;
}

}  // namespace

std::vector<Citation> citeAnswer(const Corpus& corpus,
                                 DefinitionSearch& definitions,
                                 const QuestionTopic& topic,
                                 std::string_view answer,
                                 std::span<const RankedPassage> candidates) {
    std::vector<Found> found = AnswerCheck(corpus, definitions, topic, answer).check(candidates);
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.state != b.state               ? a.state < b.state
               : a.isNamed != b.isNamed         ? a.isNamed
               : a.match.share != b.match.share ? a.match.share > b.match.share
                                                : a.match.isVerbatim && !b.match.isVerbatim;
    });
    std::vector<Citation> citations;
    for (const Found& each : found) {
        const bool isNeeded = each.state == CitationState::kVerified || citations.empty();
        if (citations.size() == kMaxCitations || !isNeeded) {
            break;
        }
        const CorpusFile& file = corpus.files[static_cast<size_t>(each.passage.document)];
        Citation citation = citationOf(fullDocument(file.document), each);
        // A definition is found by the index and by its passage.
        const bool isThere = std::ranges::any_of(citations, [&](const Citation& other) {
            return other.file == citation.file && other.startLine == citation.startLine;
        });
        if (!isThere) {
            citations.push_back(std::move(citation));
        }
    }
    return citations;
}

bool saysNotThere(std::string_view answer) {
    static constexpr auto kPhrases = std::to_array<std::string_view>({"not mentioned",
                                                                      "not stated",
                                                                      "not specified",
                                                                      "not given",
                                                                      "not provided",
                                                                      "not found",
                                                                      "not in the documents",
                                                                      "not in the text",
                                                                      "no information",
                                                                      "no mention",
                                                                      "does not say",
                                                                      "do not say",
                                                                      "does not mention",
                                                                      "do not mention",
                                                                      "cannot be found",
                                                                      "not known",
                                                                      "unknown"});
    const std::vector<Word> words = splitWords(answer);
    return std::any_of(kPhrases.begin(), kPhrases.end(), [&](std::string_view phrase) {
        return findRun(words, splitWords(phrase)) >= 0;
    });
}

}  // namespace tl
