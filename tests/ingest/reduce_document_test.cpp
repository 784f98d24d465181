// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/temp_tree.h"
#include "tests/support/said.h"

namespace tl {
namespace {

constexpr const char* kCode =
    "int first(int a) {\n"
    "    return a + 1;\n"
    "}\n"
    "\n"
    "int second(int b) {\n"
    "    return b + 2;\n"
    "}\n";

class ReduceDocument : public testing::Test {
protected:
    Document read(const std::string& name,
                  const std::string& bytes,
                  const std::vector<ReduceRule>& rules) {
        SourceEntry entry;
        entry.path = m_tree.write(name, bytes);
        entry.name = name;
        entry.bytes = static_cast<int64_t>(bytes.size());
        SourceOptions options;
        options.reduce = rules;
        Reading<Document> document = readDocument(entry, options, m_readers);
        EXPECT_TRUE(document.ok()) << said(document.error());
        return document.ok() ? std::move(document).value() : Document{};
    }

    TempTree m_tree;
    ReaderSet m_readers;
};

TEST_F(ReduceDocument, SignaturesLeaveTheBodiesOut) {
    const Document document = read("src/a.c", kCode, {{"src/", ReadLevel::kSignatures}});
    EXPECT_EQ(document.level, ReadLevel::kSignatures);
    EXPECT_NE(document.text.find("int second(int b)"), std::string::npos);
    EXPECT_EQ(document.text.find("return"), std::string::npos);
    EXPECT_EQ(document.language, "C");
    EXPECT_TRUE(notesSaid(document.notes).starts_with("reduced to signatures, "))
        << notesSaid(document.notes);
}

TEST_F(ReduceDocument, TheFileItselfIsWhatIsShown) {
    const Document document = read("a.c", kCode, {{"*.c", ReadLevel::kNames}});
    EXPECT_EQ(document.text, "function first\nfunction second\n");
    EXPECT_EQ(fullDocument(document).text, kCode);
    EXPECT_EQ(fullDocument(document).lines.lineCount(), 7);
}

TEST_F(ReduceDocument, PassagesLeadBackToTheLinesOfTheFile) {
    const Document document = read("a.c", kCode, {{"*.c", ReadLevel::kSignatures}});
    const std::vector<Passage> passages = segmentPassages(document, 0);
    ASSERT_EQ(passages.size(), 2U);
    const Passage second = fullPassage(document, passages[1]);
    EXPECT_EQ(second.firstLine, 5);
    EXPECT_EQ(kCode + second.begin,
              std::string(kCode).substr(std::string(kCode).find("int second")));
}

TEST_F(ReduceDocument, TheLastRuleThatMatchesDecides) {
    const std::vector<ReduceRule> rules = {{"*.c", ReadLevel::kNames}, {"a.c", ReadLevel::kFull}};
    EXPECT_EQ(read("a.c", kCode, rules).level, ReadLevel::kFull);
    EXPECT_EQ(read("b.c", kCode, rules).level, ReadLevel::kNames);
}

TEST_F(ReduceDocument, ATextWithoutDefinitionsStaysWholeAndIsToldSo) {
    const Document document = read("a.txt", "Only prose.\n", {{"*", ReadLevel::kNames}});
    EXPECT_EQ(document.level, ReadLevel::kFull);
    EXPECT_EQ(document.text, "Only prose.\n");
    ASSERT_EQ(document.warnings.size(), 1U);
    EXPECT_TRUE(said(document.warnings[0]).starts_with("not reduced to names: "))
        << said(document.warnings[0]);
}

TEST_F(ReduceDocument, AFullDocumentIsItsOwnOriginal) {
    const Document document = read("a.c", kCode, {});
    EXPECT_EQ(&fullDocument(document), &document);
    const Passage passage = segmentPassages(document, 0).at(0);
    EXPECT_EQ(fullPassage(document, passage).begin, passage.begin);
}

}  // namespace
}  // namespace tl
