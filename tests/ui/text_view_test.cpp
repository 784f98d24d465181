// SPDX-License-Identifier: Apache-2.0
#include "ui/reader/text_view.h"

#include <QImage>

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
    m_view.markLines(300, 302);
    EXPECT_EQ(m_view.markedText(), QStringLiteral("line 300\nline 301\nline 302"));
    EXPECT_EQ(m_view.lineAtCursor(), 300);
    EXPECT_TRUE(m_view.viewport()->rect().contains(m_view.cursorRect().center()));
}

TEST_F(TextViewTest, CutsOffLinesBeyondTheText) {
    m_view.markLines(500, 900);
    EXPECT_EQ(m_view.markedText(), QStringLiteral("line 500\n"));  // The text ends with a line end.
    m_view.goToLine(0);
    EXPECT_EQ(m_view.lineAtCursor(), 1);
}

TEST_F(TextViewTest, DropsTheMarksWithTheText) {
    m_view.markLines(1, 2);
    m_view.showText(QStringLiteral("other"));
    EXPECT_EQ(m_view.markedText(), QString());
    EXPECT_TRUE(m_view.extraSelections().isEmpty());
}

TEST_F(TextViewTest, MarkFollowsThePalette) {
    m_view.markLines(1, 1);
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
