// SPDX-License-Identifier: Apache-2.0
// read, update, status and verify as a user has them: what they print, and one line for each thing
// that can be wrong.
#include "app/cli/read_command.h"

#include <filesystem>
#include <mutex>
#include <sstream>
#include <unistd.h>

#include <sqlite3.h>

#include "app/cli/status_command.h"
#include "app/cli/verify_command.h"
#include "store/project_store.h"
#include "tests/app/project_test_case.h"

namespace tl {
namespace {

namespace fs = std::filesystem;
using Task = ProjectRequest::Task;

class ReadCommandTest : public ProjectTestCase {
protected:
    ReadCommandTest() {
        ::setenv("XDG_STATE_HOME", m_folder.path().c_str(), /*overwrite=*/1);
        write("a.txt", paragraphs("the sea", 60));
        write("b.txt", paragraphs("the moon", 30));
    }

    // What a command said on both streams, with its exit status in front.
    std::string run(Task task) {
        std::ostringstream out;
        std::timed_mutex writing;
        const Terminal terminal{out, out, false, {}, writing};
        ProjectRequest request;
        request.task = task;
        request.project = m_project;
        if (task == Task::kRead) {
            request.sources = choice();
        }
        const auto model = [this]() -> Result<std::unique_ptr<LanguageModel>> {
            auto made = std::make_unique<ScriptedModel>(m_script);
            made->setFingerprint(m_fingerprint);
            return std::unique_ptr<LanguageModel>(std::move(made));
        };
        const int status = task == Task::kStatus   ? runStatus(request, terminal)
                           : task == Task::kVerify ? runVerify(request, model, terminal)
                                                   : runRead(request, model, terminal);
        return std::to_string(status) + " " + out.str();
    }

    static void expectSays(const std::string& said, const std::string& words) {
        EXPECT_NE(said.find(words), std::string::npos) << said;
    }

    // One line, with this exit status, and nothing else.
    static void expectLine(const std::string& said, const std::string& words) {
        expectSays(said, words);
        EXPECT_TRUE(said.starts_with("1 throughline: ")) << said;
        EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    }

    void execute(const std::string& sql) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(m_project.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
        sqlite3_close(database);
    }
};

TEST_F(ReadCommandTest, SaysWhatReadingTakesAndThatItIsDone) {
    const std::string said = run(Task::kRead);
    expectSays(said, "0 " + m_project.string() + ": ");
    expectSays(said, " of memory, ");
    expectSays(said, " tokens are read\n");
    expectSays(run(Task::kRead), ", all read already");
}

TEST_F(ReadCommandTest, StatusNamesEachChangeAndUpdateReadsIt) {
    run(Task::kRead);
    expectSays(run(Task::kStatus), "up to date\n");
    write("a.txt", paragraphs("the wind", 60));
    write("c.txt", "New.\n");
    fs::remove(m_docs / "b.txt");
    const std::string said = run(Task::kStatus);
    expectSays(said, "changed: a.txt\nadded: c.txt\nremoved: b.txt\nthroughline update reads ");
    expectSays(run(Task::kUpdate), " tokens are read\n");
    expectSays(run(Task::kStatus), "up to date\n");
}

TEST_F(ReadCommandTest, StatusSaysThatTheFolderIsMissing) {
    run(Task::kRead);
    fs::rename(m_docs, m_folder.path() / "away");
    expectSays(run(Task::kStatus), "missing: " + m_docs.string() + "\n");
    expectLine(run(Task::kUpdate), m_docs.string() + ": No such file or directory");
}

TEST_F(ReadCommandTest, AProjectInUseSaysBySomeProcess) {
    run(Task::kRead);
    const auto writer = ProjectStore::open(m_project);
    ASSERT_TRUE(writer.ok());
    expectLine(run(Task::kUpdate),
               m_project.string() + ": in use by process " + std::to_string(::getpid()));
}

TEST_F(ReadCommandTest, AFolderThatCannotBeWrittenNamesTheSwitch) {
    m_project = m_folder.path() / "none" / "docs.throughline";
    expectLine(run(Task::kRead), "-o FILE names another place");
}

TEST_F(ReadCommandTest, AnotherModelSaysInWhatItDiffersAndChangesNothing) {
    run(Task::kRead);
    const auto size = fs::file_size(m_project);
    m_fingerprint.weights = "other weights";
    for (const Task task : {Task::kRead, Task::kUpdate}) {
        expectLine(run(task), m_project.string() + ": was read with ");
    }
    EXPECT_EQ(fs::file_size(m_project), size);
}

TEST_F(ReadCommandTest, AModelThatIsGoneIsNamed) {
    run(Task::kRead);
    execute(
        "UPDATE property SET value = CAST('/none/model.gguf' AS BLOB) WHERE key = 'model.file'");
    // Its checksum does not fit any more: what is damaged is said, before anything is believed.
    expectLine(run(Task::kStatus), "model.file");
    ProjectRequest request;
    request.project = m_project;
    request.model.file = "/none/model.gguf";
    std::ostringstream out;
    std::timed_mutex writing;
    EXPECT_EQ(runStatus(request, {out, out, false, {}, writing}), kExitFailed);
    EXPECT_EQ(out.str().find("throughline: /none/model.gguf: "), 0U) << out.str();
}

TEST_F(ReadCommandTest, VerifyNamesEachThingThatIsDamaged) {
    run(Task::kRead);
    expectSays(run(Task::kVerify), "0 " + m_project.string() + ": nothing is damaged\n");
    for (const std::string table : {"page", "checkpoint_part", "extract_part"}) {
        std::string sql =
            "UPDATE TABLE SET bytes = CAST(substr(bytes, 2) || X'AB' AS BLOB)"
            " WHERE rowid = (SELECT min(rowid) FROM TABLE)";
        for (size_t place = sql.find("TABLE"); place != std::string::npos;
             place = sql.find("TABLE")) {
            sql.replace(place, 5, table);
        }
        execute(sql);
    }
    const std::string said = run(Task::kVerify);
    expectSays(said, ": damaged: extract_part (key ");
    expectSays(said, ": damaged: checkpoint_part (position ");
    expectSays(said, ": damaged: page (layer 0, first 0, part 0) is not what was written\n");
    expectSays(said, ": 3 things are wrong; ");
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 4) << said;
}

}  // namespace
}  // namespace tl
