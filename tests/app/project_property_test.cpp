// SPDX-License-Identifier: Apache-2.0
// Random lives of a project: reading, pauses, edits, additions, removals, renames, appended lines,
// questions and ends in the middle of writing. After each step the project must be what a fresh
// reading of the same documents in the same order is. TL_PROPERTY_LIVES=N runs N lives (4 unless it
// is set), TL_PROPERTY_SEED=S the first of them from that seed, which is printed.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include "app/project/live_append.h"
#include "app/project/project_status.h"
#include "engine/prompt.h"
#include "tests/app/project_test_case.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

uint64_t numberIn(const char* variable, uint64_t otherwise) {
    const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class ProjectPropertyTest : public ProjectTestCase {
protected:
    // One life of so many steps.
    void live(uint64_t seed, int steps) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        m_random.seed(seed);
        m_files.clear();
        fs::remove_all(m_docs);
        for (const auto& left : fs::directory_iterator(m_folder.path())) {
            fs::remove_all(left.path());
        }
        add();
        read(/*stops=*/false);
        for (int i = 0; i < steps && !HasFailure(); ++i) {
            const int what = below(9);
            SCOPED_TRACE("step " + std::to_string(i) + " does " + std::to_string(what));
            m_isUpToDate = false;
            step(what);
            check();
        }
    }

private:
    void step(int what) {
        switch (what) {
            case 0:
                return add();
            case 1:
                return edit();
            case 2:
                return remove();
            case 3:
                return rename();
            case 4:
                return appendLines();
            case 5:
                return ask();
            case 6:
                return endWhileWriting();
            default:
                return read(/*stops=*/what == 8);
        }
    }

    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }

    std::string someText() {
        return paragraphs("topic " + std::to_string(below(1'000'000)), 1 + below(60));
    }

    std::string someFile() {
        auto each = m_files.begin();
        std::advance(each, below(static_cast<int>(m_files.size())));
        return each->first;
    }

    void put(const std::string& name, const std::string& text) {
        write(name, text);
        m_files[name] = text;
    }

    void add() { put("file" + std::to_string(m_made++) + ".txt", someText()); }

    void edit() {
        const std::string name = someFile();
        std::string text = m_files[name];
        const auto place = static_cast<size_t>(below(static_cast<int>(text.size())));
        text.insert(place, " and " + std::to_string(below(1000)));
        put(name, text);
    }

    void remove() {
        if (m_files.size() < 2) {
            return;
        }
        const std::string name = someFile();
        fs::remove(m_docs / name);
        m_files.erase(name);
    }

    void rename() {
        const std::string name = someFile();
        const std::string other = "renamed" + std::to_string(m_made++) + ".txt";
        fs::rename(m_docs / name, m_docs / other);
        m_files[other] = m_files[name];
        m_files.erase(name);
    }

    // Behind a file of the project, which is read on to there at once.
    void appendLines() {
        const std::string name = someFile();
        put(name, m_files[name] + "A line tells of " + std::to_string(below(1000)) + ".\n");
        auto model = std::make_unique<ScriptedModel>(m_script);
        model->setFingerprint(m_fingerprint);
        const auto run = LiveAppend::open({m_project, m_docs / name, {}, 512}, *model, {});
        ASSERT_TRUE(run.ok()) << run.error().message;
        ASSERT_TRUE(run.value()->file().look().ok());
        const auto read = run.value()->read({}, {});
        ASSERT_TRUE(read.ok()) << read.error().message;
    }

    // All that is left to read, or, where it stops, some of it.
    void read(bool stops) {
        const auto run = start();
        const auto chosen = run->chooseInto(m_project, choice(), {}, {});
        ASSERT_TRUE(chosen.ok()) << chosen.error().message;
        std::stop_source stop;
        const int64_t until = stops ? below(2000) : int64_t{1} << 40;
        const auto done = run->read(stop.get_token(), [&](const ReadingProgress& progress) {
            if (progress.tokensDone > until) {
                stop.request_stop();
            }
        });
        ASSERT_TRUE(done.ok() || done.error().code == ErrorCode::kCancelled);
        m_isUpToDate = true;
    }

    // The answer says how far the project is read, and comes from no more than that.
    void ask() {
        m_script = {{"What is told?", {"Paragraph", "something", ""}}};
        const auto run = start();
        const auto opened = run->open(m_project);
        if (!opened.ok()) {
            EXPECT_NE(opened.error().message.find("nothing is read yet"), std::string::npos);
            return;
        }
        const auto question = run->layOut("What is told?");
        ASSERT_TRUE(question.ok()) << question.error().message;
        const auto answer = run->ask(question.value(), {}, {}, {});
        ASSERT_TRUE(answer.ok()) << answer.error().message;
        EXPECT_EQ(answer.value().text, "something");
        EXPECT_EQ(answer.value().tokensRead, std::ssize(opened.value()->tokens));
    }

    // A reading whose last change may or may not come to be committed: it is not waited for.
    void endWhileWriting() {
        const auto file = ProjectFile::open(m_project, ProjectFile::Access::kWrite);
        ASSERT_TRUE(file.ok()) << file.error().message;
        const auto positions = file.value()->checkpoints().value();
        const int64_t from = positions.empty() ? 0 : positions.back();
        const std::span<const TokenId> tokens = file.value()->stored().tokens;
        if (from == std::ssize(tokens) || from % m_fingerprint.batchTokens != 0) {
            return;  // nothing is left, or reading would go back first
        }
        const int64_t to =
            std::min(std::ssize(tokens), from + m_fingerprint.batchTokens * (1 + below(3)));
        const Snapshot read(std::make_shared<ScriptedContent>(
            std::vector<TokenId>(tokens.begin(), tokens.begin() + to)));
        ASSERT_TRUE(file.value()->keepState(m_checker, read).ok());
    }

    void check() {
        const auto file = ProjectFile::open(m_project, ProjectFile::Access::kRead);
        ASSERT_TRUE(file.ok()) << file.error().message;
        checkStates(*file.value());
        checkSequence(*file.value());
        if (m_isUpToDate) {
            checkNothingIsTold(*file.value());
        }
    }

    // Every state is that of a model that has read the first tokens of the sequence, and no other.
    void checkStates(ProjectFile& file) {
        const std::vector<TokenId>& tokens = file.stored().tokens;
        const auto positions = file.checkpoints();
        ASSERT_TRUE(positions.ok()) << positions.error().message;
        for (const int64_t position : positions.value()) {
            const auto state = file.newestState(m_checker, position);
            ASSERT_TRUE(state.ok() && state.value()) << position;
            const auto& read = dynamic_cast<const ScriptedContent&>(*state.value()->content());
            ASSERT_EQ(std::ssize(read.tokens), position);
            ASSERT_TRUE(std::equal(read.tokens.begin(), read.tokens.end(), tokens.begin()));
        }
    }

    // The sequence is that of a fresh reading of these documents in this order.
    void checkSequence(ProjectFile& file) {
        const auto corpus = corpusOf(file.stored(), choice(), m_checker);
        ASSERT_TRUE(corpus.ok()) << corpus.error().message;
        auto prompt = PromptBuilder::create(m_checker.tokenizer(), m_checker.config()).value();
        std::vector<TokenId> fresh;
        prompt.appendHead(fresh);
        std::vector<uint32_t> ends;
        for (const CorpusFile& each : corpus.value().files) {
            prompt.appendDocumentHead(each.document.name, fresh);
            prompt.appendText(each.document.text, fresh, ends);
        }
        ASSERT_EQ(file.stored().tokens, fresh);
    }

    // After an update the project holds the files as they are, and nothing of others.
    void checkNothingIsTold(ProjectFile& file) {
        const Corpus corpus = corpusOf(file.stored(), choice(), m_checker).value();
        std::map<std::string, std::string> texts;
        for (const CorpusFile& each : corpus.files) {
            texts[each.document.name] = each.document.text;
        }
        EXPECT_EQ(texts, m_files);
        EXPECT_EQ(file.stored().extracts.size(), m_files.size());
        const auto status = statusOf(m_project, {}, m_checker, {});
        ASSERT_TRUE(status.ok()) << status.error().message;
        EXPECT_TRUE(status.value().changes.isEmpty()) << changesText(status.value().changes);
    }

    const ScriptedModel m_checker{Script{}};
    std::mt19937_64 m_random;
    std::map<std::string, std::string> m_files;  // that are there now
    int m_made = 0;
    bool m_isUpToDate = false;
};

TEST_F(ProjectPropertyTest, AnyLifeOfAProjectEqualsAFreshReading) {
    const uint64_t lives = numberIn("TL_PROPERTY_LIVES", 4);
    const uint64_t first = numberIn("TL_PROPERTY_SEED", std::random_device()());
    std::cout << "TL_PROPERTY_SEED=" << first << ", " << lives << " lives" << std::endl;
    for (uint64_t life = 0; life < lives && !HasFailure(); ++life) {
        live(first + life, /*steps=*/12);
    }
}

}  // namespace
}  // namespace tl
