// SPDX-License-Identifier: Apache-2.0
#include "ingest/cache/extract_cache.h"

#include <fstream>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "ingest/cache/extract_file.h"
#include "ingest/sandbox/protocol.h"
#include "tests/ingest/sandbox/random_extract.h"
#include "tests/ingest/temp_tree.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kAmple = 1 << 30;

Extract textExtract(const std::string& text) {
    Extract extract;
    extract.text = text;
    return extract;
}

std::string keyOf(const std::string& bytes, int version = 1, bool ocr = false) {
    ReadRequest request;
    request.bytes = bytes;
    request.ocr = ocr;
    return extractKey("pdf", version, request, ocr ? "OCR: Tesseract 5" : "");
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& item : fs::recursive_directory_iterator(folder)) {
        if (item.is_regular_file()) {
            files.push_back(item.path());
        }
    }
    return files;
}

class ExtractCacheTest : public testing::Test {
protected:
    TempTree m_tree;
    fs::path m_folder = m_tree.path() / "cache";
};

TEST_F(ExtractCacheTest, GivesBackAllThatWasKept) {
    testing_sandbox::RandomExtract random(7);
    for (int i = 0; i < 50; ++i) {
        const Extract extract = random.next();
        const std::string key = keyOf(std::to_string(i));
        ExtractCache(m_folder, kAmple).keep(key, extract);
        const auto found = ExtractCache(m_folder, kAmple).find(key, {});
        ASSERT_TRUE(found);
        EXPECT_EQ(encodeResult(*found), encodeResult(extract));
    }
}

TEST_F(ExtractCacheTest, AReasonIsKeptLikeAnExtract) {
    ExtractCache cache(m_folder, kAmple);
    cache.keep(keyOf("a"), Failure{ErrorCode::kCorrupt, {ReasonCode::kPdfNoPageList}});
    const auto found = cache.find(keyOf("a"), {});
    ASSERT_TRUE(found);
    ASSERT_FALSE(found->ok());
    EXPECT_EQ(found->error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(found->error().reason, Reason{ReasonCode::kPdfNoPageList});
    // For a day: it may have been the machine's after all.
    const fs::path file = filesIn(m_folder).at(0);
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(25));
    EXPECT_FALSE(cache.find(keyOf("a"), {}));
    EXPECT_FALSE(fs::exists(file));
}

TEST_F(ExtractCacheTest, KnowsNothingThatWasNotKept) {
    ExtractCache cache(m_folder, kAmple);
    EXPECT_FALSE(cache.find(keyOf("a"), {}));
    cache.keep(keyOf("a"), textExtract("A"));
    EXPECT_TRUE(cache.find(keyOf("a"), {}));
    EXPECT_FALSE(cache.find(keyOf("b"), {}));
    EXPECT_FALSE(cache.find(keyOf("a", 2), {})) << "of an older reader";
    EXPECT_FALSE(cache.find(keyOf("a", 1, true), {})) << "read without OCR";
}

TEST_F(ExtractCacheTest, AKeyIsTheHashOfEveryThingThatMatters) {
    EXPECT_EQ(keyOf("a").size(), 64U);
    EXPECT_EQ(keyOf("a"), keyOf("a"));
    ReadRequest request;
    request.bytes = "a";
    EXPECT_NE(extractKey("pdf", 1, request, ""), extractKey("mail", 1, request, ""));
    request.limits.maxTextBytes = 5;
    EXPECT_NE(extractKey("pdf", 1, request, ""), keyOf("a"));
    EXPECT_NE(extractKey("pdf", 1, request, "OCR: Tesseract 5"), extractKey("pdf", 1, request, ""));
    EXPECT_NE(extractKey("ab", 1, ReadRequest{}, ""), extractKey("a", 1, ReadRequest{}, ""));
}

