// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_commands.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tl {

ProjectCommands::ProjectCommands(ModelLoader loadModel)
    : m_loadModel(std::move(loadModel))
    , m_model(Error{ErrorCode::kNotFound, "model: not loaded"}) {}

Result<ModelSummary> ProjectCommands::loadModel() {
    m_model = m_loadModel();
    if (!m_model.ok()) {
        return m_model.error();
    }
    const LanguageModel& model = *m_model.value();
    return ModelSummary{model.config().name, model.backendName(), model.config().contextLength};
}

Result<std::shared_ptr<const Corpus>> ProjectCommands::choose(const SourceChoice& choice,
                                                              const std::stop_token& stop,
                                                              const LoadEvents& events) {
    m_session.reset();
    setCorpus(nullptr);
    if (!m_model.ok()) {
        return m_model.error();
    }
    Result<Corpus> corpus = loadCorpus(choice, *m_model.value(), stop, events);
    if (!corpus.ok()) {
        return corpus.error();
    }
    auto chosen = std::make_shared<const Corpus>(std::move(corpus).value());
    setCorpus(chosen);
    return chosen;
}

void ProjectCommands::setCorpus(std::shared_ptr<const Corpus> corpus) {
    const std::lock_guard lock(m_mutex);
    m_corpus = std::move(corpus);
}

Status ProjectCommands::ensureSession() {
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
    return okStatus();
}

Result<Question> ProjectCommands::layOut(const std::string& question, const std::string& name) {
    const Status ready = ensureSession();
    if (!ready.ok()) {
        return ready.error();
    }
    return m_session->layOut(question, name);
}

Result<ReadingProgress> ProjectCommands::read(const std::stop_token& stop,
                                              const ReadingFn& progress) {
    const Status ready = ensureSession();
    if (!ready.ok()) {
        return ready.error();
    }
    const int64_t tokens = std::ssize(m_session->corpus().tokens);
    ReadingProgress last{tokens, tokens, 0, 0};
    const Status read = m_session->read(stop, [&](const ReadingProgress& step) {
        last = step;
        if (progress) {
            progress(step);
        }
    });
    if (!read.ok()) {
        return read.error();
    }
    return last;
}

Result<Answer> ProjectCommands::ask(const Question& question,
                                    const AskOptions& options,
                                    const std::stop_token& stop,
                                    const LookPieceFn& piece) {
    assert(isRead());
    return m_session->ask(question, options, stop, piece);
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
