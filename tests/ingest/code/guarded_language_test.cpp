// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/guarded_language.h"

#include <array>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include "ingest/code/outline.h"
#include "tests/support/said.h"

namespace tl {
namespace {

constexpr unsigned kBuffer = 1024;  // libtree-sitter's

unsigned writeSome(void* size, char* buffer) {
    const unsigned bytes = *static_cast<unsigned*>(size);
    std::memset(buffer, 'x', bytes);
    return bytes;
}

TEST(GuardedLanguage, AStateThatFitsIsKept) {
    for (unsigned size : {0U, 1U, kBuffer}) {
        std::array<char, kBuffer + 1> buffer{};
        EXPECT_EQ(serializeGuarded(writeSome, &size, buffer.data()), size);
        EXPECT_EQ(std::string(buffer.data()), std::string(size, 'x'));
    }
}

TEST(GuardedLanguage, ALargerStateIsNone) {
    for (unsigned size : {kBuffer + 1, 100 * kBuffer}) {
        std::array<char, 1> buffer{'a'};
        EXPECT_EQ(serializeGuarded(writeSome, &size, buffer.data()), 0U);
        EXPECT_EQ(buffer[0], 'a');
    }
}

std::string repeated(const std::string& piece, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += piece;
    }
    return text;
}

// Found by malformed_test: Markdown's scanner wrote over the parser.
TEST(GuardedLanguage, NestingWithoutEndDoesNoHarm) {
    std::string python;
    for (int i = 0; i < 700; ++i) {
        python += std::string(static_cast<size_t>(i), ' ') + "if x:\n";
    }
    std::string bash;
    for (int i = 0; i < 200; ++i) {
        bash += "cat <<ENDOFTEXT" + std::to_string(i) + " ";
    }
    const std::array<std::array<std::string, 2>, 6> texts{
        {{"Markdown", repeated("> ", 20'000) + "x\n"},
         {"YAML", repeated("- ", 5'000) + "x\n"},
         {"Python", python + "f'" + repeated("{f\"", 300)},
         {"Ruby", repeated("%w(#{", 2'000) + repeated("<<A", 2'000)},
         {"HTML", repeated("<my-element>", 2'000)},
         {"Bash", bash + "\n"}}};
    OutlineLimits limits;
    limits.maxTime = std::chrono::milliseconds(300);
    for (const auto& [language, text] : texts) {
        const auto outline = outlineOf(text, language, limits);
        EXPECT_TRUE(outline.ok() || said(outline.error()).starts_with("no outline: parsing"))
            << language;
    }
}

}  // namespace
}  // namespace tl
