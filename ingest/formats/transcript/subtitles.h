// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/formats/transcript/cues.h"

namespace tl {

// SRT, WebVTT (with Zoom's and Teams' ways to name speakers) and Teams' text with "-->" lines.
CueList parseSubtitles(std::string_view text);

// Whether the line is "TIME --> TIME", perhaps with settings after it.
bool isTimingLine(std::string_view line);

}  // namespace tl
