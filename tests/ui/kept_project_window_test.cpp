// SPDX-License-Identifier: Apache-2.0
// The window over a project that is kept: opening, going on, what has changed, where it is kept.
#include <filesystem>

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

#include "tests/app/temp_folder.h"
#include "tests/ui/window_test.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/start/start_page.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

class KeptProjectWindowTest : public WindowTest {
protected:
    KeptProjectWindowTest() {
        m_folder.write("docs.throughline", "a project");
        m_kept.file = m_folder.path() / "docs.throughline";
        m_kept.sources.paths = {"/docs"};
        m_kept.tokensRead = 30;
        m_kept.tokensTotal = 30;
    }

    // Opens a project in which one question was asked.
    void openProjectFile() {
        Answer before;
        before.question = "Which?";
        before.text = "It was two.";
        m_kept.answers = {before};
        m_window.choose({m_kept.file});
        m_state.events->filesListed(0, {});
        m_state.events->planned({1, 0, m_kept.tokensTotal, 4096, 1 << 20, ""});
        m_state.events->opened(m_kept);
        settle();
    }

    MessageStrip* news() { return m_window.findChildren<MessageStrip*>()[1]; }
    QString said() { return m_window.findChild<ConversationView*>()->toPlainText(); }
    QAction* action(const QString& text) {
        for (QAction* each : m_window.findChildren<QAction*>()) {
            if (each->text() == text) {
                return each;
            }
        }
        return nullptr;
    }

    TempFolder m_folder;
    KeptProject m_kept;
};

TEST_F(KeptProjectWindowTest, AProjectFileIsOpenedAndShowsWhatWasSaid) {
    openProjectFile();
    ASSERT_EQ(m_state.opened.size(), 1U);
    EXPECT_EQ(m_state.opened[0], m_kept.file);
    EXPECT_TRUE(m_state.chosen.empty());
    EXPECT_TRUE(said().contains(QStringLiteral("It was two.")));
    EXPECT_EQ(m_state.checks, 1);
    EXPECT_TRUE(m_window.findChild<QuestionPane*>()->askButton()->isEnabled());
    EXPECT_TRUE(m_window.windowTitle().startsWith(QStringLiteral("docs")));
}

TEST_F(KeptProjectWindowTest, ChangedFilesHaveAPriceAndAnUpdate) {
    openProjectFile();
    SourceCheck check;
    check.changes = "2 changed";
    check.tokensToRead = 1200;
    check.seconds = 3;
    m_state.events->checked(check);
    settle();
    ASSERT_TRUE(news()->isVisible());
    EXPECT_EQ(news()->message(),
              QStringLiteral("Files have changed since they were read: 2 changed. "
                             "Updating reads 1,200 tokens, about 3 s."));
    QTest::mouseClick(news()->actionButton(), Qt::LeftButton);
    ASSERT_EQ(m_state.chosen.size(), 1U);
    EXPECT_EQ(m_state.chosen[0].paths, m_kept.sources.paths);
    EXPECT_EQ(m_state.places[0].file, m_kept.file);
    EXPECT_FALSE(m_state.places[0].takesUp);
    EXPECT_EQ(m_state.reads, 1);
    EXPECT_TRUE(said().contains(QStringLiteral("It was two.")));  // stays
}

TEST_F(KeptProjectWindowTest, AReadingThatWasCutShortGoesOnAndSaysWhere) {
    m_kept.tokensRead = 10;
    openProjectFile();
    EXPECT_EQ(m_state.reads, 0);  // not before the files are known to be there
    m_state.events->checked({});
    settle();
    EXPECT_EQ(m_state.reads, 1);
    m_state.events->planned({1, 0, 30, 4096, 1 << 20, ""});
    m_state.events->keeping(m_kept);
    settle();
    EXPECT_TRUE(news()->isVisible());
    EXPECT_EQ(news()->message(), QStringLiteral("Reading goes on at 10 of 30 tokens."));
    m_state.events->readFinished({30, 30, 0, 0});
    settle();
    EXPECT_FALSE(news()->isVisible());
}

