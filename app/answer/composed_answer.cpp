// SPDX-License-Identifier: Apache-2.0
#include "app/answer/composed_answer.h"

#include <algorithm>

#include "app/citation/citation_place.h"

namespace tl {

namespace {

// Of the best passage that many bytes are shown, in whole lines where it has several.
constexpr int64_t kMaxShownBytes = 600;
constexpr int64_t kMaxQuoteBytes = 240;
constexpr size_t kMaxClosest = 3;
constexpr std::string_view kNotThere = "The documents do not say.";

constexpr const char* kBlanks = " \t\n\r";

// The range without white space at its ends, up to `maxBytes`: cut after a line, else a word.
ByteRange shownRange(const std::string& text, ByteRange range, int64_t maxBytes) {
    const auto begin =
        static_cast<int64_t>(text.find_first_not_of(kBlanks, static_cast<size_t>(range.begin)));
    range.begin = begin >= 0 && begin < range.end ? begin : range.begin;
    if (range.end - range.begin > maxBytes) {
        const auto limit = static_cast<size_t>(range.begin + maxBytes);
        for (const char* marks : {"\n", " \t"}) {
            const auto cut = static_cast<int64_t>(text.find_last_of(marks, limit));
            if (cut > range.begin) {
                range.end = cut;
                break;
            }
        }
    }
    while (range.end > range.begin &&
           std::string_view(kBlanks).find(text[static_cast<size_t>(range.end - 1)]) !=
               std::string_view::npos) {
        --range.end;
    }
    return range;
}

std::string textOf(const Document& document, const ByteRange& range) {
    return document.text.substr(static_cast<size_t>(range.begin),
                                static_cast<size_t>(range.end - range.begin));
}

Citation citationOf(const Document& document, const ByteRange& range) {
    Citation citation;
    citation.file = document.name;
    citation.startLine = document.lines.position(range.begin).line;
    citation.endLine = document.lines.position(std::max(range.begin, range.end - 1)).line;
    citation.quote = textOf(document, range);
    setPlace(document, range, citation);
    return citation;
}

const CorpusFile& fileOf(const Corpus& corpus, const RankedPassage& ranked) {
    return corpus.files[static_cast<size_t>(ranked.passage->document)];
}

ByteRange fullRange(const Corpus& corpus, const RankedPassage& ranked) {
    const Passage full = fullPassage(fileOf(corpus, ranked).document, *ranked.passage);
    return {full.begin, full.end};
}

}  // namespace

Citation quotedLines(const Document& document, int64_t first, int64_t last) {
    const ByteRange lines{document.lines.lineBegin(first), document.lines.lineEnd(last)};
    Citation citation = citationOf(document, shownRange(document.text, lines, kMaxShownBytes));
    citation.state = CitationState::kVerified;
    return citation;
}

void answerWithDefinition(const Corpus& corpus, const DefinedAt& definedAt, Answer& answer) {
    const Document& document =
        fullDocument(corpus.files[static_cast<size_t>(definedAt.file)].document);
    Citation citation = quotedLines(document, definedAt.line, definedAt.line);
    citation.foundBy.definition = true;
    answer.text = definedAt.name + " is defined in " + document.name + ", line " +
                  std::to_string(definedAt.line) + ".";
    answer.citations = {std::move(citation)};
}

void answerWithClosest(const Corpus& corpus, std::span<const RankedPassage> best, Answer& answer) {
    const Document& first = fullDocument(fileOf(corpus, best.front()).document);
    const ByteRange shown = shownRange(first.text, fullRange(corpus, best.front()), kMaxShownBytes);
    answer.text = std::string(kClosestPassages) + ":\n" + textOf(first, shown);
    answer.isCut = false;
    answer.citations.clear();
    for (const RankedPassage& ranked : best.first(std::min(best.size(), kMaxClosest))) {
        const Document& document = fullDocument(fileOf(corpus, ranked).document);
        Citation citation = citationOf(
            document, shownRange(document.text, fullRange(corpus, ranked), kMaxQuoteBytes));
        citation.state = CitationState::kElsewhere;
        answer.citations.push_back(std::move(citation));
    }
}

void answerNotThere(Answer& answer) {
    answer.text = kNotThere;
    answer.isCut = false;
    answer.citations.clear();
}

void markFoundBy(const Corpus& corpus, std::span<const RankedPassage> ranking, Answer& answer) {
    for (Citation& citation : answer.citations) {
        const auto holds = [&](const RankedPassage& ranked) {
            const Document& document = fileOf(corpus, ranked).document;
            const Passage full = fullPassage(document, *ranked.passage);
            return document.name == citation.file && full.firstLine <= citation.startLine &&
                   citation.endLine <= full.lastLine;
        };
        const auto found = std::ranges::find_if(ranking, holds);
        if (found != ranking.end()) {
            citation.foundBy = found->foundBy;
        }
    }
}

void HeldBackPieces::push(const std::string& text) {
    m_held += text;
    m_isOpen = m_isOpen || !kNotThere.starts_with(m_held);
    if (m_isOpen && m_piece) {
        m_piece(m_held);
        m_held.clear();
    }
}

}  // namespace tl
