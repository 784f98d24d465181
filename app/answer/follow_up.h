// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer/question.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "engine/prompt.h"
#include "engine/snapshot.h"

namespace tl {

// A question that was asked before in the same conversation, and the answer as it was shown.
struct EarlierTurn {
    std::string question;
    std::string answer;

    bool operator==(const EarlierTurn&) const = default;
};

// Whether a question leans on what was said before: it begins by going on ("And...", "What
// about...", "Why?"), or says "it", "he", "they" and the like before it names anything itself.
bool leansOnEarlier(std::string_view question);

// The question without the word that goes on: "Who wrote it?" of "And who wrote it?".
std::string withoutConnective(std::string_view question);

// The state after a conversation's turns: that of the corpus's end, then each turn as if it had
// been asked and answered there. Told from the words alone, so that it is the same, bit for bit,
// whenever it is made; the newest one is remembered, and a turn more costs that turn. Lives on the
// model's thread.
class TurnBranch {
public:
    // Of an answer, what a follow-up sees; of all turns, the newest that fit.
    static constexpr size_t kAnswerTokens = 256;
    static constexpr int64_t kMostTokens = 2048;

    // The prompt outlives it.
    TurnBranch(const Tokenizer& tokenizer, PromptBuilder& prompt);

    // The tokens of a turn, as they come after the corpus.
    std::vector<TokenId> tokensOf(const EarlierTurn& turn);
    // The newest turns that take at most `room` tokens, and kMostTokens.
    std::span<const EarlierTurn> fitting(std::span<const EarlierTurn> turns, int64_t room);

    // Runs what is not remembered in `sequence`, which comes after the turns then. kCancelled;
    // errors of TokenSequence.
    Result<Snapshot> state(TokenSequence& sequence,
                           const Snapshot& end,
                           std::span<const EarlierTurn> turns,
                           const std::stop_token& stop);

private:
    // What is remembered, if the turns begin with it; else the corpus's end.
    Status restore(TokenSequence& sequence,
                   const Snapshot& end,
                   std::span<const EarlierTurn> turns);

    Tokenizer m_tokenizer;
    PromptBuilder& m_prompt;
    std::vector<EarlierTurn> m_turns;  // that m_state comes after
    std::optional<Snapshot> m_state;   // none: nothing is remembered
};

}  // namespace tl
