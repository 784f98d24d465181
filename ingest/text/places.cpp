// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <iterator>

#include "ingest/place.h"

namespace tl {
namespace {

// The last unit that begins at or before the byte, and holds it.
int64_t unitIndexAt(const Document& document, int64_t byte) {
    const auto next = std::upper_bound(
        document.units.begin(), document.units.end(), byte, [](int64_t at, const Unit& unit) {
            return at < unit.begin;
        });
    if (next == document.units.begin() || byte >= (next - 1)->end) {
        return -1;
    }
    return next - document.units.begin() - 1;
}

template <typename Predicate>
const Unit* findUnit(const Document& document, const Predicate& predicate) {
    const auto found = std::find_if(document.units.begin(), document.units.end(), predicate);
    return found == document.units.end() ? nullptr : &*found;
}

// "00:12:03"
std::string clockText(int64_t ms) {
    const int64_t seconds = ms / 1000;
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(),
                                   text.size(),
                                   "%02lld:%02lld:%02lld",
                                   static_cast<long long>(seconds / 3600),
                                   static_cast<long long>(seconds / 60 % 60),
                                   static_cast<long long>(seconds % 60));
    return {text.data(), static_cast<size_t>(size)};
}

std::string joined(std::string_view first, std::string_view second) {
    std::string text(first);
    text += second.empty() ? "" : " ";
    return text.append(second);
}

}  // namespace

const Document& fullDocument(const Document& document) {
    return document.original ? *document.original : document;
}

int64_t originalByte(std::span<const KeptRange> kept, int64_t reducedByte) {
    const auto after = std::upper_bound(
        kept.begin(), kept.end(), reducedByte, [](int64_t byte, const KeptRange& range) {
            return byte < range.reduced;
        });
    if (after == kept.begin()) {
        return 0;
    }
    const KeptRange& range = *std::prev(after);
    return range.original + std::min(reducedByte - range.reduced, range.size);
}

Passage fullPassage(const Document& document, const Passage& passage) {
    if (!document.original) {
        return passage;
    }
    const LineIndex& lines = document.original->lines;
    Passage full = passage;
    full.begin = originalByte(document.kept, passage.begin);
    full.firstLine = lines.position(full.begin).line;
    full.lastLine = lines.position(originalByte(document.kept, passage.end - 1)).line;
    full.end = lines.lineEnd(full.lastLine);
    return full;
}

std::string_view readLevelName(ReadLevel level) {
    constexpr std::array<std::string_view, 3> kNames = {"full", "signatures", "names"};
    return kNames[static_cast<size_t>(level)];
}

Place placeOf(const Document& document, int64_t byte) {
    assert(byte >= 0 && byte <= std::ssize(document.text));
    Place place{.position = document.lines.position(byte),
                .unit = unitIndexAt(document, byte),
                .offset = byte};
    if (place.unit >= 0) {
        place.offset = byte - document.units[static_cast<size_t>(place.unit)].begin;
    }
    return place;
}

std::optional<int64_t> byteOfPosition(const Document& document, const LinePosition& position) {
    if (position.line == 1 && position.column == 1) {
        return 0;  // also of the empty text, which has no line
    }
    if (position.line < 1 || position.line > document.lines.lineCount() || position.column < 1) {
        return std::nullopt;
    }
    const int64_t byte = document.lines.lineBegin(position.line) + position.column - 1;
    const bool isOnLine = byte <= document.lines.lineEnd(position.line);
    return isOnLine ? std::optional(byte) : std::nullopt;
}

std::optional<int64_t> byteOfUnit(const Document& document, int64_t unit, int64_t offset) {
    if (unit < -1 || unit >= std::ssize(document.units) || offset < 0) {
        return std::nullopt;
    }
    if (unit == -1) {
        return offset <= std::ssize(document.text) ? std::optional(offset) : std::nullopt;
    }
    const Unit& found = document.units[static_cast<size_t>(unit)];
    const int64_t byte = found.begin + offset;
    return byte < found.end ? std::optional(byte) : std::nullopt;
}

const Unit* unitAt(const Document& document, int64_t byte) {
    const int64_t index = unitIndexAt(document, byte);
    return index < 0 ? nullptr : &document.units[static_cast<size_t>(index)];
}

const Unit* unitByNumber(const Document& document, UnitKind kind, int64_t number) {
    return findUnit(document,
                    [&](const Unit& unit) { return unit.kind == kind && unit.number == number; });
}

const Unit* unitAtTime(const Document& document, int64_t ms) {
    return findUnit(document, [&](const Unit& unit) {
        return unit.kind == UnitKind::kCue && unit.beginMs <= ms && ms < unit.endMs;
    });
}

const Unit* unitByLabel(const Document& document, UnitKind kind, std::string_view label) {
    return findUnit(document,
                    [&](const Unit& unit) { return unit.kind == kind && unit.label == label; });
}

std::vector<WordBox> boxesOf(const Document& document, const ByteRange& range) {
    const std::vector<WordBox>& words = document.words;
    auto word = std::partition_point(words.begin(), words.end(), [&](const WordBox& box) {
        return int64_t{box.end} <= range.begin;
    });
    std::vector<WordBox> boxes;
    for (; word != words.end() && int64_t{word->begin} < range.end; ++word) {
        boxes.push_back(*word);
    }
    return boxes;
}

std::vector<Link> linksOf(const Document& document, const ByteRange& range) {
    std::vector<Link> links;
    for (const Link& link : document.links) {
        if (link.begin < range.end && range.begin < link.end) {
            links.push_back(link);
        }
    }
    return links;
}

ByteRange rangeOfBoxes(const std::vector<WordBox>& boxes) {
    return boxes.empty() ? ByteRange{} : ByteRange{boxes.front().begin, boxes.back().end};
}

namespace {

// "00:12:03" in a recording, "2024-03-12 09:14" in a chat; empty where neither is told.
std::string whenOf(const Unit& unit) {
    if (unit.beginMs != kNoTimeMs) {
        return clockText(unit.beginMs);
    }
    std::string date = unit.date;
    std::replace(date.begin(), date.end(), 'T', ' ');
    return date;
}

}  // namespace

std::string describeUnit(const Unit& unit) {
    std::string number = std::to_string(unit.number);
    switch (unit.kind) {
        case UnitKind::kPage:
            return "page " + (unit.label.empty() ? number : unit.label);
        case UnitKind::kCue:
            return joined(whenOf(unit), unit.label);
        case UnitKind::kMessage:
            return joined("message " + (unit.label.empty() ? number : unit.label),
                          unit.date.substr(0, unit.date.find('T')));
        case UnitKind::kCell:
            return "cell " + number + (unit.label == "output" ? " output" : "");
        case UnitKind::kSlide:
            return "slide " + number;
        case UnitKind::kChapter:
            return joined("chapter " + number, unit.label);
        case UnitKind::kRow:
            return unit.from.empty() ? "row " + number : "sheet " + unit.from + " row " + number;
    }
    return number;
}

std::string describePlace(const Document& document, int64_t byte) {
    const Unit* unit = unitAt(document, byte);
    if (unit != nullptr && unit->kind == UnitKind::kCue && whenOf(*unit).empty()) {
        return joined("line " + std::to_string(document.lines.position(byte).line), unit->label);
    }
    return unit == nullptr ? "line " + std::to_string(document.lines.position(byte).line)
                           : describeUnit(*unit);
}

}  // namespace tl
