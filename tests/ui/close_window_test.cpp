// SPDX-License-Identifier: Apache-2.0
// Closing must not wait for a model that is being loaded: the process has to end by itself.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <QTimer>

#include "tests/support/fake_project.h"
#include "tests/ui/ui_test.h"
#include "ui/main_window.h"

namespace tl {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kLoading{60};
constexpr int kInTime = 7;
constexpr int kTooLate = 8;

std::atomic<steady_clock::time_point> closedAt;  // of the one test process

// Whose engine thread is busy loading when it has to be joined.
class LoadingProject : public FakeProject {
public:
    using FakeProject::FakeProject;
    ~LoadingProject() override { std::this_thread::sleep_for(kLoading); }
    LoadingProject(const LoadingProject&) = delete;
    LoadingProject& operator=(const LoadingProject&) = delete;
};

void closeWhileLoading() {
    testApplication();
    FakeProjectState state;
    MainWindow window([&](ProjectObserver& observer) -> std::unique_ptr<Project> {
        state.events = &observer;
        return std::make_unique<LoadingProject>(state);
    });
    QTimer::singleShot(50, &window, [&] {
        closedAt = steady_clock::now();
        window.close();
    });
    showUntilClosed(window);
}

// The status of a process that ends in time after the window was closed. The thread stands in for
// what measures from outside: it is there as long as the process is.
[[noreturn]] void closeWithin200Ms() {
    std::thread([] {
        while (closedAt.load() == steady_clock::time_point{} ||
               steady_clock::now() - closedAt.load() < std::chrono::milliseconds(200)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        std::_Exit(kTooLate);
    }).detach();
    closeWhileLoading();
    std::_Exit(kInTime);
}

TEST(CloseWindowDeathTest, EndsWithin200MsWhileTheModelLoads) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_EXIT(closeWithin200Ms(), testing::ExitedWithCode(0), "");
}

TEST(CloseWindowDeathTest, KnowsWhenTheModelIsLoaded) {
    testApplication();
    FakeProjectState state;
    MainWindow window(fakeOpener(state));
    EXPECT_TRUE(window.isModelLoading());
    state.events->modelLoaded({"small", "cpu", 1000});
    QCoreApplication::processEvents();
    EXPECT_FALSE(window.isModelLoading());
    QTimer::singleShot(0, &window, &QWidget::close);
    EXPECT_EQ(showUntilClosed(window), 0);
}

TEST(CloseWindowDeathTest, AModelThatFailedIsNotLoading) {
    testApplication();
    FakeProjectState state;
    MainWindow window(fakeOpener(state));
    state.events->failed(0, {ErrorCode::kNotFound, "model.gguf: not found"});
    QCoreApplication::processEvents();
    EXPECT_FALSE(window.isModelLoading());
}

}  // namespace
}  // namespace tl
