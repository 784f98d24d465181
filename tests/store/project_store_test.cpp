// SPDX-License-Identifier: Apache-2.0
#include "store/project_store.h"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

#include <gtest/gtest.h>

#include "store/project_reader.h"
#include "store/sqlite/database.h"
#include "tests/app/temp_folder.h"
#include "tests/store/project_values.h"

namespace tl {
namespace {

class ProjectStoreTest : public testing::Test {
protected:
    std::unique_ptr<ProjectStore> create(const StoreOptions& options = {}) {
        auto store = ProjectStore::create(m_path, options);
        EXPECT_TRUE(store.ok()) << store.error().message;
        return std::move(store).value();
    }
    std::unique_ptr<ProjectStore> open() {
        auto store = ProjectStore::open(m_path);
        EXPECT_TRUE(store.ok()) << store.error().message;
        return std::move(store).value();
    }
    ProjectReader reader() {
        auto reader = ProjectReader::open(m_path);
        EXPECT_TRUE(reader.ok()) << reader.error().message;
        return std::move(reader).value();
    }
    static void write(ProjectStore& store, ProjectChange change) {
        const Status queued = store.write(std::move(change));
        ASSERT_TRUE(queued.ok()) << queued.error().message;
        const Status flushed = store.flush();
        ASSERT_TRUE(flushed.ok()) << flushed.error().message;
    }
    std::vector<int64_t> positions() {
        std::vector<int64_t> found;
        auto checkpoints = reader().checkpoints();
        EXPECT_TRUE(checkpoints.ok());
        for (const CheckpointInfo& checkpoint : checkpoints.value()) {
            found.push_back(checkpoint.position);
        }
        return found;
    }
    std::vector<StoredPage> pages(int64_t position) {
        std::vector<StoredPage> found;
        const Status read = reader().pages(position, [&](StoredPage page) {
            found.push_back(std::move(page));
            return okStatus();
        });
        EXPECT_TRUE(read.ok()) << read.error().message;
        return found;
    }

