// SPDX-License-Identifier: Apache-2.0
// From cues to turns. Captions are cut to fit a screen, so a sentence is spread over several; and
// roll-up captions show each line twice or more: as the new line, then as the old one above it.
// What is repeated is taken out only where the times touch and, for whole lines, only in files in
// which a third of the cues do so: people do say things twice.
#include <algorithm>

#include "ingest/formats/transcript/cues.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// A turn ends at the first sentence end after this, about 40 seconds of speech...
constexpr size_t kTurnBytes = 600;
// ... or here at the latest.
constexpr size_t kLongestTurnBytes = 1200;
// Where nobody is named, a pause this long starts a new paragraph.
constexpr int64_t kPauseMs = 4000;
// Roll-up captions of one programme follow each other within this.
constexpr int64_t kTouchMs = 100;

std::vector<std::string> captionLines(std::string_view words) {
    std::vector<std::string> lines;
    for (const TextLine& line : splitLines(words)) {
        if (const std::string_view text = trimmed(line.text); !text.empty()) {
            lines.emplace_back(text);
        }
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines,
                   size_t first,
                   std::string_view separator) {
    std::string words;
    for (size_t i = first; i < lines.size(); ++i) {
        appendSeparated(words, separator, lines[i]);
    }
    return words;
}

bool touches(const Cue& before, const Cue& after) {
    return before.isSpoken && after.isSpoken && before.speaker == after.speaker &&
           after.beginMs <= before.endMs + kTouchMs && after.beginMs >= before.beginMs;
}

// How many lines at the start of `after` are the last lines of `before`.
size_t sharedLines(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    for (size_t count = std::min(before.size(), after.size()); count > 0; --count) {
        const auto last = before.end() - static_cast<std::ptrdiff_t>(count);
        if (std::equal(last, before.end(), after.begin())) {
            return count;
        }
    }
    return 0;
}

bool isRollUp(const std::vector<Cue>& cues, const std::vector<std::vector<std::string>>& lines) {
    size_t repeats = 0;
    for (size_t i = 1; i < cues.size(); ++i) {
        repeats += touches(cues[i - 1], cues[i]) && sharedLines(lines[i - 1], lines[i]) > 0 ? 1 : 0;
    }
    return repeats >= 3 && repeats * 3 >= cues.size();
}

// Takes out of each cue the lines that it still shows from the one before. Returns their number.
size_t mergeRollUp(std::vector<Cue>& cues) {
    std::vector<std::vector<std::string>> lines;
    lines.reserve(cues.size());
    for (const Cue& cue : cues) {
        lines.push_back(captionLines(cue.words));
    }
    if (!isRollUp(cues, lines)) {
        return 0;
    }
    size_t merged = 0;
    for (size_t i = 1; i < cues.size(); ++i) {
        if (touches(cues[i - 1], cues[i])) {
            const size_t shared = sharedLines(lines[i - 1], lines[i]);
            cues[i].words = joined(lines[i], shared, "\n");
            merged += shared;
        }
    }
    return merged;
}

// Whether `after` shows what `before` shows and perhaps more, while `before` still stands: live
// captions that grow, and cues given twice.
bool growsFrom(const Cue& before, const Cue& after) {
    if (!before.isSpoken || !after.isSpoken || before.speaker != after.speaker ||
        before.words.empty() || !after.words.starts_with(before.words)) {
        return false;
    }
    const bool isOverlap = after.beginMs < before.endMs ||
                           (after.beginMs == before.beginMs && after.endMs == before.endMs);
    const bool isWhole = after.words.size() == before.words.size() ||
                         after.words[before.words.size()] == ' ' ||
                         after.words[before.words.size()] == '\n';
    return isOverlap && isWhole && after.beginMs >= before.beginMs;
}

size_t mergeGrowing(std::vector<Cue>& cues) {
    size_t merged = 0;
    std::vector<Cue> kept;
    kept.reserve(cues.size());
    for (Cue& cue : cues) {
        if (!kept.empty() && growsFrom(kept.back(), cue)) {
            kept.back().words = std::move(cue.words);
            kept.back().endMs = std::max(kept.back().endMs, cue.endMs);
            ++merged;
        } else {
            kept.push_back(std::move(cue));
        }
    }
    cues = std::move(kept);
    return merged;
}

bool endsSentence(std::string_view text) {
    while (!text.empty() && std::string_view("\"')]").find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1);
    }
    return !text.empty() && (std::string_view(".?!").find(text.back()) != std::string_view::npos ||
                             text.ends_with("\xE3\x80\x82") || text.ends_with("\xE2\x80\xA6"));
}

