// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/reason.h"
#include "ingest/text/decode_text.h"

namespace tl {

// A page's bytes as UTF-8: by `charset`, which the user says, else by its byte order mark, as UTF-8
// where it is that, by what it declares, else by what the bytes look like.
Reading<DecodedText> decodeHtml(std::string_view bytes, std::string_view charset = {});

}  // namespace tl
