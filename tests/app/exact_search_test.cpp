// SPDX-License-Identifier: Apache-2.0
#include "app/citation/exact_search.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

std::vector<SearchHit> search(const Corpus& corpus, std::string_view question, size_t maxHits) {
    DefinitionSearch definitions(corpus);
    return searchExactly(corpus, definitions, question, maxHits);
}

int64_t definitionsIn(const std::vector<SearchHit>& hits) {
    return std::ranges::count(hits, true, &SearchHit::isDefinition);
}

TEST(ExactSearch, PutsTheRarestWordsFirst) {
    const Corpus corpus = corpusOf(
        {{"a.md", "boat red\nboat blue\nboat green\n"}, {"b.md", "boat\nzeppelin\nboat\n"}});
    const std::vector<SearchHit> hits = search(corpus, "Is there a boat or a zeppelin?", 2);
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].file, "b.md");
    EXPECT_EQ(hits[0].line, 2);
    EXPECT_EQ(hits[0].text, "zeppelin");
    EXPECT_EQ(hits[1].text, "boat red");
}

TEST(ExactSearch, DoesNotLookForCommonWords) {
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "boat " + std::to_string(i) + "\n";
    }
    EXPECT_TRUE(search(corpusOf({{"a.md", text}}), "boat", 5).empty());
    EXPECT_EQ(search(corpusOf({{"a.md", text}}), "boat 42", 5).size(), 1U);
}

TEST(ExactSearch, FindsWholeWordsAlone) {
    const Corpus corpus = corpusOf({{"a.md", "catalogue\nconcat\n"}});
    EXPECT_TRUE(search(corpus, "cat", 5).empty());
    EXPECT_TRUE(search(corpus, "the", 5).empty());
    EXPECT_TRUE(search(corpus, "", 5).empty());
}

TEST(ExactSearch, PutsDefinitionsOfNamesInTheQuestionFirst) {
    const Corpus corpus =
        codeCorpusOf({{"a.md", "countKeys is slow\nCOUNTKEYS\n# countKeys\n"},
                      {"b.h", "int x;\ntemplate <int N>\nint countKeys(int n);\n"},
                      {"c.h", "inline int y = countKeys(1);\n"}});
    const std::vector<SearchHit> hits = search(corpus, "What does countKeys do?", 5);
    ASSERT_EQ(hits.size(), 5U);
    EXPECT_TRUE(hits[0].isDefinition);
    EXPECT_EQ(hits[0].file, "b.h");
    EXPECT_EQ(hits[0].line, 3);  // of the name, not of the template
    EXPECT_EQ(hits[0].text, "int countKeys(int n);");
    EXPECT_EQ(definitionsIn(hits), 1);
    // Names are what the question says letter for letter.
    EXPECT_EQ(definitionsIn(search(corpus, "What does CountKeys do?", 5)), 0);
}

TEST(ExactSearch, MembersAreDefinedUnderTheirOwnName) {
    const Corpus corpus = codeCorpusOf({{"a.h", "int Keys::countAll() {\n    return 1;\n}\n"}});
    for (const char* question : {"What does countAll do?", "What does Keys::countAll do?"}) {
        EXPECT_TRUE(search(corpus, question, 5).at(0).isDefinition) << question;
    }
}

TEST(ExactSearch, WordsOfEverydayLanguageAreNoNames) {
    const Corpus corpus = codeCorpusOf({{"a.h", "void open(int limit);\n"}});
    EXPECT_EQ(definitionsIn(search(corpus, "How many files may we open at once?", 5)), 0);
    EXPECT_EQ(definitionsIn(search(corpus, "What does open() do?", 5)), 1);
}

