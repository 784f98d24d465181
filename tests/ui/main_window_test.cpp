// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include <QAction>
#include <QDropEvent>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTextBlock>

#include "tests/ui/window_test.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/corpus/file_list_model.h"
#include "ui/question/conversation_view.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/reader/text_view.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

class MainWindowTest : public WindowTest {
protected:
    template <typename Widget>
    Widget* find() {
        return m_window.findChild<Widget*>();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = m_window.focusWidget();
        QTest::keyClick(focus != nullptr ? focus : &m_window, key, modifiers);
        settle();
    }

    void type(const char* text) {
        QTest::keyClicks(m_window.focusWidget(), QString::fromLatin1(text));
    }

    // Where the first link of the conversation is drawn.
    QPoint firstLink() {
        auto* view = find<ConversationView>();
        for (QTextBlock block = view->document()->begin(); block.isValid(); block = block.next()) {
            for (auto part = block.begin(); !part.atEnd(); ++part) {
                if (part.fragment().charFormat().isAnchor()) {
                    QTextCursor cursor(view->document());
                    cursor.setPosition(part.fragment().position() + 2);
                    return view->cursorRect(cursor).center();
                }
            }
        }
        return {};
    }
};

TEST_F(MainWindowTest, ListsTheFilesAndOffersToRead) {
    choosePlanned();
    ASSERT_EQ(m_state.chosen.size(), 1U);
    EXPECT_EQ(m_state.chosen[0].paths[0], "/project");
    const FileListModel* files = find<CorpusPane>()->model();
    ASSERT_EQ(files->rowCount(), 2);
    EXPECT_EQ(files->index(1, FileListModel::kState).data(), QStringLiteral("skipped: binary"));
    press(Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(m_state.reads, 1);
}

TEST_F(MainWindowTest, ShowsReadingAndCancelsIt) {
    choosePlanned();
    press(Qt::Key_R, Qt::ControlModifier);
    m_state.events->reading({10, 30, 5, 4});
    settle();
    auto* bar = find<ReadingBar>();
    EXPECT_EQ(bar->text(), QStringLiteral("10 of 30 tokens, 5 tokens/s, 4 s left"));
    ASSERT_TRUE(bar->cancelButton()->isVisible());
    QTest::mouseClick(bar->cancelButton(), Qt::LeftButton);
    EXPECT_EQ(m_state.cancels, 1);
    m_state.events->failed(0, {ErrorCode::kCancelled, "reading: cancelled"});
    settle();
    EXPECT_FALSE(bar->cancelButton()->isVisible());
    EXPECT_EQ(bar->text(), QStringLiteral("Stopped."));
    EXPECT_FALSE(find<MessageStrip>()->isVisible());
}

TEST_F(MainWindowTest, AsksAndOpensACitationByKeyboardAlone) {
    choosePlanned();  // The focus is on the question line.
    type("Which?");
    press(Qt::Key_Return);
    ASSERT_EQ(m_state.asked.size(), 1U);
    EXPECT_EQ(m_state.asked[0].text, "Which?");
    EXPECT_TRUE(m_state.asked[0].options.secondLook);
    answer();
    press(Qt::Key_F3);
    EXPECT_EQ(find<ReaderPane>()->file(), QStringLiteral("a.md"));
    EXPECT_EQ(find<TextView>()->markedText(), QStringLiteral("two\nthree"));
    EXPECT_EQ(find<TextView>()->lineAtCursor(), 2);
}

TEST_F(MainWindowTest, AsksThePartsOfAQuestionInTurn) {
    choosePlanned();
    type("What is X and who wrote Y?");
    press(Qt::Key_Return);
    ASSERT_EQ(m_state.asked.size(), 1U);
    EXPECT_EQ(m_state.asked[0].text, "What is X?");
    m_state.events->answered(m_state.asked[0].id, Answer{});
    settle();
    ASSERT_EQ(m_state.asked.size(), 2U);
    EXPECT_EQ(m_state.asked[1].text, "Who wrote Y?");
    m_state.events->answered(m_state.asked[1].id, Answer{});
    settle();
    EXPECT_EQ(m_state.asked.size(), 2U);
}

TEST_F(MainWindowTest, AStopDropsThePartsThatWait) {
    choosePlanned();
    type("What is X and who wrote Y?");
    press(Qt::Key_Return);
    ASSERT_EQ(m_state.asked.size(), 1U);
    m_state.events->failed(m_state.asked[0].id, {ErrorCode::kCancelled, "answer: cancelled"});
    settle();
    EXPECT_EQ(m_state.asked.size(), 1U);
}

TEST_F(MainWindowTest, StreamsTheAnswer) {
    choosePlanned();
    type("Which?");
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(m_state.asked.size(), 1U);
    m_state.events->answerPiece(m_state.asked[0].id, Look::kFirst, "It is");
    settle();
    EXPECT_TRUE(find<ConversationView>()->toPlainText().endsWith(QStringLiteral("It is")));
    EXPECT_FALSE(find<QuestionPane>()->askButton()->isEnabled());
    press(Qt::Key_Escape);
    EXPECT_EQ(m_state.cancels, 1);
    m_state.events->failed(m_state.asked[0].id, {ErrorCode::kCancelled, "answer: cancelled"});
    settle();
    EXPECT_TRUE(find<QuestionPane>()->askButton()->isEnabled());
    EXPECT_TRUE(find<ConversationView>()->toPlainText().endsWith(QStringLiteral("Stopped.")));
}

TEST_F(MainWindowTest, AClickOnACitationOpensTheFileAtTheLine) {
    choosePlanned();
    type("Which?");
    press(Qt::Key_Return);
    answer();
    auto* view = find<ConversationView>();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier, firstLink());
    EXPECT_EQ(find<ReaderPane>()->file(), QStringLiteral("a.md"));
    EXPECT_EQ(find<TextView>()->lineAtCursor(), 2);
}

