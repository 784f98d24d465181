// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_end.h"

#include <mutex>
#include <sstream>

#include <gtest/gtest.h>

#include "app/cli/command_line.h"

namespace tl {
namespace {

class CommandEndTest : public testing::Test {
protected:
    std::ostringstream m_out, m_err;
    std::timed_mutex m_writing;
    Terminal m_terminal{m_out, m_err, false, {}, m_writing};
};

TEST_F(CommandEndTest, SuccessSaysNothing) {
    EXPECT_EQ(endCommand("ask", okStatus(), m_terminal, "; kept"), kExitOk);
    EXPECT_EQ(m_out.str() + m_err.str(), "");
}

TEST_F(CommandEndTest, AFailureIsOneHarmlessLine) {
    const Error error{ErrorCode::kNotFound, "a\n\x1b[31mb.txt: no such file"};
    EXPECT_EQ(endCommand("plan", error, m_terminal, "; 2 answers are in x"), kExitFailed);
    EXPECT_EQ(
        m_err.str(),
        "throughline: a\xEF\xBF\xBD\xEF\xBF\xBD[31mb.txt: no such file; 2 answers are in x\n");
}

TEST_F(CommandEndTest, AStoppedCommandSaysItsName) {
    const Error error{ErrorCode::kCancelled, "deep inside"};
    EXPECT_EQ(endCommand("overview", error, m_terminal), kExitCancelled);
    EXPECT_EQ(m_err.str(), "throughline: overview: stopped\n");
}

}  // namespace
}  // namespace tl
