// SPDX-License-Identifier: Apache-2.0
#include "app/answer/name_answer.h"

#include <array>
#include <set>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/answer/definition_text.h"
#include "app/citation/text_words.h"
#include "app/overview/overview_input.h"
#include "base/ascii.h"

namespace tl {

namespace {

constexpr auto kValueWords =
    std::to_array<std::string_view>({"value", "number", "default", "set", "equal", "equals"});
constexpr auto kPurposeWords = std::to_array<std::string_view>(
    {"calculate", "check",   "checks",  "compute", "do",       "documented", "exactly", "explain",
     "good",      "mean",    "means",   "purpose", "raise",    "raised",     "record",  "return",
     "returns",   "stand",   "stands",  "use",     "used",     "work",       "works",   "meaning",
     "describe",  "happens", "perform", "called",  "represent"});
// What may stand beside a name and says only what kind of thing it is.
constexpr auto kThings = std::to_array<std::string_view>(
    {"class",  "constant", "enum",      "exception", "field",  "flag",     "function",   "macro",
     "member", "method",   "parameter", "property",  "struct", "variable", "identifier", "type",
     "code",   "helper",   "object",    "module",    "symbol", "error"});

// What one definition says; the lines it stands on.
struct Said {
    std::string text;
    int64_t file = 0;
    int64_t firstLine = 1;
    int64_t lastLine = 1;
};

std::optional<Said> valueAt(const Document& document, const DefinedAt& place) {
    const std::optional<std::string> value = valueOnLine(lineOf(document, place.line), place.name);
    if (!value) {
        return std::nullopt;
    }
    return Said{place.name + " is " + *value + ".", place.file, place.line, place.line};
}

std::optional<Said> purposeAt(const Document& document, const DefinedAt& place) {
    const std::optional<Prose> prose = documentationOf(document, place.line);
    if (!prose) {
        return std::nullopt;
    }
    return Said{prose->text, place.file, prose->firstLine, prose->lastLine};
}

std::optional<Said> saidAt(const Document& document,
                           const DefinedAt& place,
                           const NameQuestion& asked) {
    std::optional<Said> said = asked.asksValue ? valueAt(document, place) : std::nullopt;
    return !said && asked.asksPurpose ? purposeAt(document, place) : said;
}

}  // namespace

std::optional<NameQuestion> nameQuestion(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    if (words.size() < 3 || (words[0].folded != "what" && words[0].folded != "which")) {
        return std::nullopt;
    }
    NameQuestion asked;
    bool asksValue = false;
    bool asksPurpose = words[1].folded == "does";
    for (const Word& word : words) {
        const std::string written(question.substr(static_cast<size_t>(word.begin),
                                                  static_cast<size_t>(word.end - word.begin)));
        if (isOneOf(word.folded, kValueWords)) {
            asksValue = true;
        } else if (isOneOf(word.folded, kPurposeWords)) {
            asksPurpose = true;
        } else if (!isFunctionWord(word.folded) && !isOneOf(word.folded, kThings)) {
            // "Signal.muted": the last part is what is asked about.
            const bool goesOn =
                word.begin > 0 && !asked.name.empty() &&
                question.substr(0, static_cast<size_t>(word.begin)).ends_with(asked.name + ".");
            if (!asked.name.empty() && !goesOn) {
                return std::nullopt;
            }
            asked.name = written;
        }
    }
    const bool isBare = !asksValue && !asksPurpose && words[1].folded == "is";
    asked.asksValue = asksValue || isBare;
    asked.asksPurpose = (asksPurpose || isBare) && !asksValue;
    const bool asks = asked.asksValue || asked.asksPurpose;
    return asks && !asked.name.empty() ? std::optional(asked) : std::nullopt;
}

bool answerFromDefinitions(const Corpus& corpus,
                           const NameQuestion& asked,
                           std::span<const DefinedAt> definitions,
                           Answer& answer) {
    std::vector<Said> all;
    std::set<std::string> texts;
    for (const DefinedAt& place : definitions) {
        const Document& document =
            fullDocument(corpus.files[static_cast<size_t>(place.file)].document);
        if (std::optional<Said> said = saidAt(document, place, asked)) {
            texts.insert(said->text);
            all.push_back(*std::move(said));
        }
    }
    if (texts.size() != 1) {
        return false;
    }
    const Said& said = all.front();
    const Document& document = fullDocument(corpus.files[static_cast<size_t>(said.file)].document);
    Citation citation = quotedLines(document, said.firstLine, said.lastLine);
    citation.foundBy.definition = true;
    answer.text = said.text;
    answer.citations = {std::move(citation)};
    return true;
}

}  // namespace tl
