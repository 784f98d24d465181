// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus_prefix.h"

#include <gtest/gtest.h>

#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

class CorpusPrefixTest : public testing::Test {
protected:
    Corpus load(SourceChoice choice = {}) {
        choice.paths = {m_folder.path()};
        return loadCorpus(choice, m_model, {}, {}).value();
    }

    // The bytes that the last of a file's first tokens ends after, for each number of them.
    static int64_t textEnd(const CorpusFile& file, int64_t tokens) {
        return tokens <= 0 ? 0 : file.tokenEnds.at(static_cast<size_t>(tokens - 1));
    }

    TempFolder m_folder;
    ScriptedModel m_model{{}};
};

TEST_F(CorpusPrefixTest, EndsEveryTextWhereReadingDid) {
    m_folder.write("a.txt", "The first file.\n\nIt has two paragraphs.\n");
    m_folder.write("b.txt",
                   "Gr\xC3\xBC\xC3\x9F"
                   "e aus \xE6\x9D\xB1\xE4\xBA\xAC.\n\nEnd.\n");
    const Corpus corpus = load();
    const auto total = std::ssize(corpus.tokens);
    for (int64_t position = 1; position <= total; ++position) {
        const Corpus prefix = corpusUpTo(corpus, position);
        ASSERT_EQ(std::ssize(prefix.tokens), position);
        for (size_t i = 0; i < prefix.files.size(); ++i) {
            const CorpusFile& whole = corpus.files[i];
            const CorpusFile& read = prefix.files[i];
            const int64_t tokens =
                std::min(position - whole.textPosition, std::ssize(whole.tokenEnds));
            ASSERT_TRUE(whole.document.text.starts_with(read.document.text));
            // At most the begin of one character is left out.
            ASSERT_LE(textEnd(whole, tokens) - std::ssize(read.document.text), 3);
            ASSERT_LE(std::ssize(read.document.text), textEnd(whole, tokens));
            for (const Passage& passage : read.passages) {
                ASSERT_LE(passage.end, std::ssize(read.document.text));
            }
        }
    }
    EXPECT_EQ(corpusUpTo(corpus, total).files[1].document.text, corpus.files[1].document.text);
}

TEST_F(CorpusPrefixTest, HoldsNoHeadingOfWhatComesLater) {
    m_folder.write("a.md", "# First\n\nOne.\n\n# Second\n\nTwo.\n");
    const Corpus corpus = load();
    const CorpusFile& file = corpus.files[0];
    ASSERT_EQ(file.document.symbols.size(), 2U);
    const size_t at = file.document.text.find("# Second");
    const auto token = std::upper_bound(file.tokenEnds.begin(), file.tokenEnds.end(), at);
    const Corpus prefix = corpusUpTo(corpus, file.textPosition + (token - file.tokenEnds.begin()));
    ASSERT_EQ(prefix.files.size(), 1U);
    EXPECT_EQ(prefix.files[0].document.text.find("Second"), std::string::npos);
    ASSERT_EQ(prefix.files[0].document.symbols.size(), 1U);
    EXPECT_EQ(prefix.files[0].document.symbols[0].name, "First");
}

TEST_F(CorpusPrefixTest, CutsTheOriginalOfAReducedFileAsWell) {
    m_folder.write(
        "a.cpp", "int first(int a) {\n    return a;\n}\n\nint second(int b) {\n    return b;\n}\n");
    SourceChoice choice;
    choice.reduce = {{"*.cpp", "signatures"}};
    const Corpus corpus = load(choice);
    const CorpusFile& file = corpus.files[0];
    const size_t at = file.document.text.find("second");
    const auto token = std::upper_bound(file.tokenEnds.begin(), file.tokenEnds.end(), at);
    const Corpus prefix = corpusUpTo(corpus, file.textPosition + (token - file.tokenEnds.begin()));
    const Document& full = fullDocument(prefix.files[0].document);
    EXPECT_TRUE(fullDocument(file.document).text.starts_with(full.text));
    EXPECT_NE(full.text.find("first"), std::string::npos);
    EXPECT_EQ(full.text.find("second"), std::string::npos);
}

TEST_F(CorpusPrefixTest, TellsWhereTokensEndFromTheTokensAlone) {
    m_folder.write("a.txt",
                   "Gr\xC3\xBC\xC3\x9F"
                   "e,  two  spaces\tand a tab.\n");
    const Corpus corpus = load();
    const CorpusFile& file = corpus.files[0];
    const auto tokens = std::span(corpus.tokens).subspan(static_cast<size_t>(file.textPosition));
    std::vector<uint32_t> ends;
    EXPECT_TRUE(tokenEndsIn(file.document.text, tokens, m_model.tokenizer(), ends));
    EXPECT_EQ(ends, file.tokenEnds);
    EXPECT_FALSE(tokenEndsIn(file.document.text + "x", tokens, m_model.tokenizer(), ends));
    EXPECT_FALSE(tokenEndsIn("another text", tokens, m_model.tokenizer(), ends));
}

}  // namespace
}  // namespace tl
