// SPDX-License-Identifier: Apache-2.0
#include "app/answer/candidate_search.h"

#include <gtest/gtest.h>

#include "app/answer/openings.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

Corpus codeCorpusOf(const Files& files) {
    Corpus corpus = corpusOf(files);
    for (CorpusFile& file : corpus.files) {
        const std::string& name = file.document.name;
        if (name.ends_with(".py") || name.ends_with(".cpp")) {
            file.document.kind = DocumentKind::kCode;
            file.document.language = name.ends_with(".py") ? "Python" : "C++";
            file.document.path = name;
        }
    }
    return corpus;
}

std::string textOf(const Corpus& corpus, const Passage& passage) {
    return corpus.files[static_cast<size_t>(passage.document)].document.text.substr(
        static_cast<size_t>(passage.begin), static_cast<size_t>(passage.end - passage.begin));
}

class CandidateSearchTest : public testing::Test {
protected:
    void open(Corpus corpus, const AnswerSettings& settings = {}) {
        m_corpus = std::move(corpus);
        m_search.emplace(CandidateSearch::create(m_corpus, settings).value());
    }

    // The model looks at these passages, best first.
    std::vector<RankedPassage> looksAt(const std::vector<size_t>& numbers) const {
        std::vector<RankedPassage> read;
        for (const size_t number : numbers) {
            read.push_back(listPassages(m_corpus).at(number));
        }
        return read;
    }

    std::vector<std::string> find(const std::string& question,
                                  const std::vector<size_t>& read = {},
                                  CandidateSources sources = CandidateSources::kFused) {
        m_ranking = m_search->find(question, looksAt(read), sources, {}).value();
        std::vector<std::string> texts;
        for (const RankedPassage& ranked : m_ranking) {
            texts.push_back(textOf(m_corpus, *ranked.passage));
        }
        return texts;
    }

    Corpus m_corpus;
    std::optional<CandidateSearch> m_search;
    std::vector<RankedPassage> m_ranking;
};

using Texts = std::vector<std::string>;

TEST_F(CandidateSearchTest, WhatTwoSourcesFindComesFirst) {
    open(corpusOf({{"a.txt", "The ferry.\n\nThe siren sounds.\n\nThe pier.\n\nA siren.\n"}}));
    const Texts texts = find("When does the siren sound?", {2, 1});
    ASSERT_EQ(texts.size(), 3U);
    EXPECT_EQ(texts[0], "The siren sounds.");
    EXPECT_TRUE(m_ranking[0].foundBy.read && m_ranking[0].foundBy.words);
    EXPECT_TRUE(m_ranking[1].foundBy.read != m_ranking[1].foundBy.words);
    // 1 / (3 + 2) of reading and 1 / (3 + 1) of words.
    EXPECT_DOUBLE_EQ(m_ranking[0].score, 0.2 + 0.25);
}

TEST_F(CandidateSearchTest, EachSourceCanBeAskedAlone) {
    open(corpusOf({{"a.txt", "The ferry.\n\nThe siren sounds.\n"}}));
    EXPECT_EQ(find("the siren", {0}, CandidateSources::kRead), Texts({"The ferry."}));
    EXPECT_EQ(find("the siren", {0}, CandidateSources::kWords), Texts({"The siren sounds."}));
}

TEST_F(CandidateSearchTest, AModelWithoutAttentionHasTheOtherSources) {
    open(corpusOf({{"a.txt", "The ferry.\n\nThe siren sounds.\n"}}));
    EXPECT_TRUE(rankPassages(m_corpus, {}).empty());
    EXPECT_EQ(find("the siren"), Texts({"The siren sounds."}));
    EXPECT_TRUE(find("the zeppelin").empty());
    EXPECT_EQ(m_search->coverage("the zeppelin", {}).value(), 0);
}

TEST_F(CandidateSearchTest, ContentsAreNoCandidates) {
    open(corpusOf({{"a.txt", "Siren ........ 3\nFerry ........ 4\n\nThe siren sounds.\n"}}));
    EXPECT_EQ(find("the siren", {0}), Texts({"The siren sounds."}));
}

