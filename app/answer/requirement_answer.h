// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/app_types.h"
#include "app/corpus/corpus.h"

namespace tl {

// Answers "Which Python does it need?" and the like for Python, Node, Rust and Go with the line of
// the package's metadata that says so. False for other questions, and where no file says it.
bool answerFromRequirements(const Corpus& corpus, Answer& answer);

}  // namespace tl
