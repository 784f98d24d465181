// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/answer/answer_settings.h"
#include "app/answer/candidate_search.h"
#include "app/answer/follow_up.h"
#include "app/answer/known_answers.h"
#include "app/answer/question.h"
#include "app/answer/second_look.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/corpus/kept_reading.h"
#include "app/corpus/passage_ranking.h"
#include "app/model/language_model.h"
#include "app/overview_types.h"
#include "base/result.h"
#include "engine/prompt.h"

namespace tl {

using LookPieceFn = std::function<void(Look, const std::string&)>;

// A corpus that a model reads once and is then asked about; every question starts from the same
// state. Lives on the model's thread; the model outlives it.
class CorpusSession {
public:
    // kInvalidInput with the plan's problem where it has one; kOutOfMemory.
    static Result<std::unique_ptr<CorpusSession>> create(LanguageModel& model,
                                                         std::shared_ptr<const Corpus> corpus);

    // Takes a reading up where an earlier one of the same tokens has come to: nothing of the corpus
    // is read yet. Errors of TokenSequence::restore().
    // REQUIRES: the snapshot is of the corpus's first tokens
    Status goOnFrom(const Snapshot& snapshot);
    // Another one that answers from the same state, with sequences of `model`, which is this one's
    // or computes with it. Both share what finds passages, so they are used by one thread at a
    // time. kOutOfMemory. REQUIRES: isRead()
    Result<std::unique_ptr<CorpusSession>> fork(LanguageModel& model);

    // Reads what is not read yet. After kCancelled it goes on where it stopped.
    Status read(const std::stop_token& stop,
                const ReadingFn& progress,
                const Keeping& keeping = {});

    // The one place where a question becomes tokens; nothing needs to be read yet. kInvalidInput,
    // with `name` in front, where problemIn() finds one, or it is too long for what is left of the
    // context.
    Result<Question> layOut(const std::string& question, const std::string& name = "question");

    // The answer with its citations. kCancelled.
    // before: what was said in the conversation, oldest first. A question that leans on it is asked
    // after it; all others start from the corpus alone.
    // REQUIRES: isRead()
    Result<Answer> ask(const Question& question,
                       const AskOptions& options,
                       const std::stop_token& stop,
                       const LookPieceFn& piece,
                       std::span<const EarlierTurn> before = {});

    // The state that a question after these turns starts from. REQUIRES: isRead()
    Result<Snapshot> stateBehind(std::span<const EarlierTurn> turns, const std::stop_token& stop);

    // Where reading has come to. kOutOfMemory.
    Result<Snapshot> state() const { return m_sequence->snapshot(); }
    bool isRead() const { return m_end.has_value(); }
    int64_t tokensRead() const { return m_end ? m_end->position() : m_sequence->position(); }
    // Whether ask() would answer from a second look, where its passages fit.
    bool looksTwice(const AskOptions& options) const;
    // What the corpus says of itself, see KnownAnswers.
    const Overview& overview() { return m_known->overview(); }

    const Corpus& corpus() const { return *m_corpus; }
    // Tokens that ran through the model since this was last called, by ask() or otherwise.
    int64_t takeTokensEvaluated();

private:
    CorpusSession(LanguageModel& model,
                  std::shared_ptr<const Corpus> corpus,
                  std::unique_ptr<TokenSequence> sequence,
                  PromptBuilder prompt,
                  SecondLook secondLook,
                  std::shared_ptr<CandidateSearch> candidates);

    static Result<std::unique_ptr<CorpusSession>> make(LanguageModel& model,
                                                       std::shared_ptr<const Corpus> corpus,
                                                       std::shared_ptr<CandidateSearch> candidates);
    // A question, and what it leans on.
    struct Asking {
        const Question& question;
        std::span<const EarlierTurn> turns;  // empty: it stands alone
        // As passages are found for it and read again: with the turn before in it.
        Question reread;
    };
    Asking lean(const Question& question, std::span<const EarlierTurn> before);
    Result<std::vector<RankedPassage>> askCorpus(const Asking& asking,
                                                 const AskOptions& options,
                                                 const std::stop_token& stop);
    Result<bool> areStrong(const std::string& question, std::span<const RankedPassage> best);
    Result<GeneratedAnswer> firstLook(const AskOptions& options,
                                      const std::stop_token& stop,
                                      const PieceFn& piece);
    Status answerFromModel(const Asking& asking,
                           const AskOptions& options,
                           const std::stop_token& stop,
                           const LookPieceFn& piece,
                           Answer& answer);
    // Every reading's answer: the first look's, then, where it looks twice, that from the best
    // passage alone and that from the best ones together, which is the one that is streamed.
    Result<std::vector<GeneratedAnswer>> readAll(const Question& question,
                                                 std::span<const RankedPassage> best,
                                                 const AskOptions& options,
                                                 const std::stop_token& stop,
                                                 const LookPieceFn& piece);
    Status conclude(const Asking& asking,
                    const std::vector<RankedPassage>& ranking,
                    std::span<const GeneratedAnswer> given,
                    Answer& answer);
    Status cite(const std::string& asked,
                const std::vector<RankedPassage>& ranking,
                Answer& answer);

    LanguageModel& m_model;
    std::shared_ptr<const Corpus> m_corpus;  // shared with threads that show its texts
    std::unique_ptr<TokenSequence> m_sequence;
    PromptBuilder m_prompt;
    SecondLook m_secondLook;
    TurnBranch m_branch;
    std::shared_ptr<CandidateSearch> m_candidates;  // shared with forks
    AnswerSettings m_settings;
    std::shared_ptr<KnownAnswers> m_known;  // shared with forks
    std::optional<Snapshot> m_end;          // of the corpus, once all of it is read
    int64_t m_tokensReported = 0;           // evaluated tokens that answers have accounted for
};

}  // namespace tl
