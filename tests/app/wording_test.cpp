// SPDX-License-Identifier: Apache-2.0
#include "app/wording.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace tl {
namespace {

TEST(Wording, GroupsDigitsByThree) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(-1048576), "-1,048,576");
}

TEST(Wording, CountsSkipsByTheKindsOfTheirReasons) {
    const auto skipped = [](const std::string& kind, const std::string& text) {
        FileRow row;
        row.state = FileRow::State::kSkipped;
        row.reasons = {{.code = "code", .kind = kind, .text = text}};
        return row;
    };
    FileRow in;
    in.state = FileRow::State::kIn;
    in.reasons = {{.code = "converted", .kind = "converted", .text = "converted"}};
    const std::string twin = "same content as another file";
    EXPECT_EQ(skipSummary({skipped("binary file", "binary file (ELF)"),
                           skipped(twin, "same content as a.txt"),
                           in,
                           skipped(twin, "same content as b.txt")}),
              "2 same content as another file, 1 binary file");
    EXPECT_EQ(skipSummary({}), "");
}

TEST(Wording, RemarksStandInOneLine) {
    const std::vector<Remark> remarks = {{"a", "", "one thing"}, {"b", "", "another"}};
    EXPECT_EQ(remarksText(remarks), "one thing, another");
    EXPECT_EQ(remarksText(remarks, "; "), "one thing; another");
    EXPECT_EQ(remarksText({}), "");
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
