// SPDX-License-Identifier: Apache-2.0
#include "app/project/live_append.h"

#include <fstream>

#include "app/project/project_status.h"
#include "tests/app/project_test_case.h"

namespace tl {
namespace {

using Names = std::vector<std::string>;
using Change = GrowingFile::Change;
using namespace std::chrono_literals;

void append(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::app | std::ios::binary) << text;
}

class LiveAppendTest : public ProjectTestCase {
protected:
    // One run of `throughline append`.
    std::unique_ptr<LiveAppend> follow(const std::filesystem::path& file) {
        m_live = std::make_unique<ScriptedModel>(m_script);
        m_live->setFingerprint(m_fingerprint);
        m_model = m_live.get();
        auto opened = LiveAppend::open({m_project, file, {}, 512}, *m_live, {});
        EXPECT_TRUE(opened.ok()) << opened.error().message;
        return opened.ok() ? std::move(opened).value() : nullptr;
    }

    // Everything that is in the file, and what it cost.
    LiveAppend::Appended readNow(LiveAppend& run) {
        m_model = m_live.get();
        m_now += 1min;  // what stands there has stood for a while
        EXPECT_TRUE(run.file().look(m_now).ok());
        EXPECT_TRUE(run.file().look(m_now += 1min).value().isWhole);
        const auto read = run.read({}, {});
        EXPECT_TRUE(read.ok()) << read.error().message;
        expectWhole();
        return read.ok() ? read.value() : LiveAppend::Appended{};
    }

    std::string textOf(const std::string& name) {
        const auto run = start();
        const auto corpus = run->open(m_project);
        EXPECT_TRUE(corpus.ok()) << corpus.error().message;
        return corpus.ok() ? run->text(name).value_or("nothing") : "";
    }

