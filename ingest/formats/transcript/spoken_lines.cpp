// SPDX-License-Identifier: Apache-2.0
// Conversations as plain text. Nothing marks them but their looks, so the test whether a text is
// one is strict: a wrong "yes" would give words a speaker who never said them.
#include "ingest/formats/transcript/spoken_lines.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// Turns of one speaker in a row become one unit up to this size.
constexpr int64_t kTurnBytes = 600;

struct SpeakerLine {
    std::string_view speaker;
    std::string_view words;  // empty: they stand below
    std::optional<int64_t> timeMs;
};

// Takes "00:12:03", "[00:12:03]" or "(00:12:03)" and the white space after it off the front.
std::optional<int64_t> takeLeadingTime(std::string_view& line) {
    std::string_view rest = line;
    const char open = rest.empty() ? '\0' : rest[0];
    const bool isBracketed = open == '[' || open == '(';
    rest.remove_prefix(isBracketed ? 1 : 0);
    const auto time = takeTimeMs(rest);
    if (!time) {
        return std::nullopt;
    }
    if (isBracketed) {
        if (rest.empty() || rest[0] != (open == '[' ? ']' : ')')) {
            return std::nullopt;
        }
        rest.remove_prefix(1);
    }
    if (!rest.empty() && rest[0] != ' ' && rest[0] != '\t') {
        return std::nullopt;
    }
    line = trimmed(rest);
    return time;
}

// "NAME", "NAME:", "NAME (00:02)", "NAME (00:02):": what stands in bold in front of the words.
std::optional<SpeakerLine> matchBoldName(std::string_view name) {
    name = trimmed(name);
    name.remove_suffix(name.ends_with(':') ? 1 : 0);
    SpeakerLine result;
    if (const size_t open = name.find_first_of("(["); open != std::string_view::npos && open > 0) {
        std::string_view time = name.substr(open);
        result.timeMs = takeLeadingTime(time);
        if (!result.timeMs || !time.empty()) {
            return std::nullopt;
        }
        name = name.substr(0, open);
    }
    result.speaker = trimmed(name);
    return looksLikeName(result.speaker) ? std::optional(result) : std::nullopt;
}

// Markdown's "**Name:** words", "**Name**: words", "**Name (00:02):** words",
// "**Name** (00:02): words".
std::optional<SpeakerLine> matchBold(std::string_view line) {
    constexpr std::string_view kBold = "**";
    constexpr size_t kLongest = 90;
    if (!line.starts_with(kBold)) {
        return std::nullopt;
    }
    line.remove_prefix(kBold.size());
    const size_t end = line.substr(0, kLongest).find(kBold);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = line.substr(0, end);
    auto result = matchBoldName(name);
    if (!result) {
        return std::nullopt;
    }
    std::string_view rest = trimmed(line.substr(end + kBold.size()));
    if (const char open = rest.empty() ? '\0' : rest[0]; open == '(' || open == '[') {
        const size_t close = rest.find(open == '(' ? ')' : ']');
        std::string_view time = rest.substr(1);
        const auto timeMs = takeTimeMs(time);
        if (timeMs && close != std::string_view::npos) {
            result->timeMs = timeMs;
            rest = rest.substr(close + 1);
        }
    }
    if (!name.ends_with(':') && !rest.starts_with(':') && !result->timeMs) {
        return std::nullopt;
    }
    result->words = trimmed(rest.substr(rest.starts_with(':') ? 1 : 0));
    return result;
}

// "NAME:" with the words below, as interviews are set.
std::optional<SpeakerLine> matchNameAlone(std::string_view line) {
    if (!line.ends_with(':')) {
        return std::nullopt;
    }
    const std::string_view name = trimmed(line.substr(0, line.size() - 1));
    const bool isShort = std::count(name.begin(), name.end(), ' ') < 3;
    return isShort && looksLikeName(name) ? std::optional(SpeakerLine{name, {}, std::nullopt})
                                          : std::nullopt;
}

