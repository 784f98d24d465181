// SPDX-License-Identifier: Apache-2.0
#include "app/cli/place_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

// A tenth of a millimetre is enough.
double rounded(float share) {
    constexpr double kSteps = 10'000;
    return std::round(static_cast<double>(share) * kSteps) / kSteps;
}

Json boxesJson(const std::vector<PageBox>& boxes) {
    Json list = Json::array();
    for (const PageBox& box : boxes) {
        list.push_back({{"page", box.page},
                        {"left", rounded(box.left)},
                        {"top", rounded(box.top)},
                        {"right", rounded(box.right)},
                        {"bottom", rounded(box.bottom)}});
    }
    return list;
}

}  // namespace

void addPage(const PlaceInFile& where, Json& json) {
    json["page"] = where.page == 0 ? Json(nullptr) : Json(where.page);
}

void addPlace(const PlaceInFile& where, Json& json) {
    const auto addText = [&](const char* key, const std::string& text) {
        if (!text.empty()) {
            json[key] = text;
        }
    };
    const auto addSeconds = [&](const char* key, const std::optional<int64_t>& milliseconds) {
        if (milliseconds) {
            json[key] = static_cast<double>(*milliseconds) / 1000;
        }
    };
    const auto addNumber = [&](const char* key, const std::optional<int64_t>& number) {
        if (number) {
            json[key] = *number;
        }
    };
    addText("place", where.place);
    addText("page_label", where.pageLabel);
    addText("speaker", where.speaker);
    addSeconds("time_start", where.beginMs);
    addSeconds("time_end", where.endMs);
    addText("message_id", where.messageId);
    addText("date", where.date);
    addNumber("cell", where.cell);
    addNumber("row", where.row);
    if (!where.boxes.empty()) {
        json["boxes"] = boxesJson(where.boxes);
    }
    if (!where.links.empty()) {
        json["links"] = where.links;
    }
}

}  // namespace tl
