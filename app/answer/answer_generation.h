// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
    // How sure the model is of its words: ln of the probability of its tokens and of its end, in
    // the mean and of the least likely one. 0 is certain.
    double meanLogProbability = 0;
    double leastLogProbability = 0;
    // The mean for "The documents do not say." in its place, where that was asked for.
    std::optional<double> refusalLogProbability{};
};

// Receives an answer in pieces of whole characters.
using PieceFn = std::function<void(const std::string&)>;

// Lets the model write from the end of its question on until `endOfTurn`, the end of sequence,
// options.maxTokens, the end of the context, or a loop (repetition.h). What may become a loop is
// held back from `piece` until it is told; the first two words of a loop may have gone out.
// kCancelled when stopped.
Result<GeneratedAnswer> generateAnswer(TokenSequence& sequence,
                                       const Tokenizer& tokenizer,
                                       TokenId endOfTurn,
                                       const AskOptions& options,
                                       const std::stop_token& stop,
                                       const PieceFn& piece);

// How likely the model finds these tokens after where the sequence stands: ln of the probability,
// the mean of all. Leaves the sequence behind them.
Result<double> meanLogProbability(TokenSequence& sequence, std::span<const TokenId> tokens);

}  // namespace tl
