// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_commands.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/corpus/corpus.h"

namespace tl {

namespace {

// Calls an event if somebody listens.
template <typename Event, typename... Values>
void emit(const Event& event, const Values&... values) {
    if (event) {
        event(values...);
    }
}

// What is reported while reading: at most every 50 ms, so that a slow window is not flooded.
class Throttle {
public:
    bool isDue() {
        const auto now = ReadingClock::now();
        if (now - m_last < std::chrono::milliseconds(50)) {
            return false;
        }
        m_last = now;
        return true;
    }

private:
    using ReadingClock = std::chrono::steady_clock;
    ReadingClock::time_point m_last{};
};

}  // namespace

ProjectCommands::ProjectCommands(ModelLoader loadModel, ProjectEvents events)
    : m_loadModel(std::move(loadModel))
    , m_events(std::move(events))
    , m_model(Error{ErrorCode::kNotFound, "model: not loaded"}) {}

void ProjectCommands::fail(int64_t id, const Error& error) const {
    emit(m_events.failed, id, error);
}

void ProjectCommands::loadModel() {
    m_model = m_loadModel();
    if (!m_model.ok()) {
        fail(0, m_model.error());
        return;
    }
    const LanguageModel& model = *m_model.value();
    emit(m_events.modelLoaded,
         ModelSummary{model.config().name, model.backendName(), model.config().contextLength});
}

void ProjectCommands::choose(const SourceChoice& choice, const std::stop_token& stop) {
    m_session.reset();
    setCorpus(nullptr);
    if (!m_model.ok()) {
        fail(0, m_model.error());
        return;
    }
    const LoadEvents events{m_events.filesListed, m_events.filesCounted};
    Result<Corpus> corpus = loadCorpus(choice, *m_model.value(), stop, events);
    if (!corpus.ok()) {
        fail(0, corpus.error());
        return;
    }
    auto chosen = std::make_shared<const Corpus>(std::move(corpus).value());
    setCorpus(chosen);
    emit(m_events.planned, chosen->plan);
}

void ProjectCommands::setCorpus(std::shared_ptr<const Corpus> corpus) {
    const std::lock_guard lock(m_mutex);
    m_corpus = std::move(corpus);
}

Status ProjectCommands::ensureRead(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::kCancelled, "reading: cancelled"};
    }
    if (!m_model.ok()) {
        return m_model.error();
    }
    if (!m_corpus) {
        return Error{ErrorCode::kInvalidInput, "corpus: nothing chosen"};
    }
    if (!m_session) {
        Result<std::unique_ptr<CorpusSession>> session =
            CorpusSession::create(*m_model.value(), m_corpus);
        if (!session.ok()) {
            return session.error();
        }
        m_session = std::move(session).value();
    }
    if (m_session->isRead()) {
        return okStatus();
    }
    ReadingProgress last;
    Throttle throttle;
    Status read = m_session->read(stop, [&](const ReadingProgress& progress) {
        last = progress;
        if (throttle.isDue()) {
            emit(m_events.reading, progress);
        }
    });
    if (read.ok()) {
        emit(m_events.readFinished, last);
    }
    return read;
}

void ProjectCommands::read(const std::stop_token& stop) {
    const bool wasRead = m_session && m_session->isRead();
    const Status status = ensureRead(stop);
    if (!status.ok()) {
        fail(0, status.error());
    } else if (wasRead) {
        // Nothing was left to do; whoever waits for the end of this command must hear of it.
        const int64_t tokens = std::ssize(m_session->corpus().tokens);
        emit(m_events.readFinished, ReadingProgress{tokens, tokens, 0, 0});
    }
}

void ProjectCommands::ask(int64_t id,
                          const std::string& question,
                          const AskOptions& options,
                          const std::stop_token& stop) {
    const Status status = ensureRead(stop);
    if (!status.ok()) {
        fail(id, status.error());
        return;
    }
    const auto piece = [&](Look look, const std::string& text) {
        emit(m_events.answerPiece, id, look, text);
    };
    const Result<Answer> answer = m_session->ask(question, options, stop, piece);
    if (!answer.ok()) {
        fail(id, answer.error());
        return;
    }
    emit(m_events.answered, id, answer.value());
}

std::optional<std::string> ProjectCommands::text(const std::string& file) const {
    std::shared_ptr<const Corpus> corpus;
    {
        const std::lock_guard lock(m_mutex);
        corpus = m_corpus;
    }
    if (!corpus) {
        return std::nullopt;
    }
    const auto found = std::find_if(corpus->files.begin(),
                                    corpus->files.end(),
                                    [&](const CorpusFile& f) { return f.document.name == file; });
    if (found == corpus->files.end()) {
        return std::nullopt;
    }
    return fullDocument(found->document).text;
}

}  // namespace tl