    std::unique_ptr<ScriptedModel> m_live;
    std::filesystem::path m_log = m_folder.path() / "app.log";
    GrowingFile::Clock::time_point m_now = GrowingFile::Clock::now();
};

TEST_F(LiveAppendTest, CostsWhatIsNewAndOneBatchAtMost) {
    write("a.txt", paragraphs("the sea", 300));
    readAll();
    append(m_log, paragraphs("the start", 100));
    const auto run = follow(m_log);
    const auto first = readNow(*run);
    EXPECT_GT(first.added, 1000);
    EXPECT_LE(first.evaluated, first.added + m_fingerprint.batchTokens);
    for (int i = 0; i < 20; ++i) {
        append(m_log, "12:00 line " + std::to_string(i) + " tells of the ferry.\n");
        const auto more = readNow(*run);
        EXPECT_GT(more.added, 5);
        EXPECT_LE(more.evaluated, more.added + m_fingerprint.batchTokens) << i;
    }
    EXPECT_EQ(readNow(*run).evaluated, 0);
}

TEST_F(LiveAppendTest, AnotherRunGoesOnAtTheSameCost) {
    append(m_log, paragraphs("the start", 200));
    readNow(*follow(m_log));
    append(m_log, "The last line.\n");
    const auto more = readNow(*follow(m_log));
    EXPECT_LE(more.evaluated, more.added + m_fingerprint.batchTokens);
}

TEST_F(LiveAppendTest, AFileOutsideChangesNoOtherName) {
    write("a.txt", "The ferry leaves on Friday.\n");
    write("b.txt", "The market opens on Monday.\n");
    const int64_t before = readAll();
    append(m_log, "The mast broke.\n");
    {
        const auto run = follow(m_log);
        EXPECT_EQ(run->name(), std::filesystem::canonical(m_log).string());
        const int64_t evaluated = readNow(*run).evaluated;
        const int64_t border = before / m_fingerprint.batchTokens * m_fingerprint.batchTokens;
        EXPECT_EQ(evaluated, run->tokensRead() - border);
    }
    // Nothing is left to an update, nor to reading the folder again.
    EXPECT_TRUE(statusOf(m_project, {}, *m_live, {}).value().changes.isEmpty());
    EXPECT_EQ(readAll(), 0);
    EXPECT_EQ(textOf(std::filesystem::canonical(m_log).string()), "The mast broke.\n");
    append(m_log, "It was mended.\n");
    EXPECT_EQ(statusOf(m_project, {}, *m_live, {}).value().changes.changed,
              (Names{std::filesystem::canonical(m_log).string()}));
}

TEST_F(LiveAppendTest, AFileOfTheFolderGoesBehindTheOthers) {
    write("a.log", "The ferry leaves on Friday.\n");
    write("b.txt", "The market opens on Monday.\n");
    readAll();
    append(m_docs / "a.log", "It came back.\n");
    {
        const auto run = follow(m_docs / "a.log");
        EXPECT_EQ(run->name(), "a.log");
        readNow(*run);
    }
    EXPECT_EQ(namesOf(*start()->open(m_project).value()), (Names{"b.txt", "a.log"}));
    EXPECT_EQ(textOf("a.log"), "The ferry leaves on Friday.\nIt came back.\n");
    EXPECT_EQ(readAll(), 0);
}

TEST_F(LiveAppendTest, AProjectIsMadeOfTheFileAlone) {
    append(m_log, "The ferry leaves on Friday.\n");
    EXPECT_EQ(follow(m_log)->name(), "app.log");
    readNow(*follow(m_log));
    EXPECT_EQ(textOf("app.log"), "The ferry leaves on Friday.\n");
}

TEST_F(LiveAppendTest, WhatHeldTheSameIsReadItselfOnceTheFileGrows) {
    write("a.log", "The ferry leaves on Friday.\n");
    write("copy.log", "The ferry leaves on Friday.\n");
    write("b.txt", "The market opens on Monday.\n");
    readAll();
    append(m_docs / "a.log", "It came back.\n");
    readNow(*follow(m_docs / "a.log"));
    EXPECT_EQ(textOf("copy.log"), "The ferry leaves on Friday.\n");
    EXPECT_EQ(textOf("a.log"), "The ferry leaves on Friday.\nIt came back.\n");
}

TEST_F(LiveAppendTest, WhatWasCutOffIsGone) {
    append(m_log, "The password is swordfish.\n" + paragraphs("the start", 50));
    const auto run = follow(m_log);
    readNow(*run);
    std::ofstream(m_log) << "A day later.\n";
    EXPECT_EQ(run->file().look(m_now += 1s).value().change, Change::kReplaced);
    readNow(*run);
    EXPECT_EQ(textOf("app.log"), "A day later.\n");
    const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
    EXPECT_EQ(file.value()->stored().extracts.size(), 1U);
}

TEST_F(LiveAppendTest, AStopKeepsWhatIsReadAndTheNextRunGoesOn) {
    append(m_log, paragraphs("the start", 300));
    {
        const auto run = follow(m_log);
        ASSERT_TRUE(run->file().look(m_now += 1s).ok());
        std::stop_source stop;
        const auto read = run->read(stop.get_token(), [&](const ReadingProgress& progress) {
            if (progress.tokensDone > 700) {
                stop.request_stop();
            }
        });
        EXPECT_EQ(read.error().code, ErrorCode::kCancelled);
        EXPECT_GT(run->tokensRead(), 700);
    }
    const auto run = follow(m_log);
    const int64_t evaluated = readNow(*run).evaluated;
    EXPECT_LT(evaluated, run->tokensRead() - 600);
}

TEST_F(LiveAppendTest, WhatIsReadCanBeAskedWhileTheFileIsFollowed) {
    m_script = {{"When does the ferry leave?", {"The ferry leaves", "on Friday.", ""}}};
    append(m_log, "The ferry leaves on Friday.\n");
    const auto run = follow(m_log);
    readNow(*run);
    const auto asking = start();
    ASSERT_TRUE(asking->open(m_project).ok());
    const auto question = asking->layOut("When does the ferry leave?");
    const auto answer = asking->ask(question.value(), {}, {}, {});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().text, "on Friday.");
    EXPECT_FALSE(asking->keptAnswers().ok());  // the project is in use, and the answer stands
}

