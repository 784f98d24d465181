// SPDX-License-Identifier: Apache-2.0
// The commands that ask, and what is kept of their answers.
#include <cassert>
#include <chrono>
#include <iterator>
#include <utility>

#include "app/corpus/corpus_prefix.h"
#include "app/project/project_commands.h"
#include "app/project/stored_answer.h"

namespace tl {

Result<std::vector<Answer>> ProjectCommands::answersBefore(size_t most) const {
    assert(m_file);
    const Result<std::vector<StoredTurn>> turns = m_file->newestTurns(most);
    if (!turns.ok()) {
        return turns.error();
    }
    std::vector<Answer> answers;
    for (const StoredTurn& turn : turns.value()) {
        answers.push_back(answerOf(turn, m_session->corpus()));
    }
    return answers;
}

Result<Question> ProjectCommands::layOut(const std::string& question, const std::string& name) {
    const Status ready = ensureSession();
    if (!ready.ok()) {
        return ready.error();
    }
    return m_session->layOut(question, name);
}

Result<CorpusSession*> ProjectCommands::answering() {
    assert(m_session && m_session->tokensRead() > 0);
    if (isRead()) {
        m_part.reset();
        return m_session.get();
    }
    if (!m_part || m_part->tokensRead() != m_session->tokensRead()) {
        m_part.reset();
        const Result<Snapshot> here = m_session->state();
        if (!here.ok()) {
            return here.error();
        }
        Result<std::unique_ptr<CorpusSession>> part = CorpusSession::create(
            *m_model.value(),
            std::make_shared<const Corpus>(corpusUpTo(*m_corpus, m_session->tokensRead())));
        if (!part.ok()) {
            return part.error();
        }
        const Status there = part.value()->goOnFrom(here.value());
        if (!there.ok()) {
            return there.error();
        }
        m_part = std::move(part).value();
    }
    return m_part.get();
}

Result<Answer> ProjectCommands::ask(const Question& question,
                                    const AskOptions& options,
                                    const std::stop_token& stop,
                                    const LookPieceFn& piece) {
    const Result<CorpusSession*> session = answering();
    if (!session.ok()) {
        return session.error();
    }
    Result<Answer> answer = session.value()->ask(question, options, stop, piece, m_turns);
    if (answer.ok()) {
        finish(question, options, answer.value());
    }
    return answer;
}

// Says how far the corpus is read, and keeps the answer where there is a project.
void ProjectCommands::finish(const Question& question, const AskOptions& options, Answer& answer) {
    answer.tokensRead = m_session->tokensRead();
    answer.tokensTotal = tokensTotal();
    if (m_file) {
        keepAnswer(question, answer, options);
    }
    m_turns.push_back({question.text, answer.text});
}

// The answer counts whether it can be kept or not. All of one run are one conversation.
void ProjectCommands::keepAnswer(const Question& question,
                                 const Answer& answer,
                                 const AskOptions& options) {
    const int64_t now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
    ProjectChange change;
    if (m_conversation == 0) {
        m_conversation = now;  // no two runs start in the same nanosecond
        change.conversations.push_back({m_conversation, question.text, now});
    }
    AnswerBasis basis{m_session->tokensRead(), digestOf(m_file->origin().fingerprint), options};
    if (answer.isFollowUp) {
        basis.parent = std::ssize(m_turns) - 1;
    }
    StoredTurn turn = storedTurn(question, answer, basis, m_session->corpus(), m_file->stored());
    turn.conversation = m_conversation;
    turn.ordinal = std::ssize(m_turns);
    turn.askedNs = now;
    change.turns.push_back(std::move(turn));
    const Status kept = m_file->keep(std::move(change));
    if (m_keptAnswers.ok()) {
        m_keptAnswers = kept;
    }
}

Status ProjectCommands::continueConversation() {
    assert(m_file && m_turns.empty());
    const Result<std::vector<StoredTurn>> newest = m_file->newestConversation();
    if (!newest.ok()) {
        return newest.error();
    }
    for (const StoredTurn& turn : newest.value()) {
        m_conversation = turn.conversation;
        m_turns.push_back({turn.question, turn.answer});
    }
    return okStatus();
}

Status ProjectCommands::askAll(std::span<const Question> questions,
                               const AskOptions& options,
                               const std::stop_token& stop,
                               const SheetEvents& events) {
    assert(isRead());
    SheetEvents kept = events;
    kept.answered = [&](size_t index, const Answer& answered) {
        Answer answer = answered;
        finish(questions[index], options, answer);
        return events.answered(index, answer);
    };
    return answerSheet(*m_session, *m_model.value(), questions, options, stop, kept);
}

}  // namespace tl
