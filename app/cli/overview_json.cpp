// SPDX-License-Identifier: Apache-2.0
#include "app/cli/overview_json.h"

#include <nlohmann/json.hpp>

#include "app/cli/place_json.h"

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

// Lines are null for a file as a whole.
void addWhere(const OverviewPlace& where, Json& json) {
    const auto line = [&](int64_t number) {
        return where.startLine == 0 ? Json(nullptr) : Json(number);
    };
    json["file"] = where.file;
    json["start_line"] = line(where.startLine);
    json["end_line"] = line(where.endLine);
    addPage(where, json);
    json["quote"] = where.quote;
    addPlace(where, json);
}

Json statementJson(const OverviewStatement& statement) {
    Json json = Json::object();
    if (!statement.name.empty()) {
        json["name"] = statement.name;
    }
    json["text"] = statement.text;
    if (statement.level > 0) {
        json["level"] = statement.level;
    }
    addWhere(statement.where, json);
    return json;
}

Json sectionJson(const OverviewSection& section) {
    Json statements = Json::array();
    for (const OverviewStatement& statement : section.statements) {
        statements.push_back(statementJson(statement));
    }
    return {{"topic", overviewTopicName(section.topic)},
            {"statements", std::move(statements)},
            {"left_out", section.leftOut}};
}

Json questionJson(const OverviewQuestion& question) {
    Json json = {{"question", question.text}};
    addWhere(question.where, json);
    return json;
}

}  // namespace

std::string overviewJson(const Overview& overview) {
    Json json = {{"files", overview.files}, {"tokens", overview.tokens}};
    json["sections"] = Json::array();
    for (const OverviewSection& section : overview.sections) {
        json["sections"].push_back(sectionJson(section));
    }
    json["questions"] = Json::array();
    for (const OverviewQuestion& question : overview.questions) {
        json["questions"].push_back(questionJson(question));
    }
    // A name may hold any bytes.
    return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace tl
