// SPDX-License-Identifier: Apache-2.0
#include "ui/project_bridge.h"

#include <thread>

#include <QSignalSpy>
#include <QThread>

#include "tests/support/fake_project.h"
#include "tests/ui/ui_test.h"

namespace tl {
namespace {

SourceChoice choiceOf(const char* path) {
    SourceChoice choice;
    choice.paths = {path};
    return choice;
}

class ProjectBridgeTest : public UiTest {
protected:
    FakeProjectState m_state;
    std::unique_ptr<ProjectBridge> m_bridge = std::make_unique<ProjectBridge>(fakeOpener(m_state));
};

TEST_F(ProjectBridgeTest, BringsEventsOfAnotherThreadToItsOwn) {
    QThread* seenOn = nullptr;
    QString name;
    QObject::connect(m_bridge.get(),
                     &ProjectBridge::modelLoaded,
                     m_bridge.get(),
                     [&](const ModelSummary& model) {
                         seenOn = QThread::currentThread();
                         name = QString::fromStdString(model.name);
                     });
    std::thread([this] { m_state.events->modelLoaded({"small", "cpu", 1000}); }).join();
    EXPECT_EQ(seenOn, nullptr);  // Not before the event loop runs.
    settle();
    EXPECT_EQ(seenOn, QThread::currentThread());
    EXPECT_EQ(name, QStringLiteral("small"));
}

TEST_F(ProjectBridgeTest, DeliversNothingOnceItIsGone) {
    int pieces = 0;
    QObject::connect(m_bridge.get(), &ProjectBridge::answerPiece, [&] { ++pieces; });
    m_state.events->answerPiece(1, Look::kFirst, "late");
    m_bridge.reset();
    settle();
    EXPECT_TRUE(m_state.isClosed);
    EXPECT_EQ(pieces, 0);
}

TEST_F(ProjectBridgeTest, NumbersQuestionsAndPassesThemOn) {
    AskOptions options;
    options.secondLook = false;
    EXPECT_EQ(m_bridge->ask(QStringLiteral("Who?"), options), 1);
    EXPECT_EQ(m_bridge->ask(QStringLiteral("Where?"), options), 2);
    ASSERT_EQ(m_state.asked.size(), 2U);
    EXPECT_EQ(m_state.asked[1].text, "Where?");
    EXPECT_FALSE(m_state.asked[1].options.secondLook);
}

TEST_F(ProjectBridgeTest, ReadingForAQuestionEndsOnlyWithTheAnswer) {
    const int64_t id = m_bridge->ask(QStringLiteral("Who?"), {});
    m_state.events->readFinished({10, 10, 5, 0});
    settle();
    EXPECT_TRUE(m_bridge->isAnswering());
    m_state.events->answered(id, {});
    settle();
    EXPECT_FALSE(m_bridge->isBusy());
}

TEST_F(ProjectBridgeTest, AFailureEndsTheCommandItBelongsTo) {
    m_bridge->choose(choiceOf("/old"), {});
    m_bridge->choose(choiceOf("/new"), {});
    const int64_t id = m_bridge->ask(QStringLiteral("Who?"), {});
    m_state.events->failed(0, {ErrorCode::kCancelled, "cancelled"});
    settle();
    EXPECT_TRUE(m_bridge->isChoosing());
    m_state.events->planned({});
    settle();
    EXPECT_FALSE(m_bridge->isChoosing());
    EXPECT_TRUE(m_bridge->isAnswering());
    m_state.events->failed(id, {ErrorCode::kInvalidInput, "no"});
    settle();
    EXPECT_FALSE(m_bridge->isBusy());
}

TEST_F(ProjectBridgeTest, HandsOutTextAsUnicode) {
    m_state.texts["a.txt"] = "na\xc3\xafve";
    EXPECT_EQ(m_bridge->text(QStringLiteral("a.txt")), QString(QStringLiteral("na\u00efve")));
    EXPECT_FALSE(m_bridge->text(QStringLiteral("b.txt")).has_value());
}

}  // namespace
}  // namespace tl
