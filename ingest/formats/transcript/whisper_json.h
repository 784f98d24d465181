// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "ingest/formats/transcript/cues.h"
#include "ingest/reason.h"

namespace tl {

// Segments as openai-whisper, WhisperX and whisper.cpp write them. nullopt: JSON, but none of
// these. kCorrupt when it is no JSON.
Reading<std::optional<CueList>> parseWhisperJson(std::string_view text);

}  // namespace tl
