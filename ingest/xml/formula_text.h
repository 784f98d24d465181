// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gumbo.h>
#include <pugixml.hpp>
#include <string>

namespace tl {

// The words of a formula in MathML: its source (TeX, StarMath) where that is kept, else its letters
// with "^", "_" and "/" where they stand above or below each other.
std::string formulaText(const GumboNode* math);
std::string formulaText(pugi::xml_node math);

}  // namespace tl