TEST_F(CandidateSearchTest, DefinitionsOfNamesComeFirstWhereverTheModelLooks) {
    open(codeCorpusOf(
        {{"a.txt", "count_keys counts.\n\nRooms.\n"},
         {"b.py", "def other():\n    pass\n\ndef count_keys(room):\n    return 7\n"}}));
    const Texts texts = find("What does count_keys do?", {1});
    ASSERT_FALSE(texts.empty());
    EXPECT_TRUE(texts[0].starts_with("def count_keys")) << texts[0];
    EXPECT_TRUE(m_ranking[0].foundBy.definition);
}

TEST_F(CandidateSearchTest, SourceComesBeforeWhatTellsOfIt) {
    open(codeCorpusOf({{"debian/patches/a.patch", "count_keys count_keys count_keys\n"},
                       {"tests/a.py", "def count_keys():\n    return 1\n"},
                       {"z/b.py", "def count_keys(room):\n    return 7\n"}}));
    const Texts texts = find("Where is count_keys defined?", {0, 1});
    ASSERT_EQ(texts.size(), 3U);
    EXPECT_TRUE(texts[0].starts_with("def count_keys(room)"));
    const std::optional<DefinedAt> place = m_search->definition("Where is count_keys defined?", {});
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(place->file, 2);
    EXPECT_EQ(place->line, 1);
}

TEST_F(CandidateSearchTest, ATypeCountsBeforeItsConstructors) {
    open(codeCorpusOf({{"a.cpp", "struct Desk {\n    int drawers;\n};\n"},
                       {"b.cpp", "Desk::Desk() {\n    drawers = 2;\n}\n"}}));
    const std::optional<DefinedAt> place = m_search->definition("Where is Desk defined?", {});
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(place->file, 0);
    EXPECT_FALSE(m_search->definition("What is a Desk?", {}).has_value());
    EXPECT_FALSE(m_search->definition("Where is Chair defined?", {}).has_value());
}

TEST_F(CandidateSearchTest, OpeningsAnswerQuestionsAboutTheWhole) {
    open(corpusOf({{"notes/b.txt", "Of boats.\n\nMore.\n"},
                   {"README.md", "# Harbour\n\nIt keeps the harbour's books.\n"}}));
    const Texts texts = find("What is this project about?");
    ASSERT_GE(texts.size(), 3U);
    EXPECT_EQ(texts[0], "# Harbour");
    EXPECT_EQ(texts[1], "It keeps the harbour's books.");
    EXPECT_TRUE(m_ranking[0].foundBy.opening);
    find("Who keeps the books?", {1});
    EXPECT_FALSE(m_ranking[0].foundBy.opening);
}

Texts openings(const Corpus& corpus, size_t limit = 20) {
    Texts texts;
    for (const Passage* passage : openingPassages(corpus, limit)) {
        texts.push_back(textOf(corpus, *passage));
    }
    return texts;
}

TEST(Openings, ReadmesStandBeforeDocumentsAndTheNearestFirst) {
    const Corpus corpus = corpusOf({{"a.txt", "One.\n\nTwo.\n"},
                                    {"lib/README", "Deep.\n"},
                                    {"readme.txt", "Near.\n"},
                                    {"b.txt", "Three.\n"},
                                    {"ChangeLog", "Changed.\n"}});
    EXPECT_EQ(openings(corpus), Texts({"Near.", "Deep.", "One.", "Three.", "Two."}));
    EXPECT_EQ(openings(corpus, 1), Texts({"Near."}));
    EXPECT_EQ(openings({}), Texts());
}

TEST(Openings, AnAbstractComesFirstAndContentsNever) {
    const Corpus corpus = corpusOf(
        {{"a.txt",
          "A Title\n\nOne .... .... 3\n\nAn Author\n\nAbstract\n\nWe show it.\n\nRest.\n"}});
    EXPECT_EQ(openings(corpus), Texts({"We show it.", "A Title", "An Author"}));
}

TEST(Openings, ADebianPackageDescribesItself) {
    const Corpus corpus = corpusOf(
        {{"debian/control", "Source: pv\n\nPackage: pv\nDescription: meters data\n more\n"}});
    EXPECT_EQ(openings(corpus), Texts({"Package: pv\nDescription: meters data\n more"}));
}

}  // namespace
}  // namespace tl
