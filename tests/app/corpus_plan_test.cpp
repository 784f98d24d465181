// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus_plan.h"

#include <gtest/gtest.h>

#include "app/reason/reason_text.h"

namespace tl {
namespace {

FileRow fileIn(const std::string& name, int64_t tokens, const std::string& language = "") {
    FileRow row;
    row.name = name;
    row.state = FileRow::State::kIn;
    row.tokens = tokens;
    row.bytes = 4 * tokens;
    row.kind = language.empty() ? "text" : "code";
    row.language = language;
    return row;
}

FileRow skipped(const std::string& name, const Reason& reason) {
    FileRow row;
    row.name = name;
    row.state = FileRow::State::kSkipped;
    row.reasons = {remarkOf(reason)};
    return row;
}

PlanSummary summaryOf(int64_t tokens, int64_t limit = 1 << 20) {
    PlanSummary summary;
    summary.tokens = tokens;
    summary.contextLimit = limit;
    return summary;
}

std::vector<std::string> namesOf(const std::vector<PlanGroup>& groups) {
    std::vector<std::string> names;
    for (const PlanGroup& group : groups) {
        names.push_back(group.name + " " + std::to_string(group.files) + " " +
                        std::to_string(group.tokens));
    }
    return names;
}

using Names = std::vector<std::string>;

TEST(CorpusPlan, GroupsByFolderLanguageAndKind) {
    const std::vector<FileRow> rows = {fileIn("README.md", 10),
                                       fileIn("src/a.cpp", 100, "C++"),
                                       fileIn("src/ui/b.cpp", 50, "C++"),
                                       fileIn("tools/c.py", 200, "Python")};
    const CorpusPlan plan = planCorpus(rows, summaryOf(360), {});
    EXPECT_EQ(namesOf(plan.folders), (Names{"tools 1 200", "src 2 150", ". 1 10"}));
    EXPECT_EQ(namesOf(plan.languages), (Names{"Python 1 200", "C++ 2 150"}));
    EXPECT_EQ(namesOf(plan.kinds), (Names{"code 3 350", "text 1 10"}));
    EXPECT_EQ(plan.summary.tokens, 360);
}

TEST(CorpusPlan, FoldersAreToldApartDownToTheDepth) {
    const std::vector<FileRow> rows = {fileIn("src/a.cpp", 1), fileIn("src/ui/x/b.cpp", 2)};
    PlanShape shape;
    shape.depth = 2;
    EXPECT_EQ(namesOf(planCorpus(rows, summaryOf(3), shape).folders),
              (Names{"src/ui 1 2", "src 1 1"}));
}

TEST(CorpusPlan, NamesTheLargestFiles) {
    PlanShape shape;
    shape.largest = 2;
    const std::vector<FileRow> rows = {fileIn("a", 1), fileIn("b", 3), fileIn("c", 2)};
    const CorpusPlan plan = planCorpus(rows, summaryOf(6), shape);
    ASSERT_EQ(plan.largest.size(), 2U);
    EXPECT_EQ(plan.largest[0].name, "b");
    EXPECT_EQ(plan.largest[1].name, "c");
}

TEST(CorpusPlan, CountsSkippedFilesByTheirReason) {
    const std::vector<FileRow> rows = {skipped("a.o",
                                               {.code = ReasonCode::kIgnoredByRule,
                                                .name = ".gitignore",
                                                .detail = "*.o",
                                                .count = 1}),
                                       skipped("b.o",
                                               {.code = ReasonCode::kIgnoredByRule,
                                                .name = "src/.gitignore",
                                                .detail = "b.o",
                                                .count = 3}),
                                       skipped("c.png", {ReasonCode::kNamedImage})};
    EXPECT_EQ(namesOf(planCorpus(rows, summaryOf(0), {}).skipReasons),
              (Names{"ignored by an ignore file 2 0", "image 1 0"}));
}

TEST(CorpusPlan, FoldersThatAreNotEnteredAreNoFiles) {
    const Reason dependencies = {.code = ReasonCode::kDependencies, .name = "node_modules"};
    FileRow folder = skipped("node_modules", dependencies);
    folder.isFolder = true;
    const std::vector<FileRow> rows = {skipped("a.png", {ReasonCode::kNamedImage}),
                                       folder,
                                       skipped("b/node_modules", dependencies)};
    const CorpusPlan plan = planCorpus(rows, summaryOf(0), {});
    ASSERT_EQ(plan.skipReasons.size(), 2U);
    EXPECT_EQ(plan.skipReasons[0].name, "dependencies");
    EXPECT_EQ(plan.skipReasons[0].folders, 1);
    EXPECT_EQ(plan.skipReasons[0].files, 1);
    EXPECT_EQ(plan.skipReasons[1].folders, 0);
}

TEST(CorpusPlan, CountsWarningsByFilesAndPages) {
    FileRow book = fileIn("book.pdf", 100);
    const Remark scanned = remarkOf({ReasonCode::kPageScanned});
    const Remark damaged = remarkOf({ReasonCode::kPageDamaged});
    book.pageRows = {{1, "", 0, {scanned}}, {2, "", 9, {damaged}}, {3, "", 0, {damaged, scanned}}};
    book.warnings = remarksOf(
        std::vector<Reason>{becauseOf(ReasonCode::kPageScanned, {ReasonCode::kOcrCanRead}),
                            {ReasonCode::kPageDamaged},
                            {.code = ReasonCode::kNotesNotRead, .count = 2}});
    FileRow slip = fileIn("slip.pdf", 1);
    slip.pageRows = {{1, "", 0, {scanned}}};
    slip.warnings = {scanned};
    FileRow twin = skipped("twin.pdf", {.code = ReasonCode::kSameContent, .name = "slip.pdf"});
    twin.pageRows = slip.pageRows;
    const CorpusPlan plan = planCorpus({book, slip, twin}, summaryOf(101), {});
    std::vector<std::string> warnings;
    for (const PlanWarning& warning : plan.warnings) {
        warnings.push_back(std::to_string(warning.files) + " " + std::to_string(warning.pages) +
                           " " + warning.name);
    }
    EXPECT_EQ(plan.warnings[0].codes, std::set<std::string>{"page_scanned"});
    EXPECT_EQ(warnings,
              (Names{"2 3 scanned, no text",
                     "1 2 damaged content, some text may be missing",
                     "1 0 notes on pages are not read"}));
}

TEST(CorpusPlan, SaysWhatTheContextStillHolds) {
    EXPECT_EQ(planCorpus({}, summaryOf(976, 2000), {}).tokensLeft, 0);
    EXPECT_EQ(planCorpus({}, summaryOf(977, 2000), {}).tokensLeft, -1);
}

TEST(CorpusPlan, FilesAreReadInTheOrderOfTheList) {
    const std::vector<FileRow> rows = {
        fileIn("b", 100), skipped("c", {ReasonCode::kNamedImage}), fileIn("a", 50), fileIn("d", 1)};
    const CorpusPlan plan = planCorpus(rows, summaryOf(160), {});
    std::vector<std::string> order;
    for (const PlanPlace& place : plan.order) {
        order.push_back(rows[place.row].name + " " + std::to_string(place.begin) + " " +
                        std::to_string(place.tokens));
    }
    EXPECT_EQ(order, (Names{"b 9 100", "a 109 50", "d 159 1"}));
}

TEST(CorpusPlan, SaysWhatLeavingAFolderOutSaves) {
    const std::vector<FileRow> rows = {fileIn("src/a.cpp", 100), fileIn("tests/a.cpp", 900)};
    const PlanWithout without = planWithout(rows, summaryOf(1010, 1900), {"tests/"});
    EXPECT_EQ(without.files, 1);
    EXPECT_EQ(without.tokens, 110);
    EXPECT_TRUE(without.fits);
    EXPECT_FALSE(planWithout(rows, summaryOf(1010, 1900), {"src/"}).fits)
        << "no room for questions";
}

TEST(CorpusPlan, SeveralPatternsAreCountedOneByOneAndTogether) {
    const std::vector<FileRow> rows = {
        fileIn("src/a.cpp", 100), fileIn("tests/a.cpp", 900), fileIn("tests/b.md", 30)};
    PlanShape shape;
    shape.without = {"tests/"};
    EXPECT_FALSE(planCorpus(rows, summaryOf(1040), shape).withoutAll.has_value());
    shape.without = {"tests/", "*.md"};
    const CorpusPlan plan = planCorpus(rows, summaryOf(1040), shape);
    ASSERT_EQ(plan.without.size(), 2U);
    EXPECT_EQ(plan.without[0].tokens, 110);
    EXPECT_EQ(plan.without[1].tokens, 1010);
    ASSERT_TRUE(plan.withoutAll.has_value());
    EXPECT_EQ(plan.withoutAll->files, 2) << "one file matches both";
    EXPECT_EQ(plan.withoutAll->tokens, 110);
}

TEST(CorpusPlan, ATextThatStandsElsewhereTooIsNotSaved) {
    FileRow twin = skipped("src/a.txt", {.code = ReasonCode::kSameContent, .name = "docs/a.txt"});
    twin.twinOf = "docs/a.txt";
    const std::vector<FileRow> rows = {fileIn("docs/a.txt", 100), twin};
    EXPECT_EQ(planWithout(rows, summaryOf(110), {"docs/"}).tokens, 110);
    EXPECT_EQ(planWithout(rows, summaryOf(110), {"*.txt"}).tokens, 10) << "both are left out";
}

}  // namespace
}  // namespace tl
