// SPDX-License-Identifier: Apache-2.0
#include "ui/project_bridge.h"

#include <algorithm>

#include <QMetaObject>

namespace tl {

// What the engine thread is told to, copied and posted to the UI thread.
class ProjectBridge::Poster : public ProjectObserver {
public:
    explicit Poster(ProjectBridge& bridge) : m_bridge(bridge) {}

    void modelLoaded(const ModelSummary& model) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.modelLoaded(model); });
    }
    void filesListed(int64_t from, const std::vector<FileRow>& rows) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.filesListed(from, rows); });
    }
    void filesCounted(const std::vector<std::pair<int64_t, FileRow>>& rows) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.filesCounted(rows); });
    }
    void planned(const PlanSummary& plan) override {
        post([=](ProjectBridge& bridge) {
            bridge.end(Kind::kChoose, 0);
            Q_EMIT bridge.planned(plan);
        });
    }
    void opened(const KeptProject& project) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.opened(project); });
    }
    void keeping(const KeptProject& project) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.keeping(project); });
    }
    void notKept(const Error& error) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.notKept(error); });
    }
    void checked(const SourceCheck& check) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.checked(check); });
    }
    void reading(const ReadingProgress& progress) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.reading(progress); });
    }
    void readFinished(const ReadingProgress& progress) override {
        post([=](ProjectBridge& bridge) {
            // Reading on behalf of a question ends no command: the answer follows.
            bridge.end(Kind::kRead, 0);
            Q_EMIT bridge.readFinished(progress);
        });
    }
    void overviewReady(const Overview& overview) override {
        post([=](ProjectBridge& bridge) { Q_EMIT bridge.overviewReady(overview); });
    }
    void answerPiece(int64_t id, Look look, const std::string& piece) override {
        post([=](ProjectBridge& bridge) {
            Q_EMIT bridge.answerPiece(id, look, QString::fromStdString(piece));
        });
    }
    void answered(int64_t id, const Answer& answer) override {
        post([=](ProjectBridge& bridge) {
            bridge.end(Kind::kAsk, id);
            Q_EMIT bridge.answered(id, answer);
        });
    }
    void failed(int64_t id, const Error& error) override {
        post([=](ProjectBridge& bridge) {
            bridge.endFailed(id);
            Q_EMIT bridge.failed(id, error);
        });
    }

private:
    template <typename Change>
    void post(Change change) {
        ProjectBridge& bridge = m_bridge;
#ifdef __clang_analyzer__  // takes the functor, which Qt frees with the event, for leaked
        change(bridge);
#else
        QMetaObject::invokeMethod(
            &bridge, [&bridge, change] { change(bridge); }, Qt::QueuedConnection);
#endif
    }

    ProjectBridge& m_bridge;
};

ProjectBridge::ProjectBridge(const Opener& open, QObject* parent)
    : QObject(parent), m_poster(std::make_unique<Poster>(*this)), m_project(open(*m_poster)) {}

// The project goes first: its engine thread posts events to this object until it is joined. What
// was posted and not delivered dies with the QObject.
ProjectBridge::~ProjectBridge() {
    m_project.reset();
}

void ProjectBridge::choose(const SourceChoice& choice, const ProjectPlace& place) {
    m_project->choose(choice, place);
    begin(Kind::kChoose, 0);
}

// Like choosing, it ends with the plan.
void ProjectBridge::open(const std::filesystem::path& file) {
    m_project->open(file);
    begin(Kind::kChoose, 0);
}

void ProjectBridge::close() {
    m_project->close();
}

// Nobody waits for it, so it is no command under way.
void ProjectBridge::check() {
    m_project->check();
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
