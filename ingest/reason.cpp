// SPDX-License-Identifier: Apache-2.0
#include "ingest/reason.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace tl {

Reason becauseOf(ReasonCode code, Reason behind, std::string name) {
    Reason reason{.code = code, .name = std::move(name)};
    reason.because.push_back(std::move(behind));
    return reason;
}

Reason reasonAt(PlaceKind kind, int64_t number, Reason reason) {
    reason.placeKind = kind;
    reason.places = {{number, number}};
    return reason;
}

void addPlace(int64_t number, std::vector<PlaceRange>& places) {
    if (!places.empty() && number <= places.back().last + 1) {
        places.back().last = std::max(places.back().last, number);
        return;
    }
    places.push_back({number, number});
}

int64_t placeCount(std::span<const PlaceRange> places) {
    int64_t count = 0;
    for (const PlaceRange& range : places) {
        count += range.last - range.first + 1;
    }
    return count;
}

std::string plainLine(std::string_view words) {
    std::string line;
    Utf8Assembler assembler;
    assembler.push(words, line);
    assembler.finish(line);
    std::ranges::replace_if(
        line, [](char c) { return c == '\n' || c == '\r' || c == '\0'; }, ' ');
    return line;
}

bool hasCode(const Reason& reason, ReasonCode code) {
    const Reason* at = &reason;
    while (at->code != code && !at->because.empty()) {
        at = &at->because.front();
    }
    return at->code == code;
}

}  // namespace tl
