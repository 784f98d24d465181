// SPDX-License-Identifier: Apache-2.0
// Who speaks in transcripts and who writes in mails, and how much.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "app/overview/finders.h"
#include "app/wording.h"

namespace tl {

namespace {

struct Voice {
    std::string name;
    int64_t turns = 0;
    int64_t words = 0;
    int64_t milliseconds = 0;
    const Document* document = nullptr;  // in which the voice is first
    ByteRange first;
};

int64_t countWords(std::string_view text) {
    int64_t words = 0;
    bool isWord = false;
    for (const char c : text) {
        const bool isSpace = c == ' ' || c == '\n' || c == '\t';
        words += !isSpace && !isWord ? 1 : 0;
        isWord = !isSpace;
    }
    return words;
}

// The voices of all units of a kind, most words first.
std::vector<Voice> voicesOf(const OverviewFacts& facts, UnitKind kind) {
    std::map<std::string, Voice> byName;
    for (const OverviewFile& file : facts.input.files()) {
        const Document& document = *file.document;
        for (const Unit& unit : document.units) {
            const std::string& name = unit.kind == UnitKind::kCue ? unit.label : unit.from;
            if (unit.kind != kind || name.empty()) {
                continue;
            }
            Voice& voice = byName[name];
            if (voice.turns++ == 0) {
                voice.name = name;
                voice.document = &document;
                voice.first = {unit.begin, unit.end};
            }
            voice.words += countWords(wordsOfUnit(document, unit));
            voice.milliseconds += std::max<int64_t>(0, unit.endMs - unit.beginMs);
        }
    }
    std::vector<Voice> voices;
    voices.reserve(byName.size());
    for (auto& [name, voice] : byName) {
        voices.push_back(std::move(voice));
    }
    std::ranges::stable_sort(voices, std::ranges::greater(), &Voice::words);
    return voices;
}

// "12 min 5 s"
std::string spoken(int64_t milliseconds) {
    const int64_t seconds = (milliseconds + 500) / 1000;
    return seconds < 60
               ? std::to_string(seconds) + " s"
               : std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

}  // namespace

Statements findSpeakers(const OverviewFacts& facts) {
    const std::vector<Voice> voices = voicesOf(facts, UnitKind::kCue);
    int64_t all = 0;
    for (const Voice& voice : voices) {
        all += voice.words;
    }
    Statements statements;
    for (const Voice& voice : voices) {
        const int64_t share = all == 0 ? 0 : (100 * voice.words + all / 2) / all;
        std::string text =
            std::to_string(share) + " % of the words, " + counted(voice.turns, "turn", "turns");
        text += voice.milliseconds > 0 ? ", " + spoken(voice.milliseconds) : "";
        statements.push_back({.name = voice.name,
                              .text = text + "; first:",
                              .where = placeOfBytes(*voice.document, voice.first)});
    }
    return statements;
}

Statements findSenders(const OverviewFacts& facts) {
    std::vector<Voice> voices = voicesOf(facts, UnitKind::kMessage);
    std::ranges::stable_sort(voices, std::ranges::greater(), &Voice::turns);
    Statements statements;
    for (const Voice& voice : voices) {
        statements.push_back({.name = voice.name,
                              .text = counted(voice.turns, "message", "messages") + "; first:",
                              .where = placeOfBytes(*voice.document, voice.first)});
    }
    return statements;
}

}  // namespace tl
