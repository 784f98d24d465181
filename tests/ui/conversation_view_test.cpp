// SPDX-License-Identifier: Apache-2.0
#include "ui/question/conversation_view.h"

#include <QImage>
#include <QSignalSpy>
#include <QTextCursor>

#include "tests/ui/ui_test.h"
#include "ui/question/state_icon.h"

namespace tl {
namespace {

Citation citation(const std::string& file, int64_t start, int64_t end, CitationState state) {
    Citation citation;
    citation.file = file;
    citation.startLine = start;
    citation.endLine = end;
    citation.quote = "quoted  words\nof it";
    citation.state = state;
    return citation;
}

class ConversationViewTest : public UiTest {
protected:
    QString text() const { return m_view.toPlainText(); }
    static QString q(const char* latin) { return QString::fromLatin1(latin); }

    QColor colourOf(const QString& words) const {
        const QTextCursor found = m_view.document()->find(words);
        return found.charFormat().foreground().color();
    }

    ConversationView m_view;
};

TEST_F(ConversationViewTest, StreamsPiecesBelowTheQuestion) {
    m_view.begin(1, q("Who?"));
    m_view.append(1, Look::kFirst, q("Ingrid "));
    m_view.append(1, Look::kFirst, q("does."));
    EXPECT_EQ(text(), q("Who?\nIngrid does."));
}

// Whatever was there of a first look gives way to the second.
TEST_F(ConversationViewTest, ShowsOneLookAtATime) {
    m_view.begin(1, q("Who?"));
    m_view.append(1, Look::kFirst, q("Per."));
    m_view.append(1, Look::kSecond, q("Ing"));
    m_view.append(1, Look::kSecond, q("rid."));
    EXPECT_EQ(text(), q("Who?\nIngrid."));
}

TEST_F(ConversationViewTest, KeepsFirstLookAndTokensBehindALink) {
    Answer answer;
    answer.text = "Ingrid.";
    answer.look = Look::kSecond;
    answer.firstLook = "Per.";
    answer.tokensEvaluated = 512;
    answer.seconds = 1.5;
    for (const int64_t id : {1, 2}) {
        m_view.begin(id, q("Who?"));
        m_view.finish(id, answer);
    }
    const QString closed = q("Who?\nIngrid.\nShow details");
    const QString open =
        q("Who?\nIngrid.\nHide details\nFirst look: Per.\n512 tokens evaluated, 1.5 s");
    EXPECT_EQ(text(), closed + q("\n") + closed);
    Q_EMIT m_view.anchorClicked(QUrl(q("details:1")));
    EXPECT_EQ(text(), open + q("\n") + closed);
    Q_EMIT m_view.anchorClicked(QUrl(q("details:1")));
    EXPECT_EQ(text(), closed + q("\n") + closed);
    Q_EMIT m_view.anchorClicked(QUrl(q("details:3")));
    EXPECT_EQ(text(), closed + q("\n") + closed);
}

TEST_F(ConversationViewTest, TellsTheThreeStatesApartInWordsIconsAndColours) {
    Answer answer;
    answer.text = "Ingrid.";
    answer.citations = {citation("a.md", 3, 4, CitationState::kVerified),
                        citation("b.md", 7, 7, CitationState::kElsewhere),
                        citation("c.md", 9, 9, CitationState::kNotFound)};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    const QChar icon = QChar::ObjectReplacementCharacter;
    const QString shown = text().replace(icon, q("*"));
    EXPECT_TRUE(shown.contains(q("[1] a.md:3-4 * verified: \"quoted words of it\"")));
    EXPECT_TRUE(shown.contains(q("[2] b.md:7 * words found elsewhere: \"quoted words")));
    EXPECT_TRUE(shown.contains(q("[3] c.md:9 * not found, nearest lines: \"quoted words")));
    EXPECT_NE(colourOf(q("verified")), colourOf(q("words found")));
    EXPECT_NE(colourOf(q("words found")), colourOf(q("not found")));
}

// Those who see no colours tell the states by the shapes.
TEST_F(ConversationViewTest, EachStateHasAnIconOfItsOwnShape) {
    const auto shape = [&](CitationState state) {
        return stateIcon(state, m_view.palette(), 32, 2).convertToFormat(QImage::Format_Alpha8);
    };
    const QImage verified = shape(CitationState::kVerified);
    const QImage elsewhere = shape(CitationState::kElsewhere);
    const QImage notFound = shape(CitationState::kNotFound);
    EXPECT_EQ(verified.width(), 64);
    EXPECT_NE(verified, elsewhere);
    EXPECT_NE(elsewhere, notFound);
    EXPECT_NE(verified, notFound);
}

TEST_F(ConversationViewTest, ShowsSearchHitsAsPlacesToo) {
    SearchHit hit;
    hit.file = "a.md";
    hit.line = 12;
    hit.text = "  the line";
    Answer answer;
    answer.hits = {hit};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    EXPECT_TRUE(text().contains(q("a.md:12 the line")));
    const QSignalSpy opened(&m_view, &ConversationView::placeActivated);
    m_view.openNeighbour(1);
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened.front().at(0).value<ShownPlace>().firstLine, 12);
}

TEST_F(ConversationViewTest, AHitSaysItsPageAndThatItDefines) {
    SearchHit page;
    page.file = "a.pdf";
    page.line = 12;
    page.text = "the line";
    page.place = "page iv";
    SearchHit code = page;
    code.file = "b.cpp";
    code.place = "";
    code.isDefinition = true;
    Answer answer;
    answer.hits = {page, code};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    EXPECT_TRUE(text().contains(q("a.pdf page iv the line")));
    EXPECT_TRUE(text().contains(q("b.cpp:12 definition: the line")));
}

TEST_F(ConversationViewTest, WritesWhatDocumentsSayAsPlainText) {
    m_view.begin(1, q("<b>Who?</b>"));
    m_view.append(1, Look::kFirst, q("<a href=\"x\">click</a>"));
    EXPECT_EQ(text(), q("<b>Who?</b>\n<a href=\"x\">click</a>"));
    EXPECT_FALSE(m_view.hasPlaces());
}

TEST_F(ConversationViewTest, GoesThroughCitationsFromTheNewestAnswersFirst) {
    Answer answer;
    answer.citations = {citation("a.md", 1, 1, CitationState::kVerified),
                        citation("b.md", 2, 2, CitationState::kVerified)};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    answer.citations = {citation("c.md", 3, 3, CitationState::kVerified)};
    m_view.begin(2, q("Where?"));
    m_view.finish(2, answer);

    const QSignalSpy opened(&m_view, &ConversationView::placeActivated);
    m_view.openNeighbour(1);
    m_view.openNeighbour(1);
    m_view.openNeighbour(-1);
    m_view.openNeighbour(-1);
    QStringList files;
    for (const QList<QVariant>& call : opened) {
        files += call.at(0).value<ShownPlace>().file;
    }
    EXPECT_EQ(files, QStringList({q("c.md"), q("a.md"), q("c.md"), q("b.md")}));
}

TEST_F(ConversationViewTest, SaysThatAQuestionIsNotInEnglish) {
    m_view.begin(1, q("Wer?"));
    Answer answer;
    answer.text = "Ingrid.";
    answer.language = "German";
    m_view.finish(1, answer);
    EXPECT_TRUE(text().contains(q("Throughline is made for questions in English")));
}

TEST_F(ConversationViewTest, ShowsWhyThereIsNoAnswer) {
    m_view.begin(1, q("Who?"));
    m_view.append(1, Look::kFirst, q("Ing"));
    m_view.fail(1, q("Stopped."));
    EXPECT_EQ(text(), q("Who?\nIng\nStopped."));
}

TEST_F(ConversationViewTest, IgnoresAnswersToOlderQuestions) {
    m_view.begin(1, q("Who?"));
    m_view.clearEntries();
    m_view.append(1, Look::kFirst, q("late"));
    m_view.begin(2, q("Where?"));
    m_view.append(1, Look::kFirst, q("late"));
    EXPECT_FALSE(text().contains(q("late")));
}

}  // namespace
}  // namespace tl
