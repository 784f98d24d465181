// SPDX-License-Identifier: Apache-2.0
#include "ingest/document_file.h"

#include <utility>

#include <gtest/gtest.h>

#include "ingest/corpus.h"
#include "tests/ingest/temp_tree.h"

namespace tl {
namespace {

// The one file of a folder, read under the rules.
struct OneFile {
    SourceEntry entry;
    Reading<Document> read;
};

OneFile readOne(const TempTree& tree, const SourceOptions& options) {
    ReaderSet readers;
    SourceEntry entry = collectSources({tree.path()}, options).value().at(0);
    Reading<Document> read = readDocument(entry, options, readers);
    return {std::move(entry), std::move(read)};
}

constexpr std::string_view kCode = "int half(int n) {\n    return n / 2;\n}\n";

TEST(DocumentFile, GivesBackWhatWasRead) {
    const TempTree tree;
    tree.write("talk.srt",
               "1\n00:00:01,000 --> 00:00:02,000\nWhere is the key?\n\n"
               "2\n00:00:03,000 --> 00:00:04,500\nIn the boat.\n");
    const OneFile one = readOne(tree, {});
    const auto back = unpackReading(packReading(one.read), one.entry, {});
    ASSERT_TRUE(back && back->ok());
    EXPECT_EQ(back->value().name, "talk.srt");
    EXPECT_EQ(back->value().path, one.entry.path);
    EXPECT_EQ(back->value().text, one.read.value().text);
    EXPECT_EQ(back->value().kind, DocumentKind::kTranscript);
    ASSERT_EQ(back->value().units.size(), one.read.value().units.size());
    ASSERT_FALSE(back->value().units.empty());
    EXPECT_EQ(back->value().units.back().endMs, 4500);
}

TEST(DocumentFile, KeepsTheWholeTextAndReducesItAgain) {
    const TempTree tree;
    tree.write("half.cpp", kCode);
    SourceOptions options;
    options.reduce = {{"*.cpp", ReadLevel::kSignatures}};
    const OneFile one = readOne(tree, options);
    const std::string packed = packReading(one.read);
    const auto back = unpackReading(packed, one.entry, options.reduce);
    ASSERT_TRUE(back && back->ok());
    EXPECT_EQ(back->value().text, one.read.value().text);
    EXPECT_EQ(fullDocument(back->value()).text, kCode);
    EXPECT_EQ(unpackReading(packed, one.entry, {})->value().text, kCode);
}

TEST(DocumentFile, SaysOnceThatATextCannotBeReduced) {
    const TempTree tree;
    tree.write("notes.txt", "Nothing here is a definition.\n");
    SourceOptions options;
    options.reduce = {{"*.txt", ReadLevel::kNames}};
    const OneFile one = readOne(tree, options);
    ASSERT_EQ(one.read.value().warnings.size(), 1U);
    const auto back = unpackReading(packReading(one.read), one.entry, options.reduce);
    EXPECT_EQ(back->value().warnings, one.read.value().warnings);
}

TEST(DocumentFile, KeepsWhyAFileHasNoText) {
    const TempTree tree;
    tree.write("picture.raw", std::string("\0\1\2\3\0\0\7", 7));
    const OneFile one = readOne(tree, {});
    ASSERT_FALSE(one.read.ok());
    const auto back = unpackReading(packReading(one.read), one.entry, {});
    ASSERT_TRUE(back);
    ASSERT_FALSE(back->ok());
    EXPECT_EQ(back->error().reason, one.read.error().reason);
}

TEST(DocumentFile, TakesNoBytesButItsOwn) {
    const TempTree tree;
    tree.write("a.txt", "Some text that is long enough to be packed.\n");
    const OneFile one = readOne(tree, {});
    std::string packed = packReading(one.read);
    EXPECT_FALSE(unpackReading("", one.entry, {}));
    EXPECT_FALSE(unpackReading(packed.substr(0, packed.size() - 1), one.entry, {}));
    packed[packed.size() - 6] ^= 1;
    EXPECT_FALSE(unpackReading(packed, one.entry, {}));
}

TEST(DocumentFile, NamesWhatAFileHoldsAndWhenItChanged) {
    const TempTree tree;
    const auto file = tree.write("a.txt", "One.\n");
    const OneFile one = readOne(tree, {});
    EXPECT_EQ(one.read.value().contentHash, contentHash("One.\n"));
    EXPECT_EQ(hashFile(one.entry, {}).value(), contentHash("One.\n"));
    const auto changed = std::filesystem::last_write_time(file).time_since_epoch();
    const auto epoch = std::filesystem::file_time_type::clock::from_sys(
        std::chrono::sys_time<std::chrono::nanoseconds>{});
    EXPECT_EQ(one.entry.modifiedNs, (changed - epoch.time_since_epoch()).count());
    tree.write("a.txt", "Two.\n");
    EXPECT_NE(hashFile(one.entry, {}).value(), contentHash("One.\n"));
    std::filesystem::remove(file);
    EXPECT_EQ(hashFile(one.entry, {}).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace tl
