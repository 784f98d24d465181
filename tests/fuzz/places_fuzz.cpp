// SPDX-License-Identifier: Apache-2.0
// Any extract that keeps its promises (as the sandbox would answer it): every byte leads to a place
// and back, and passages cover the text within the borders of units.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "ingest/document.h"
#include "ingest/place.h"
#include "ingest/sandbox/protocol.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void checkByte(const tl::Document& document, int64_t byte) {
    const tl::Place place = tl::placeOf(document, byte);
    const auto size = static_cast<int64_t>(document.text.size());
    const bool isAtLastEnd = byte == size && document.text.ends_with('\n');
    require(isAtLastEnd || tl::byteOfPosition(document, place.position) == byte);
    require(tl::byteOfUnit(document, place.unit, place.offset) == byte);
    const tl::Unit* unit = tl::unitAt(document, byte);
    require((unit == nullptr) == (place.unit == -1));
    require(unit == nullptr || (unit->begin <= byte && byte < unit->end));
    require(!tl::describePlace(document, byte).empty());
}

void checkBoxes(const tl::Document& document) {
    const auto size = static_cast<int64_t>(document.text.size());
    require(tl::boxesOf(document, {0, size}).size() <= document.words.size());
    for (const tl::WordBox& word : document.words) {
        const tl::ByteRange range{word.begin, word.end};
        const tl::ByteRange found = tl::rangeOfBoxes(tl::boxesOf(document, range));
        require(range.begin == range.end || (found.begin <= range.begin && found.end >= range.end));
    }
}

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\n\f\v") == std::string_view::npos;
}

// Passages are in order, leave nothing but white space between them and lie in one unit each.
void checkPassages(const tl::Document& document) {
    const std::string_view text = document.text;
    int64_t done = 0;
    for (const tl::Passage& passage : tl::segmentPassages(document, 0)) {
        require(passage.begin >= done && passage.end > passage.begin);
        require(isBlank(
            text.substr(static_cast<size_t>(done), static_cast<size_t>(passage.begin - done))));
        const tl::Unit* first = tl::unitAt(document, passage.begin);
        require(first == tl::unitAt(document, passage.end - 1));
        done = passage.end;
    }
    require(isBlank(text.substr(static_cast<size_t>(done))));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    tl::ReadLimits limits;
    limits.maxTextBytes = 1 << 12;
    auto result = tl::decodeResult({reinterpret_cast<const char*>(bytes), size}, limits);
    if (!result.ok()) {
        return 0;
    }
    tl::Document document;
    document.text = std::move(result.value().text);
    document.units = std::move(result.value().units);
    document.words = std::move(result.value().words);
    document.lines = tl::LineIndex(document.text);
    for (int64_t byte = 0; byte <= static_cast<int64_t>(document.text.size()); ++byte) {
        checkByte(document, byte);
    }
    checkBoxes(document);
    checkPassages(document);
    return 0;
}