// "NAME: words", "[00:12:03] NAME: words", "NAME (00:12:03): words", "NAME [00:12:03]: words", the
// words perhaps below; all of it with the name in bold.
std::optional<SpeakerLine> matchNamed(std::string_view line) {
    SpeakerLine result;
    line = trimmed(line);
    if (const auto bold = matchBold(line)) {
        return bold;
    }
    result.timeMs = takeLeadingTime(line);
    const size_t open = line.substr(0, 80).find_first_of("([");
    if (open != std::string_view::npos && open > 0) {
        const std::string_view name = trimmed(line.substr(0, open));
        std::string_view rest = line.substr(open + 1);
        const auto time = takeTimeMs(rest);
        if (time && (rest.starts_with("):") || rest.starts_with("]:")) && looksLikeName(name)) {
            return SpeakerLine{name, trimmed(rest.substr(2)), time};
        }
    }
    const auto split = splitSpeaker(line);
    if (!split) {
        const auto alone = matchNameAlone(line);
        result.speaker = alone ? alone->speaker : std::string_view();
        return alone ? std::optional(result) : std::nullopt;
    }
    result.speaker = split->first;
    result.words = split->second;
    return result;
}

// Zoom's chat: "10:20:30 From Jane Doe to Everyone: words", the words perhaps below.
std::optional<SpeakerLine> matchChat(std::string_view line) {
    line = trimmed(line);
    const auto time = takeLeadingTime(line);
    if (!time || !asciiLower(line.substr(0, 5)).starts_with("from ")) {
        return std::nullopt;
    }
    line = trimmed(line.substr(5));
    const size_t colon = line.find(':');
    const size_t to = std::min(asciiLower(line.substr(0, 200)).find(" to "), colon);
    if (colon == std::string_view::npos || !looksLikeName(trimmed(line.substr(0, to)))) {
        return std::nullopt;
    }
    return SpeakerLine{trimmed(line.substr(0, to)), trimmed(line.substr(colon + 1)), time};
}

// "Jane Doe  0:12" and "[Jane Doe] 10:20:30".
std::optional<SpeakerLine> matchHeader(std::string_view line) {
    line = trimmed(line);
    const size_t space = line.find_last_of(" \t");
    if (space == std::string_view::npos || line.size() > 100) {
        return std::nullopt;
    }
    std::string_view timeText = line.substr(space + 1);
    const auto time = takeTimeMs(timeText);
    std::string_view name = trimmed(line.substr(0, space));
    if (name.starts_with('[') && name.ends_with(']')) {
        name = trimmed(name.substr(1, name.size() - 2));
    } else if (name.find(',') != std::string_view::npos) {
        return std::nullopt;  // "January 1, 2024, 10:00", not a name
    }
    if (!time || !timeText.empty() || !looksLikeName(name)) {
        return std::nullopt;
    }
    return SpeakerLine{name, {}, time};
}

std::optional<SpeakerLine> matchAnnounced(std::string_view line) {
    const auto chat = matchChat(line);
    return chat ? chat : matchHeader(line);
}

// "00:05:00" on a line of its own, as Google Meet puts between turns.
std::optional<int64_t> matchTimeAlone(std::string_view line) {
    const auto time = takeLeadingTime(line);
    return time && line.empty() ? time : std::nullopt;
}