TEST_F(MainWindowTest, ACitationOfAPageSaysThePageAndOpensItsLines) {
    choosePlanned();
    type("Which?");
    press(Qt::Key_Return);
    answer("page iv");
    EXPECT_TRUE(find<ConversationView>()->toPlainText().contains(
        QStringLiteral("[1] a.md page iv \uFFFC verified:")));
    press(Qt::Key_F3);
    EXPECT_EQ(find<TextView>()->lineAtCursor(), 2);
    EXPECT_EQ(find<TextView>()->markedText(), QStringLiteral("two\nthree"));
    EXPECT_EQ(find<ReaderPane>()->findChild<QLabel*>()->text(), QStringLiteral("a.md, page iv"));
}

TEST_F(MainWindowTest, KindPagesAndWarningsAreColumnsWhereThereAreAny) {
    choosePlanned();
    const auto* table = find<CorpusPane>()->table();
    EXPECT_TRUE(table->isColumnHidden(FileListModel::kPages));
    FileRow row;
    row.name = "a.pdf";
    row.pages = 3;
    m_state.events->filesCounted({{0, row}});
    m_state.events->planned({1, 1, 30, 4096, 1 << 20, ""});
    settle();
    EXPECT_FALSE(table->isColumnHidden(FileListModel::kPages));
    EXPECT_TRUE(table->isColumnHidden(FileListModel::kWarnings));
}

TEST_F(MainWindowTest, EnterOnAFileOpensIt) {
    choosePlanned();
    auto* table = find<CorpusPane>()->table();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    press(Qt::Key_Return);
    EXPECT_EQ(find<ReaderPane>()->file(), QStringLiteral("a.md"));
}

TEST_F(MainWindowTest, PatternsAreTypedAndTheFilesListedAnew) {
    choosePlanned();
    press(Qt::Key_Y, Qt::AltModifier);
    EXPECT_EQ(m_window.focusWidget(), find<CorpusPane>()->includeLine());
    type("*.md  docs/");
    EXPECT_EQ(m_state.chosen.size(), 1U);  // not before Enter
    press(Qt::Key_Return);
    press(Qt::Key_X, Qt::AltModifier);
    type("tests/");
    press(Qt::Key_Return);
    ASSERT_EQ(m_state.chosen.size(), 3U);
    EXPECT_EQ(m_state.chosen[1].include, (std::vector<std::string>{"*.md", "docs/"}));
    EXPECT_TRUE(m_state.chosen[1].exclude.empty());
    EXPECT_EQ(m_state.chosen[2].exclude, std::vector<std::string>{"tests/"});
    EXPECT_EQ(m_state.chosen[2].paths, m_state.chosen[0].paths);
}

TEST_F(MainWindowTest, DroppedFoldersAreChosen) {
    QMimeData mime;
    mime.setUrls(
        {QUrl::fromLocalFile(QStringLiteral("/one")), QUrl::fromLocalFile(QStringLiteral("/two"))});
    const QPoint at(5, 5);
    QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &drop);
    ASSERT_EQ(m_state.chosen.size(), 1U);
    EXPECT_EQ(m_state.chosen[0].paths, (std::vector<std::filesystem::path>{"/one", "/two"}));
}

TEST_F(MainWindowTest, RefusesDropsThatAreNoFiles) {
    QMimeData mime;
    mime.setUrls({QUrl(QStringLiteral("https://example.org/a"))});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&m_window, &enter);
    EXPECT_FALSE(enter.isAccepted());
}

TEST_F(MainWindowTest, ShowsErrorsInTheStripUntilDismissed) {
    m_window.choose({"/project"});
    m_state.events->failed(0, {ErrorCode::kNotFound, "model.gguf: not found"});
    settle();
    auto* strip = find<MessageStrip>();
    ASSERT_TRUE(strip->isVisible());
    EXPECT_EQ(strip->message(), QStringLiteral("model.gguf: not found"));
    QTest::mouseClick(strip->findChild<QPushButton*>(), Qt::LeftButton);
    EXPECT_FALSE(strip->isVisible());
}

