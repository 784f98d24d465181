// SPDX-License-Identifier: Apache-2.0
// What is kept in memory of a corpus, whatever is chosen.
#include "app/corpus/file_loader.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <sys/resource.h>

#include <gtest/gtest.h>

#include "app/corpus/corpus.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsSanitized =
    __has_feature(address_sanitizer) != 0 || __has_feature(thread_sanitizer) != 0;
#else
constexpr bool kIsSanitized = false;
#endif

// The most that this process has had in memory at a time.
int64_t peakMebibytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss >> 10;
}

// Some thousand lines that differ.
std::string textOf(int seed, int lines = 2000) {
    std::string text;
    for (int i = 0; i < lines; ++i) {
        text += "line " + std::to_string(seed * lines + i) + " of the harbour log\n";
    }
    return text;
}

class FileLoaderTest : public testing::Test {
protected:
    std::vector<LoadedFile> load(int64_t tokenLimit, int64_t keptLimit) {
        ReaderSet readers;
        const LoadSettings settings{m_options, readers, tokenLimit, keptLimit};
        std::vector<LoadedEntry> loaded =
            loadFiles({m_folder.path()}, settings, m_model, {}, [](const LoadBatch&) {}).value();
        std::vector<LoadedFile> files;
        for (LoadedEntry& each : loaded) {
            files.push_back(std::move(each.file));
        }
        return files;
    }

    static int64_t keptIn(const std::vector<LoadedFile>& files) {
        int64_t bytes = 0;
        for (const LoadedFile& file : files) {
            bytes += keptBytes(file);
        }
        return bytes;
    }

    static constexpr int64_t kAmple = int64_t{1} << 40;
    TempFolder m_folder;
    ScriptedModel m_model{{}};
    SourceOptions m_options;
};

TEST_F(FileLoaderTest, OfEqualTextsOnlyTheFirstIsKept) {
    for (int i = 100; i < 160; ++i) {
        m_folder.write(std::to_string(i) + ".txt", textOf(7));
    }
    m_folder.write("z.txt", textOf(8));
    const std::vector<LoadedFile> files = load(kAmple, kAmple);
    ASSERT_EQ(files.size(), 61U);
    EXPECT_TRUE(files.front().isComplete);
    EXPECT_TRUE(files.back().isComplete);
    EXPECT_EQ(std::ranges::count(files, true, &LoadedFile::isComplete), 2);
    EXPECT_EQ(std::ranges::count(files, files.front().textId, &LoadedFile::textId), 60);
    EXPECT_NE(files.back().textId, files.front().textId);
    EXPECT_EQ(files[30].tokenCount, files[0].tokenCount) << "what was let go is still counted";
}

TEST_F(FileLoaderTest, NoMoreIsKeptThanTheLimit) {
    for (int i = 0; i < 40; ++i) {
        m_folder.write(std::to_string(i) + ".txt", textOf(i));
    }
    const std::vector<LoadedFile> all = load(kAmple, kAmple);
    const int64_t whole = keptIn(all);
    EXPECT_GT(whole, 40 * 60'000) << "the texts alone";
    const std::vector<LoadedFile> some = load(kAmple, whole / 4);
    EXPECT_LE(keptIn(some), whole / 4);
    EXPECT_GT(keptIn(some), whole / 8);
    for (size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(some[i].tokenCount, all[i].tokenCount);
    }
}

TEST_F(FileLoaderTest, TheOriginalsOfReducedFilesCount) {
    std::string code;
    for (int i = 0; i < 300; ++i) {
        code += "int f" + std::to_string(i) + "(int a) {\n    return a * 17 + 4;\n}\n\n";
    }
    m_folder.write("a.cpp", code);
    m_options.reduce = {{"*.cpp", ReadLevel::kNames}};
    const std::vector<LoadedFile> files = load(kAmple, kAmple);
    ASSERT_EQ(files.at(0).document.level, ReadLevel::kNames);
    EXPECT_GT(keptBytes(files[0]), std::ssize(code));
    EXPECT_FALSE(load(kAmple, std::ssize(code))[0].isComplete);
}

// The whole of it, as the system sees it: 60 files of a megabyte took 300 MB.
TEST_F(FileLoaderTest, MemoryDoesNotGrowWithCopies) {
    if (kIsSanitized) {
        GTEST_SKIP() << "a sanitizer keeps memory for itself";
    }
    const std::string first = m_folder.path() / "000.txt";
    m_folder.write("000.txt", textOf(0, 40'000));
    load(kAmple, kAmple);  // what one file takes
    const int64_t before = peakMebibytes();
    for (int i = 100; i < 160; ++i) {
        std::filesystem::create_hard_link(first, m_folder.path() / (std::to_string(i) + ".txt"));
    }
    EXPECT_EQ(load(kAmple, kAmple).size(), 61U);
    EXPECT_LT(peakMebibytes() - before, 60);
}

TEST_F(FileLoaderTest, MoreTextThanMemoryIsAProblemOfThePlan) {
    m_folder.write("large.txt", textOf(1, 200));
    m_folder.write("small.txt", "a line\n");
    SourceChoice choice;
    choice.paths = {m_folder.path()};
    choice.maxKeptBytes = 1000;
    const Corpus corpus = loadCorpus(choice, m_model, {}, {}).value();
    EXPECT_EQ(corpus.plan.problem,
              "corpus: its texts take more than 1,000 bytes of memory; largest in bytes: large.txt "
              "5,600, small.txt 7");
    EXPECT_TRUE(corpus.files.empty());
}

}  // namespace
}  // namespace tl
