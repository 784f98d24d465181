// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/answer/corpus_session.h"
#include "app/app_types.h"
#include "app/model/language_model.h"
#include "app/project.h"
#include "base/result.h"

namespace tl {

using ModelLoader = std::function<Result<std::unique_ptr<LanguageModel>>()>;

// What a project's commands do; see Project for what they promise. Lives on the engine thread;
// text() alone may be called from others.
class ProjectCommands {
public:
    ProjectCommands(ModelLoader loadModel, ProjectEvents events);

    void loadModel();
    void choose(const SourceChoice& choice, const std::stop_token& stop);
    void read(const std::stop_token& stop);
    void ask(int64_t id,
             const std::string& question,
             const AskOptions& options,
             const std::stop_token& stop);

    std::optional<std::string> text(const std::string& file) const;

private:
    void setCorpus(std::shared_ptr<const Corpus> corpus);
    // Makes the session and reads, where that is still to do.
    Status ensureRead(const std::stop_token& stop);
    void fail(int64_t id, const Error& error) const;

    ModelLoader m_loadModel;
    ProjectEvents m_events;
    Result<std::unique_ptr<LanguageModel>> m_model;
    std::unique_ptr<CorpusSession> m_session;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Corpus> m_corpus;  // guarded by m_mutex; null before choose()
};

// openProject() with a model of the caller's, for tests.
std::unique_ptr<Project> openProject(ModelLoader loadModel, ProjectEvents events);

}  // namespace tl
