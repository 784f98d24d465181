// SPDX-License-Identifier: Apache-2.0
#include "store/schema/schema.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"
#include "tests/store/whole_project.h"

namespace tl {
namespace {

class SchemaTest : public testing::Test {
protected:
    // A database that somebody else made.
    void make(const std::string& sql) {
        auto database = Database::open(m_path, Database::Access::kCreate);
        ASSERT_TRUE(database.ok());
        const Status done = database.value().execute(sql);
        ASSERT_TRUE(done.ok()) << done.error().message;
    }
    Error writingError() {
        const auto store = ProjectStore::open(m_path);
        return store.ok() ? Error{ErrorCode::kIo, "none"} : store.error();
    }
    Error readingError() {
        const auto reader = ProjectReader::open(m_path);
        return reader.ok() ? Error{ErrorCode::kIo, "none"} : reader.error();
    }

    TempFolder m_folder;
    std::filesystem::path m_path = m_folder.path() / "a.throughline";
};

TEST_F(SchemaTest, OpensFilesOfEveryVersion) {
    const TempFolder folder;
    ASSERT_TRUE(makeWholeProject(folder.path() / "now").ok());
    const std::string expected = allOf(folder.path() / "now").value();
    int64_t versions = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(TL_SOURCE_DIR "/tests/data/store")) {
        if (entry.path().extension() != ".throughline") {
            continue;
        }
        std::filesystem::copy_file(
            entry.path(), m_path, std::filesystem::copy_options::overwrite_existing);
        EXPECT_EQ(writingError().message, "none") << entry.path();
        const auto all = allOf(m_path);
        ASSERT_TRUE(all.ok()) << entry.path() << all.error().message;
        EXPECT_TRUE(all.value() == expected) << entry.path();
        EXPECT_TRUE(ProjectReader::open(m_path).value().verify().value().empty());
        ++versions;
    }
    EXPECT_EQ(versions, kFormatVersion);
}

TEST_F(SchemaTest, LeavesANewerVersionAlone) {
    ASSERT_TRUE(makeWholeProject(m_path).ok());
    make("PRAGMA user_version = 2");
    const std::string message = m_path.string() +
                                ": made by a newer version of Throughline (format 2, this one"
                                " knows 1)";
    EXPECT_EQ(writingError().message, message);
    EXPECT_EQ(readingError().message, message);
    EXPECT_EQ(readingError().code, ErrorCode::kUnsupported);
}

TEST_F(SchemaTest, RefusesAVersionThatNoneEverHad) {
    ASSERT_TRUE(makeWholeProject(m_path).ok());
    make("PRAGMA user_version = -2097152");
    const std::string message =
        m_path.string() + ": damaged: it says that its format is number -2097152";
    EXPECT_EQ(writingError().message, message);
    EXPECT_EQ(readingError().message, message);
}

TEST_F(SchemaTest, LeavesOtherDatabasesAlone) {
    make("CREATE TABLE mine (a)");
    EXPECT_EQ(writingError().message, m_path.string() + ": not a Throughline project");
    EXPECT_EQ(readingError().message, m_path.string() + ": not a Throughline project");
    make("INSERT INTO mine VALUES (1)");  // is still there
}

TEST_F(SchemaTest, FinishesAFileThatWasBarelyMade) {
    m_folder.write("a.throughline", "");
    EXPECT_EQ(readingError().message, m_path.string() + ": nothing has been kept in it yet");
    EXPECT_EQ(writingError().message, "none");
    EXPECT_EQ(readingError().message, "none");
}

TEST_F(SchemaTest, RefusesTablesThatAreNotOurs) {
    for (const char* sql : {"CREATE TRIGGER t AFTER INSERT ON page BEGIN DELETE FROM turn; END",
                            "CREATE VIEW passage_words AS SELECT 1",
                            "DROP INDEX plan_document",
                            "ALTER TABLE page ADD COLUMN more INTEGER"}) {
        std::filesystem::remove(m_path);
        ASSERT_TRUE(makeWholeProject(m_path).ok());
        make(sql);
        const std::string message =
            m_path.string() + ": damaged: its tables are not those of a project";
        EXPECT_EQ(writingError().message, message) << sql;
        EXPECT_EQ(readingError().message, message) << sql;
    }
}

TEST_F(SchemaTest, LeavesRoomForTheWordIndex) {
    ASSERT_TRUE(makeWholeProject(m_path).ok());
    make("CREATE VIRTUAL TABLE passage_words USING fts5(text, name, content='')");
    EXPECT_EQ(writingError().message, "none");
}

}  // namespace
}  // namespace tl
