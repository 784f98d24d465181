// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

#include "app/model/engine_model.h"
#include "app/model/resource_paths.h"
#include "app/project.h"
#include "app/project/project_commands.h"
#include "app/project/reported_commands.h"

namespace tl {

namespace {

// A command in the queue. Reading and checking make way for questions: they are stopped, and wait
// again behind them.
struct EngineCommand {
    enum class Kind { kOther, kQuestion, kReading, kChecking };

    bool makesWay() const { return kind == Kind::kReading || kind == Kind::kChecking; }

    Kind kind = Kind::kOther;
    std::function<bool(const EngineCommand&)> run;  // whether it came to its end
    std::stop_source stop{};
    std::atomic<bool> isPaused = false;  // stopped to make way
    bool readingFollows = false;         // of a question: a reading waits after it
};

// The queue in front of the engine thread. Each command has a stop source of its own, so cancel()
// reaches those that wait as well: they find themselves stopped when their turn comes.
class EngineProject : public Project {
    using Kind = EngineCommand::Kind;
    static constexpr bool kDone = true;

public:
    EngineProject(ModelLoader loadModel,
                  ProjectObserver& observer,
                  const std::filesystem::path& modelFile)
        : m_commands(std::move(loadModel), observer, modelFile), m_thread([this] { run(); }) {}

    ~EngineProject() override {
        EngineProject::cancel();
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        m_changed.notify_one();
    }

    void choose(const SourceChoice& choice, const ProjectPlace& place) override {
        cancel();
        push(Kind::kOther, [=, this](const EngineCommand& command) {
            m_commands.choose(choice, place, command.stop.get_token());
            return kDone;
        });
    }

    void open(const std::filesystem::path& file) override {
        cancel();
        push(Kind::kOther, [=, this](const EngineCommand& command) {
            m_commands.open(file, command.stop.get_token());
            return kDone;
        });
    }

    void close() override {
        cancel();
        push(Kind::kOther, [this](const EngineCommand&) {
            m_commands.close();
            return kDone;
        });
    }

    void check() override {
        push(Kind::kChecking, [this](const EngineCommand& command) {
            return m_commands.check(command.stop.get_token(), command.isPaused);
        });
    }

    void read() override {
        push(Kind::kReading, [this](const EngineCommand& command) {
            return m_commands.read(command.stop.get_token(), command.isPaused);
        });
    }

    void ask(int64_t id, const std::string& question, const AskOptions& options) override {
        push(Kind::kQuestion, [=, this](const EngineCommand& command) {
            m_commands.ask(id, question, options, command.readingFollows, command.stop.get_token());
            return kDone;
        });
    }

    void cancel() override {
        const std::lock_guard lock(m_mutex);
        if (m_running) {
            m_running->isPaused = false;
            m_running->stop.request_stop();
        }
        for (const auto& waiting : m_waiting) {
            waiting->stop.request_stop();
        }
    }

    std::optional<std::string> text(const std::string& file) const override {
        return m_commands.text(file);
    }

private:
    using Waiting = std::deque<std::shared_ptr<EngineCommand>>;

    // The first that waits from the end on and makes way for questions, with all after it.
    Waiting::iterator behindQuestions() {
        auto place = m_waiting.end();
        while (place != m_waiting.begin() && (*std::prev(place))->makesWay()) {
            --place;
        }
        return place;
    }

    void push(Kind kind, std::function<bool(const EngineCommand&)> run) {
        const std::lock_guard lock(m_mutex);
        auto command = std::make_shared<EngineCommand>();
        command->kind = kind;
        command->run = std::move(run);
        if (kind == Kind::kQuestion) {
            m_waiting.insert(behindQuestions(), command);
            if (m_running && m_running->makesWay() && !m_running->stop.stop_requested()) {
                m_running->isPaused = true;
                m_running->stop.request_stop();
            }
        } else {
            m_waiting.push_back(command);
        }
        m_changed.notify_one();
    }

    // A command that made way waits again, after the questions.
    void putBack(const std::shared_ptr<EngineCommand>& command) {
        auto place = m_waiting.begin();
        while (place != m_waiting.end() && (*place)->kind == Kind::kQuestion) {
            ++place;
        }
        if (command->isPaused.exchange(false)) {  // else cancel() came in between: it is to say so
            command->stop = std::stop_source();
        }
        m_waiting.insert(place, command);
    }

    std::shared_ptr<EngineCommand> takeNext() {
        std::shared_ptr<EngineCommand> next = m_waiting.front();
        m_waiting.pop_front();
        next->readingFollows =
            std::any_of(m_waiting.begin(), m_waiting.end(), [](const auto& waiting) {
                return waiting->kind == Kind::kReading && !waiting->stop.stop_requested();
            });
        return next;
    }

    void run() {
        m_commands.loadModel();
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock, [this] { return m_isClosing || !m_waiting.empty(); });
            if (m_isClosing) {
                return;
            }
            m_running = takeNext();
            lock.unlock();
            const bool isDone = m_running->run(*m_running);
            lock.lock();
            if (!isDone) {
                putBack(m_running);
            }
            m_running.reset();
        }
    }

    ReportedCommands m_commands;  // used by the engine thread alone, but for text()
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Waiting m_waiting;                         // guarded by m_mutex
    std::shared_ptr<EngineCommand> m_running;  // guarded by m_mutex; null between commands
    bool m_isClosing = false;                  // guarded by m_mutex
    std::jthread m_thread;                     // last: it ends before what it uses
};

}  // namespace

std::optional<SamplePlaces> findSample() {
    const std::filesystem::path folder = findResource("sample");
    const std::filesystem::path kept = stateFolder();
    if (folder.empty() || kept.empty()) {
        return std::nullopt;
    }
    std::error_code ignored;  // what cannot be written there is said when it is kept
    std::filesystem::create_directories(kept, ignored);
    return SamplePlaces{folder, kept / "sample.throughline"};
}

std::unique_ptr<Project> openProject(ModelLoader loadModel,
                                     ProjectObserver& observer,
                                     const std::filesystem::path& modelFile) {
    return std::make_unique<EngineProject>(std::move(loadModel), observer, modelFile);
}

std::unique_ptr<Project> openProject(const ModelChoice& model, ProjectObserver& observer) {
    return openProject([model] { return loadEngineModel(model); }, observer, model.file);
}

}  // namespace tl