    TempFolder m_folder;
    std::filesystem::path m_path = m_folder.path() / "a.throughline";
};

TEST_F(ProjectStoreTest, GivesBackWhatWasWritten) {
    const ProjectChange corpus = someCorpus(100);
    write(*create(), corpus);
    ProjectReader reader = this->reader();
    EXPECT_EQ(reader.properties().value(), corpus.properties);
    EXPECT_EQ(reader.extract("key-1").value().bytes, "the text of a");
    EXPECT_EQ(reader.tokens().value(), corpus.plan.tokens);
    EXPECT_EQ(reader.tokenCount().value(), 100);
    const auto documents = reader.documents();
    ASSERT_EQ(documents.value().size(), 2U);
    EXPECT_EQ(documents.value()[0].path, "/src/a.txt");
    EXPECT_EQ(documents.value()[0].extractKey, "key-1");
    EXPECT_EQ(documents.value()[1].fate, 7);
    EXPECT_EQ(documents.value()[1].extractKey, "");
    const auto plan = reader.plan();
    ASSERT_EQ(plan.value().size(), 1U);
    EXPECT_EQ(plan.value()[0].count, 100);
}

TEST_F(ProjectStoreTest, GivesBackCheckpointsAndTheirPages) {
    const StoredCheckpoint first = someCheckpoint(256, 256);
    // Larger than what is packed at once, and than a blob may be.
    StoredCheckpoint second = someCheckpoint(300, 44, /*stateBytes=*/(5U << 20U) + 3);
    second.pages[1].bytes = someBytes((9U << 20U) + 1, 3);
    {
        const auto store = create();
        write(*store, withCheckpoint(first));
        write(*store, withCheckpoint(second));
    }
    EXPECT_EQ(positions(), (std::vector<int64_t>{256, 300}));
    EXPECT_EQ(reader().checkpointState(256).value(), first.state);
    EXPECT_EQ(reader().checkpointState(300).value(), second.state);
    const std::vector<StoredPage> pages = this->pages(300);
    ASSERT_EQ(pages.size(), 4U);
    EXPECT_EQ(pages[0].bytes, first.pages[0].bytes);
    EXPECT_EQ(pages[1].bytes, first.pages[1].bytes);
    EXPECT_EQ(pages[3].bytes, second.pages[1].bytes);
    EXPECT_EQ(pages[3].first, 256);
    EXPECT_EQ(this->pages(256).size(), 2U);
}

TEST_F(ProjectStoreTest, GoesBackToACheckpoint) {
    const auto store = create();
    for (int64_t position = 256; position <= 1024; position += 256) {
        write(*store, withCheckpoint(someCheckpoint(position, 256, 100)));
    }
    ProjectChange change = withCheckpoint(someCheckpoint(700, 188, 100));
    change.goBackTo = 512;
    write(*store, change);
    EXPECT_EQ(positions(), (std::vector<int64_t>{256, 512, 700}));
    const std::vector<StoredPage> pages = this->pages(700);
    ASSERT_EQ(pages.size(), 6U);
    EXPECT_EQ(pages[5].first, 512);
    EXPECT_EQ(pages[5].bytes, change.checkpoint.pages[1].bytes);
}

TEST_F(ProjectStoreTest, AppendsToAPlan) {
    constexpr int64_t kBefore = 70'000;  // more than one part of ids
    const auto store = create();
    write(*store, someCorpus(kBefore));
    ProjectChange change;
    change.replacesPlan = true;
    change.plan = {1, kBefore - 10, {{2, kBefore - 10, 30}}, someTokens(30, 5)};
    write(*store, change);
    std::vector<int32_t> expected = someTokens(kBefore - 10, 1);
    const std::vector<int32_t> end = someTokens(30, 5);
    expected.insert(expected.end(), end.begin(), end.end());
    EXPECT_EQ(reader().tokens().value(), expected);
    EXPECT_EQ(reader().plan().value().size(), 2U);
}

TEST_F(ProjectStoreTest, ForgetsRemovedDocumentsAndTheirTexts) {
    const auto store = create();
    write(*store, someCorpus(100));
    ProjectChange change;
    change.removedDocuments = {1};
    change.replacesPlan = true;
    change.dropsUnusedExtracts = true;
    write(*store, change);
    EXPECT_EQ(reader().documents().value().size(), 1U);
    EXPECT_EQ(reader().tokenCount().value(), 0);
    EXPECT_FALSE(reader().hasExtract("key-1").value());
    EXPECT_EQ(reader().extract("key-1").error().code, ErrorCode::kNotFound);
}

TEST_F(ProjectStoreTest, KeepsConversationsWithTheirCitations) {
    const auto store = create();
    ProjectChange change;
    change.conversations = {{1, "first", 10}, {2, "second", 20}};
    change.turns = {someTurn(1, 0), someTurn(1, 1), someTurn(2, 0)};
    write(*store, change);
    ProjectChange again;
    again.conversations = {{1, "renamed", 10}};
    again.turns = {someTurn(1, 1)};
    again.removedConversations = {2};
    write(*store, again);
    ASSERT_EQ(reader().conversations().value().size(), 1U);
    EXPECT_EQ(reader().conversations().value()[0].title, "renamed");
    const auto turns = reader().turns(1);
    ASSERT_EQ(turns.value().size(), 2U);
    EXPECT_EQ(turns.value()[1].seed, ~uint64_t{0});
    EXPECT_EQ(turns.value()[1].prompt, std::string("\0\1", 2));
    ASSERT_EQ(turns.value()[1].citations.size(), 2U);
    EXPECT_EQ(turns.value()[1].citations[0].quote, "text");
    EXPECT_TRUE(reader().turns(2).value().empty());
}

TEST_F(ProjectStoreTest, DoesAllOfAChangeOrNothing) {
    const auto store = create();
    write(*store, withCheckpoint(someCheckpoint(256, 256)));
    ProjectChange change = withCheckpoint(someCheckpoint(200, 100));  // before the newest
    change.properties = {{"a", "b"}};
    ASSERT_TRUE(store->write(change).ok());
    const Status flushed = store->flush();
    ASSERT_FALSE(flushed.ok());
    EXPECT_EQ(flushed.error().code, ErrorCode::kInvalidInput);
    EXPECT_NE(flushed.error().message.find("a.throughline: "), std::string::npos);
    EXPECT_FALSE(store->write({}).ok()) << "goes on after a failure";
    EXPECT_TRUE(reader().properties().value().empty());
    EXPECT_EQ(positions(), std::vector<int64_t>{256});
}

TEST_F(ProjectStoreTest, IsReadWhileItIsWritten) {
    const auto store = create();
    write(*store, someCorpus(10));
    ProjectReader reader = this->reader();
    {
        const auto view = reader.view();
        ASSERT_TRUE(view.ok());
        EXPECT_EQ(reader.tokenCount().value(), 10);
        write(*store, someCorpus(20));
        EXPECT_EQ(reader.tokenCount().value(), 10);
    }
    EXPECT_EQ(reader.tokenCount().value(), 20);
}

TEST_F(ProjectStoreTest, SaysWhoHasIt) {
    const auto store = create();
    const auto second = ProjectStore::open(m_path);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::kBusy);
    EXPECT_EQ(second.error().message,
              m_path.string() + ": in use by process " + std::to_string(getpid()));
}

TEST_F(ProjectStoreTest, IsOneFileOnceItIsClosed) {
    write(*create(), someCorpus(10));
    write(*open(), withCheckpoint(someCheckpoint(10, 10)));
    EXPECT_EQ(reader().tokenCount().value(), 10);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path())) {
        EXPECT_EQ(entry.path(), m_path);
        ++files;
    }
    EXPECT_EQ(files, 1);
}

