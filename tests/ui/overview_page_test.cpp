// SPDX-License-Identifier: Apache-2.0
#include "ui/question/overview_page.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

#include "tests/ui/window_test.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/reader/text_view.h"

namespace tl {
namespace {

Overview smallOverview() {
    OverviewPlace where;
    where.file = "a.md";
    where.startLine = 2;
    where.endLine = 2;
    where.quote = "two";
    where.label = "a.md:2";
    Overview overview;
    overview.files = 1;
    overview.tokens = 1234;
    OverviewSection about;
    about.topic = OverviewTopic::kAbout;
    about.statements = {{.text = "It counts <b>to</b> three.", .where = where}};
    about.leftOut = 2;
    OverviewSection outline;
    outline.topic = OverviewTopic::kOutline;
    outline.statements = {{.name = "a.md", .text = "Counting", .level = 1, .where = where}};
    overview.sections = {about, outline};
    overview.questions = {{"What is it & why?", where}, {"Who counts?", where}};
    return overview;
}

class OverviewPageTest : public WindowTest {
protected:
    QuestionPane* pane() { return m_window.findChild<QuestionPane*>(); }
    OverviewPage* page() { return pane()->overview(); }
    QString text() { return page()->text()->toPlainText(); }
    static QString q(const char* latin) { return QString::fromLatin1(latin); }

    void chooseRead() {
        choosePlanned();
        m_state.events->readFinished({30, 30, 5, 0});
        m_state.events->overviewReady(smallOverview());
        settle();
    }

    QAction* overviewAction() {
        for (QAction* action : m_window.findChildren<QAction*>()) {
            if (action->text() == q("&Overview")) {
                return action;
            }
        }
        return nullptr;
    }
};

TEST_F(OverviewPageTest, IsShownAfterReadingInPlaceOfAnEmptyConversation) {
    choosePlanned();
    EXPECT_FALSE(pane()->isOverviewShown());
    EXPECT_FALSE(overviewAction()->isEnabled());
    chooseRead();
    EXPECT_TRUE(pane()->isOverviewShown());
    EXPECT_TRUE(page()->text()->isVisible());
    EXPECT_EQ(page()->text()->textCursor().position(), 0);
    EXPECT_EQ(text(),
              q("1 file, 1,234 tokens\nAbout\nIt counts <b>to</b> three.  a.md:2\n2 more\n"
                "Outline\na.md\nCounting  a.md:2"));
}

TEST_F(OverviewPageTest, AQuestionIsAskedByItsButtonAndByTheKeyboard) {
    chooseRead();
    ASSERT_EQ(page()->questionButtons().size(), 2U);
    QPushButton* first = page()->questionButtons()[0];
    EXPECT_EQ(first->accessibleName(), q("Ask: What is it & why?"));
    EXPECT_EQ(first->text(), q("What is it && why?"));
    QPushButton* second = page()->questionButtons()[1];
    second->setFocus(Qt::TabFocusReason);
    QTest::keyClick(second, Qt::Key_Space);
    settle();
    ASSERT_EQ(m_state.asked.size(), 1U);
    EXPECT_EQ(m_state.asked[0].text, "Who counts?");
    EXPECT_FALSE(pane()->isOverviewShown());
    EXPECT_EQ(pane()->conversation()->toPlainText(), q("Who counts?\n"));
}

TEST_F(OverviewPageTest, ButtonsAreReachedWithTheTabKey) {
    chooseRead();
    pane()->question()->setFocus();
    QWidget* focus = m_window.focusWidget();
    for (int i = 0; i < 4 && focus != page()->questionButtons()[1]; ++i) {
        QTest::keyClick(focus, Qt::Key_Backtab, Qt::ShiftModifier);
        focus = m_window.focusWidget();
    }
    EXPECT_EQ(focus, page()->questionButtons()[1]);
}

TEST_F(OverviewPageTest, APlaceOpensInTheReader) {
    chooseRead();
    Q_EMIT page()->text()->anchorClicked(QUrl(q("place:0")));
    settle();
    auto* reader = m_window.findChild<TextView*>();
    EXPECT_EQ(reader->toPlainText(), q("one\ntwo\nthree\n"));
}

TEST_F(OverviewPageTest, QuestionsWaitWhileAnAnswerIsGiven) {
    chooseRead();
    QTest::mouseClick(page()->questionButtons()[0], Qt::LeftButton);
    settle();
    EXPECT_FALSE(page()->questionButtons()[1]->isEnabled());
    answer();
    EXPECT_TRUE(page()->questionButtons()[1]->isEnabled());
}

TEST_F(OverviewPageTest, TheMenuBringsItBackAndAnotherCorpusTakesItAway) {
    chooseRead();
    QTest::mouseClick(page()->questionButtons()[0], Qt::LeftButton);
    settle();
    answer();
    overviewAction()->trigger();
    EXPECT_TRUE(pane()->isOverviewShown());
    overviewAction()->trigger();
    EXPECT_FALSE(pane()->isOverviewShown());
    overviewAction()->trigger();
    m_window.choose({"/other"});
    settle();
    EXPECT_FALSE(pane()->isOverviewShown());
    EXPECT_FALSE(overviewAction()->isEnabled());
}

TEST_F(OverviewPageTest, DoesNotPushAConversationAside) {
    choosePlanned();
    pane()->question()->setText(q("Which?"));
    pane()->ask();
    m_state.events->readFinished({30, 30, 5, 0});
    m_state.events->overviewReady(smallOverview());
    settle();
    EXPECT_FALSE(pane()->isOverviewShown());
    EXPECT_TRUE(overviewAction()->isEnabled());
}

}  // namespace
}  // namespace tl
