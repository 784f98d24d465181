// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>

#include "ingest/xml/sheet_text.h"

namespace tl {

// The sheets below an office:spreadsheet, cells as they are shown; remarks that hang at a cell
// stand in it as [comment: ...].
void writeSheets(pugi::xml_node spreadsheet, SheetText& text);

}  // namespace tl
