// SPDX-License-Identifier: Apache-2.0
#include "app/answer/word_index.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "app/corpus/word_index_size.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

using Terms = std::vector<std::string>;

WordIndex indexOf(const std::vector<std::pair<std::string, std::string>>& passages) {
    WordIndex index = WordIndex::inMemory().value();
    for (size_t i = 0; i < passages.size(); ++i) {
        const auto& [text, name] = passages[i];
        EXPECT_TRUE(index.add(static_cast<int64_t>(i), text, name).ok());
    }
    EXPECT_TRUE(index.finish().ok());
    return index;
}

std::vector<int64_t> found(WordIndex& index, const std::string& question) {
    std::vector<int64_t> passages;
    const std::vector<WordIndex::Hit> hits = index.find(question, 10, 0.5).value();
    for (const WordIndex::Hit& hit : hits) {
        passages.push_back(hit.passage);
    }
    return passages;
}

TEST(SearchTerms, CutIdentifiersAtCaseDigitsAndUnderscores) {
    EXPECT_EQ(searchTerms("maxStep_mm"), Terms({"maxstep_mm", "max", "step", "mm"}));
    EXPECT_EQ(searchTerms("HTTPServer"), Terms({"httpserver", "http", "server"}));
    EXPECT_EQ(searchTerms("crc32"), Terms({"crc32", "crc", "32"}));
    EXPECT_EQ(searchTerms("__init__"), Terms({"init"}));
    EXPECT_EQ(searchTerms("GAP__SECONDS"), Terms({"gap__seconds", "gap", "seconds"}));
    EXPECT_EQ(searchTerms("plain"), Terms({"plain"}));
}

TEST(SearchTerms, LeaveFunctionWordsAndMarksOut) {
    EXPECT_EQ(searchTerms("What is the height of it?"), Terms({"height"}));
    EXPECT_EQ(searchTerms("_ __ \"-\" ***"), Terms());
    EXPECT_EQ(searchTerms("na\xC3\xAFve"), Terms({"na\xC3\xAFve"}));
}

TEST(WordIndex, RanksThePassageWithTheRareWordsFirst) {
    WordIndex index = indexOf({{"The harbour is open.", "a.txt"},
                               {"The harbour closes when the siren sounds.", "a.txt"},
                               {"The harbour is deep.", "a.txt"}});
    const std::vector<int64_t> passages = found(index, "When does the harbour's siren sound?");
    ASSERT_EQ(passages.size(), 3U);
    EXPECT_EQ(passages[0], 1);
}

TEST(WordIndex, FindsStemsAndPartsOfIdentifiers) {
    WordIndex index = indexOf({{"int pollInterval = 20;", "a.c"}, {"It was released.", "b.txt"}});
    EXPECT_EQ(found(index, "the interval"), std::vector<int64_t>({0}));
    EXPECT_EQ(found(index, "the poll_interval"), std::vector<int64_t>({0}));
    EXPECT_EQ(found(index, "Which release?"), std::vector<int64_t>({1}));
}

TEST(WordIndex, AFilesNameCountsAsWordsOfItsPassages) {
    WordIndex index = indexOf({{"One.", "docs/harbour_rules.md"}, {"Two.", "docs/notes.md"}});
    EXPECT_EQ(found(index, "the harbour's rules"), std::vector<int64_t>({0}));
    EXPECT_TRUE(index.find("harbour", 10, 0).ok());
}

TEST(WordIndex, EqualPassagesStayInOrderAndTheLimitHolds) {
    WordIndex index = indexOf({{"same", "a"}, {"same", "a"}, {"same", "a"}});
    EXPECT_EQ(found(index, "same"), std::vector<int64_t>({0, 1, 2}));
    EXPECT_EQ(index.find("same", 2, 1).value().size(), 2U);
}

TEST(WordIndex, AQuestionIsNeverAQuery) {
    WordIndex index = indexOf({{"The near column matches.", "a.txt"}, {"or not and", "b.txt"}});
    for (const std::string question : {"\"",
                                       "\"near\" \"",
                                       "near(\"a\" \"b\", 2)",
                                       "text:near",
                                       "name : (",
                                       "*",
                                       "nea*",
                                       "^near",
                                       "-near",
                                       "{text name} : near",
                                       "near AND",
                                       "OR OR OR",
                                       "NOT",
                                       "a NEAR b",
                                       ")(",
                                       "';--",
                                       "passage_words",
                                       "near\" OR rowid:1 OR \"",
                                       "\\",
                                       "%",
                                       "+near +"}) {
        EXPECT_TRUE(index.find(question, 10, 0.5).ok()) << question;
        EXPECT_TRUE(index.coverage(question, {0, 1}).ok()) << question;
    }
    // A prefix, a column and an exclusion are words like all others.
    EXPECT_EQ(found(index, "nea*"), std::vector<int64_t>());
    EXPECT_EQ(found(index, "name: near"), std::vector<int64_t>({0}));
    EXPECT_EQ(found(index, "-near"), std::vector<int64_t>({0}));
    EXPECT_TRUE(index.find(std::string("near\0near", 9), 10, 0.5).ok());
    EXPECT_TRUE(index.find("\xFF\xFE broken \xC3", 10, 0.5).ok());
}

