// SPDX-License-Identifier: Apache-2.0
#include "ui/reader/text_view.h"

#include <QTextBlock>

#include "tests/ui/ui_test.h"

namespace tl {
namespace {

class TextViewTest : public UiTest {
protected:
    TextViewTest() {
        QString text;
        for (int line = 1; line <= 500; ++line) {
            text += QStringLiteral("line %1\n").arg(line);
        }
        m_view.resize(400, 300);
        m_view.show();
        m_view.showText(text);
    }

    TextView m_view;
};

TEST_F(TextViewTest, MarksTheLinesAndBringsThemIntoView) {
    m_view.mark(300, 302);
    EXPECT_EQ(m_view.markedText(), QStringLiteral("line 300\nline 301\nline 302"));
    EXPECT_EQ(m_view.lineAtCursor(), 300);
    EXPECT_TRUE(m_view.viewport()->rect().contains(m_view.cursorRect().center()));
}

TEST_F(TextViewTest, CutsOffLinesBeyondTheText) {
    m_view.mark(500, 900);
    EXPECT_EQ(m_view.markedText(), QStringLiteral("line 500\n"));  // The text ends with a line end.
    m_view.goToLine(0);
    EXPECT_EQ(m_view.lineAtCursor(), 1);
}

TEST_F(TextViewTest, MarksTheQuotedWordsAlone) {
    m_view.mark(300, 302, QStringLiteral("300\nline 301\nli"));
    EXPECT_EQ(m_view.markedText(), QStringLiteral("300\nline 301\nli"));
    ASSERT_EQ(m_view.extraSelections().size(), 1);
    EXPECT_EQ(m_view.extraSelections().constFirst().cursor.selectionStart(),
              m_view.document()->findBlockByNumber(299).position() + 5);
    EXPECT_EQ(m_view.lineAtCursor(), 300);
}

// Words that stand elsewhere too are not looked for there.
TEST_F(TextViewTest, MarksTheLinesWhereTheWordsAreNotInThem) {
    m_view.mark(300, 301, QStringLiteral("line 302"));
    EXPECT_EQ(m_view.markedText(), QStringLiteral("line 300\nline 301"));
}

TEST_F(TextViewTest, BringsAQuoteIntoViewThatStandsFarDownALongLine) {
    QString text;
    for (int i = 0; i < 5000; ++i) {
        text += QStringLiteral("word ");
    }
    m_view.showText(text + QStringLiteral("the quote") + text);
    m_view.mark(1, 1, QStringLiteral("the quote"));
    EXPECT_EQ(m_view.markedText(), QStringLiteral("the quote"));
    EXPECT_TRUE(m_view.viewport()->rect().contains(m_view.cursorRect().center()));
    EXPECT_EQ(m_view.textCursor().position(), text.size());
}

TEST_F(TextViewTest, AnEmptyLineIsMarkedToo) {
    m_view.showText(QStringLiteral("one\n\nthree"));
    m_view.mark(2, 2);
    EXPECT_EQ(m_view.markedText(), QString());
    EXPECT_EQ(m_view.extraSelections().size(), 1);
}

TEST_F(TextViewTest, DropsTheMarksWithTheText) {
    m_view.mark(1, 2);
    m_view.showText(QStringLiteral("other"));
    EXPECT_EQ(m_view.markedText(), QString());
    EXPECT_TRUE(m_view.extraSelections().isEmpty());
}

TEST_F(TextViewTest, MarkFollowsThePalette) {
    m_view.mark(1, 1);
    const QColor before = m_view.extraSelections().constFirst().format.background().color();
    QPalette dark = m_view.palette();
    dark.setColor(QPalette::Base, Qt::black);
    m_view.setPalette(dark);
    const QColor after = m_view.extraSelections().constFirst().format.background().color();
    EXPECT_LT(after.lightness(), before.lightness());
}

TEST_F(TextViewTest, LeavesRoomForTheLongestLineNumber) {
    const int narrow = TextView().viewport()->x();
    EXPECT_GT(m_view.viewport()->x(), narrow);
}

TEST_F(TextViewTest, TabLeavesIt) {
    EXPECT_TRUE(m_view.tabChangesFocus());
    EXPECT_TRUE(m_view.isReadOnly());
}

}  // namespace
}  // namespace tl
