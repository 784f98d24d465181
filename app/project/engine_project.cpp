// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/corpus/corpus.h"
#include "app/model/engine_model.h"
#include "app/overview/overview.h"
#include "app/project.h"
#include "app/project/project_commands.h"

namespace tl {

namespace {

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

// The commands with their outcomes as events. Lives on the engine thread.
class ReportedCommands {
public:
    ReportedCommands(ModelLoader loadModel, ProjectObserver& observer)
        : m_commands(std::move(loadModel)), m_observer(observer) {}

    void loadModel() {
        const Result<ModelSummary> model = m_commands.loadModel();
        if (model.ok()) {
            m_observer.modelLoaded(model.value());
        } else {
            m_observer.failed(0, model.error());
        }
    }

    void choose(const SourceChoice& choice, const std::stop_token& stop) {
        const auto corpus = m_commands.choose(choice, stop, fileEvents());
        if (corpus.ok()) {
            m_unread = corpus.value();
            m_observer.planned(corpus.value()->plan);
        } else {
            m_unread = nullptr;
            m_observer.failed(0, corpus.error());
        }
    }

    void read(const std::stop_token& stop) {
        const Result<ReadingProgress> read = readOn(stop);
        if (read.ok()) {
            finishReading(read.value());
        } else {
            m_observer.failed(0, read.error());
        }
    }

    void ask(int64_t id,
             const std::string& question,
             const AskOptions& options,
             const std::stop_token& stop) {
        const Result<Answer> answer = answerTo(id, question, options, stop);
        if (answer.ok()) {
            m_observer.answered(id, answer.value());
        } else {
            m_observer.failed(id, answer.error());
        }
    }

    // From any thread.
    std::optional<std::string> text(const std::string& file) const { return m_commands.text(file); }

private:
    LoadEvents fileEvents() {
        return {[this](int64_t from, const std::vector<FileRow>& rows) {
                    m_observer.filesListed(from, rows);
                },
                [this](const std::vector<std::pair<int64_t, FileRow>>& rows) {
                    m_observer.filesCounted(rows);
                }};
    }

    Result<ReadingProgress> readOn(const std::stop_token& stop) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::kCancelled, "reading: cancelled"};
        }
        Throttle throttle;
        return m_commands.read(stop, [&](const ReadingProgress& progress) {
            if (throttle.isDue()) {
                m_observer.reading(progress);
            }
        });
    }

    void finishReading(const ReadingProgress& progress) {
        m_observer.readFinished(progress);
        const auto corpus = std::exchange(m_unread, nullptr);
        if (corpus != nullptr) {
            m_observer.overviewReady(makeOverview(*corpus));
        }
    }

    Result<Answer> answerTo(int64_t id,
                            const std::string& text,
                            const AskOptions& options,
                            const std::stop_token& stop) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::kCancelled, "question: cancelled"};
        }
        const Result<Question> question = m_commands.layOut(text);
        if (!question.ok()) {
            return question.error();
        }
        if (!m_commands.isRead()) {
            const Result<ReadingProgress> read = readOn(stop);
            if (!read.ok()) {
                return read.error();
            }
            finishReading(read.value());
        }
        const Look wanted = m_commands.looksTwice(options) ? Look::kSecond : Look::kFirst;
        return m_commands.ask(
            question.value(), options, stop, [&](Look look, const std::string& piece) {
                if (look == wanted) {
                    m_observer.answerPiece(id, look, piece);
                }
            });
    }

    ProjectCommands m_commands;
    ProjectObserver& m_observer;
    std::shared_ptr<const Corpus> m_unread;  // chosen, and its reading not finished yet
};

// The queue in front of the engine thread. Each command has a stop source of its own, so cancel()
// reaches those that wait as well: they find themselves stopped when their turn comes.
class EngineProject : public Project {
public:
    EngineProject(ModelLoader loadModel, ProjectObserver& observer)
        : m_commands(std::move(loadModel), observer), m_thread([this] { run(); }) {}

    ~EngineProject() override {
        EngineProject::cancel();
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        m_changed.notify_one();
    }

    void choose(const SourceChoice& choice) override {
        cancel();
        push([this, choice](const std::stop_token& stop) { m_commands.choose(choice, stop); });
    }

    void read() override {
        push([this](const std::stop_token& stop) { m_commands.read(stop); });
    }

    void ask(int64_t id, const std::string& question, const AskOptions& options) override {
        push([=, this](const std::stop_token& stop) {
            m_commands.ask(id, question, options, stop);
        });
    }

    void cancel() override {
        const std::lock_guard lock(m_mutex);
        m_running.request_stop();
        for (Waiting& waiting : m_waiting) {
            waiting.stop.request_stop();
        }
    }

    std::optional<std::string> text(const std::string& file) const override {
        return m_commands.text(file);
    }

private:
    struct Waiting {
        std::function<void(const std::stop_token&)> run;
        std::stop_source stop;
    };

    void push(std::function<void(const std::stop_token&)> command) {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back({std::move(command), std::stop_source()});
        m_changed.notify_one();
    }

    void run() {
        m_commands.loadModel();
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock, [this] { return m_isClosing || !m_waiting.empty(); });
            if (m_isClosing) {
                return;
            }
            const Waiting next = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_running = next.stop;
            lock.unlock();
            next.run(next.stop.get_token());
            lock.lock();
        }
    }

    ReportedCommands m_commands;  // used by the engine thread alone, but for text()
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Waiting> m_waiting;  // guarded by m_mutex
    std::stop_source m_running;     // guarded by m_mutex
    bool m_isClosing = false;       // guarded by m_mutex
    std::jthread m_thread;          // last: it ends before what it uses
};

}  // namespace

std::unique_ptr<Project> openProject(ModelLoader loadModel, ProjectObserver& observer) {
    return std::make_unique<EngineProject>(std::move(loadModel), observer);
}

std::unique_ptr<Project> openProject(const ModelChoice& model, ProjectObserver& observer) {
    return openProject([model] { return loadEngineModel(model); }, observer);
}

}  // namespace tl
