// SPDX-License-Identifier: Apache-2.0
// A cue is a line "TIME --> TIME" and the lines below it. Files in the wild miss blank lines, have
// blank lines within a cue, broken times and words outside of any cue; none of these loses words.
#include "ingest/formats/transcript/subtitles.h"

#include "base/ascii.h"
#include "ingest/formats/transcript/caption_markup.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

struct Timing {
    int64_t beginMs = 0;
    int64_t endMs = 0;
};

std::optional<Timing> parseTiming(std::string_view line) {
    Timing timing;
    std::string_view rest = trimmed(line);
    const auto begin = takeTimeMs(rest);
    rest = trimmed(rest);
    if (!begin || !rest.starts_with("-->")) {
        return std::nullopt;
    }
    rest = trimmed(rest.substr(3));
    const auto end = takeTimeMs(rest);
    if (!end || (!rest.empty() && rest[0] != ' ' && rest[0] != '\t')) {
        return std::nullopt;
    }
    timing.beginMs = *begin;
    timing.endMs = *end;
    return timing;
}

// Teams' text export writes times without leading zeros and the speaker below them.
bool isTeamsTiming(std::string_view line) {
    const std::string_view time = trimmed(line);
    return time.size() > 4 && isAsciiDigit(time[0]) && time[1] == ':' &&
           (time[3] == ':' || time[4] == ':') && time.find('.') != std::string_view::npos;
}

// Zoom's cue identifier: 12 "Jane Doe" (4711).
std::string speakerOfIdentifier(std::string_view line) {
    const size_t open = line.find('"');
    const size_t close = line.rfind('"');
    if (open == std::string_view::npos || close <= open + 1 ||
        !isNumber(trimmed(line.substr(0, open)))) {
        return {};
    }
    return std::string(line.substr(open + 1, close - open - 1));
}

class SubtitleParser {
public:
    explicit SubtitleParser(std::string_view text) : m_lines(splitLines(text)) {}

    CueList parse() {
        size_t i = takeHeader();
        while (i < m_lines.size()) {
            if (isBlank(i)) {
                ++i;
                continue;
            }
            size_t end = i;
            while (end < m_lines.size() && !isBlank(end)) {
                ++end;
            }
            takeBlock(i, end);
            i = end;
        }
        closeCue();
        addNote(m_comments, ReasonCode::kCommentsLeftOut);
        addNote(m_styles, ReasonCode::kStylesLeftOut);
        takeSpeakersFromWords(m_list.cues);
        return std::move(m_list);
    }

private:
    std::string_view at(size_t line) const { return trimmed(m_lines[line].text); }

    // White space alone is a line of a WebVTT cue: roll-up captions start with one.
    bool isBlank(size_t line) const {
        return m_isVtt ? m_lines[line].text.empty() : at(line).empty();
    }

    void addNote(size_t count, ReasonCode what) {
        if (count > 0) {
            m_list.notes.push_back({.code = what, .count = static_cast<int64_t>(count)});
        }
    }

    void warn(size_t line, Reason what) {
        m_list.warnings.push_back(reasonAt(
            PlaceKind::kLine, static_cast<int64_t>(m_lines[line].number), std::move(what)));
    }

    // "WEBVTT title" and the metadata below it. Returns the first line after.
    size_t takeHeader() {
        if (m_lines.empty() || !at(0).starts_with("WEBVTT")) {
            return 0;
        }
        m_isVtt = true;
        std::string_view title = trimmed(at(0).substr(6));
        title.remove_prefix(title.starts_with("- ") ? 2 : 0);
        m_list.title = std::string(title);
        size_t i = 1;
        while (i < m_lines.size() && !at(i).empty() && !isTimingLine(at(i)) &&
               (i + 1 == m_lines.size() || !isTimingLine(at(i + 1)))) {
            ++i;
        }
        return i;
    }