// "Okay." is no sentence, but nothing that comes after a key in a file of settings either.
bool endsLikeSpeech(std::string_view words) {
    while (!words.empty() &&
           std::string_view("\"')]*").find(words.back()) != std::string_view::npos) {
        words.remove_suffix(1);
    }
    constexpr std::array<std::string_view, 6> kEnds{
        ".", "?", "!", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x9F"};
    return std::any_of(
        kEnds.begin(), kEnds.end(), [&](std::string_view end) { return words.ends_with(end); });
}

bool isSentence(std::string_view words) {
    return std::count(words.begin(), words.end(), ' ') >= 2 &&
           words.find_first_of(".?!") != std::string_view::npos;
}

// What the lines of a text look like when they are taken for turns.
struct ConversationCounts {
    size_t lines = 0;      // that are not blank
    size_t starts = 0;     // first lines of paragraphs, and turns
    size_t turns = 0;      // lines that name a speaker
    size_t sentences = 0;  // turns that hold one
    size_t spoken = 0;     // turns that end like one, were it a single word
    size_t changes = 0;    // turns by another than the one before
    size_t returning = 0;  // speakers with two turns or more
    size_t speakers = 0;
    size_t timed = 0;
};

using LineMatch = std::function<std::optional<SpeakerLine>(std::string_view)>;

ConversationCounts countTurns(const std::vector<TextLine>& lines, const LineMatch& match) {
    ConversationCounts counts;
    std::map<std::string, size_t, std::less<>> turnsOf;
    std::string_view last;
    bool isAfterBlank = true;
    bool isInTurn = false;
    bool hasSentence = false;
    for (const TextLine& line : lines) {
        const std::string_view text = trimmed(line.text);
        if (text.empty()) {
            isAfterBlank = true;
            continue;
        }
        const auto turn = match(text);
        ++counts.lines;
        counts.starts += isAfterBlank || turn ? 1 : 0;
        if (turn) {
            ++counts.turns;
            ++turnsOf[std::string(turn->speaker)];
            counts.changes += turn->speaker != last ? 1 : 0;
            counts.timed += turn->timeMs ? 1 : 0;
            counts.spoken += endsLikeSpeech(turn->words) ? 1 : 0;
            last = turn->speaker;
            hasSentence = false;
        }
        isInTurn = turn || (isInTurn && !isAfterBlank);
        if (isInTurn && !hasSentence && isSentence(turn ? turn->words : text)) {
            hasSentence = true;
            ++counts.sentences;
        }
        isAfterBlank = false;
    }
    counts.speakers = turnsOf.size();
    counts.returning = static_cast<size_t>(std::count_if(
        turnsOf.begin(), turnsOf.end(), [](const auto& speaker) { return speaker.second > 1; }));
    return counts;
}

// Half of the turns are sentences; or, as people answer with a word more often than not, half end
// like one, some are one, and hardly anything else stands there.
bool soundsSpoken(const ConversationCounts& counts) {
    return counts.sentences * 2 >= counts.turns ||
           (counts.spoken * 2 >= counts.turns && counts.sentences >= 2 &&
            counts.turns * 10 >= counts.starts * 8);
}

bool isConversation(const ConversationCounts& counts) {
    return counts.turns >= 4 && counts.speakers >= 2 && counts.returning >= 2 &&
           counts.turns * 2 > counts.starts && counts.turns * 5 >= counts.lines &&
           counts.turns >= counts.speakers * 3 / 2 && counts.changes * 4 >= counts.turns &&
           soundsSpoken(counts);
}

bool isAnnouncedConversation(const ConversationCounts& counts) {
    return counts.turns >= 2 && counts.turns * 5 >= counts.lines;
}

}  // namespace

bool looksLikeConversation(std::string_view text) {
    constexpr size_t kSample = size_t{1} << 16;
    const std::vector<TextLine> lines = splitLines(text.substr(0, kSample));
    const ConversationCounts announced = countTurns(lines, matchAnnounced);
    return (announced.turns >= 3 && announced.speakers >= 2 &&
            isAnnouncedConversation(announced)) ||
           isConversation(countTurns(lines, matchNamed));
}

