// SPDX-License-Identifier: Apache-2.0
#include "app/cli/json_lines.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/wording.h"

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

// Those that tell nothing of this file are left out.
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

Json pageJson(const PlaceInFile& where) {
    return where.page == 0 ? Json(nullptr) : Json(where.page);
}

Json hitJson(const SearchHit& hit) {
    Json json = {{"file", hit.file},
                 {"line", hit.line},
                 {"page", pageJson(hit)},
                 {"text", hit.text},
                 {"definition", hit.isDefinition}};
    addPlace(hit, json);
    return json;
}

Json citationJson(const Citation& citation) {
    Json json = {{"file", citation.file},
                 {"start_line", citation.startLine},
                 {"end_line", citation.endLine},
                 {"page", pageJson(citation)},
                 {"quote", citation.quote},
                 {"state", citationStateName(citation.state)},
                 {"verified", citation.isVerified()}};
    addPlace(citation, json);
    return json;
}

Result<ListedQuestion> parseQuestion(const std::string& line, const std::string& place) {
    const Json json = Json::parse(line, /*cb=*/nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        return Error{ErrorCode::kInvalidInput, place + ": no JSON object"};
    }
    const auto id = json.find("id");
    const auto question = json.find("question");
    if (id == json.end() || !(id->is_string() || id->is_number_integer())) {
        return Error{ErrorCode::kInvalidInput, place + ": no \"id\" that is a string or a number"};
    }
    if (question == json.end() || !question->is_string()) {
        return Error{ErrorCode::kInvalidInput, place + ": no \"question\" that is a string"};
    }
    return ListedQuestion{id->dump(), question->get<std::string>()};
}

}  // namespace

Result<std::vector<ListedQuestion>> readQuestions(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return Error{ErrorCode::kNotFound, file.string() + ": cannot be opened"};
    }
    std::vector<ListedQuestion> questions;
    std::string line;
    for (int64_t number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        Result<ListedQuestion> question =
            parseQuestion(line, file.string() + ": line " + std::to_string(number));
        if (!question.ok()) {
            return question.error();
        }
        questions.push_back(std::move(question).value());
    }
    if (in.bad()) {
        return Error{ErrorCode::kIo, file.string() + ": cannot be read"};
    }
    if (questions.empty()) {
        return Error{ErrorCode::kInvalidInput, file.string() + ": holds no question"};
    }
    return questions;
}

std::string answerLine(const std::string& id, const Answer& answer) {
    Json json;
    if (!id.empty()) {
        json["id"] = Json::parse(id, /*cb=*/nullptr, /*allow_exceptions=*/false);
    }
    json["question"] = answer.question;
    json["question_language"] = answer.language.empty() ? Json(nullptr) : Json(answer.language);
    json["answer"] = answer.text;
    json["state"] = citationStateName(answerState(answer));
    json["citations"] = Json::array();
    for (const Citation& citation : answer.citations) {
        json["citations"].push_back(citationJson(citation));
    }
    json["hits"] = Json::array();
    for (const SearchHit& hit : answer.hits) {
        json["hits"].push_back(hitJson(hit));
    }
    json["first_look"] = answer.firstLook ? Json(*answer.firstLook) : Json(nullptr);
    json["cut"] = answer.isCut;
    json["tokens_evaluated"] = answer.tokensEvaluated;
    json["seconds"] = std::round(answer.seconds * 1000) / 1000;
    // What a model writes is whole characters already; a question from the command line may not be.
    return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace tl
