// SPDX-License-Identifier: Apache-2.0
// Anchors: from a byte of a document's text to where a person finds it, and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/document.h"

namespace tl {

struct ByteRange {
    int64_t begin = 0;
    int64_t end = 0;
};

// A place in a text in the two ways in which a person counts: by lines and columns, and by pages,
// messages, cells (units) and what stands in them. Either way leads back to the byte.
struct Place {
    LinePosition position;
    int64_t unit = -1;   // index in Document::units; -1: between units, or the text has none
    int64_t offset = 0;  // bytes after the unit's begin; without a unit, after the text's
};

// REQUIRES: 0 <= byte <= size of the text
Place placeOf(const Document& document, int64_t byte);
// The byte that has this line and column; that lies at this offset of this unit. nullopt when the
// document has no such place. byteOfPosition(placeOf(b).position) and byteOfUnit(placeOf(b)) are b,
// but for the end of a text that ends in a line end, which has no position of its own.
std::optional<int64_t> byteOfPosition(const Document& document, const LinePosition& position);
std::optional<int64_t> byteOfUnit(const Document& document, int64_t unit, int64_t offset);

// The unit that a byte lies in; null when none does. Lives as long as the document.
const Unit* unitAt(const Document& document, int64_t byte);
// The unit of this kind and number ("page 4"); that is being said at this time; with this label
// (message id, page label). Null when there is none. The first of several.
const Unit* unitByNumber(const Document& document, UnitKind kind, int64_t number);
const Unit* unitAtTime(const Document& document, int64_t ms);
const Unit* unitByLabel(const Document& document, UnitKind kind, std::string_view label);

// The boxes of the words that a range of the text touches, in order; none where the words have no
// boxes. And the range from the first to the last byte of such boxes: for a range that starts and
// ends with a word, that range.
std::vector<WordBox> boxesOf(const Document& document, const ByteRange& range);
ByteRange rangeOfBoxes(const std::vector<WordBox>& boxes);

// The links that a range of the text touches, in order.
std::vector<Link> linksOf(const Document& document, const ByteRange& range);

// What a person opens, in words: "page iv", "00:12:03 Ana", "message <id> 2024-03-01", "cell 3",
// "row 17"; "line 12" where the text has no units.
std::string describePlace(const Document& document, int64_t byte);
std::string describeUnit(const Unit& unit);

}  // namespace tl
