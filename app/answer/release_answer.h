// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/app_types.h"
#include "app/corpus/corpus.h"

namespace tl {

// The first date of a line, as it is written there: "2018-10-26", "26 Jan 2011", "March 8, 2020".
std::optional<std::string> dateIn(std::string_view line);

// Answers "When was version X released?" from change logs and the like: with the date on the line
// that says X, or that says when it was released in the lines below. False for other questions, and
// where no such file knows it.
bool answerFromReleases(const Corpus& corpus, Answer& answer);

}  // namespace tl
