// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "ingest/formats/transcript/cues.h"

namespace tl {

// Whether the text is a conversation written down: several turns of at least two speakers, who
// make up most of the paragraphs and speak in sentences. Notes ("Note: ..."), configurations and
// logs are not. Looks at the first 64 KiB.
bool looksLikeConversation(std::string_view text);

// Turns that a line of their own announces: Otter and Teams ("Name  0:12"), Zoom ("[Name] 10:20:30"
// and chats, "10:20:30 From Name to Everyone:"). nullopt when fewer than two lines do so.
std::optional<CueList> parseAnnouncedTurns(std::string_view text);

// "NAME: words" or "[00:12:03] NAME: words": the text stays as it is, so that its lines hold.
Extract readNamedLines(std::string_view text);

}  // namespace tl
