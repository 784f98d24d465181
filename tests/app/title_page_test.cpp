// SPDX-License-Identifier: Apache-2.0
#include "app/overview/title_page.h"

#include <gtest/gtest.h>

#include "tests/app/overview_test_case.h"

namespace tl {
namespace {

TitlePage read(const std::string& text) {
    Document document;
    document.text = text;
    document.lines = LineIndex(document.text);
    return titlePageOf(document);
}

TEST(TitlePageTest, ReadsTitleAuthorVersionAndAbstract) {
    const TitlePage page = read(
        "\n\n      A GUIDE TO TIDES\n\n         Ana Lopes\n\n    Version 3.0.2, May\n\n----\n\n"
        "Abstract\n\nThis guide tells how tides are measured.\n\nIt is long.\n");
    EXPECT_EQ(page.title.text, "A GUIDE TO TIDES");
    EXPECT_EQ(page.title.line, 3);
    EXPECT_EQ(page.author.text, "Ana Lopes");
    EXPECT_EQ(page.author.line, 5);
    EXPECT_EQ(page.version.text, "3.0.2");
    ASSERT_TRUE(page.abstract.has_value());
    EXPECT_EQ(page.abstract->text, "This guide tells how tides are measured.");
}

TEST(TitlePageTest, TakesNamesBehindByAndNoOthers) {
    EXPECT_EQ(read("PROCEEDINGS\n\nEdited by James Daly\n").author.text, "James Daly");
    EXPECT_EQ(read("Tides of the North\n\nThe Harbour Office\n").author.line, 3);
    EXPECT_EQ(read("Tides of the North\n\nBy the way, it rains.\n").author.line, 0);
    EXPECT_EQ(read("Tides of the North\n\nCHAPTER ONE\n").author.line, 0);
}

TEST(TitlePageTest, ASentenceIsNoTitle) {
    EXPECT_EQ(read("It was a cold morning, and the boats lay still in the harbour, when a man "
                   "came down the stairs.\n")
                  .title.line,
              0);
    EXPECT_EQ(read("").title.line, 0);
}

using TextCorpusTest = OverviewTestCase;

TEST_F(TextCorpusTest, TitlePagesSpeakForTextsWithoutMetadata) {
    write("tides.txt",
          "A GUIDE TO TIDES\n\nAna Lopes\n\nVersion 3.0\n\nYou may copy this guide under the terms "
          "of the MIT licence.\n");
    EXPECT_EQ(said(OverviewTopic::kAbout).at(0), "A GUIDE TO TIDES");
    EXPECT_EQ(said(OverviewTopic::kAuthors), Lines{"Ana Lopes: on the title page"});
    EXPECT_EQ(said(OverviewTopic::kVersion), Lines{"3.0: as tides.txt says"});
    EXPECT_EQ(said(OverviewTopic::kLicence), Lines{"MIT: as tides.txt says"});
}

}  // namespace
}  // namespace tl
