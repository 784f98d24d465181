// SPDX-License-Identifier: Apache-2.0
#include "app/services/exact_search.h"

#include <gtest/gtest.h>

#include "tests/app/test_corpus.h"

namespace tl {
namespace {

TEST(ExactSearch, PutsTheRarestWordsFirst) {
    const Corpus corpus = corpusOf(
        {{"a.md", "boat red\nboat blue\nboat green\n"}, {"b.md", "boat\nzeppelin\nboat\n"}});
    const std::vector<SearchHit> hits = searchExactly(corpus, "Is there a boat or a zeppelin?", 2);
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
    EXPECT_TRUE(searchExactly(corpusOf({{"a.md", text}}), "boat", 5).empty());
    EXPECT_EQ(searchExactly(corpusOf({{"a.md", text}}), "boat 42", 5).size(), 1U);
}

TEST(ExactSearch, FindsWholeWordsAlone) {
    const Corpus corpus = corpusOf({{"a.md", "catalogue\nconcat\n"}});
    EXPECT_TRUE(searchExactly(corpus, "cat", 5).empty());
    EXPECT_TRUE(searchExactly(corpus, "the", 5).empty());
    EXPECT_TRUE(searchExactly(corpus, "", 5).empty());
}

}  // namespace
}  // namespace tl
