// SPDX-License-Identifier: Apache-2.0
#include "app/answer/turn_answer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/citation/answer_claim.h"
#include "app/citation/text_words.h"
#include "app/overview/overview_input.h"
#include "app/overview/prose.h"
#include "ingest/place.h"

namespace tl {

namespace {

// How much better the best turn has to be than any of somebody else.
constexpr double kLead = 1.25;
constexpr size_t kMaxTextBytes = 240;

struct Turn {
    std::string speaker;
    int64_t begin = 0;  // byte range of what is said
    int64_t end = 0;
};

// "SECOND WITCH." and "JAQUES\tA fool": the name in capitals that opens a line of a play.
std::string_view nameInCapitals(std::string_view line) {
    size_t end = 0;
    while (end < line.size() && ((line[end] >= 'A' && line[end] <= 'Z') ||
                                 (end > 0 && (line[end] == ' ' || line[end] == '\'')))) {
        ++end;
    }
    const bool isMarked =
        end < line.size() && (line[end] == '.' || line[end] == ':' || line[end] == '\t');
    return end >= 3 && (isMarked || end == line.size()) ? stripped(line.substr(0, end))
                                                        : std::string_view();
}

// Paragraphs that this name opens.
size_t turnsOf(const Document& document, std::string_view name) {
    const std::string opening = "\n\n" + std::string(name);
    size_t turns = 0;
    for (size_t at = document.text.find(opening); at != std::string::npos;
         at = document.text.find(opening, at + 1)) {
        const std::string_view rest = std::string_view(document.text).substr(at + 2);
        turns += nameInCapitals(rest.substr(0, rest.find('\n'))) == name ? 1 : 0;
    }
    return turns;
}

// Whose turn a line of a play is in: the last name in capitals above it that opens other turns too.
std::optional<Turn> turnInPlay(const Document& document, int64_t byte) {
    constexpr int64_t kMaxLines = 40;
    constexpr size_t kTurns = 3;  // of somebody who speaks
    const int64_t from = document.lines.position(byte).line;
    for (int64_t line = from; line >= std::max<int64_t>(1, from - kMaxLines); --line) {
        const bool opens = line == 1 || stripped(lineOf(document, line - 1)).empty();
        const std::string_view name =
            opens ? nameInCapitals(lineOf(document, line)) : std::string_view();
        if (name.empty()) {
            continue;
        }
        if (turnsOf(document, name) < kTurns) {
            return std::nullopt;
        }
        const int64_t begin = document.lines.lineBegin(line);
        const auto end = static_cast<int64_t>(
            std::min(document.text.find("\n\n", static_cast<size_t>(byte)), document.text.size()));
        return Turn{std::string(name), begin, end};
    }
    return std::nullopt;
}

// Who says a passage of the full document; none where nobody is named.
std::optional<Turn> turnOf(const Document& document, const Passage& passage) {
    if (document.units.empty() && document.kind == DocumentKind::kText) {
        return turnInPlay(document, passage.begin);
    }
    const Unit* unit = unitAt(document, passage.begin);
    if (unit == nullptr) {
        return std::nullopt;
    }
    const std::string& name = unit->kind == UnitKind::kCue       ? unit->label
                              : unit->kind == UnitKind::kMessage ? unit->from
                                                                 : std::string();
    return name.empty() ? std::nullopt : std::optional(Turn{name, unit->begin, unit->end});
}

// "I can take the first week": what somebody does, told by themselves.
bool saysMyself(const Document& document, const Turn& turn) {
    const std::string_view text =
        std::string_view(document.text)
            .substr(static_cast<size_t>(turn.begin), static_cast<size_t>(turn.end - turn.begin));
    return std::ranges::any_of(splitWords(text), [](const Word& word) {
        return word.folded == "i" || word.folded.starts_with("i'") || word.folded == "my" ||
               word.folded == "me";
    });
}

std::string inOneLine(std::string_view text) {
    std::string line;
    for (const char c : stripped(text)) {
        const bool isBlank = c == ' ' || c == '\n' || c == '\t';
        if (!isBlank || (!line.empty() && line.back() != ' ')) {
            line += isBlank ? ' ' : c;
        }
    }
    return line;
}

}  // namespace

WhoQuestion whoQuestion(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    if (words.size() < 4 || words[0].folded != "who") {
        return {};
    }
    const bool isSaid = demandOf(question).speaker;
    return {question.substr(static_cast<size_t>(words[isSaid ? 2 : 1].begin)), !isSaid};
}

bool answerFromTurns(const Corpus& corpus,
                     const WhoQuestion& asked,
                     std::span<const RankedPassage> ranked,
                     Answer& answer) {
    std::optional<Turn> best;
    const Document* spoken = nullptr;
    double score = 0;
    for (const RankedPassage& each : ranked) {
        const Document& read = corpus.files[static_cast<size_t>(each.passage->document)].document;
        const Document& document = fullDocument(read);
        std::optional<Turn> turn = turnOf(document, fullPassage(read, *each.passage));
        if (!turn && !best) {
            return false;  // Something else says it best.
        }
        if (!turn) {
            continue;
        }
        if (!best) {
            best = std::move(turn);
            spoken = &document;
            score = each.score;
        } else if (turn->speaker != best->speaker) {
            if (each.score * kLead > score) {
                return false;
            }
            break;
        }
    }
    if (!best || (asked.isOwnDeed && !saysMyself(*spoken, *best))) {
        return false;
    }
    const LineIndex& lines = spoken->lines;
    Citation citation =
        quotedLines(*spoken, lines.position(best->begin).line, lines.position(best->end - 1).line);
    citation.foundBy.words = true;
    std::string words = inOneLine(std::string_view(spoken->text)
                                      .substr(static_cast<size_t>(best->begin),
                                              static_cast<size_t>(best->end - best->begin)));
    if (words.starts_with(best->speaker)) {
        words.erase(0, words.find_first_not_of(" .:", best->speaker.size()));
    }
    answer.text = best->speaker + ": " + firstSentences(words, kMaxTextBytes);
    answer.citations = {std::move(citation)};
    return true;
}

}  // namespace tl