TEST_F(KeptProjectWindowTest, AStopSaysThatWhatWasReadIsKept) {
    m_kept.tokensRead = 10;
    openProjectFile();
    m_state.events->checked({});
    settle();
    m_state.events->planned({1, 0, 30, 4096, 1 << 20, ""});
    m_state.events->keeping(m_kept);
    m_state.events->failed(0, {ErrorCode::kCancelled, "reading: cancelled"});
    settle();
    EXPECT_FALSE(news()->isVisible());
    EXPECT_EQ(m_window.findChild<ReadingBar*>()->text(),
              QStringLiteral("Stopped. What was read is kept."));
}

TEST_F(KeptProjectWindowTest, WithoutItsFilesAReadingDoesNotGoOn) {
    m_kept.tokensRead = 10;
    openProjectFile();
    SourceCheck check;
    check.missing = "/docs";
    m_state.events->checked(check);
    settle();
    EXPECT_EQ(m_state.reads, 0);
    EXPECT_EQ(news()->message(),
              QStringLiteral("/docs: not there any more. Answers come from what was read."));
    EXPECT_TRUE(m_window.findChild<QuestionPane*>()->askButton()->isEnabled());
}

TEST_F(KeptProjectWindowTest, AStoppedUpdateGoesBackToWhatIsKept) {
    openProjectFile();
    m_state.events->checked({.changes = "1 added"});
    settle();
    QTest::mouseClick(news()->actionButton(), Qt::LeftButton);
    m_state.events->failed(0, {ErrorCode::kCancelled, "files: cancelled"});
    settle();
    ASSERT_EQ(m_state.opened.size(), 2U);
    m_state.events->planned({1, 0, 30, 4096, 1 << 20, ""});
    m_state.events->opened(m_kept);
    settle();
    EXPECT_EQ(m_state.checks, 1);  // it was looked at already
    EXPECT_TRUE(m_window.findChild<QuestionPane*>()->askButton()->isEnabled());
}

TEST_F(KeptProjectWindowTest, AProjectThatAnotherProcessReadsIntoCanBeAskedAbout) {
    m_kept.tokensRead = 10;
    openProjectFile();
    m_state.events->checked({});
    settle();
    m_state.events->planned({1, 0, 30, 4096, 1 << 20, ""});
    m_state.events->failed(0, {ErrorCode::kBusy, "docs.throughline: in use by process 7"});
    settle();
    EXPECT_EQ(m_window.findChild<MessageStrip*>()->message(),
              QStringLiteral("docs.throughline: in use by process 7"));
    ASSERT_EQ(m_state.opened.size(), 2U);
    m_state.events->planned({1, 0, 30, 4096, 1 << 20, ""});
    m_state.events->opened(m_kept);
    settle();
    EXPECT_EQ(m_state.reads, 1);  // it is not tried again by itself
    EXPECT_TRUE(m_window.findChild<QuestionPane*>()->askButton()->isEnabled());
}

TEST_F(KeptProjectWindowTest, AFolderIsTakenUpWhereItsProjectIsThere) {
    m_window.choose({"/docs"});
    ASSERT_EQ(m_state.places.size(), 1U);
    EXPECT_TRUE(m_state.places[0].takesUp);
    EXPECT_TRUE(m_state.places[0].file.empty());
}

TEST_F(KeptProjectWindowTest, WhereNothingCanBeKeptAnotherPlaceIsOffered) {
    m_window.choose({"/docs"});
    m_state.events->notKept({ErrorCode::kIo, "/docs.throughline: cannot be written (why)"});
    settle();
    EXPECT_EQ(news()->message(),
              QStringLiteral("/docs.throughline: cannot be written (why). What is read and asked "
                             "is not kept when the window closes."));
    QTest::mouseClick(news()->actionButton(), Qt::LeftButton);
    auto* dialog = m_window.findChild<QFileDialog*>();
    ASSERT_NE(dialog, nullptr);
    const QString place = QString::fromStdString((m_folder.path() / "other.throughline").string());
    Q_EMIT dialog->fileSelected(place);
    ASSERT_EQ(m_state.places.size(), 2U);
    EXPECT_EQ(m_state.places[1].file, m_folder.path() / "other.throughline");
    EXPECT_EQ(m_state.chosen[1].paths, m_state.chosen[0].paths);
}

TEST_F(KeptProjectWindowTest, TheChoiceOfTheProjectIsShown) {
    m_kept.sources.exclude = {"*.log", "old/"};
    openProjectFile();
    EXPECT_EQ(m_window.findChild<CorpusPane*>()->excludeLine()->text(),
              QStringLiteral("*.log old/"));
}

