// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/app_types.h"
#include "ingest/reason.h"

namespace tl {

// Reasons in English, by the words of reason_words.h. Empty for kNone.

// The whole of it in one line: "pages 3-40: scanned, no text; OCR can read it".
std::string reasonText(const Reason& reason);

// What it shares with like ones, without what names one file, place or number: "scanned, no text".
std::string reasonKind(const Reason& reason);

// Both, with the code's name.
Remark remarkOf(const Reason& reason);
std::vector<Remark> remarksOf(std::span<const Reason> reasons);

// "1 byte", "12.0 KiB", "8.0 MiB"
std::string bytesText(int64_t bytes);

}  // namespace tl
