// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/app_types.h"
#include "app/corpus/corpus.h"

namespace tl {

// Answers "Summarise the section on X." and "What does the chapter X say?" with the first sentences
// of the one section whose heading says X and little else. False for other questions, and where no
// heading or several fit.
bool answerFromSection(const Corpus& corpus, Answer& answer);

}  // namespace tl