TEST_F(MainWindowTest, APlanWithAProblemCannotBeReadOrAsked) {
    m_window.choose({"/project"});
    PlanSummary plan;
    plan.problem = "/project: no text in it";
    m_state.events->planned(plan);
    settle();
    EXPECT_EQ(find<MessageStrip>()->message(), QStringLiteral("/project: no text in it"));
    EXPECT_FALSE(find<QuestionPane>()->askButton()->isEnabled());
    press(Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(m_state.reads, 0);
}

TEST_F(MainWindowTest, AFileThatNeedsAPasswordAsksForItWhenActivated) {
    choosePlanned();
    FileRow row;
    row.name = "b.pdf";
    row.state = FileRow::State::kSkipped;
    row.reasons = {{.code = "needs_password", .kind = {}, .text = "needs a password"}};
    row.needsPassword = true;
    m_state.events->filesCounted({{1, row}});
    m_state.events->planned({1, 1, 30, 4096, 1 << 20, ""});
    settle();
    EXPECT_EQ(find<MessageStrip>()->message(),
              QStringLiteral("A file needs a password: press Enter on it in the list."));
    auto* table = find<CorpusPane>()->table();
    Q_EMIT table->activated(table->model()->index(1, 0));
    auto* dialog = find<QInputDialog>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(dialog->textEchoMode(), QLineEdit::Password);
    dialog->setTextValue(QStringLiteral("open"));
    dialog->accept();
    settle();
    ASSERT_EQ(m_state.chosen.size(), 2U);
    EXPECT_EQ(m_state.chosen[1].paths, m_state.chosen[0].paths);
    EXPECT_EQ(m_state.chosen[1].passwords, std::vector<std::string>{"open"});
    m_window.choose({"/another"});
    EXPECT_TRUE(m_state.chosen.back().passwords.empty());
}

TEST_F(MainWindowTest, OffersOcrWhereItWouldHelp) {
    choosePlanned();
    EXPECT_FALSE(find<MessageStrip>()->isVisible());
    PlanSummary plan{1, 1, 30, 4096, 1 << 20, ""};
    plan.filesForOcr = 2;
    m_state.events->planned(plan);
    settle();
    const QString offer = find<MessageStrip>()->message();
    EXPECT_EQ(offer,
              QStringLiteral("2 files have pages without usable text: "
                             "Session > Scanned Pages and Images reads them."));
    plan.problem = "/project: nothing to read";
    m_state.events->planned(plan);
    settle();
    EXPECT_EQ(find<MessageStrip>()->message(),
              QStringLiteral("/project: nothing to read\n") + offer);
}

TEST_F(MainWindowTest, ScannedPagesAndImagesAreReadWhenAskedFor) {
    choosePlanned();
    EXPECT_FALSE(m_state.chosen.back().ocr);
    for (QAction* action : m_window.findChildren<QAction*>()) {
        if (action->text() == QStringLiteral("Scanned &Pages and Images")) {
            action->trigger();
        }
    }
    ASSERT_EQ(m_state.chosen.size(), 2U);
    EXPECT_TRUE(m_state.chosen.back().ocr);
}

TEST_F(MainWindowTest, SaysWhereACitedFileIsGone) {
    choosePlanned();
    type("Which?");
    press(Qt::Key_Return);
    answer();
    m_state.texts.clear();
    press(Qt::Key_F3);
    EXPECT_EQ(find<MessageStrip>()->message(), QStringLiteral("a.md: not in the corpus"));
}

TEST_F(MainWindowTest, TabGoesThroughAllPanesAndComesBack) {
    choosePlanned();
    QWidget* start = m_window.focusWidget();
    QSet<QWidget*> seen;
    for (int i = 0; i < 50; ++i) {
        press(Qt::Key_Tab);
        if (m_window.focusWidget() == start) {
            break;
        }
        seen += m_window.focusWidget();
    }
    EXPECT_EQ(m_window.focusWidget(), start);
    EXPECT_TRUE(seen.contains(find<CorpusPane>()->table()));
    EXPECT_TRUE(seen.contains(find<TextView>()));
    EXPECT_TRUE(seen.contains(find<ConversationView>()));
}

TEST_F(MainWindowTest, EveryControlHasANameForScreenReaders) {
    choosePlanned();
    for (const QWidget* widget : m_window.findChildren<QWidget*>()) {
        // What Qt makes inside its own widgets, such as the line edit of a spin box, is named so.
        const bool isOurs = !widget->objectName().startsWith(QStringLiteral("qt_"));
        if (isOurs && (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible()) {
            EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
        }
    }
}

}  // namespace
}  // namespace tl
