// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ingest/reader.h"

namespace tl {

// What of a page is text: its main part as html_main.h finds it, or all but what is never text.
enum class PageExtent { kMainPart, kAll };

// A web page, decoded, as text with headings and links. A page without text has none and a warning.
// kOutOfMemory over the limits.
Reading<Extract> readPage(std::string page, PageExtent extent, const ReadLimits& limits);

}  // namespace tl