TEST(WordIndex, AQuestionWithoutTermsFindsNothing) {
    WordIndex index = indexOf({{"What is it?", "a.txt"}});
    EXPECT_EQ(found(index, "What is it?"), std::vector<int64_t>());
    EXPECT_EQ(index.coverage("What is it?", {0}).value(), 0);
    EXPECT_EQ(found(index, ""), std::vector<int64_t>());
}

TEST(WordIndex, AnEmptyIndexFindsNothing) {
    WordIndex index = indexOf({});
    EXPECT_EQ(found(index, "harbour"), std::vector<int64_t>());
    EXPECT_EQ(index.coverage("harbour", {}).value(), 0);
}

TEST(WordIndex, ALongQuestionIsFoundByItsFirstWords) {
    WordIndex index = indexOf({{"harbour", "a.txt"}});
    std::string question = "harbour";
    for (int i = 0; i < 5000; ++i) {
        question += " word" + std::to_string(i);
    }
    EXPECT_EQ(found(index, question), std::vector<int64_t>({0}));
}

TEST(WordIndex, CoverageIsTheShareOfTheQuestionThatStandsThere) {
    WordIndex index = indexOf({{"The siren sounds.", "a.txt"}, {"At noon.", "a.txt"}});
    EXPECT_DOUBLE_EQ(index.coverage("the siren", {0}).value(), 1);
    EXPECT_DOUBLE_EQ(index.coverage("the siren", {1}).value(), 0);
    EXPECT_DOUBLE_EQ(index.coverage("Sounds the siren at noon?", {0, 1}).value(), 1);
    // A word that no passage holds is worth more than one that some hold.
    const double half = index.coverage("siren zeppelin", {0}).value();
    EXPECT_GT(half, 0);
    EXPECT_LT(half, 0.5);
}

TEST(WordIndex, LivesInAnotherOnesDatabaseAndReplacesWhatWasThere) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
    for (const std::string text : {"first", "second"}) {
        WordIndex index = WordIndex::inDatabase(database).value();
        ASSERT_TRUE(index.add(0, text, "a").ok());
        ASSERT_TRUE(index.finish().ok());
        EXPECT_EQ(found(index, "first second").size(), 1U);
    }
    EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
}

TEST(WordIndex, ALostTableIsTold) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
    {
        WordIndex index = WordIndex::inDatabase(database).value();
        ASSERT_TRUE(sqlite3_exec(database, "DROP TABLE passage_words", nullptr, nullptr, nullptr) ==
                    SQLITE_OK);
        EXPECT_TRUE(index.add(0, "text", "a").error().message.starts_with("word index: "));
    }
    sqlite3_close(database);
}

// Texts of a folder of this repository.
Corpus textsOf(const char* folder) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(TL_SOURCE_DIR "/") + folder)) {
        const std::string kind = entry.path().extension().string();
        if (kind == ".md" || kind == ".h" || kind == ".cpp") {
            std::ifstream in(entry.path());
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            files.emplace_back(entry.path().lexically_relative(TL_SOURCE_DIR).string(), text);
        }
    }
    std::sort(files.begin(), files.end());
    return corpusOf(files);
}

// An index is small beside keys and values: what its forecast is off by is little of the whole's 5
// %.
TEST(WordIndex, ItsMemoryIsForecast) {
    for (const char* folder : {"docs", "kernels", "app"}) {
        const Corpus corpus = textsOf(folder);
        const int64_t before = sqlite3_memory_used();
        WordIndex index = WordIndex::inMemory().value();
        int64_t bytes = 0;
        int64_t number = 0;
        for (const CorpusFile& file : corpus.files) {
            for (const Passage& passage : file.passages) {
                const auto begin = static_cast<size_t>(passage.begin);
                const auto size = static_cast<size_t>(passage.end - passage.begin);
                ASSERT_TRUE(index
                                .add(number++,
                                     std::string_view(file.document.text).substr(begin, size),
                                     file.document.name)
                                .ok());
                bytes += passage.end - passage.begin;
            }
        }
        ASSERT_TRUE(index.finish().ok());
        EXPECT_FALSE(found(index, "page").empty());
        const auto used = static_cast<double>(sqlite3_memory_used() - before);
        EXPECT_NEAR(static_cast<double>(wordIndexBytes(bytes)), used, 0.25 * used)
            << folder << ", " << bytes << " bytes";
    }
}

}  // namespace
}  // namespace tl