TEST_F(ProjectStoreTest, IsOneFileWhoeverIsLast) {
    {
        auto store = create();
        ProjectReader reader = this->reader();
        write(*store, someCorpus(10));
        store.reset();
        EXPECT_EQ(reader.tokenCount().value(), 10);
    }
    EXPECT_FALSE(std::filesystem::exists(m_path.string() + "-wal"));
    EXPECT_EQ(reader().tokenCount().value(), 10);
}

TEST_F(ProjectStoreTest, OverwritesNothing) {
    m_folder.write("a.throughline", "notes of mine");
    EXPECT_EQ(ProjectStore::create(m_path).error().code, ErrorCode::kInvalidInput);
    const auto opened = ProjectStore::open(m_path);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().message, m_path.string() + ": not a Throughline project");
    EXPECT_EQ(ProjectReader::open(m_path).error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(ProjectStore::open(m_folder.path() / "b").error().code, ErrorCode::kNotFound);
    EXPECT_EQ(std::filesystem::file_size(m_path), 13U);
}

TEST_F(ProjectStoreTest, EvictsCheckpointsButNoPages) {
    const auto store = create({.checkpointBytes = 3000});  // states of 1000 bytes that do not pack
    for (int64_t position = 100; position <= 1000; position += 100) {
        write(*store, withCheckpoint(someCheckpoint(position, 100)));
    }
    EXPECT_EQ(positions(), (std::vector<int64_t>{900, 1000}));
    EXPECT_EQ(pages(1000).size(), 20U);
    ProjectChange change = withCheckpoint(someCheckpoint(950, 50));
    change.goBackTo = 900;
    write(*store, change);
    EXPECT_EQ(pages(950).size(), 20U);
}

TEST_F(ProjectStoreTest, WaitsWhileItsQueueIsFull) {
    const auto store = create({.queueBytes = 100'000});
    auto other = Database::open(m_path, Database::Access::kWrite);
    ASSERT_TRUE(other.value().execute("BEGIN IMMEDIATE").ok());  // nobody else can write now
    ASSERT_TRUE(store->write(withCheckpoint(someCheckpoint(256, 256, 90'000))).ok());
    std::stop_source stop;
    std::thread stopping([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        stop.request_stop();
    });
    const Status full =
        store->write(withCheckpoint(someCheckpoint(512, 256, 90'000)), stop.get_token());
    stopping.join();
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().code, ErrorCode::kCancelled);
    EXPECT_EQ(store->flush(stop.get_token()).error().code, ErrorCode::kCancelled);
    ASSERT_TRUE(other.value().execute("ROLLBACK").ok());
    EXPECT_TRUE(store->flush().ok());
    EXPECT_EQ(positions(), std::vector<int64_t>{256});
}

TEST_F(ProjectStoreTest, StopsWhileAnotherProgramKeepsItFromWriting) {
    auto store = create();
    auto other = Database::open(m_path, Database::Access::kWrite);
    ASSERT_TRUE(other.value().execute("BEGIN IMMEDIATE").ok());
    ASSERT_TRUE(store->write(withCheckpoint(someCheckpoint(256, 256))).ok());
    const auto start = std::chrono::steady_clock::now();
    store.reset();
    // Far below the 5 s that it would wait for the other one.
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(ProjectStoreTest, KeepsWhatWasCommittedWhenItStops) {
    auto store = create({.checkpointBytes = 1 << 30});
    write(*store, withCheckpoint(someCheckpoint(256, 256)));
    for (int64_t position = 512; position <= 2560; position += 256) {
        ASSERT_TRUE(store->write(withCheckpoint(someCheckpoint(position, 256, 2 << 20))).ok());
    }
    store.reset();
    ASSERT_FALSE(positions().empty());
    EXPECT_EQ(positions().front(), 256);
    EXPECT_TRUE(reader().verify().value().empty());
    EXPECT_NE(open(), nullptr);
}

TEST_F(ProjectStoreTest, SaysWhereTheBytesAre) {
    const auto store = create();
    write(*store, someCorpus(1000));
    write(*store, withCheckpoint(someCheckpoint(1000, 1000)));
    const ProjectSizes sizes = reader().sizes().value();
    EXPECT_EQ(sizes.pages, 2 * 3000);
    EXPECT_GT(sizes.checkpoints, 1000);
    EXPECT_LT(sizes.checkpoints, 1100);
    EXPECT_EQ(sizes.texts, 13);
    EXPECT_GT(sizes.tokens, 0);
    EXPECT_EQ(sizes.file,
              sizes.texts + sizes.documents + sizes.tokens + sizes.checkpoints + sizes.pages +
                  sizes.conversations + sizes.free + sizes.other);
    EXPECT_GT(sizes.other, 0);
}

}  // namespace
}  // namespace tl
