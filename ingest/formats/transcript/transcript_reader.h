// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "ingest/reader.h"

namespace tl {

// SRT, WebVTT, Whisper's JSON, Zoom, Teams, Otter and plain conversations.
std::unique_ptr<Reader> makeTranscriptReader();

}  // namespace tl