std::optional<CueList> parseAnnouncedTurns(std::string_view text) {
    const std::vector<TextLine> lines = splitLines(text);
    if (!isAnnouncedConversation(countTurns(lines, matchAnnounced))) {
        return std::nullopt;
    }
    CueList list;
    Cue cue;
    cue.isSpoken = false;  // what stands before the first turn
    const auto close = [&] {
        if (!trimmed(cue.words).empty()) {
            list.cues.push_back(cue);
        }
    };
    for (const TextLine& line : lines) {
        const auto turn = matchAnnounced(line.text);
        if (line.text.starts_with("Transcribed by ")) {  // Otter's last line
            close();
            cue = Cue{};
            cue.isSpoken = false;
        }
        if (!turn && (cue.isSpoken || !trimmed(line.text).empty())) {
            appendSeparated(cue.words, "\n", trimmed(line.text));
        } else if (turn) {
            close();
            cue = Cue{};
            cue.speaker = std::string(turn->speaker);
            cue.words = std::string(turn->words);
            cue.beginMs = turn->timeMs.value_or(0);
            cue.endMs = cue.beginMs;
        }
        if (!cue.isSpoken) {
            close();
            cue.words.clear();
        }
    }
    close();
    // No end is written: a turn lasts until the next one.
    for (size_t i = 0; i + 1 < list.cues.size(); ++i) {
        list.cues[i].endMs = std::max(list.cues[i].beginMs, list.cues[i + 1].beginMs);
    }
    return list;
}

namespace {

// Puts units over the lines of a conversation, whose text stays as it is.
class NamedLineUnits {
public:
    explicit NamedLineUnits(Extract& extract) : m_extract(extract) {}

    void add(const TextLine& line) {
        const std::string_view words = trimmed(line.text);
        const auto turn = matchNamed(words);
        const auto timeAlone = matchTimeAlone(words);
        // Below a blank line another may speak, or nobody: that is not told. A time of its own
        // belongs to who speaks next.
        m_isOpen = !words.empty() && !timeAlone && !words.starts_with("Transcription ended") &&
                   (m_isOpen || turn);
        if (timeAlone) {
            m_waitingTimeMs = *timeAlone;
            endLastAt(*timeAlone);
        } else if (turn) {
            addTurn(line, *turn);
        } else if (m_isOpen) {
            m_extract.units.back().end = endOf(line);
        }
    }

private:
    static int64_t endOf(const TextLine& line) {
        return line.begin + static_cast<int64_t>(line.text.size());
    }

    void endLastAt(int64_t timeMs) {
        if (!m_extract.units.empty() && m_extract.units.back().beginMs != kNoTimeMs) {
            Unit& last = m_extract.units.back();
            last.endMs = std::max(last.beginMs, timeMs);
        }
    }

    void addTurn(const TextLine& line, const SpeakerLine& turn) {
        const int64_t timeMs = turn.timeMs.value_or(m_waitingTimeMs);
        m_waitingTimeMs = kNoTimeMs;
        if (timeMs != kNoTimeMs) {
            endLastAt(timeMs);
        }
        if (!m_extract.units.empty()) {
            Unit& last = m_extract.units.back();
            if (last.end + 1 == line.begin && last.label == turn.speaker &&
                last.end - last.begin < kTurnBytes) {
                last.end = endOf(line);
                return;
            }
        }
        Unit unit;
        unit.kind = UnitKind::kCue;
        unit.begin = line.begin;
        unit.end = endOf(line);
        unit.number = static_cast<int64_t>(m_extract.units.size()) + 1;
        unit.label = std::string(turn.speaker);
        unit.beginMs = unit.endMs = timeMs;
        m_extract.units.push_back(std::move(unit));
    }

    Extract& m_extract;
    bool m_isOpen = false;                // the last unit may go on
    int64_t m_waitingTimeMs = kNoTimeMs;  // of whoever speaks next
};

}  // namespace

Extract readNamedLines(std::string_view text) {
    Extract extract;
    extract.kind = DocumentKind::kTranscript;
    extract.text = std::string(text);
    NamedLineUnits units(extract);
    for (const TextLine& line : splitLines(text)) {
        units.add(line);
    }
    return extract;
}

}  // namespace tl
