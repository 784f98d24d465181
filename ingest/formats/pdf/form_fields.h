// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

class Annot;
class Page;

namespace tl {

// What a field of a form says, to stand in its place.
struct FieldText {
    double left = 0;  // in the page's own space, in points
    double bottom = 0;
    double right = 0;
    double top = 0;
    std::u32string letters{};      // of a box one of those of glyph_text.h, else the value
    const Annot* annot = nullptr;  // which is not to be drawn beside that
};

// Check boxes and radio buttons with their state, lists with their chosen entries. All other fields
// show their values themselves. Hidden fields are left out.
std::vector<FieldText> fieldTextsOf(Page& page);

}  // namespace tl
