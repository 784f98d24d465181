// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/check_extract.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace tl {
namespace {

Failure broken(std::string_view what) {
    return {ErrorCode::kCorrupt, {.code = ReasonCode::kAnswerBroken, .name = std::string(what)}};
}

bool isPlainText(std::string_view text) {
    return text.find_first_of(std::string_view("\0\r", 2)) == std::string_view::npos &&
           isValidUtf8(text);
}

bool isPlainLine(std::string_view text) {
    return isPlainText(text) && text.find('\n') == std::string_view::npos;
}

bool placesAreSound(const Reason& reason) {
    int64_t done = 0;
    for (const PlaceRange& range : reason.places) {
        if (range.first <= done || range.last < range.first) {
            return false;
        }
        done = range.last;
    }
    return reason.places.empty() == (reason.placeKind == PlaceKind::kNone);
}

// Without a code nobody looks at the rest, which could then be anything.
bool isNothing(const Reason& reason) {
    return reason.isNone() && reason.name.empty() && reason.detail.empty() &&
           reason.places.empty() && reason.because.empty();
}

bool allSound(const std::vector<Reason>& reasons) {
    return std::all_of(reasons.begin(), reasons.end(), isSound);
}

bool unitsAreSound(const Extract& extract) {
    const auto size = static_cast<int64_t>(extract.text.size());
    int64_t done = 0;
    for (const Unit& unit : extract.units) {
        if (unit.begin < done || unit.end < unit.begin || unit.end > size ||
            !isPlainText(unit.label) || !isPlainLine(unit.date) || !isPlainText(unit.from) ||
            !allSound(unit.warnings)) {
            return false;
        }
        done = unit.end;
    }
    return true;
}

// The comparisons are false for what is no number.
bool isInPage(const WordBox& word) {
    return word.left >= 0.0F && word.left <= word.right && word.right <= 1.0F && word.top >= 0.0F &&
           word.top <= word.bottom && word.bottom <= 1.0F;
}

bool wordsAreSound(const Extract& extract) {
    size_t done = 0;
    for (const WordBox& word : extract.words) {
        if (word.begin < done || word.end < word.begin || word.end > extract.text.size() ||
            !isInPage(word)) {
            return false;
        }
        done = word.end;
    }
    return true;
}

bool symbolsAreSound(const Extract& extract) {
    const auto size = static_cast<int64_t>(extract.text.size());
    int64_t index = 0;
    for (const Symbol& symbol : extract.symbols) {
        const bool isRange = 0 <= symbol.begin && symbol.begin <= symbol.end && symbol.end <= size;
        const bool isBody =
            0 <= symbol.bodyBegin && symbol.bodyBegin <= symbol.bodyEnd && symbol.bodyEnd <= size;
        const bool hasLines = symbol.firstLine >= 1 && symbol.lastLine >= symbol.firstLine;
        const bool hasParent = symbol.parent >= -1 && symbol.parent < index;
        if (!isRange || !isBody || !hasLines || !hasParent || !isPlainText(symbol.name) ||
            !isPlainText(symbol.signature)) {
            return false;
        }
        ++index;
    }
    return true;
}

bool linksAreSound(const Extract& extract) {
    const auto size = static_cast<int64_t>(extract.text.size());
    int64_t last = 0;
    for (const Link& link : extract.links) {
        if (link.begin < last || link.end < link.begin || link.end > size || link.target.empty() ||
            !isPlainLine(link.target)) {
            return false;
        }
        last = link.begin;
    }
    return true;
}

ReadStatus checkParts(const Extract& extract, const ReadLimits& limits) {
    int64_t total = 0;
    for (const Part& part : extract.parts) {
        if (!isPlainText(part.name) || (!isNothing(part.skipReason) && !isSound(part.skipReason)) ||
            part.size < 0) {
            return broken("part");
        }
        const auto bytes = static_cast<int64_t>(part.bytes.size());
        total += bytes;
        if (bytes > limits.maxPartBytes || total > limits.maxTotalBytes) {
            return Failure{ErrorCode::kOutOfMemory, {ReasonCode::kPartsOverLimit}};
        }
    }
    if (static_cast<int64_t>(extract.parts.size()) > limits.maxParts) {
        return Failure{ErrorCode::kOutOfMemory, {ReasonCode::kTooManyParts}};
    }
    return readOk();
}

}  // namespace

bool isSound(const Reason& reason) {
    for (const Reason* at = &reason; at != nullptr;
         at = at->because.empty() ? nullptr : &at->because.front()) {
        if (at->isNone() || !isPlainLine(at->name) || !isPlainLine(at->detail) ||
            !placesAreSound(*at)) {
            return false;
        }
    }
    return true;
}

ReadStatus checkExtract(const Extract& extract, const ReadLimits& limits) {
    if (static_cast<int64_t>(extract.text.size()) > limits.maxTextBytes) {
        return Failure{ErrorCode::kOutOfMemory,
                       {.code = ReasonCode::kTextOverLimit, .limit = limits.maxTextBytes}};
    }
    if (!isPlainText(extract.text)) {
        return broken("text");
    }
    if (!isPlainText(extract.language) || !isPlainText(extract.title) ||
        !isPlainText(extract.author) || !isPlainLine(extract.date) || !allSound(extract.notes) ||
        !allSound(extract.warnings)) {
        return broken("remark");
    }
    if (!unitsAreSound(extract)) {
        return broken("unit");
    }
    if (!wordsAreSound(extract)) {
        return broken("word");
    }
    if (!symbolsAreSound(extract)) {
        return broken("symbol");
    }
    if (!linksAreSound(extract)) {
        return broken("link");
    }
    return checkParts(extract, limits);
}

}  // namespace tl
