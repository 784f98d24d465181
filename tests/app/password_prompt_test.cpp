// SPDX-License-Identifier: Apache-2.0
#include "app/cli/password_prompt.h"

#include <algorithm>
#include <deque>
#include <sstream>

#include <gtest/gtest.h>

namespace tl {
namespace {

// Files and the passwords that open them.
class PasswordPromptTest : public testing::Test {
protected:
    ChosenCorpus choose(const SourceChoice& sources) {
        m_tried.push_back(sources.passwords);
        Corpus corpus;
        for (const auto& [name, password] : m_locked) {
            FileRow& row = corpus.rows.emplace_back();
            row.name = name;
            row.needsPassword = std::ranges::count(sources.passwords, password) == 0;
            row.state = row.needsPassword ? FileRow::State::kSkipped : FileRow::State::kIn;
        }
        return std::make_shared<const Corpus>(std::move(corpus));
    }

    std::optional<std::string> answer(const std::string& prompt) {
        m_prompts.push_back(prompt);
        if (m_answers.empty()) {
            return std::nullopt;
        }
        std::string next = m_answers.front();
        m_answers.pop_front();
        return next;
    }

    ChosenCorpus run(bool hasPerson = true) {
        Terminal terminal{m_out, m_out, true, m_stop.get_token(), m_writing};
        if (hasPerson) {
            terminal.askSecret = [this](const std::string& prompt) { return answer(prompt); };
        }
        return chooseAskingPasswords(
            {}, terminal, [this](const SourceChoice& sources) { return choose(sources); });
    }

    static int lockedFiles(const ChosenCorpus& corpus) {
        return static_cast<int>(
            std::ranges::count(corpus.value()->rows, true, &FileRow::needsPassword));
    }

    std::vector<std::pair<std::string, std::string>> m_locked = {{"a.pdf", "one"},
                                                                 {"b.zip", "two"}};
    std::deque<std::string> m_answers;
    std::vector<std::string> m_prompts;
    std::vector<std::vector<std::string>> m_tried;
    std::stop_source m_stop;
    std::ostringstream m_out;
    std::timed_mutex m_writing;
};

TEST_F(PasswordPromptTest, AsksForEachFileAndLoadsOnceMore) {
    m_answers = {"one", "two"};
    EXPECT_EQ(lockedFiles(run()), 0);
    EXPECT_EQ(m_prompts.size(), 2U);
    EXPECT_EQ(m_prompts[0], "Password for a.pdf (Enter: leave it out): ");
    ASSERT_EQ(m_tried.size(), 2U);
    EXPECT_EQ(m_tried[1], (std::vector<std::string>{"one", "two"}));
}

TEST_F(PasswordPromptTest, OnePasswordMayOpenSeveralFiles) {
    m_locked[1].second = "one";
    m_answers = {"one", ""};
    EXPECT_EQ(lockedFiles(run()), 0);
    EXPECT_EQ(m_prompts.size(), 2U);
}

TEST_F(PasswordPromptTest, AsksThreeTimesForAFile) {
    m_locked.pop_back();
    m_answers = {"x", "y", "z", "one"};
    EXPECT_EQ(lockedFiles(run()), 1);
    ASSERT_EQ(m_prompts.size(), 3U);
    EXPECT_TRUE(m_prompts[1].starts_with("Still locked. Password for a.pdf"));
}

TEST_F(PasswordPromptTest, NothingTypedLeavesTheFileOut) {
    m_answers = {"", "two"};
    EXPECT_EQ(lockedFiles(run()), 1);
    EXPECT_EQ(m_prompts.size(), 2U);
}

TEST_F(PasswordPromptTest, TheEndOfInputLeavesAllOut) {
    EXPECT_EQ(lockedFiles(run()), 2);
    EXPECT_EQ(m_prompts.size(), 1U);
    EXPECT_EQ(m_tried.size(), 1U);
}

TEST_F(PasswordPromptTest, WithoutAPersonNobodyIsAsked) {
    m_answers = {"one"};
    EXPECT_EQ(lockedFiles(run(/*hasPerson=*/false)), 2);
    EXPECT_TRUE(m_prompts.empty());
}

TEST_F(PasswordPromptTest, AStopWhileAskingCancels) {
    m_stop.request_stop();
    EXPECT_EQ(run().error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace tl
