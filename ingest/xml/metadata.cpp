// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/metadata.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

std::string firstOf(pugi::xml_node list, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (std::string text = textBelow(childOf(list, name)); !text.empty()) {
            return text;
        }
    }
    return {};
}

// The day of a date as Dublin Core wants it, or the month or year where it says no more. Writers of
// e-books put anything there: "March 1865" is no date that can be compared.
std::string isoDayOf(const std::string& date) {
    constexpr std::string_view kShape = "dddd-dd-dd";
    size_t length = 0;
    while (length < std::min(date.size(), kShape.size()) &&
           (kShape[length] == '-' ? date[length] == '-' : isAsciiDigit(date[length]))) {
        ++length;
    }
    const bool isWhole = length == kShape.size() || length == 7 || length == 4;
    const bool hasTime = length == kShape.size() && length < date.size() && date[length] == 'T';
    return isWhole && (length == date.size() || hasTime) ? date.substr(0, length) : std::string();
}

}  // namespace

void takeMetadata(pugi::xml_node list, Extract& extract) {
    extract.title = firstOf(list, {"title"});
    // In ODF creator and date are those of the last change.
    extract.author = firstOf(list, {"initial-creator", "creator"});
    extract.date = isoDayOf(firstOf(list, {"created", "creation-date", "date"}));
}

}  // namespace tl
