// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "ingest/formats/transcript/cues.h"

namespace tl {

// What whisper and whisper.cpp print: "[00:00:04.120 --> 00:00:09.480]   words", perhaps after
// lines about the model. nullopt when fewer than two lines are so.
std::optional<CueList> parseWhisperLines(std::string_view text);
bool looksLikeWhisperLines(std::string_view head);

// YouTube's SBV: "0:00:00.599,0:00:04.160", the words below.
std::optional<CueList> parseSbv(std::string_view text);
bool startsLikeSbv(std::string_view head);

}  // namespace tl
