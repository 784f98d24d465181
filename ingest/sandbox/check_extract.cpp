// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/check_extract.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace tl {
namespace {

Error broken(std::string_view what) {
    return Error{ErrorCode::kCorrupt, "the reader's answer is broken: " + std::string(what)};
}

bool isPlainText(std::string_view text) {
    return text.find_first_of(std::string_view("\0\r", 2)) == std::string_view::npos &&
           isValidUtf8(text);
}

bool isPlainLine(std::string_view text) {
    return isPlainText(text) && text.find('\n') == std::string_view::npos;
}

bool unitsAreSound(const Extract& extract) {
    const auto size = static_cast<int64_t>(extract.text.size());
    int64_t done = 0;
    for (const Unit& unit : extract.units) {
        if (unit.begin < done || unit.end < unit.begin || unit.end > size ||
            !isPlainText(unit.label) || !isPlainLine(unit.date) || !isPlainText(unit.from) ||
            !isPlainLine(unit.warning)) {
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

Status checkParts(const Extract& extract, const ReadLimits& limits) {
    int64_t total = 0;
    for (const Part& part : extract.parts) {
        if (!isPlainText(part.name) || !isPlainText(part.skipReason) || part.size < 0) {
            return broken("a part");
        }
        const auto bytes = static_cast<int64_t>(part.bytes.size());
        total += bytes;
        if (bytes > limits.maxPartBytes || total > limits.maxTotalBytes) {
            return Error{ErrorCode::kOutOfMemory, "its parts are larger than the limit"};
        }
    }
    if (static_cast<int64_t>(extract.parts.size()) > limits.maxParts) {
        return Error{ErrorCode::kOutOfMemory, "has more parts than the limit"};
    }
    return okStatus();
}

}  // namespace

Status checkExtract(const Extract& extract, const ReadLimits& limits) {
    if (static_cast<int64_t>(extract.text.size()) > limits.maxTextBytes) {
        return Error{ErrorCode::kOutOfMemory, "its text is larger than the limit"};
    }
    if (!isPlainText(extract.text)) {
        return broken("the text");
    }
    if (!isPlainText(extract.language) || !isPlainText(extract.title) ||
        !isPlainText(extract.author) || !isPlainLine(extract.date) || !isPlainText(extract.note) ||
        !std::all_of(extract.warnings.begin(), extract.warnings.end(), isPlainLine)) {
        return broken("its words about the text");
    }
    if (!unitsAreSound(extract)) {
        return broken("a unit");
    }
    if (!wordsAreSound(extract)) {
        return broken("a word's place");
    }
    if (!symbolsAreSound(extract)) {
        return broken("a heading or definition");
    }
    if (!linksAreSound(extract)) {
        return broken("a link");
    }
    return checkParts(extract, limits);
}

}  // namespace tl
