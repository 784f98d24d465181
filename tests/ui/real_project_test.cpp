// SPDX-License-Identifier: Apache-2.0
// The window over the real project: the shipped model reads a small folder and answers, and its
// citation opens. Everything between the widgets and the engine's thread is the program's own.
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "app/project.h"
#include "tests/ui/ui_test.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/corpus/file_list_model.h"
#include "ui/main_window.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/reader/text_view.h"
#include "ui/widgets/message_strip.h"

namespace tl {
namespace {

class RealProjectTest : public UiTest {
protected:
    RealProjectTest() {
        m_window.show();
        m_window.activateWindow();
        settle();
    }

    // Lets events come until the condition holds, for two minutes at most; the model reads and
    // answers meanwhile.
    template <typename Condition>
    bool waitUntil(const Condition& condition) {
        QElapsedTimer whole;
        whole.start();
        while (!condition() && whole.elapsed() < 120'000) {
            QTest::qWait(10);
        }
        return condition();
    }

    MainWindow m_window{[](ProjectObserver& observer) { return openProject({}, observer); }};
};

TEST_F(RealProjectTest, ReadsAFolderAnswersFromItAndOpensTheCitation) {
    m_window.choose({TL_SOURCE_DIR "/resources/sample/src"});
    auto* pane = m_window.findChild<QuestionPane*>();
    ASSERT_TRUE(waitUntil([&] { return pane->askButton()->isEnabled(); }))
        << m_window.findChild<MessageStrip*>()->message().toStdString();
    const FileListModel* files = m_window.findChild<CorpusPane*>()->model();
    ASSERT_GT(files->rowCount(), 3);
    for (int line = 0; line < files->rowCount(); ++line) {
        EXPECT_EQ(files->index(line, FileListModel::kState).data(), QStringLiteral("in"));
        EXPECT_FALSE(files->index(line, FileListModel::kTokens).data().toString().isEmpty());
    }

    pane->question()->setText(QStringLiteral("What is the value of kPollInterval?"));
    pane->ask();
    auto* conversation = pane->conversation();
    ASSERT_TRUE(waitUntil([&] { return conversation->hasPlaces(); }))
        << conversation->toPlainText().toStdString();
    EXPECT_TRUE(conversation->toPlainText().contains(QStringLiteral("20")))
        << conversation->toPlainText().toStdString();

    conversation->openNeighbour(1);
    settle();
    EXPECT_EQ(m_window.findChild<ReaderPane*>()->file(), QStringLiteral("config.h"));
    EXPECT_TRUE(
        m_window.findChild<TextView*>()->markedText().contains(QStringLiteral("kPollInterval")));
}

}  // namespace
}  // namespace tl
