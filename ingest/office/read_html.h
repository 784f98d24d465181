// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/read/decode_text.h"
#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// The main text of a web page, by the rule of html_main.h, with its headings and title. Errors as
// of Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readHtml(const ReadRequest& request);

// A page's bytes as UTF-8: by its byte order mark, as UTF-8 where it is that, by what its first
// 4 KiB declare, else by what the bytes look like.
Reading<DecodedText> decodeHtml(std::string_view bytes);

}  // namespace tl