TEST(ExactSearch, ManyDefinitionsLeaveRoomForLines) {
    std::vector<std::pair<std::string, std::string>> files;
    for (int i = 0; i < 9; ++i) {
        files.emplace_back(std::to_string(i) + ".h", "int fileLimit();\n");
    }
    files.emplace_back("a.md", "The fileLimit of ships is seven.\n");
    const std::vector<SearchHit> hits =
        search(codeCorpusOf(files), "What is the fileLimit of ships?", 5);
    ASSERT_EQ(hits.size(), 5U);
    EXPECT_EQ(definitionsIn(hits), 3);
    EXPECT_EQ(hits[3].file, "a.md");
}

TEST(ExactSearch, ParsesAFileOnce) {
    const Corpus corpus = codeCorpusOf({{"a.h", "int countKeys();\n"}, {"b.h", "int other();\n"}});
    DefinitionSearch definitions(corpus);
    definitions.parse({0}, {});
    definitions.parse({0}, {});
    EXPECT_EQ(definitions.find("countKeys").size(), 1U);
    EXPECT_TRUE(definitions.find("other").empty());
    definitions.parse({0, 1}, {});
    EXPECT_EQ(definitions.find("countKeys").size(), 1U);
    EXPECT_EQ(definitions.find("other").at(0).file, 1);
}

TEST(ExactSearch, LeavesOutLargeFilesOfCode) {
    std::string table = "int countKeys();\n";
    while (table.size() < (300 << 10)) {
        table += "// one more line of a generated table\n";
    }
    const Corpus corpus = codeCorpusOf({{"a.h", table}, {"b.h", "int countKeys();\n"}});
    DefinitionSearch definitions(corpus);
    definitions.parse({0, 1}, {});
    ASSERT_EQ(definitions.find("countKeys").size(), 1U);
    EXPECT_EQ(definitions.find("countKeys")[0].file, 1);
    std::stop_source stop;
    stop.request_stop();
    DefinitionSearch stopped(corpus);
    stopped.parse({0, 1}, stop.get_token());
    EXPECT_TRUE(stopped.find("countKeys").empty());
}

TEST(ExactSearch, ShowsOfALongLineWhatStandsAroundTheRarestWord) {
    std::string line;
    for (int i = 0; i < 5000; ++i) {
        line += "sch\xC3\xB6ne W\xC3\xB6rter ";
    }
    const std::string text = line + "der Zeppelin " + line + "\n";
    const Corpus corpus = corpusOf({{"a.md", text}});
    const SearchHit hit = search(corpus, "Where is the zeppelin?", 1).at(0);
    EXPECT_LE(hit.text.size(), 240U);
    EXPECT_GT(hit.text.size(), 200U);
    EXPECT_NE(hit.text.find(" der Zeppelin sch\xC3\xB6ne "), std::string::npos);
    EXPECT_TRUE(hit.text.starts_with("sch") || hit.text.starts_with("W")) << hit.text;
    EXPECT_TRUE(isValidUtf8(hit.text));
    // A line without blanks is cut between characters.
    const std::string solid = "zeppelin/" + std::string(1000, 'x') + "\xC3\xB6\n";
    EXPECT_EQ(search(corpusOf({{"b.md", solid}}), "zeppelin", 1).at(0).text, solid.substr(0, 240));
}

TEST(ExactSearch, HitsHaveThePlaceInFilesThatGoByPages) {
    const std::string text = "Ships.\nThe zeppelin flies.\n";
    Corpus corpus = corpusOf({{"a.pdf", text}});
    Unit page;
    page.kind = UnitKind::kPage;
    page.begin = 7;
    page.end = std::ssize(text);
    page.number = 4;
    page.label = "iv";
    corpus.files[0].document.units = {page};
    corpus.files[0].document.words = {{11, 19, 0.1F, 0.2F, 0.3F, 0.4F}};
    const SearchHit hit = search(corpus, "Is there a zeppelin?", 1).at(0);
    EXPECT_EQ(hit.page, 4);
    EXPECT_EQ(hit.pageLabel, "iv");
    EXPECT_EQ(hit.place, "page iv");
    EXPECT_EQ(hit.boxes.size(), 1U);
}

}  // namespace
}  // namespace tl
