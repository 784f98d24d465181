// SPDX-License-Identifier: Apache-2.0
#include "app/citation/citation_place.h"

#include <algorithm>
#include <utility>

namespace tl {

namespace {

int64_t pageAt(const Document& document, int64_t byte) {
    const Unit* unit = unitAt(document, byte);
    return unit == nullptr ? 0 : unit->number;
}

std::vector<PageBox> pageBoxes(const Document& document, const ByteRange& range) {
    std::vector<PageBox> boxes;
    for (const WordBox& word : boxesOf(document, range)) {
        boxes.push_back(
            {pageAt(document, word.begin), word.left, word.top, word.right, word.bottom});
    }
    return boxes;
}

// Each once: a long link has a piece on every line.
std::vector<std::string> targetsOf(const Document& document, const ByteRange& range) {
    std::vector<std::string> targets;
    for (Link& link : linksOf(document, range)) {
        if (std::ranges::find(targets, link.target) == targets.end()) {
            targets.push_back(std::move(link.target));
        }
    }
    return targets;
}

}  // namespace

void setPlace(const Document& document, const ByteRange& range, PlaceInFile& place) {
    place.links = targetsOf(document, range);
    const Unit* unit = unitAt(document, range.begin);
    if (unit == nullptr) {
        return;
    }
    place.place = describePlace(document, range.begin);
    switch (unit->kind) {
        case UnitKind::kPage:
            place.page = unit->number;
            place.pageLabel = unit->label;
            place.boxes = pageBoxes(document, range);
            break;
        case UnitKind::kSlide:
            place.page = unit->number;
            place.boxes = pageBoxes(document, range);
            break;
        case UnitKind::kCue:
            place.speaker = unit->label;
            place.date = unit->date;
            if (unit->beginMs != kNoTimeMs) {
                place.beginMs = unit->beginMs;
                place.endMs = unit->endMs;
            }
            break;
        case UnitKind::kMessage:
            place.messageId = unit->label;
            place.date = unit->date;
            place.speaker = unit->from;
            break;
        case UnitKind::kCell:
            place.cell = unit->number;
            break;
        case UnitKind::kRow:
            place.row = unit->number;
            break;
        case UnitKind::kChapter:
            break;  // Its number and title are in the words.
    }
}

}  // namespace tl
