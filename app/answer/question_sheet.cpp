// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_sheet.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/model/shared_passes.h"

namespace tl {

namespace {

// Answers that may come in any order, and are told in the order of the questions.
class OrderedAnswers {
public:
    OrderedAnswers(size_t count, const SheetEvents& events) : m_answers(count), m_events(events) {}

    void put(size_t index, Answer answer) {
        m_answers[index] = std::move(answer);
        while (m_status.ok() && m_told < m_answers.size() && m_answers[m_told]) {
            m_status = m_events.answered(m_told, *m_answers[m_told]);
            m_answers[m_told].reset();
            ++m_told;
        }
    }

    // How many have been told.
    size_t told() const { return m_told; }
    // What telling them came to.
    const Status& status() const { return m_status; }

private:
    std::vector<std::optional<Answer>> m_answers;
    const SheetEvents& m_events;
    size_t m_told = 0;
    Status m_status = okStatus();
};

class SheetRun {
public:
    SheetRun(CorpusSession& session,
             std::span<const Question> questions,
             const AskOptions& options,
             const std::stop_token& stop,
             const SheetEvents& events)
        : m_session(session)
        , m_questions(questions)
        , m_options(options)
        , m_stop(stop)
        , m_events(events)
        , m_answers(questions.size(), events) {}

    // Answers what it can with sessions that share passes.
    Status runTogether(LanguageModel& model) {
        SharedPasses passes(model);
        SharedModel shared(model, passes);
        std::vector<std::unique_ptr<CorpusSession>> forks;
        while (forks.size() < std::min(m_questions.size(), LanguageModel::kMostTogether)) {
            Result<std::unique_ptr<CorpusSession>> fork = m_session.fork(shared);
            if (!fork.ok()) {
                return fork.error();
            }
            forks.push_back(std::move(fork).value());
        }
        passes.run(forks.size(), [&](size_t worker) { answerSome(*forks[worker]); });
        return m_failure;
    }

    // Goes on after what has been told.
    Status runOneByOne() {
        for (size_t i = m_answers.told(); i < m_questions.size() && m_answers.status().ok(); ++i) {
            Result<Answer> answer = answerWith(m_session, i);
            if (!answer.ok()) {
                return answer.error();
            }
            m_answers.put(i, std::move(answer).value());
        }
        return m_answers.status();
    }

    // What telling the answers came to.
    const Status& told() const { return m_answers.status(); }

private:
    Result<Answer> answerWith(CorpusSession& session, size_t index) {
        return session.ask(m_questions[index], m_options, m_stop, [this](Look, const std::string&) {
            if (m_events.alive) {
                m_events.alive();
            }
        });
    }

    // One worker's share: the next question as long as there is one.
    void answerSome(CorpusSession& session) {
        while (m_next < m_questions.size() && m_failure.ok() && m_answers.status().ok()) {
            const size_t index = m_next++;
            Result<Answer> answer = answerWith(session, index);
            if (!answer.ok()) {
                m_failure = m_failure.ok() ? Status(answer.error()) : m_failure;
                return;
            }
            if (index == 0) {
                // What reading the corpus took is the first answer's, as it is one by one.
                answer.value().tokensEvaluated += m_session.takeTokensEvaluated();
            }
            m_answers.put(index, std::move(answer).value());
        }
    }

    CorpusSession& m_session;
    std::span<const Question> m_questions;
    const AskOptions& m_options;
    std::stop_token m_stop;
    const SheetEvents& m_events;
    OrderedAnswers m_answers;
    size_t m_next = 0;
    Status m_failure = okStatus();  // the first one of a question
};

}  // namespace

Result<int64_t> sheetMemory(const TextModel& model, int64_t tokens, size_t questions) {
    const int64_t context = model.config().contextLength;
    const auto forks =
        questions > 1 ? static_cast<int64_t>(std::min(questions, LanguageModel::kMostTogether)) : 0;
    std::vector<SequencePlan> sequences{{context, tokens, kAnswerReserve, forks}};
    for (int64_t i = 0; i <= forks; ++i) {
        sequences.push_back({std::min(kSecondLookPositions, context), 0, kAnswerReserve});
    }
    const Result<MemoryForecast> forecast = model.forecast(sequences);
    if (!forecast.ok()) {
        return forecast.error();
    }
    return forecast.value().workspace + forecast.value().sequences;
}

Status answerSheet(CorpusSession& session,
                   LanguageModel& model,
                   std::span<const Question> questions,
                   const AskOptions& options,
                   const std::stop_token& stop,
                   const SheetEvents& events) {
    SheetRun run(session, questions, options, stop, events);
    if (questions.size() > 1) {
        Status together = run.runTogether(model);
        if (!run.told().ok()) {
            return run.told();
        }
        if (together.ok() || together.error().code == ErrorCode::kCancelled) {
            return together;
        }
    }
    return run.runOneByOne();
}

}  // namespace tl
