// SPDX-License-Identifier: Apache-2.0
// Bits that flip, and ends that are cut off: what a reader gives is what was written, or an error
// that names the file.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"
#include "tests/store/whole_project.h"

namespace tl {
namespace {

class DamageTest : public testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path path = m_folder.path() / "whole.throughline";
        const Status made = makeWholeProject(path);
        ASSERT_TRUE(made.ok()) << made.error().message;
        m_whole = allOf(path).value();
        std::ifstream in(path, std::ios::binary);
        m_bytes = std::string(std::istreambuf_iterator<char>(in), {});
    }
    std::filesystem::path with(const std::string& bytes) {
        return m_folder.write("damaged.throughline", bytes);
    }
    static std::vector<std::string> verified(const std::filesystem::path& path) {
        auto reader = ProjectReader::open(path);
        if (!reader.ok()) {
            return {reader.error().message};
        }
        const auto lines = reader.value().verify();
        return lines.ok() ? lines.value() : std::vector<std::string>{lines.error().message};
    }
    // Where in the file some bytes stand that were written.
    size_t find(const std::string& bytes) const { return m_bytes.find(bytes); }

    TempFolder m_folder;
    std::string m_whole;
    std::string m_bytes;
};

TEST_F(DamageTest, GivesNothingElseThanWhatWasWritten) {
    uint64_t x = 1;
    int found = 0;
    for (int i = 0; i < 100; ++i) {
        x = x * 6364136223846793005U + 1442695040888963407U;
        std::string bytes = m_bytes;
        bytes[(x >> 20U) % bytes.size()] ^= static_cast<char>(1U << (x >> 61U));
        const std::filesystem::path path = with(bytes);
        const Result<std::string> all = allOf(path);
        if (all.ok()) {
            EXPECT_TRUE(all.value() == m_whole) << "flip " << i;
        } else {
            ++found;
            EXPECT_EQ(all.error().message.find(path.string() + ": "), 0U) << all.error().message;
            EXPECT_EQ(all.error().message.find('\n'), std::string::npos) << all.error().message;
            EXPECT_FALSE(verified(path).empty()) << all.error().message;
        }
    }
    EXPECT_GT(found, 0);
}

TEST_F(DamageTest, IsTheSameForAFileThatIsCut) {
    for (size_t size = 0; size < m_bytes.size(); size += m_bytes.size() / 40) {
        const std::filesystem::path path = with(m_bytes.substr(0, size));
        const Result<std::string> all = allOf(path);
        if (all.ok()) {  // nothing but zeros is gone, which SQLite puts back
            EXPECT_TRUE(all.value() == m_whole) << size;
            EXPECT_GT(size, m_bytes.size() - 16384);
        } else {
            EXPECT_EQ(all.error().message.find(path.string() + ": "), 0U) << all.error().message;
        }
    }
}

TEST_F(DamageTest, FindsNothingInAWholeFile) {
    EXPECT_EQ(verified(with(m_bytes)), std::vector<std::string>());
}

TEST_F(DamageTest, NamesThePageThatIsDamaged) {
    const std::vector<std::byte> page = someCheckpoint(1000, 488).pages[1].bytes;
    // Longer than a page of SQLite's, so it lies in pieces; its beginning is in one.
    const size_t at = find(std::string(reinterpret_cast<const char*>(page.data()), 100));
    ASSERT_NE(at, std::string::npos);
    std::string bytes = m_bytes;
    bytes[at + 50] ^= 4;
    const std::filesystem::path path = with(bytes);
    EXPECT_EQ(verified(path),
              std::vector<std::string>{path.string() + ": damaged: page (layer 1, first 512, part"
                                                       " 0) is not what was written"});
}

TEST_F(DamageTest, FindsAChangedNumber) {
    // The title's row holds its time, 10, right after the text; SQLite alone would not notice.
    const size_t at = find(std::string("title\x0A", 6));
    ASSERT_NE(at, std::string::npos);
    std::string bytes = m_bytes;
    bytes[at + 5] = 11;
    const std::filesystem::path path = with(bytes);
    EXPECT_EQ(verified(path),
              std::vector<std::string>{path.string() + ": damaged: conversation (id 1) is not what"
                                                       " was written"});
}

TEST_F(DamageTest, StopsLookingWhenItIsTold) {
    auto reader = ProjectReader::open(with(m_bytes));
    std::stop_source stop;
    int64_t seen = 0;
    const auto lines = reader.value().verify(
        [&](const Progress& rows) {
            seen = rows.done;
            stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(lines.ok());
    EXPECT_EQ(lines.error().code, ErrorCode::kCancelled);
    EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace tl
