// SPDX-License-Identifier: Apache-2.0
#include "ui/question/conversation_view.h"

#include <QSignalSpy>

#include "tests/ui/ui_test.h"

namespace tl {
namespace {

Citation citation(const std::string& file, int64_t start, int64_t end, bool verified) {
    Citation citation;
    citation.file = file;
    citation.startLine = start;
    citation.endLine = end;
    citation.quote = "quoted  words\nof it";
    citation.verified = verified;
    return citation;
}

class ConversationViewTest : public UiTest {
protected:
    QString text() const { return m_view.toPlainText(); }
    static QString q(const char* latin) { return QString::fromLatin1(latin); }

    ConversationView m_view;
};

TEST_F(ConversationViewTest, StreamsPiecesBelowTheQuestion) {
    m_view.begin(1, q("Who?"));
    m_view.append(1, Look::kFirst, q("Ingrid "));
    m_view.append(1, Look::kFirst, q("does."));
    EXPECT_EQ(text(), q("Who?\nIngrid does."));
}

TEST_F(ConversationViewTest, KeepsTheFirstLookUnderTheSecond) {
    m_view.begin(1, q("Who?"));
    m_view.append(1, Look::kFirst, q("Per."));
    m_view.append(1, Look::kSecond, q("Ing"));
    m_view.append(1, Look::kSecond, q("rid."));
    EXPECT_EQ(text(), q("Who?\nIngrid.\nFirst look: Per."));

    Answer answer;
    answer.text = "Ingrid.";
    answer.look = Look::kSecond;
    answer.firstLook = "Per.";
    m_view.finish(1, answer);
    EXPECT_TRUE(text().startsWith(q("Who?\nIngrid.\nFirst look: Per.\n")));
}

TEST_F(ConversationViewTest, SaysInWordsWhetherACitationIsVerified) {
    Answer answer;
    answer.text = "Ingrid.";
    answer.citations = {citation("a.md", 3, 4, true), citation("b.md", 7, 7, false)};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    EXPECT_TRUE(text().contains(q("[1] a.md:3-4 verified: \"quoted words of it\"")));
    EXPECT_TRUE(text().contains(q("[2] b.md:7-7 unverified: \"quoted words of it\"")));
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
    EXPECT_EQ(opened.front().at(0).value<Place>().firstLine, 12);
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
    answer.citations = {citation("a.md", 1, 1, true), citation("b.md", 2, 2, true)};
    m_view.begin(1, q("Who?"));
    m_view.finish(1, answer);
    answer.citations = {citation("c.md", 3, 3, true)};
    m_view.begin(2, q("Where?"));
    m_view.finish(2, answer);

    const QSignalSpy opened(&m_view, &ConversationView::placeActivated);
    m_view.openNeighbour(1);
    m_view.openNeighbour(1);
    m_view.openNeighbour(-1);
    m_view.openNeighbour(-1);
    QStringList files;
    for (const QList<QVariant>& call : opened) {
        files += call.at(0).value<Place>().file;
    }
    EXPECT_EQ(files, QStringList({q("c.md"), q("a.md"), q("c.md"), q("b.md")}));
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
