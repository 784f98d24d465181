// SPDX-License-Identifier: Apache-2.0
#include "ui/project_bridge.h"

#include <algorithm>

#include <QMetaObject>

namespace tl {

ProjectBridge::ProjectBridge(const Opener& open, QObject* parent)
    : QObject(parent), m_project(open(queuedEvents())) {}

// The project goes first: its engine thread posts events to this object until it is joined. What
// was posted and not delivered dies with the QObject.
ProjectBridge::~ProjectBridge() {
    m_project.reset();
}

// An event handler for the engine thread that has `slot` called with copies on the UI thread.
template <typename... Values, typename Slot>
std::function<void(Values...)> ProjectBridge::queued(Slot slot) {
    return [this, slot](Values... values) {
        // Qt frees the functor with the event.
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
        QMetaObject::invokeMethod(
            this, [slot, values...] { slot(values...); }, Qt::QueuedConnection);
    };
}

ProjectEvents ProjectBridge::queuedEvents() {
    ProjectEvents events;
    events.modelLoaded = queued<const ModelSummary&>(
        [this](const ModelSummary& model) { Q_EMIT modelLoaded(model); });
    events.filesListed = queued<int64_t, const std::vector<FileRow>&>(
        [this](int64_t from, const std::vector<FileRow>& rows) { Q_EMIT filesListed(from, rows); });
    events.filesCounted = queued<const std::vector<std::pair<int64_t, FileRow>>&>(
        [this](const auto& rows) { Q_EMIT filesCounted(rows); });
    events.planned = queued<const PlanSummary&>([this](const PlanSummary& plan) {
        end(Kind::kChoose, 0);
        Q_EMIT planned(plan);
    });
    events.reading = queued<const ReadingProgress&>(
        [this](const ReadingProgress& progress) { Q_EMIT reading(progress); });
    events.readFinished = queued<const ReadingProgress&>([this](const ReadingProgress& progress) {
        // Reading on behalf of a question ends no command: the answer follows.
        end(Kind::kRead, 0);
        Q_EMIT readFinished(progress);
    });
    events.overviewReady = queued<const Overview&>(
        [this](const Overview& overview) { Q_EMIT overviewReady(overview); });
    events.answerPiece = queued<int64_t, Look, const std::string&>(
        [this](int64_t id, Look look, const std::string& piece) {
            Q_EMIT answerPiece(id, look, QString::fromStdString(piece));
        });
    events.answered = queued<int64_t, const Answer&>([this](int64_t id, const Answer& answer) {
        end(Kind::kAsk, id);
        Q_EMIT answered(id, answer);
    });
    events.failed = queued<int64_t, const Error&>([this](int64_t id, const Error& error) {
        endFailed(id);
        Q_EMIT failed(id, error);
    });
    return events;
}

void ProjectBridge::choose(const SourceChoice& choice) {
    m_project->choose(choice);
    begin(Kind::kChoose, 0);
}

void ProjectBridge::read() {
    m_project->read();
    begin(Kind::kRead, 0);
}

int64_t ProjectBridge::ask(const QString& question, const AskOptions& options) {
    const int64_t id = ++m_lastId;
    m_project->ask(id, question.toStdString(), options);
    begin(Kind::kAsk, id);
    return id;
}

void ProjectBridge::cancel() {
    m_project->cancel();
}

std::optional<QString> ProjectBridge::text(const QString& file) const {
    const std::optional<std::string> text = m_project->text(file.toStdString());
    if (!text) {
        return std::nullopt;
    }
    return QString::fromStdString(*text);
}

void ProjectBridge::begin(Kind kind, int64_t id) {
    m_pending.push_back({kind, id});
    Q_EMIT activityChanged();
}

void ProjectBridge::end(Kind kind, int64_t id) {
    const auto ended =
        std::find_if(m_pending.begin(), m_pending.end(), [&](const Command& command) {
            return command.kind == kind && command.id == id;
        });
    if (ended != m_pending.end()) {
        m_pending.erase(ended);
        Q_EMIT activityChanged();
    }
}

// Events keep the order of the commands, so a failure without a question's id means the oldest
// command of another kind.
void ProjectBridge::endFailed(int64_t id) {
    const auto ended = std::find_if(m_pending.begin(),
                                    m_pending.end(),
                                    [&](const Command& command) { return command.id == id; });
    if (ended != m_pending.end()) {
        m_pending.erase(ended);
        Q_EMIT activityChanged();
    }
}

bool ProjectBridge::isWaitingFor(Kind kind) const {
    return std::any_of(m_pending.begin(), m_pending.end(), [&](const Command& command) {
        return command.kind == kind;
    });
}

}  // namespace tl
