// SPDX-License-Identifier: Apache-2.0
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/answer/corpus_session.h"
#include "app/corpus/corpus.h"
#include "app/model/engine_model.h"
#include "app/project.h"
#include "app/project/project_commands.h"

namespace tl {

namespace {

// The queue in front of the engine thread. Each command has a stop source of its own, so cancel()
// reaches those that wait as well: they find themselves stopped when their turn comes.
class EngineProject : public Project {
public:
    EngineProject(ModelLoader loadModel, ProjectEvents events)
        : m_commands(std::move(loadModel), std::move(events)), m_thread([this] { run(); }) {}

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

    ProjectCommands m_commands;  // used by the engine thread alone, but for text()
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Waiting> m_waiting;  // guarded by m_mutex
    std::stop_source m_running;     // guarded by m_mutex
    bool m_isClosing = false;       // guarded by m_mutex
    std::jthread m_thread;          // last: it ends before what it uses
};

}  // namespace

std::unique_ptr<Project> openProject(ModelLoader loadModel, ProjectEvents events) {
    return std::make_unique<EngineProject>(std::move(loadModel), std::move(events));
}

std::unique_ptr<Project> openProject(const ModelChoice& model, ProjectEvents events) {
    return openProject([model] { return loadEngineModel(model); }, std::move(events));
}

}  // namespace tl
