// SPDX-License-Identifier: Apache-2.0
#include "app/services/citation_place.h"

#include <algorithm>
#include <utility>

namespace tl {

namespace {

int64_t pageAt(const Document& document, int64_t byte) {
    const Unit* unit = unitAt(document, byte);
    return unit == nullptr ? 0 : unit->number;
}

std::vector<PageBox> pageBoxes(const Document& document, const ByteRange& quote) {
    std::vector<PageBox> boxes;
    for (const WordBox& word : boxesOf(document, quote)) {
        boxes.push_back(
            {pageAt(document, word.begin), word.left, word.top, word.right, word.bottom});
    }
    return boxes;
}

// Each once: a long link has a piece on every line.
std::vector<std::string> targetsOf(const Document& document, const ByteRange& quote) {
    std::vector<std::string> targets;
    for (Link& link : linksOf(document, quote)) {
        if (std::ranges::find(targets, link.target) == targets.end()) {
            targets.push_back(std::move(link.target));
        }
    }
    return targets;
}

}  // namespace

void setPlace(const Document& document, const ByteRange& quote, Citation& citation) {
    citation.links = targetsOf(document, quote);
    const Unit* unit = unitAt(document, quote.begin);
    if (unit == nullptr) {
        return;
    }
    citation.place = describeUnit(*unit);
    switch (unit->kind) {
        case UnitKind::kPage:
            citation.page = unit->number;
            citation.pageLabel = unit->label;
            citation.boxes = pageBoxes(document, quote);
            break;
        case UnitKind::kSlide:
            citation.page = unit->number;
            citation.boxes = pageBoxes(document, quote);
            break;
        case UnitKind::kCue:
            citation.speaker = unit->label;
            citation.beginMs = unit->beginMs;
            citation.endMs = unit->endMs;
            break;
        case UnitKind::kMessage:
            citation.messageId = unit->label;
            citation.date = unit->date;
            citation.speaker = unit->from;
            break;
        case UnitKind::kCell:
            citation.cell = unit->number;
            break;
        case UnitKind::kRow:
            citation.row = unit->number;
            break;
        case UnitKind::kChapter:
            break;  // Its number and title are in the words.
    }
}

}  // namespace tl