TEST_F(ExtractCacheTest, ABrokenEntryIsForgotten) {
    ExtractCache cache(m_folder, kAmple);
    const std::string key = keyOf("a");
    cache.keep(key, textExtract(std::string(1000, 'a')));
    const fs::path file = filesIn(m_folder).at(0);
    const auto size = static_cast<int64_t>(fs::file_size(file));
    for (int64_t at = 0; at < size; ++at) {
        cache.keep(key, textExtract(std::string(1000, 'a')));
        {
            std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
            bytes.seekg(at);
            const int byte = bytes.get();
            bytes.seekp(at);
            bytes.put(static_cast<char>(byte ^ 0x55));
        }
        const auto found = cache.find(key, {});
        if (found) {  // a bit that zstd does not use
            EXPECT_EQ(found->value().text, std::string(1000, 'a')) << at;
        } else {
            EXPECT_FALSE(fs::exists(file)) << at;
        }
    }
}

TEST_F(ExtractCacheTest, ATruncatedEntryIsForgotten) {
    ExtractCache cache(m_folder, kAmple);
    const std::string key = keyOf("a");
    cache.keep(key, textExtract("some text"));
    const fs::path file = filesIn(m_folder).at(0);
    for (auto size = static_cast<int64_t>(fs::file_size(file)) - 1; size >= 0; --size) {
        cache.keep(key, textExtract("some text"));
        fs::resize_file(file, static_cast<uintmax_t>(size));
        EXPECT_FALSE(cache.find(key, {})) << size;
    }
}

TEST_F(ExtractCacheTest, TheLeastUsedGoWhenItIsFull) {
    ExtractCache cache(m_folder, 200'000);
    testing_sandbox::RandomExtract random(3);
    const auto noise = [&random] {
        std::string text;
        while (text.size() < 15'000) {
            text += static_cast<char>('0' + random.below(64));
        }
        return textExtract(text);
    };
    cache.keep(keyOf("first"), noise());
    cache.keep(keyOf("second"), noise());
    const auto longAgo = fs::file_time_type::clock::now() - std::chrono::hours(48);
    for (const fs::path& file : filesIn(m_folder)) {
        fs::last_write_time(file, longAgo);
    }
    EXPECT_TRUE(cache.find(keyOf("second"), {})) << "which makes it young again";
    for (int i = 0; i < 20; ++i) {
        cache.keep(keyOf(std::to_string(i)), noise());
        cache.find(keyOf("second"), {});
    }
    int64_t size = 0;
    for (const fs::path& file : filesIn(m_folder)) {
        size += static_cast<int64_t>(fs::file_size(file));
    }
    EXPECT_LE(size, 200'000);
    EXPECT_FALSE(cache.find(keyOf("first"), {}));
    EXPECT_TRUE(cache.find(keyOf("second"), {}));
}

TEST_F(ExtractCacheTest, NobodyElseMayReadIt) {
    ExtractCache(m_folder, kAmple).keep(keyOf("a"), textExtract("A"));
    struct stat status {};
    ASSERT_EQ(::stat(m_folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(ExtractCacheTest, WhatAKilledRunLeftIsTidiedUp) {
    ExtractCache(m_folder, kAmple).keep(keyOf("a"), textExtract("A"));
    const fs::path rest = m_tree.write("cache/ab/half.extract.99-0", "half");
    fs::last_write_time(rest, fs::file_time_type::clock::now() - std::chrono::hours(2));
    ExtractCache(m_folder, kAmple).keep(keyOf("b"), textExtract("B"));
    EXPECT_FALSE(fs::exists(rest));
}

TEST_F(ExtractCacheTest, AFolderThatCannotBeMadeIsNoFailure) {
    m_tree.write("file", "x");
    ExtractCache cache(m_tree.path() / "file/cache", kAmple);
    cache.keep(keyOf("a"), textExtract("A"));
    EXPECT_FALSE(cache.find(keyOf("a"), {}));
}

}  // namespace
}  // namespace tl
