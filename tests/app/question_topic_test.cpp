// SPDX-License-Identifier: Apache-2.0
#include "app/citation/question_topic.h"

#include <gtest/gtest.h>

#include "tests/app/test_corpus.h"

namespace tl {
namespace {

StemSet stems(const std::string& text) {
    return stemsOf(splitWords(text));
}

TEST(QuestionTopic, EndingsDoNotCount) {
    EXPECT_EQ(stemOf("prints"), stemOf("print"));
    EXPECT_EQ(stemOf("printing"), stemOf("printed"));
    EXPECT_EQ(stemOf("stopped"), stemOf("stops"));
    EXPECT_EQ(stemOf("released"), stemOf("release"));
    EXPECT_EQ(stemOf("entries"), stemOf("entry"));
    EXPECT_EQ(stemOf("wrote"), stemOf("authors"));
    EXPECT_EQ(stemOf("licence"), stemOf("licensed"));
    EXPECT_NE(stemOf("glass"), stemOf("glas"));
    EXPECT_NE(stemOf("port"), stemOf("part"));
}

TEST(QuestionTopic, RareWordsAreWorthMore) {
    std::string text = "The zeppelin is a boat.\n\n";
    for (int i = 0; i < 30; ++i) {
        text += "A boat of wood.\n\n";
    }
    const Corpus corpus = corpusOf({{"a.md", text}});
    const QuestionTopic topic = topicOf(corpus, "Which boat is a zeppelin?");
    EXPECT_GT(topic.share(stems("zeppelin")), 0.7);
    EXPECT_LT(topic.share(stems("boats")), 0.3);
    EXPECT_DOUBLE_EQ(topic.share(stems("a boat, a zeppelin")), 1);
    EXPECT_DOUBLE_EQ(topic.share({}), 0);
}

TEST(QuestionTopic, AWordThatNoPassageSaysIsMissedUnlessItOnlyAsks) {
    const Corpus corpus = corpusOf({{"a.md", "The lid is red.\n\nThe box is blue.\n"}});
    EXPECT_DOUBLE_EQ(topicOf(corpus, "Which hue has the lid?").share(stems("lid")), 0.5);
    EXPECT_DOUBLE_EQ(topicOf(corpus, "Which option has the lid?").share(stems("lid")), 1);
    const QuestionTopic named = topicOf(corpus, "Which colour has kLid on the lid?");
    EXPECT_LT(named.share(stems("lid")), 1);
    EXPECT_FALSE(named.saysNames(stems("lid")));
    EXPECT_TRUE(named.saysNames(stems("kLid")));
}

TEST(QuestionTopic, NamesThatStandEverywhereNeedNotBeSaid) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
        text += "Part " + std::to_string(i) + " of Lund.\n\n";
    }
    const Corpus corpus = corpusOf({{"a.md", text}});
    EXPECT_TRUE(topicOf(corpus, "What is in Lund?").saysNames({}));
    EXPECT_FALSE(topicOf(corpus, "What is in Lund and in Malmo?").saysNames({}));
}

TEST(QuestionTopic, AQuestionWithoutWordsOfFactIsAnsweredByAnything) {
    const Corpus corpus = corpusOf({{"a.md", "The lid is red.\n"}});
    EXPECT_DOUBLE_EQ(topicOf(corpus, "What is it?").share({}), 1);
    EXPECT_TRUE(topicOf(corpus, "").saysNames({}));
}

}  // namespace
}  // namespace tl
