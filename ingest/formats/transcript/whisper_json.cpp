// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/transcript/whisper_json.h"

#include <algorithm>
#include <cmath>

#include "ingest/text/json_text.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

using nlohmann::json;

// 1,000 hours; what is no number, or none that makes sense, is 0.
int64_t toMs(double value, double unit) {
    const double ms = value * unit;
    return std::isfinite(ms) && ms >= 0 && ms < 3.6e9 ? std::llround(ms) : 0;
}

// {"start": 1.2, "end": 3.4, "text": " words", "speaker": "SPEAKER_00"}
bool readWhisperSegment(const json& segment, Cue& cue) {
    cue.beginMs = toMs(numberMember(segment, "start"), 1000);
    cue.endMs = toMs(numberMember(segment, "end"), 1000);
    return member(segment, "start").is_number();
}

// {"timestamps": {...}, "offsets": {"from": 1200, "to": 3400}, "text": " words"}
bool readWhisperCppSegment(const json& segment, Cue& cue) {
    const json& offsets = member(segment, "offsets");
    if (offsets.is_object()) {
        cue.beginMs = toMs(numberMember(offsets, "from"), 1);
        cue.endMs = toMs(numberMember(offsets, "to"), 1);
        return member(offsets, "from").is_number();
    }
    const json& times = member(segment, "timestamps");
    const std::string from = stringMember(times, "from");
    const std::string to = stringMember(times, "to");
    std::string_view fromText = from;
    std::string_view toText = to;
    const auto begin = takeTimeMs(fromText);
    cue.beginMs = begin.value_or(0);
    cue.endMs = takeTimeMs(toText).value_or(cue.beginMs);
    return begin.has_value();
}

// The array of segments, and whether it is whisper.cpp's.
const json* findSegments(const json& tree, bool& isCpp) {
    isCpp = member(tree, "transcription").is_array();
    if (isCpp) {
        return &member(tree, "transcription");
    }
    const json& segments = tree.is_array() ? tree : member(tree, "segments");
    const bool hasSegments = segments.is_array() && !segments.empty() &&
                             member(segments.front(), "text").is_string() &&
                             member(segments.front(), "start").is_number();
    return hasSegments ? &segments : nullptr;
}

}  // namespace

Reading<std::optional<CueList>> parseWhisperJson(std::string_view text) {
    const auto tree = parseJson(text);
    if (!tree.ok()) {
        return tree.error();
    }
    bool isCpp = false;
    const json* segments = findSegments(tree.value(), isCpp);
    if (segments == nullptr) {
        return std::optional<CueList>();
    }
    CueList list;
    int64_t lastEndMs = 0;
    int64_t number = 0;
    for (const json& segment : *segments) {
        ++number;
        Cue cue;
        const bool hasTime =
            isCpp ? readWhisperCppSegment(segment, cue) : readWhisperSegment(segment, cue);
        cue.words = cleanText(stringMember(segment, "text"));
        cue.words = std::string(trimmed(cue.words));
        cue.speaker = stringMember(segment, "speaker");
        if (cue.words.empty()) {
            list.warnings.push_back(reasonAt(PlaceKind::kSegment, number, {ReasonCode::kNoWords}));
            continue;
        }
        if (!hasTime) {
            list.warnings.push_back(reasonAt(PlaceKind::kSegment, number, {ReasonCode::kNoTime}));
            cue.beginMs = lastEndMs;
        }
        cue.endMs = std::max(cue.endMs, cue.beginMs);
        lastEndMs = cue.endMs;
        list.cues.push_back(std::move(cue));
    }
    takeSpeakersFromWords(list.cues);
    return std::optional<CueList>(std::move(list));
}

}  // namespace tl
