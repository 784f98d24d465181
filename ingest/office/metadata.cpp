// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/metadata.h"

#include <initializer_list>
#include <string>
#include <string_view>

#include "ingest/office/xml_tree.h"

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

}  // namespace

void takeMetadata(pugi::xml_node list, Extract& extract) {
    extract.title = firstOf(list, {"title"});
    // In ODF creator and date are those of the last change.
    extract.author = firstOf(list, {"initial-creator", "creator"});
    extract.date = firstOf(list, {"created", "creation-date", "date"});
}

}  // namespace tl
