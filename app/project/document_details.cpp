// SPDX-License-Identifier: Apache-2.0
#include "app/project/document_details.h"

#include <nlohmann/json.hpp>

namespace tl {

namespace {

using Json = nlohmann::json;

}  // namespace

std::string textOf(const DocumentDetails& details) {
    return Json{{"ordinal", details.ordinal},
                {"folder", details.isFolder},
                {"chosen", details.isChosen},
                {"nesting", details.nesting}}
        .dump();
}

DocumentDetails detailsIn(const std::string& text) {
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    const auto flag = [&](const char* key) {
        const auto member = json.find(key);
        return member != json.end() && member->is_boolean() && member->get<bool>();
    };
    const auto number = [&](const char* key) {
        const auto member = json.find(key);
        return member != json.end() && member->is_number_integer() ? member->get<int64_t>() : 0;
    };
    return {number("ordinal"), flag("folder"), flag("chosen"), number("nesting")};
}

DocumentDetails detailsOf(const SourceEntry& entry, size_t ordinal) {
    return {static_cast<int64_t>(ordinal), entry.isFolder, entry.isChosen, entry.nesting};
}

SourceEntry entryOf(const StoredDocument& document, const DocumentDetails& details) {
    SourceEntry entry;
    entry.isFolder = details.isFolder;
    entry.isChosen = details.isChosen;
    entry.nesting = static_cast<int>(details.nesting);
    entry.name = document.name;
    entry.path = document.path;
    entry.bytes = document.bytes;
    entry.modifiedNs = document.modifiedNs;
    return entry;
}

}  // namespace tl
