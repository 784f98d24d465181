// SPDX-License-Identifier: Apache-2.0
// Times and names as transcripts write them.
#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "ingest/formats/transcript/cues.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// Takes 1 to `most` digits off the front; nullopt when there are none, or more.
std::optional<int64_t> takeDigits(std::string_view& text, size_t most) {
    size_t count = 0;
    int64_t value = 0;
    while (count < text.size() && isAsciiDigit(text[count])) {
        if (++count > most) {
            return std::nullopt;
        }
        value = value * 10 + (text[count - 1] - '0');
    }
    if (count == 0) {
        return std::nullopt;
    }
    text.remove_prefix(count);
    return value;
}

// ".5", ",345" or ".123456" as milliseconds; 0 when there is no fraction.
int64_t takeFractionMs(std::string_view& text) {
    if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !isAsciiDigit(text[1])) {
        return 0;
    }
    text.remove_prefix(1);
    int64_t ms = 0;
    for (int64_t unit = 100; !text.empty() && isAsciiDigit(text[0]); unit /= 10) {
        ms += unit * (text[0] - '0');
        text.remove_prefix(1);
    }
    return ms;
}

// Words that stand before a colon without being anybody's name.
constexpr std::array<std::string_view, 52> kLabels{
    "abstract", "action", "actions", "agenda",    "alert", "attendees", "author",  "bcc",
    "bug",      "cc",     "caution", "critical",  "date",  "debug",     "default", "depends",
    "details",  "error",  "example", "examples",  "fatal", "fixme",     "format",  "from",
    "hint",     "http",   "https",   "important", "info",  "input",     "license", "name",
    "note",     "notes",  "output",  "package",   "ps",    "present",   "reason",  "result",
    "returns",  "see",    "subject", "summary",   "time",  "tip",       "to",      "todo",
    "trace",    "usage",  "version", "warning"};
static_assert(!kLabels.back().empty());

bool isLabel(std::string_view name) {
    const std::string lower = asciiLower(name);
    return std::find(kLabels.begin(), kLabels.end(), lower) != kLabels.end();
}

bool isNameChar(char c) {
    return (static_cast<unsigned char>(c) & 0x80) != 0 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || isAsciiDigit(c) ||
           std::string_view(" .'-_(),&").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<int64_t> takeTimeMs(std::string_view& text) {
    std::string_view rest = text;
    const auto first = takeDigits(rest, 3);
    if (!first || rest.empty() || rest[0] != ':') {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    const auto second = takeDigits(rest, 2);
    if (!second || *second > 59) {
        return std::nullopt;
    }
    int64_t seconds = *first * 60 + *second;
    if (rest.size() > 1 && rest[0] == ':' && isAsciiDigit(rest[1])) {
        rest.remove_prefix(1);
        const auto third = takeDigits(rest, 2);
        if (!third || *third > 59) {
            return std::nullopt;
        }
        seconds = seconds * 60 + *third;
    }
    const int64_t ms = seconds * 1000 + takeFractionMs(rest);
    text = rest;
    return ms;
}

bool looksLikeName(std::string_view name) {
    constexpr size_t kMostBytes = 60;
    if (name.empty() || name.size() > kMostBytes || name.front() == ' ' || name.back() == ' ' ||
        !std::all_of(name.begin(), name.end(), isNameChar)) {
        return false;
    }
    const bool isCapital =
        (name[0] >= 'A' && name[0] <= 'Z') || (static_cast<unsigned char>(name[0]) & 0x80) != 0;
    return isCapital && std::count(name.begin(), name.end(), ' ') < 5 && !isLabel(name);
}

std::optional<std::pair<std::string_view, std::string_view>> splitSpeaker(std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon + 1 >= line.size() ||
        (line[colon + 1] != ' ' && line[colon + 1] != '\t')) {
        return std::nullopt;
    }
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view words = trimmed(line.substr(colon + 1));
    if (words.empty() || !looksLikeName(name)) {
        return std::nullopt;
    }
    return std::pair{name, words};
}

void takeSpeakersFromWords(std::vector<Cue>& cues) {
    std::map<std::string, size_t, std::less<>> uses;
    size_t named = 0;
    for (const Cue& cue : cues) {
        const auto split = splitSpeaker(cue.words);
        if (cue.speaker.empty() && cue.isSpoken && split) {
            ++uses[std::string(split->first)];
            ++named;
        }
    }
    for (Cue& cue : cues) {
        const auto split = splitSpeaker(cue.words);
        if (!cue.speaker.empty() || !cue.isSpoken || !split) {
            continue;
        }
        if (uses.find(split->first)->second < 2 && named * 2 <= cues.size()) {
            continue;
        }
        std::string speaker(split->first);
        cue.words = std::string(split->second);
        cue.speaker = std::move(speaker);
    }
}

}  // namespace tl
