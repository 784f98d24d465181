// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "app/app_types.h"
#include "app/model/language_model.h"

namespace tl {

// What reading took the last time, kept in $XDG_STATE_HOME/throughline/reading_speed.json, so that
// a forecast rests on what this machine has shown. Losing the file costs a forecast and nothing
// else, so failures are not told.

// Remembers a reading that was long enough to tell: 2,000 tokens or more, none of them read before.
void rememberReadingSpeed(const std::string& model, const ReadingProgress& finished);

// Tokens per second of a short reading of these tokens, less than a second long; none where there
// are too few to tell, or it was stopped.
std::optional<double> measuredSpeed(LanguageModel& model,
                                    std::span<const TokenId> tokens,
                                    const std::stop_token& stop);

// Tokens per second of the last reading with the model; none when nothing was read with it yet.
std::optional<double> lastReadingSpeed(const std::string& model);

}  // namespace tl