TEST_F(LiveAppendTest, SaysInOneLineWhatItCannotAppend) {
    write("a.txt", "Some text.\n");
    readAll();
    const auto failure = [&](const std::filesystem::path& file) {
        m_live = std::make_unique<ScriptedModel>(m_script);
        m_live->setFingerprint(m_fingerprint);
        const auto opened = LiveAppend::open({m_project, file, {}, 512}, *m_live, {});
        if (!opened.ok()) {
            return opened.error().message;
        }
        EXPECT_TRUE(opened.value()->file().look().ok());
        const auto read = opened.value()->read({}, {});
        return read.ok() ? "" : read.error().message;
    };
    EXPECT_NE(failure(m_docs / "none.log").find("none.log: No such file"), std::string::npos);
    EXPECT_NE(failure(m_docs).find("is no regular file"), std::string::npos);
    std::string noise;
    for (int i = 0; i < 4096; ++i) {
        noise += static_cast<char>(i * 7 % 256);
    }
    const auto binary = m_folder.write("noise.bin", noise);
    std::filesystem::last_write_time(binary, m_time);
    EXPECT_NE(failure(binary).find("noise.bin: "), std::string::npos);
    EXPECT_EQ(readAll(), 0);  // nothing of it came in
}

TEST_F(LiveAppendTest, MoreThanTheContextHoldsIsRefusedAndNothingChanged) {
    append(m_log, paragraphs("the start", 10));
    const auto run = follow(m_log);
    readNow(*run);
    m_live->setContextLength(1500);
    append(m_log, paragraphs("much", 200));
    ASSERT_TRUE(run->file().look(m_now += 1s).ok());
    const auto read = run->read({}, {});
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().message.find("over the model's limit of 476"), std::string::npos)
        << read.error().message;
    EXPECT_EQ(textOf("app.log"), paragraphs("the start", 10));
}

TEST(GrowingFile, ALineThatIsHalfWrittenWaitsForItsEnd) {
    TempFolder folder;
    const auto path = folder.path() / "a.log";
    append(path, "one\ntwo");
    GrowingFile file(path, 1000);
    const auto now = GrowingFile::Clock::now();
    EXPECT_EQ(file.look(now).value().change, Change::kGrown);
    EXPECT_EQ(file.bytes(), "one\n");
    append(path, " and a half");
    EXPECT_EQ(file.look(now + 100ms).value().change, Change::kNone);
    append(path, "\nthree");
    EXPECT_EQ(file.look(now + 200ms).value().change, Change::kGrown);
    EXPECT_EQ(file.bytes(), "one\ntwo and a half\n");
    EXPECT_FALSE(file.look(now + 300ms).value().isWhole);
    EXPECT_TRUE(file.look(now + 200ms + GrowingFile::kSettled).value().isWhole);
    EXPECT_EQ(file.bytes(), "one\ntwo and a half\nthree");
}

TEST(GrowingFile, WhatIsNoPlainTextIsTakenWholeOnceItStandsStill) {
    TempFolder folder;
    const auto path = folder.path() / "a.log";
    append(path, std::string("a\0\n\0b\0", 6));
    GrowingFile file(path, 1000);
    const auto now = GrowingFile::Clock::now();
    EXPECT_EQ(file.look(now).value().change, Change::kNone);
    EXPECT_EQ(file.look(now + GrowingFile::kSettled).value().change, Change::kGrown);
    EXPECT_EQ(file.bytes().size(), 6U);
}

TEST(GrowingFile, SaysThatItWasCutOffReplacedOrTakenAway) {
    TempFolder folder;
    const auto path = folder.path() / "a.log";
    append(path, "one\ntwo\n");
    GrowingFile file(path, 1000);
    auto now = GrowingFile::Clock::now();
    ASSERT_EQ(file.look(now).value().change, Change::kGrown);
    std::filesystem::rename(path, folder.path() / "a.log.1");
    EXPECT_EQ(file.look(now += 1s).value().change, Change::kGone);
    EXPECT_EQ(file.look(now += 1s).value().change, Change::kNone);
    append(path, "new and longer than before\n");
    EXPECT_EQ(file.look(now += 1s).value().change, Change::kReplaced);
    EXPECT_EQ(file.bytes(), "new and longer than before\n");
    std::filesystem::resize_file(path, 0);
    EXPECT_EQ(file.look(now += 1s).value().change, Change::kReplaced);
    EXPECT_EQ(file.bytes(), "");
}

TEST(GrowingFile, IsNotReadBeyondItsLimit) {
    TempFolder folder;
    const auto path = folder.path() / "a.log";
    append(path, "0123456789\n");
    GrowingFile file(path, 10);
    EXPECT_NE(file.look().error().message.find("11 bytes, over the limit of 10"),
              std::string::npos);
}

}  // namespace
}  // namespace tl
