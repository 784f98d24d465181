// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/transcript/timed_lines.h"

#include <algorithm>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

struct Times {
    int64_t beginMs = 0;
    int64_t endMs = 0;
};

std::optional<Times> takeTimes(std::string_view& line, std::string_view between) {
    std::string_view rest = line;
    const auto begin = takeTimeMs(rest);
    rest = begin ? trimmed(rest) : rest;
    if (!begin || !rest.starts_with(between)) {
        return std::nullopt;
    }
    rest = trimmed(rest.substr(between.size()));
    const auto end = takeTimeMs(rest);
    if (!end) {
        return std::nullopt;
    }
    line = rest;
    return Times{*begin, std::max(*begin, *end)};
}

// "(speaker 0) words" and "[SPEAKER_00]: words", as the tools print who they think it was.
void takeBracketedSpeaker(Cue& cue) {
    std::string_view words = cue.words;
    const char open = words.empty() ? '\0' : words[0];
    if (open != '(' && open != '[') {
        return;
    }
    const size_t close = words.find(open == '(' ? ')' : ']');
    if (close == std::string_view::npos || !asciiLower(words.substr(1, 7)).starts_with("speaker")) {
        return;
    }
    const std::string_view name = words.substr(1, close - 1);
    words.remove_prefix(close + 1);
    words.remove_prefix(words.starts_with(':') ? 1 : 0);
    cue.speaker = name.find('?') == std::string_view::npos ? std::string(name) : "";
    cue.words = std::string(trimmed(words));
}

std::optional<Cue> whisperCue(std::string_view line) {
    line = trimmed(line);
    if (!line.starts_with('[')) {
        return std::nullopt;
    }
    line.remove_prefix(1);
    const auto times = takeTimes(line, "-->");
    if (!times || !line.starts_with(']')) {
        return std::nullopt;
    }
    Cue cue;
    cue.words = std::string(trimmed(line.substr(1)));
    cue.beginMs = times->beginMs;
    cue.endMs = times->endMs;
    takeBracketedSpeaker(cue);
    return cue;
}

std::optional<Times> sbvTimes(std::string_view line) {
    line = trimmed(line);
    const auto times = takeTimes(line, ",");
    return times && line.empty() ? times : std::nullopt;
}

// ">> ALICE: words" tells that another speaks now.
std::string_view withoutTurnMark(std::string_view words) {
    return words.starts_with(">>") ? trimmed(words.substr(2)) : words;
}

}  // namespace

bool looksLikeWhisperLines(std::string_view head) {
    const std::vector<TextLine> lines = splitLines(head);
    const auto count = std::count_if(lines.begin(), lines.end(), [](const TextLine& line) {
        return whisperCue(line.text).has_value();
    });
    return count >= 2 || (count == 1 && lines.size() <= 2);
}

std::optional<CueList> parseWhisperLines(std::string_view text) {
    CueList list;
    size_t spoken = 0;
    for (const TextLine& line : splitLines(text)) {
        if (auto cue = whisperCue(line.text)) {
            ++spoken;
            list.cues.push_back(std::move(*cue));
        } else if (const std::string_view words = trimmed(line.text); !words.empty()) {
            Cue around;
            around.isSpoken = false;
            around.words = std::string(words);
            list.cues.push_back(std::move(around));
        }
    }
    if (spoken == 0) {
        return std::nullopt;
    }
    takeSpeakersFromWords(list.cues);
    return list;
}

bool startsLikeSbv(std::string_view head) {
    for (const TextLine& line : splitLines(head)) {
        if (!trimmed(line.text).empty()) {
            return sbvTimes(line.text).has_value();
        }
    }
    return false;
}

std::optional<CueList> parseSbv(std::string_view text) {
    CueList list;
    for (const TextLine& line : splitLines(text)) {
        if (const auto times = sbvTimes(line.text)) {
            Cue cue;
            cue.beginMs = times->beginMs;
            cue.endMs = times->endMs;
            list.cues.push_back(std::move(cue));
        } else if (!list.cues.empty() && !trimmed(line.text).empty()) {
            appendSeparated(list.cues.back().words, "\n", withoutTurnMark(trimmed(line.text)));
        }
    }
    if (list.cues.empty()) {
        return std::nullopt;
    }
    takeSpeakersFromWords(list.cues);
    return list;
}

}  // namespace tl
