// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Reads a file of one of sandboxedFormats() in this very process: for throughline-reader, tests and
// fuzz targets. kUnsupported for a format without a parser here; errors as of Reader::read().
Reading<Extract> readFormat(std::string_view format, const ReadRequest& request);

// Loads what the parsers cannot load once files are out of reach. Gives the line about OCR.
std::string prepareFormats();

// The folders of fonts and tables that parsers read while they work.
std::vector<std::string> formatFolders();

}  // namespace tl
