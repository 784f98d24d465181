// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/app_types.h"
#include "app/model/language_model.h"
#include "base/result.h"

namespace tl {

// The tokenizer and the sizes of the chosen model, or of the shipped one, without its weights:
// quick. Errors name the file.
Result<std::unique_ptr<TextModel>> loadTextModel(const ModelChoice& choice);

// Loads the chosen model, or the shipped one, into the engine. Errors name the file.
Result<std::unique_ptr<LanguageModel>> loadEngineModel(const ModelChoice& choice);

}  // namespace tl
