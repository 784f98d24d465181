// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/answer/corpus_session.h"
#include "app/answer/question.h"
#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/model/language_model.h"
#include "app/project.h"
#include "base/result.h"

namespace tl {

using ModelLoader = std::function<Result<std::unique_ptr<LanguageModel>>()>;

// The order of things: one model, one corpus, its session. Every command ends with its outcome; a
// Project runs them on its engine thread and reports by events, the command line runs them on the
// thread it has. Lives on that one thread; text() alone may be called from others.
class ProjectCommands {
public:
    explicit ProjectCommands(ModelLoader loadModel);

    // Where it fails, every later command fails with the same reason.
    Result<ModelSummary> loadModel();

    // Forgets the corpus before it. A plan with a problem is no failure of this command.
    Result<std::shared_ptr<const Corpus>> choose(const SourceChoice& choice,
                                                 const std::stop_token& stop,
                                                 const LoadEvents& events);

    // See problemIn(); needs neither model nor corpus.
    static std::optional<std::string> problemOf(const std::string& question) {
        return problemIn(question);
    }

    // A question about the chosen corpus, which need not be read yet. kInvalidInput with the plan's
    // problem, or with `name` and why it cannot be asked.
    Result<Question> layOut(const std::string& question, const std::string& name = "question");

    // Reads what is not read yet, and says how far and how quickly; at no speed where nothing was
    // left to do.
    Result<ReadingProgress> read(const std::stop_token& stop, const ReadingFn& progress);

    // REQUIRES: isRead()
    Result<Answer> ask(const Question& question,
                       const AskOptions& options,
                       const std::stop_token& stop,
                       const LookPieceFn& piece);

    bool isRead() const { return m_session && m_session->isRead(); }
    // Whether ask() would answer from a second look, where its passages fit. REQUIRES: isRead()
    bool looksTwice(const AskOptions& options) const { return m_session->looksTwice(options); }

    std::optional<std::string> text(const std::string& file) const;

private:
    void setCorpus(std::shared_ptr<const Corpus> corpus);
    // Makes the session where there is none yet.
    Status ensureSession();

    ModelLoader m_loadModel;
    Result<std::unique_ptr<LanguageModel>> m_model;
    std::unique_ptr<CorpusSession> m_session;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Corpus> m_corpus;  // guarded by m_mutex; null before choose()
};

// openProject() with a model of the caller's, for tests.
std::unique_ptr<Project> openProject(ModelLoader loadModel, ProjectEvents events);

}  // namespace tl
