// SPDX-License-Identifier: Apache-2.0
// Licences known by their own words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/document.h"
#include "ingest/place.h"

namespace tl {

struct FoundLicence {
    std::string_view name;  // the SPDX identifier, or what the words say: "GPL-2.0-or-later"
    ByteRange words;        // that it is known by, in the document's text
};

// Whole licences and notices that name one, each once, in the order of the text. Comment marks,
// line breaks and case do not count.
std::vector<FoundLicence> licencesIn(std::string_view text);

}  // namespace tl
