// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// The main text of a web page, by the rule of html_main.h, with its headings and title. Errors as
// of Reader::read(). Parses untrusted bytes: runs in throughline-reader.
Reading<Extract> readHtml(const ReadRequest& request);

}  // namespace tl
