// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/reason.h"
#include "ingest/text/decode_text.h"

namespace tl {

// A page's bytes as UTF-8: by its byte order mark, as UTF-8 where it is that, by what its first
// 4 KiB declare, else by what the bytes look like.
Reading<DecodedText> decodeHtml(std::string_view bytes);

}  // namespace tl
