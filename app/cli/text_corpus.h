// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/app_types.h"
#include "app/cli/password_prompt.h"
#include "app/cli/terminal.h"
#include "app/model/language_model.h"

namespace tl {

// The corpus of commands that need no weights and so no project: counted on the terminal's line,
// passwords asked for as for a project. Errors of loadCorpus().
ChosenCorpus chooseTexts(const SourceChoice& sources,
                         const TextModel& model,
                         const Terminal& terminal);

}  // namespace tl
