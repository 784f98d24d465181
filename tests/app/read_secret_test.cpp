// SPDX-License-Identifier: Apache-2.0
#include "app/cli/read_secret.h"

#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <termios.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace tl {
namespace {

// Both ends of a terminal: what is typed into `keyboard` arrives at `terminal`, and what the
// terminal shows can be read from `keyboard`.
class ReadSecretTest : public testing::Test {
protected:
    ReadSecretTest() : m_keyboard(posix_openpt(O_RDWR | O_NOCTTY)) {
        grantpt(m_keyboard);
        unlockpt(m_keyboard);
        m_terminal = open(ptsname(m_keyboard), O_RDWR | O_NOCTTY);
    }
    ~ReadSecretTest() override {
        close(m_terminal);
        close(m_keyboard);
    }

    bool isEchoing() const {
        termios settings{};
        EXPECT_EQ(tcgetattr(m_terminal, &settings), 0);
        return (settings.c_lflag & ECHO) != 0;
    }

    // Types once the terminal is silent: what came before is thrown away.
    void type(const std::string& keys) {
        while (isEchoing()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        ASSERT_EQ(write(m_keyboard, keys.data(), keys.size()), std::ssize(keys));
    }

    std::string shown() const {
        std::string text;
        pollfd ready{m_keyboard, POLLIN, 0};
        char buffer[256];
        while (poll(&ready, 1, /*timeout=*/50) > 0) {
            const ssize_t count = read(m_keyboard, buffer, sizeof buffer);
            if (count <= 0) {
                break;
            }
            text.append(buffer, static_cast<size_t>(count));
        }
        return text;
    }

    int m_keyboard;
    int m_terminal = -1;
    std::ostringstream m_out;
};

TEST_F(ReadSecretTest, ReadsALineThatIsNotShown) {
    ASSERT_GE(m_terminal, 0);
    std::jthread person([&] { type("open sesame\n"); });
    EXPECT_EQ(readSecret(m_terminal, m_out, "Password: ", {}), "open sesame");
    person.join();
    EXPECT_EQ(m_out.str(), "Password: ");
    EXPECT_EQ(shown(), "\r\n");  // the line end alone
    EXPECT_TRUE(isEchoing());
}

TEST_F(ReadSecretTest, AnEmptyLineIsNoEndOfInput) {
    std::jthread person([&] { type("\n\x04"); });
    EXPECT_EQ(readSecret(m_terminal, m_out, "", {}), "");
    person.join();
}

TEST_F(ReadSecretTest, SaysThatTheInputHasEnded) {
    std::jthread person([&] { type("\x04"); });  // Ctrl-D
    EXPECT_EQ(readSecret(m_terminal, m_out, "", {}), std::nullopt);
    person.join();
    EXPECT_TRUE(isEchoing());
}

TEST_F(ReadSecretTest, StoppedItLeavesTheTerminalAsItWas) {
    std::stop_source stop;
    std::jthread person([&] {
        type("half a wo");
        stop.request_stop();
    });
    EXPECT_EQ(readSecret(m_terminal, m_out, "", stop.get_token()), std::nullopt);
    person.join();
    EXPECT_TRUE(isEchoing());
}

}  // namespace
}  // namespace tl