    // Lines without a blank one between them: a cue, several without a border, or something else.
    void takeBlock(size_t begin, size_t end) {
        const std::string_view first = at(begin);
        if (m_isVtt && (first == "NOTE" || first.starts_with("NOTE "))) {
            ++m_comments;
            return;
        }
        if (m_isVtt && (first == "STYLE" || first == "REGION" || first.starts_with("Region:"))) {
            ++m_styles;
            return;
        }
        bool isInCue = false;
        for (size_t i = begin; i < end; ++i) {
            if (isTimingLine(at(i))) {
                beginCue(i);
                isInCue = true;
            } else if (i + 1 < end && isTimingLine(at(i + 1)) && (i == begin || isNumber(at(i)))) {
                closeCue();
                m_nextSpeaker = speakerOfIdentifier(at(i));
            } else if (isInCue) {
                appendSeparated(m_payload, "\n", m_lines[i].text);
            } else {
                takeLooseLine(i);
            }
        }
    }

    void beginCue(size_t line) {
        closeCue();
        m_cue = Cue{};
        m_cue.speaker = std::exchange(m_nextSpeaker, {});
        const auto timing = parseTiming(at(line));
        if (timing) {
            m_cue.beginMs = timing->beginMs;
            m_cue.endMs = timing->endMs;
        } else {
            warn(line,
                 {.code = ReasonCode::kBrokenTime,
                  .detail = std::string(cutAtCharacter(at(line), 60))});
            m_cue.beginMs = m_cue.endMs = m_lastEndMs;
        }
        if (m_cue.endMs < m_cue.beginMs) {
            warn(line, {ReasonCode::kCueEndsEarly});
            m_cue.endMs = m_cue.beginMs;
        }
        if (m_cue.beginMs < m_lastBeginMs) {
            warn(line, {ReasonCode::kCueBeginsEarly});
        }
        m_lastBeginMs = m_cue.beginMs;
        m_lastEndMs = m_cue.endMs;
        m_isTeams = isTeamsTiming(at(line));
        m_isOpen = true;
    }

    void closeCue() {
        if (!m_isOpen) {
            return;
        }
        m_isOpen = false;
        std::string_view payload = m_payload;
        if (const size_t end = payload.find('\n');
            m_isTeams && end != std::string_view::npos && looksLikeName(payload.substr(0, end))) {
            m_cue.speaker = std::string(payload.substr(0, end));
            payload.remove_prefix(end + 1);
        }
        for (Voice& voice : readCaption(payload)) {
            Cue cue = m_cue;
            cue.speaker = voice.speaker.empty() ? cue.speaker : std::move(voice.speaker);
            cue.words = std::move(voice.words);
            m_list.cues.push_back(std::move(cue));
        }
        m_payload.clear();
    }

    // A line after a blank one that belongs to no cue by the format's rules.
    void takeLooseLine(size_t line) {
        if (m_isOpen && !m_isVtt && !isNumber(at(line))) {
            appendSeparated(m_payload, "\n", m_lines[line].text);
            return;
        }
        closeCue();
        warn(line,
             {isNumber(at(line)) ? ReasonCode::kCueNumberAlone : ReasonCode::kWordsOutsideCues});
        Cue cue;
        cue.words = std::string(at(line));
        cue.isSpoken = false;
        cue.beginMs = cue.endMs = m_lastEndMs;
        m_list.cues.push_back(std::move(cue));
    }

    std::vector<TextLine> m_lines;
    CueList m_list;
    Cue m_cue;
    std::string m_payload;
    std::string m_nextSpeaker;
    bool m_isVtt = false;
    bool m_isOpen = false;
    bool m_isTeams = false;
    int64_t m_lastBeginMs = 0;
    int64_t m_lastEndMs = 0;
    size_t m_comments = 0;
    size_t m_styles = 0;
};

}  // namespace

// Also a broken one: its words must not be taken for those of the cue above.
bool isTimingLine(std::string_view line) {
    const size_t arrow = line.find("-->");
    return arrow != std::string_view::npos && arrow < 24 && !trimmed(line).empty() &&
           (isAsciiDigit(trimmed(line)[0]) || line.find(':') < arrow);
}

CueList parseSubtitles(std::string_view text) {
    return SubtitleParser(text).parse();
}

}  // namespace tl
