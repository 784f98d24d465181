// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>

#include "ingest/extract.h"

namespace tl {

// Takes title, author and date of making from a list of Dublin Core elements, as OPC, ODF and EPUB
// have it. What is not there becomes empty.
void takeMetadata(pugi::xml_node list, Extract& extract);

}  // namespace tl
