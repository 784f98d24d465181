// SPDX-License-Identifier: Apache-2.0
#include "app/wording.h"

#include <set>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace tl {
namespace {

TEST(Wording, GroupsDigitsByThree) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(-1048576), "-1,048,576");
}

TEST(Wording, CountsSkipsByReason) {
    std::vector<FileRow> rows(4);
    for (FileRow& row : rows) {
        row.state = FileRow::State::kSkipped;
    }
    rows[0].reason = "binary file";
    rows[1].reason = "same content as a.txt";
    rows[2].reason = "same content as b.txt";
    rows[3].reason = "generated file (says \"DO NOT EDIT\")";
    EXPECT_EQ(skipSummary(rows), "2 same content as another file, 1 binary file, 1 generated file");
    EXPECT_EQ(skipSummary({}), "");
}

// Reasons as the walk and the readers give them.
TEST(Wording, FilesThatAreSkippedForOneReasonAreOneKind) {
    const std::vector<std::pair<std::string, std::string>> kinds = {
        {"empty file", "empty file"},
        {"12.0 MiB, over the limit of 8.0 MiB", "over the limit of 8.0 MiB"},
        {"over the limit of 8.0 MiB", "over the limit of 8.0 MiB"},
        {"symbolic link to docs/a.md (not read twice)", "symbolic link"},
        {"symbolic link out of the chosen folder, to /etc/passwd",
         "symbolic link out of the chosen folder"},
        {"symbolic link that leads nowhere", "symbolic link that leads nowhere"},
        {"hard link to a.md", "hard link"},
        {"excluded by the pattern a;b:(*.md", "excluded by the pattern a;b:(*.md"},
        {"dependencies (node_modules)", "dependencies"},
        {"cannot be opened: Permission denied", "cannot be opened"},
        {"changed since it was listed: 3 bytes then, 5 bytes now", "changed since it was listed"},
        {"image, OCR is off", "image, OCR is off"},
        {"image, OCR is only 31 % sure of what it found",
         "image, OCR is not sure of what it found"},
        {"image of 30000 x 30000 pixels, over the limit of 100 million",
         "image over the limit of pixels"},
        {"broken JSON in line 17", "broken JSON"},
        {"word/document.xml: broken XML at byte 812: No document element found", "broken XML"},
        {"no word/document.xml: damaged DOCX", "damaged DOCX"},
        {"damaged archive: Truncated tar archive", "damaged archive"},
        {"encrypted office document: save it without a password", "encrypted office document"},
        {"no text in it", "no text in it"},
        {"no text in it; pages 1-3: scanned, no text; OCR can read it",
         "no text in it: scanned, no text"},
        {"the reader crashed (signal 11)", "the reader crashed"},
        {"took longer than 60 s", "took longer than 60 s"},
    };
    for (const auto& [reason, kind] : kinds) {
        EXPECT_EQ(skipKind(reason), kind) << reason;
    }
}

TEST(Wording, WarningsOfOneKindAreOne) {
    const std::vector<std::pair<std::string, std::string>> kinds = {
        {"pages 3-40, 42 and others (50 in all): scanned, no text; OCR can read it",
         "scanned, no text"},
        {"page 5: garbled text (no character table), 82 % of characters unknown", "garbled text"},
        {"perhaps scanned, a picture with little text (1 character)",
         "perhaps scanned, a picture with little text"},
        {"read by OCR, 91 % sure", "read by OCR"},
        {"page 7: more than 50,000 tiny characters, some are left out",
         "more than 50,000 tiny characters, some are left out"},
        {"damaged PDF: its table of objects was rebuilt, pages may be missing", "damaged PDF"},
        {"7 notes on pages are not read", "notes on pages are not read"},
        {"row 12: a quote is never closed, lines taken as rows",
         "a quote is never closed, lines taken as rows"},
        {"damaged behind a.txt: Truncated; what follows is not read", "damaged archive"},
        {"", ""},
    };
    for (const auto& [warning, kind] : kinds) {
        EXPECT_EQ(warningKind(warning), kind) << warning;
    }
}

TEST(Wording, KnowsWhereOcrCouldRead) {
    FileRow row;
    row.warnings = {"7 notes on pages are not read", "page 3: read by OCR, 91 % sure"};
    EXPECT_FALSE(couldUseOcr(row));
    row.warnings = {"page 1: damaged", "page 3: scanned, no text; OCR can read it"};
    EXPECT_TRUE(couldUseOcr(row));
    row.warnings.clear();
    row.state = FileRow::State::kSkipped;
    row.reason = "no text in it; page 1: scanned, no text; OCR can read it";
    EXPECT_TRUE(couldUseOcr(row));
}

TEST(Wording, WarningsOfAPageAreToldApart) {
    PageRow page;
    EXPECT_TRUE(warningsOfPage(page).empty());
    page.warning = "damaged content, some text may be missing; scanned, no text";
    EXPECT_EQ(warningsOfPage(page),
              (std::vector<std::string>{"damaged content, some text may be missing",
                                        "scanned, no text"}));
}

TEST(Wording, AnAnswerIsAsGoodAsItsBestCitation) {
    Answer answer;
    EXPECT_EQ(answerState(answer), CitationState::kNotFound);
    answer.citations.resize(2);
    answer.citations[0].state = CitationState::kElsewhere;
    EXPECT_EQ(answerState(answer), CitationState::kElsewhere);
    EXPECT_EQ(citationStateName(answerState(answer)), "elsewhere");
}

TEST(Wording, TheStatesDifferInEachWayOfSayingThem) {
    std::set<std::string_view> names;
    std::set<std::string_view> texts;
    std::set<char> marks;
    for (const CitationState state :
         {CitationState::kVerified, CitationState::kElsewhere, CitationState::kNotFound}) {
        names.insert(citationStateName(state));
        texts.insert(citationStateText(state));
        marks.insert(citationStateMark(state));
    }
    EXPECT_EQ(names.size(), 3U);
    EXPECT_EQ(texts.size(), 3U);
    EXPECT_EQ(marks.size(), 3U);
}

TEST(FoundBy, IsSaidInOneOrder) {
    FoundBy foundBy;
    EXPECT_EQ(foundByText(foundBy), "");
    EXPECT_TRUE(foundByNames(foundBy).empty());
    foundBy.words = true;
    foundBy.read = true;
    EXPECT_EQ(foundByText(foundBy), "found by reading, by the question's words");
    foundBy.definition = true;
    foundBy.opening = true;
    EXPECT_EQ(foundByNames(foundBy),
              (std::vector<std::string>{"read", "words", "definition", "opening"}));
}

}  // namespace
}  // namespace tl
