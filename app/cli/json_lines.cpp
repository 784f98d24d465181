// SPDX-License-Identifier: Apache-2.0
#include "app/cli/json_lines.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/cli/place_json.h"
#include "app/wording.h"

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

Json hitJson(const SearchHit& hit) {
    Json json = {{"file", hit.file}, {"line", hit.line}};
    addPage(hit, json);
    json["text"] = hit.text;
    json["definition"] = hit.isDefinition;
    addPlace(hit, json);
    return json;
}

Json citationJson(const Citation& citation) {
    Json json = {{"file", citation.file},
                 {"start_line", citation.startLine},
                 {"end_line", citation.endLine}};
    addPage(citation, json);
    json["quote"] = citation.quote;
    json["state"] = citationStateName(citation.state);
    json["verified"] = citation.isVerified();
    json["found_by"] = foundByNames(citation.foundBy);
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

namespace {

double rounded(double value) {
    return std::round(value * 1000) / 1000;
}

Json suretyJson(const AnswerSurety& surety) {
    Json json;
    json["readings"] = surety.readings;
    json["agreeing"] = surety.agreeing;
    json["log_probability"] = rounded(surety.logProbability);
    json["margin"] = surety.margin ? Json(rounded(*surety.margin)) : Json(nullptr);
    return json;
}

}  // namespace

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
    json["tokens_read"] = answer.tokensRead;
    json["tokens"] = answer.tokensTotal;
    json["cut"] = answer.isCut;
    json["repeating"] = answer.isRepeating;
    json["follow_up"] = answer.isFollowUp;
    json["surety"] = answer.surety ? suretyJson(*answer.surety) : Json(nullptr);
    json["tokens_evaluated"] = answer.tokensEvaluated;
    json["seconds"] = rounded(answer.seconds);
    // What a model writes is whole characters already; a question from the command line may not be.
    return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace tl
