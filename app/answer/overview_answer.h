// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "app/app_types.h"
#include "app/overview_types.h"

namespace tl {

// Which fact of the whole corpus a question asks for: "What is this about?", "Which licence does
// NAME have?", "Who maintains it?". Every word of it that carries something asks for the topic, is
// one for a corpus ("this project"), or of the corpus's own name. None for a question about a part:
// "Which version of Python does it need?", "Who made the Italian translation?".
std::optional<OverviewTopic> askedTopic(std::string_view question, const Overview& overview);

// Answers such a question from the overview, with the lines that say it as verified citations.
// False, and the answer as it was, where the question asks for no topic or the overview has no
// statement of it that stands on lines.
bool answerFromOverview(const Overview& overview, Answer& answer);

}  // namespace tl
