// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/app_types.h"
#include "app/corpus/corpus.h"
#include "app/project.h"
#include "app/project/project_commands.h"
#include "base/result.h"

namespace tl {

// What Project promises, done one after the other, with every outcome told to an observer, which
// outlives it. Lives on the engine thread; text() alone may be called from others.
class ReportedCommands {
public:
    // As ProjectCommands.
    ReportedCommands(ModelLoader loadModel,
                     ProjectObserver& observer,
                     const std::filesystem::path& modelFile);

    // The names are those of Project's commands.
    void loadModel();
    void choose(const SourceChoice& choice, const ProjectPlace& place, const std::stop_token& stop);
    void open(const std::filesystem::path& file, const std::stop_token& stop);
    void close();
    // These two are false, and silent, where they were stopped to make way for a question.
    bool check(const std::stop_token& stop, const std::atomic<bool>& makesWay);
    bool read(const std::stop_token& stop, const std::atomic<bool>& makesWay);
    // readingFollows: what is not read yet will be, after this question.
    void ask(int64_t id,
             const std::string& question,
             const AskOptions& options,
             bool readingFollows,
             const std::stop_token& stop);

    std::optional<std::string> text(const std::string& file) const { return m_commands.text(file); }

private:
    using Chosen = Result<std::shared_ptr<const Corpus>>;

    LoadEvents fileEvents();
    Chosen chosen(const SourceChoice& choice,
                  const std::filesystem::path& file,
                  const std::stop_token& stop);
    Chosen openedCorpus(const KeptProject& project, const std::stop_token& stop);
    Result<KeptProject> takeUp(const std::filesystem::path& file, const std::stop_token& stop);
    Status keep();
    Result<ReadingProgress> readOn(const std::stop_token& stop);
    Status readALittle(const std::stop_token& stop);
    Status ensureRead(bool readingFollows, const std::stop_token& stop);
    void finishReading(const ReadingProgress& progress);
    Result<Answer> answerTo(int64_t id,
                            const std::string& text,
                            const AskOptions& options,
                            bool readingFollows,
                            const std::stop_token& stop);

    ProjectCommands m_commands;
    ProjectObserver& m_observer;
    bool m_isUnreported = false;    // a corpus whose reading has not been reported finished yet
    bool m_hasSaidNotKept = false;  // of answers
};

}  // namespace tl
