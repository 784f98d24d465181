// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/app_types.h"
#include "base/result.h"

namespace tl {

struct ListedQuestion {
    std::string id;  // the JSON value as written: "q1" with its quotes, or 7
    std::string question;
};

// One JSON object per line with "id" (string or number) and "question"; other fields and blank
// lines are ignored. kNotFound, kIo; kInvalidInput naming file and line.
Result<std::vector<ListedQuestion>> readQuestions(const std::filesystem::path& file);

// One line without its line end; the fields are described in docs/app.md. An empty id is left out.
std::string answerLine(const std::string& id, const Answer& answer);

}  // namespace tl
