// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "app/app_types.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "engine/tokenizer.h"

namespace tl {

struct GeneratedAnswer {
    std::string text;          // without white space at its ends
    bool isCut = false;        // stopped by a limit, not by the model
    bool isRepeating = false;  // it ran into a loop, which is cut where it begins
};

// Receives an answer in pieces of whole characters.
using PieceFn = std::function<void(const std::string&)>;

// Lets the model write from behind its question until `endOfTurn`, the end of sequence,
// options.maxTokens, the end of the context, or a loop (repetition.h). What may become a loop is
// held back from `piece` until it is told; the first two words of a loop may have gone out.
// kCancelled when stopped.
Result<GeneratedAnswer> generateAnswer(TokenSequence& sequence,
                                       const Tokenizer& tokenizer,
                                       TokenId endOfTurn,
                                       const AskOptions& options,
                                       const std::stop_token& stop,
                                       const PieceFn& piece);

}  // namespace tl
