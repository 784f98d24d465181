// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ingest/reason_code.h"

namespace tl {

// kNamedImage, kNamedArchive...: what a file of this name holds when its extension always means
// bytes that are no text, upper case or lower; kNone for all other names. Extensions that are also
// used for texts (.key, .obj, .mat) are left to the look at the content.
ReasonCode binaryKindOf(std::string_view name);

// Behind the last dot, in lower case; empty without one or when the name starts with its only dot.
std::string extensionOf(std::string_view name);

// Whether a file begins as TIFF does: one that may hold several sheets.
bool isTiff(std::string_view head);

}  // namespace tl
