// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "ingest/extract.h"

namespace tl {

// Whether the text is a chat as phones export it: messages that start with their date, their time
// and who wrote them (WhatsApp on Android and iOS in its countries' forms, Signal). Looks at the
// first 64 KiB.
bool looksLikeChat(std::string_view text);

// The text as it stands, with a unit for each message: writer and date. Where no message tells day
// and month apart the dates are as the file writes them.
Extract readChat(std::string_view text);

// Telegram's "result.json" of one chat or of all. nullopt: JSON, but none of these. kCorrupt when
// it is no JSON.
Reading<std::optional<Extract>> readChatJson(std::string_view text);

}  // namespace tl