TEST_F(KeptProjectWindowTest, TheStartPageListsWhatWasOpenAndOpensIt) {
    auto* start = m_window.findChild<StartPage*>();
    EXPECT_TRUE(start->isVisible());
    openProjectFile();
    EXPECT_FALSE(start->isVisible());
    action(QStringLiteral("&Close Project"))->trigger();
    EXPECT_EQ(m_state.closes, 1);
    ASSERT_TRUE(start->isVisible());
    QTreeView* projects = start->projects();
    ASSERT_EQ(projects->model()->rowCount(), 1);
    EXPECT_EQ(projects->model()->index(0, 0).data(), QStringLiteral("docs"));
    EXPECT_EQ(projects->model()->index(0, 1).data(), QStringLiteral("all read"));
    projects->setFocus();
    projects->setCurrentIndex(projects->model()->index(0, 0));
    QTest::keyClick(projects, Qt::Key_Return);
    EXPECT_EQ(m_state.opened.size(), 2U);
    EXPECT_FALSE(start->isVisible());
}

TEST_F(KeptProjectWindowTest, DeleteTakesAProjectOffTheListAndLeavesTheFile) {
    openProjectFile();
    action(QStringLiteral("&Close Project"))->trigger();
    QTreeView* projects = m_window.findChild<StartPage*>()->projects();
    projects->setFocus();
    projects->setCurrentIndex(projects->model()->index(0, 0));
    QTest::keyClick(projects, Qt::Key_Delete);
    EXPECT_EQ(projects->model()->rowCount(), 0);
    EXPECT_TRUE(std::filesystem::exists(m_kept.file));
}

TEST_F(KeptProjectWindowTest, TheRecentMenuSaysSizeAgeAndState) {
    m_kept.tokensRead = 15;
    openProjectFile();
    auto* menu = action(QStringLiteral("Open &Recent"))->menu();
    Q_EMIT menu->aboutToShow();
    ASSERT_EQ(menu->actions().size(), 1);
    EXPECT_EQ(menu->actions()[0]->text(), QStringLiteral("docs (50 % read, 9 bytes, just now)"));
    menu->actions()[0]->trigger();
    EXPECT_EQ(m_state.opened.size(), 2U);
}

TEST_F(KeptProjectWindowTest, TheNextWindowOpensTheProjectThatWasOpen) {
    openProjectFile();  // and is never closed: a crash leaves it so
    FakeProjectState state;
    MainWindow next(fakeOpener(state));
    next.openLast();
    ASSERT_EQ(state.opened.size(), 1U);
    EXPECT_EQ(state.opened[0], m_kept.file);
    action(QStringLiteral("&Close Project"))->trigger();
    MainWindow last(fakeOpener(state));
    last.openLast();
    EXPECT_EQ(state.opened.size(), 1U);
}

TEST_F(KeptProjectWindowTest, HowFarAProjectIsReadIsNotedWhileItIsRead) {
    m_kept.tokensRead = 0;
    m_kept.tokensTotal = 100000;
    m_window.choose({"/docs"});
    m_state.events->planned({1, 0, 100000, 1 << 20, 1 << 20, ""});
    m_state.events->keeping(m_kept);
    m_state.events->reading({20000, 100000, 100, 800});
    settle();
    const QList<RecentProject> recent = RecentProjects::list();
    ASSERT_EQ(recent.size(), 1);
    EXPECT_EQ(recent[0].stateText(), QStringLiteral("20 % read"));
}

TEST_F(KeptProjectWindowTest, AnAnswerFromPartOfTheCorpusSaysHowFarThatIs) {
    choosePlanned();
    m_window.findChild<QuestionPane*>()->question()->setText(QStringLiteral("Which?"));
    m_window.findChild<QuestionPane*>()->ask();
    Answer part;
    part.text = "Two.";
    part.tokensRead = 4096;
    part.tokensTotal = 20000;
    m_state.events->answered(m_state.asked.back().id, part);
    settle();
    EXPECT_TRUE(said().contains(QStringLiteral(
        "From the first 4,096 of 20,000 tokens; what comes after them is left out.")));
}

}  // namespace
}  // namespace tl
