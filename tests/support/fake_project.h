// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/project.h"

namespace tl {

// What a test sees and steers of a FakeProject, which the code under test owns: the commands that
// came, the texts it knows, and the events to call in the engine's place.
struct FakeProjectState {
    struct Question {
        int64_t id;
        std::string text;
        AskOptions options;
    };

    ProjectObserver* events = nullptr;
    std::vector<SourceChoice> chosen;
    std::vector<ProjectPlace> places;  // of what was chosen
    std::vector<std::filesystem::path> opened;
    int checks = 0;
    int closes = 0;
    std::vector<Question> asked;
    int reads = 0;
    int cancels = 0;
    std::map<std::string, std::string> texts;
    bool isClosed = false;
};

// Remembers commands and does nothing else. The state must outlive it.
class FakeProject : public Project {
public:
    explicit FakeProject(FakeProjectState& state) : m_state(state) {}
    ~FakeProject() override { m_state.isClosed = true; }

    FakeProject(const FakeProject&) = delete;
    FakeProject& operator=(const FakeProject&) = delete;

    void choose(const SourceChoice& choice, const ProjectPlace& place) override {
        m_state.chosen.push_back(choice);
        m_state.places.push_back(place);
    }
    void open(const std::filesystem::path& file) override { m_state.opened.push_back(file); }
    void close() override { ++m_state.closes; }
    void check() override { ++m_state.checks; }
    void read() override { ++m_state.reads; }
    void ask(int64_t id, const std::string& question, const AskOptions& options) override {
        m_state.asked.push_back({id, question, options});
    }
    void cancel() override { ++m_state.cancels; }
    std::optional<std::string> text(const std::string& file) const override {
        const auto found = m_state.texts.find(file);
        return found == m_state.texts.end() ? std::nullopt : std::optional(found->second);
    }

private:
    FakeProjectState& m_state;
};

inline auto fakeOpener(FakeProjectState& state) {
    return [&state](ProjectObserver& observer) -> std::unique_ptr<Project> {
        state.events = &observer;
        return std::make_unique<FakeProject>(state);
    };
}

}  // namespace tl
