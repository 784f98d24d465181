// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "app/project.h"

namespace tl {

// Collects what a project reports, and waits for it.
class ProjectListener : public ProjectObserver {
public:
    void planned(const PlanSummary& plan) override { add("planned " + plan.problem); }
    void reading(const ReadingProgress& /*progress*/) override { add("reading"); }
    void readFinished(const ReadingProgress& progress) override {
        add(progress.tokensDone == progress.tokensTotal ? "read" : "read in part");
    }
    void answerPiece(int64_t /*id*/, Look /*look*/, const std::string& piece) override {
        add("piece " + piece);
    }
    void overviewReady(const Overview& overview) override {
        add("overview of " + std::to_string(overview.files));
    }
    void answered(int64_t id, const Answer& answer) override {
        set(m_answer, answer);
        add("answer " + std::to_string(id) + " " + answer.text);
    }
    void opened(const KeptProject& project) override {
        set(m_project, project);
        add(project.tokensRead == project.tokensTotal ? "opened" : "opened in part");
    }
    void keeping(const KeptProject& project) override {
        set(m_project, project);
        add("keeping from " + std::to_string(project.tokensRead));
    }
    void notKept(const Error& error) override { add("not kept " + error.message); }
    void checked(const SourceCheck& check) override {
        add("checked " + check.changes + (check.missing ? check.missing->string() : ""));
    }
    void failed(int64_t id, const Error& error) override {
        add(error.code == ErrorCode::kCancelled
                ? "cancelled " + std::to_string(id)
                : "failed " + std::to_string(id) + " " + error.message);
    }

    // False when it does not come that often within ten seconds.
    bool waitFor(const std::string& event, int64_t times = 1) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(10), [&] {
            return std::count(m_seen.begin(), m_seen.end(), event) >= times;
        });
    }

    bool hasSeen(const std::string& event) {
        const std::lock_guard lock(m_mutex);
        return std::count(m_seen.begin(), m_seen.end(), event) > 0;
    }

    bool hasSeenBegin(const std::string& begin) {
        const std::lock_guard lock(m_mutex);
        return std::any_of(m_seen.begin(), m_seen.end(), [&](const std::string& event) {
            return event.compare(0, begin.size(), begin) == 0;
        });
    }

    int64_t count(const std::string& event) {
        const std::lock_guard lock(m_mutex);
        return std::count(m_seen.begin(), m_seen.end(), event);
    }

    // The newest that was told.
    Answer answer() {
        const std::lock_guard lock(m_mutex);
        return m_answer;
    }
    KeptProject project() {
        const std::lock_guard lock(m_mutex);
        return m_project;
    }

private:
    template <typename Value>
    void set(Value& value, const Value& told) {
        const std::lock_guard lock(m_mutex);
        value = told;
    }
    void add(const std::string& event) {
        const std::lock_guard lock(m_mutex);
        m_seen.push_back(event);
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_seen;  // guarded by m_mutex, as are those below
    Answer m_answer;
    KeptProject m_project;
};

}  // namespace tl
