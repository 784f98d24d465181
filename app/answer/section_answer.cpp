// SPDX-License-Identifier: Apache-2.0
#include "app/answer/section_answer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/citation/question_topic.h"
#include "app/citation/text_words.h"
#include "app/overview/prose.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr size_t kMaxTextBytes = 500;
// How much of a heading the question has to say.
constexpr double kLeastShare = 0.5;

constexpr auto kSummaryWords = std::to_array<std::string_view>(
    {"summarise", "summarize", "summary", "summarised", "summarized", "outline", "content"});
constexpr auto kSectionWords = std::to_array<std::string_view>(
    {"section", "chapter", "part", "article", "paragraph", "heading", "appendix"});
constexpr auto kBesideWords = std::to_array<std::string_view>({"say",
                                                               "says",
                                                               "short",
                                                               "briefly",
                                                               "please",
                                                               "give",
                                                               "tell",
                                                               "describe",
                                                               "explain",
                                                               "sentences",
                                                               "sentence",
                                                               "called",
                                                               "titled",
                                                               "headed"});

// The stems of what the section is called; empty for questions that ask for none.
StemSet askedSection(std::string_view question) {
    StemSet stems;
    bool asksSummary = false;
    bool saysSection = false;
    bool asksWhat = false;
    for (const Word& word : splitWords(question)) {
        asksWhat = asksWhat || word.folded == "what";
        if (isOneOf(word.folded, kSummaryWords)) {
            asksSummary = true;
        } else if (isOneOf(word.folded, kSectionWords)) {
            saysSection = true;
        } else if (!isFunctionWord(word.folded) && !isOneOf(word.folded, kBesideWords)) {
            stems.insert(stemOf(word.folded));
        }
    }
    const bool asks = saysSection && (asksSummary || asksWhat);
    return asks ? stems : StemSet();
}

struct Section {
    const Document* document = nullptr;
    const Symbol* heading = nullptr;
    double share = 0;
};

// How much of the heading the question says; 0 where the heading does not say all of the question.
double shareOf(const Symbol& heading, const StemSet& asked) {
    const StemSet stems = stemsOf(splitWords(heading.name));
    const bool saysAll =
        std::ranges::all_of(asked, [&](const std::string& stem) { return stems.contains(stem); });
    return saysAll ? static_cast<double>(asked.size()) / static_cast<double>(stems.size()) : 0;
}

// The heading that fits best; none where another one fits as well.
std::optional<Section> findSection(const Corpus& corpus, const StemSet& asked) {
    Section best;
    bool isOnly = true;
    for (const CorpusFile& file : corpus.files) {
        const Document& document = fullDocument(file.document);
        for (const Symbol& symbol : document.symbols) {
            const double share = symbol.kind == SymbolKind::kHeading ? shareOf(symbol, asked) : 0;
            if (share > best.share) {
                best = {&document, &symbol, share};
                isOnly = true;
            } else if (share > 0 && share == best.share) {
                isOnly = false;
            }
        }
    }
    const bool isFound = best.document != nullptr && best.share >= kLeastShare && isOnly;
    return isFound ? std::optional(best) : std::nullopt;
}

}  // namespace

bool answerFromSection(const Corpus& corpus, Answer& answer) {
    const StemSet asked = askedSection(answer.question);
    if (asked.empty()) {
        return false;
    }
    const std::optional<Section> section = findSection(corpus, asked);
    if (!section) {
        return false;
    }
    const Document& document = *section->document;
    const std::optional<Prose> prose =
        openingOfText(document, kMaxTextBytes, section->heading->firstLine + 1);
    if (!prose || document.lines.lineBegin(prose->lastLine) >= section->heading->end) {
        return false;
    }
    Citation citation = quotedLines(document, prose->firstLine, prose->lastLine);
    citation.foundBy.opening = true;
    answer.text = section->heading->name + ": " + prose->text;
    answer.citations = {std::move(citation)};
    return true;
}

}  // namespace tl
