// SPDX-License-Identifier: Apache-2.0
// Documents, transcripts and mails: titles, outlines, speakers, and what may be asked about them.
#include "tests/app/overview_test_case.h"
#include "tests/ingest/formats/pdf/make_pdf.h"

namespace tl {
namespace {

using OverviewDocuments = OverviewTestCase;

constexpr const char* kMeeting =
    "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\nAna Lopes: The harbour is small and old.\n\n"
    "00:00:06.000 --> 00:00:10.000\nBo Berg: We should ask about the budget before anything else "
    "is said.\n\n"
    "00:00:11.000 --> 00:00:13.000\nAna Lopes: The harbour has one pump.\n\n"
    "00:00:14.000 --> 00:00:20.000\nBo Berg: The budget has no room for that, and nobody wants to "
    "wait.\n";

TEST_F(OverviewDocuments, SpeakersHaveTheirShareOfTheWordsAndTheirTime) {
    write("talk.vtt", kMeeting);
    EXPECT_EQ(said(OverviewTopic::kSpeakers),
              (Lines{"Bo Berg: 68 % of the words, 2 turns, 10 s; first:",
                     "Ana Lopes: 32 % of the words, 2 turns, 6 s; first:"}));
    EXPECT_EQ(labels(OverviewTopic::kSpeakers),
              (Lines{"talk.vtt 00:00:06 Bo Berg", "talk.vtt 00:00:01 Ana Lopes"}));
}

TEST_F(OverviewDocuments, AsksWhatSpeakersSayAboutTheirOwnWords) {
    write("talk.vtt", kMeeting);
    EXPECT_EQ(questions(),
              (Lines{"What does Bo Berg say about the budget?",
                     "What does Ana Lopes say about the harbour?"}));
    EXPECT_NE(m_overview.questions[0].where.quote.find("budget"), std::string::npos);
}

TEST_F(OverviewDocuments, SendersHaveTheirMessages) {
    write("a.mbox",
          "From ana@x Mon Jan  1 00:00:00 2024\nFrom: Ana <ana@x.org>\nSubject: Pumps\n"
          "Date: Mon, 1 Jan 2024 10:00:00 +0000\n\nThe pumps are old.\n\n"
          "From bo@x Tue Jan  2 00:00:00 2024\nFrom: Ana <ana@x.org>\nSubject: Re: Pumps\n"
          "Date: Tue, 2 Jan 2024 10:00:00 +0000\n\nStill old.\n");
    ASSERT_EQ(said(OverviewTopic::kSenders).size(), 1U);
    EXPECT_TRUE(said(OverviewTopic::kSenders)[0].ends_with(": 2 messages; first:"));
}

TEST_F(OverviewDocuments, OutlinesHaveLevelsAndLines) {
    write("guide.md",
          "# Guide\n\nThis guide is for all.\n\n## Pumps\n\nOld.\n\n### Seals\n\nLeaking.\n\n## "
          "Boats\n\nNew.\n");
    EXPECT_EQ(labels(OverviewTopic::kOutline),
              (Lines{"guide.md:1", "guide.md:5", "guide.md:9", "guide.md:13"}));
    const auto headings = statements(OverviewTopic::kOutline);
    EXPECT_EQ(headings[2].text, "Seals");
    EXPECT_EQ(headings[2].level, 3);
}

TEST_F(OverviewDocuments, AsksAboutSectionsThatSaySomething) {
    const std::string words =
        "The seals of the pumps wear out each winter and are exchanged in May. ";
    write("guide.md",
          "# Guide\n\nThis guide is for all.\n\n## 2.1 Pump seals\n\n" + words + words + words +
              words + "\n\n## References\n\n" + words + words + words + words + words +
              "\n\n## Empty\n");
    EXPECT_EQ(
        questions(),
        (Lines{"What is this document about?", "What does guide.md say about \"Pump seals\"?"}));
}

TEST_F(OverviewDocuments, PagesAreTheirPlaces) {
    write("report.pdf",
          makePdf({.pages = {{.texts = textLines(72,
                                                 72,
                                                 {"The pumps of the harbour were measured in May.",
                                                  "They are old, and one of them leaks."})}}}));
    EXPECT_EQ(labels(OverviewTopic::kDocuments), Lines{"report.pdf page 1"});
    EXPECT_EQ(said(OverviewTopic::kDocuments),
              Lines{"report.pdf: The pumps of the harbour were measured in May. They are old, and "
                    "one of them leaks."});
}

TEST_F(OverviewDocuments, TablesAndListsAreNoFirstSentences) {
    write("notes.txt",
          "1.5   first\n2.5   second\n\n* one item that has a full stop. And more.\n"
          "  which goes on here.\n\nThe pump was repaired in May.\n");
    EXPECT_EQ(said(OverviewTopic::kDocuments), Lines{"notes.txt: The pump was repaired in May."});
    EXPECT_EQ(labels(OverviewTopic::kDocuments), Lines{"notes.txt:7"});
}

}  // namespace
}  // namespace tl