// Writes turns one after the other.
class TurnWriter {
public:
    void add(const Cue& cue) {
        const std::string text = joined(captionLines(cleanText(cue.words)), 0, " ");
        if (text.empty()) {
            m_lastEndMs = std::max(m_lastEndMs, cue.endMs);
            extendTime(cue);
            return;
        }
        if (continues(cue, text.size())) {
            m_extract.text += ' ';
            m_extract.text += text;
            m_extract.units.back().end = size();
            extendTime(cue);
        } else {
            begin(cue, text);
        }
        m_isOpen = cue.isSpoken;
        m_lastEndMs = std::max(cue.endMs, cue.beginMs);
    }

    Extract finish() {
        if (!m_extract.text.empty()) {
            m_extract.text += '\n';
        }
        m_extract.kind = DocumentKind::kTranscript;
        return std::move(m_extract);
    }

private:
    int64_t size() const { return static_cast<int64_t>(m_extract.text.size()); }

    void extendTime(const Cue& cue) {
        if (m_isOpen) {
            Unit& unit = m_extract.units.back();
            unit.endMs = std::max(unit.endMs, cue.endMs);
        }
    }

    bool continues(const Cue& cue, size_t bytes) const {
        if (!m_isOpen || !cue.isSpoken || m_extract.units.back().label != cleanText(cue.speaker)) {
            return false;
        }
        const Unit& unit = m_extract.units.back();
        const auto length = static_cast<size_t>(unit.end - unit.begin);
        const bool isPause = cue.speaker.empty() && cue.beginMs > m_lastEndMs + kPauseMs;
        const bool isDone = length > kTurnBytes && endsSentence(m_extract.text);
        return !isPause && !isDone && length + bytes <= kLongestTurnBytes;
    }

    void begin(const Cue& cue, std::string_view text) {
        m_extract.text += m_extract.text.empty() ? "" : "\n\n";
        const int64_t start = size();
        const std::string speaker = cleanText(cue.speaker);
        if (!speaker.empty()) {
            m_extract.text += speaker + ": ";
        }
        m_extract.text += text;
        if (!cue.isSpoken) {
            return;
        }
        Unit unit;
        unit.kind = UnitKind::kCue;
        unit.begin = start;
        unit.end = size();
        unit.number = static_cast<int64_t>(m_extract.units.size()) + 1;
        unit.label = speaker;
        unit.beginMs = cue.beginMs;
        unit.endMs = cue.endMs;
        m_extract.units.push_back(std::move(unit));
    }

    Extract m_extract;
    bool m_isOpen = false;  // the last paragraph is a turn that may go on
    int64_t m_lastEndMs = 0;
};

}  // namespace

Extract turnsFromCues(CueList list) {
    if (const size_t lines = mergeRollUp(list.cues); lines > 0) {
        list.notes.push_back(
            {.code = ReasonCode::kCaptionLinesMerged, .count = static_cast<int64_t>(lines)});
    }
    if (const size_t cues = mergeGrowing(list.cues); cues > 0) {
        list.notes.push_back(
            {.code = ReasonCode::kCuesMerged, .count = static_cast<int64_t>(cues)});
    }
    TurnWriter writer;
    for (const Cue& cue : list.cues) {
        writer.add(cue);
    }
    Extract extract = writer.finish();
    extract.title = cleanText(list.title);
    extract.warnings = std::move(list.warnings);
    extract.notes = std::move(list.notes);
    return extract;
}

}  // namespace tl
