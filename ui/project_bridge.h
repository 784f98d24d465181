// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QObject>
#include <QString>

#include "app/app_types.h"
#include "app/project.h"

namespace tl {

// A project as the widgets see it: commands that return at once, events as signals of the UI
// thread, and what is still under way. Lives on the UI thread. No signal after destruction.
class ProjectBridge : public QObject {
    Q_OBJECT

public:
    using Opener = std::function<std::unique_ptr<Project>(ProjectObserver&)>;

    explicit ProjectBridge(const Opener& open, QObject* parent = nullptr);
    // Cancels what runs and waits for the engine thread (200 ms; longer while a model is loaded,
    // which is why showUntilClosed() does not come here then).
    ~ProjectBridge() override;

    ProjectBridge(const ProjectBridge&) = delete;
    ProjectBridge& operator=(const ProjectBridge&) = delete;

    // Commands, done in order; see app/project.h. ask() returns the question's id in the signals.
    void choose(const SourceChoice& choice, const ProjectPlace& place);
    void open(const std::filesystem::path& file);
    void close();
    void check();
    void read();
    int64_t ask(const QString& question, const AskOptions& options);
    void cancel();

    bool isChoosing() const { return isWaitingFor(Kind::kChoose); }
    bool isReading() const { return isWaitingFor(Kind::kRead); }
    bool isAnswering() const { return isWaitingFor(Kind::kAsk); }
    bool isBusy() const { return !m_pending.empty(); }

    // The text of a file that is in; none for other names.
    std::optional<QString> text(const QString& file) const;

Q_SIGNALS:
    void modelLoaded(const tl::ModelSummary& model);
    void filesListed(int64_t from, const std::vector<tl::FileRow>& rows);
    void filesCounted(const std::vector<std::pair<int64_t, tl::FileRow>>& rows);
    void planned(const tl::PlanSummary& plan);
    void opened(const tl::KeptProject& project);
    void keeping(const tl::KeptProject& project);
    void notKept(const tl::Error& error);
    void checked(const tl::SourceCheck& check);
    void reading(const tl::ReadingProgress& progress);
    void readFinished(const tl::ReadingProgress& progress);
    void overviewReady(const tl::Overview& overview);
    void answerPiece(int64_t id, tl::Look look, const QString& piece);
    void answered(int64_t id, const tl::Answer& answer);
    void failed(int64_t id, const tl::Error& error);
    // A command was given or came to its end; sent before the signal that says how it ended.
    void activityChanged();

private:
    enum class Kind { kChoose, kRead, kAsk };
    struct Command {
        Kind kind;
        int64_t id;  // of the question, 0 for other commands
    };
    class Poster;

    void begin(Kind kind, int64_t id);
    void end(Kind kind, int64_t id);
    void endFailed(int64_t id);
    bool isWaitingFor(Kind kind) const;

    std::deque<Command> m_pending;  // given and not ended, oldest first
    int64_t m_lastId = 0;
    std::unique_ptr<ProjectObserver> m_poster;
    std::unique_ptr<Project> m_project;  // last: it tells the poster until it is gone
};

}  // namespace tl
