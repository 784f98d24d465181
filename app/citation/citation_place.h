// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/app_types.h"
#include "ingest/document.h"
#include "ingest/place.h"

namespace tl {

// Fills in where a person finds these bytes: the page and its boxes, the speaker and the time, the
// message, the cell, the row; and where the words lead. Leaves the place as it is where the text
// goes by lines and leads nowhere.
void setPlace(const Document& document, const ByteRange& range, PlaceInFile& place);

}  // namespace tl
