// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/outline.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/code/language.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const std::filesystem::path kFolder = TL_SOURCE_DIR "/tests/data/outlines";
// Files that others wrote, out of the packages of grammars: see tests.cmake. Only their outlines
// are in this repository.
const std::filesystem::path kRealFolder = TL_BINARY_DIR "/real_outlines";

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int64_t depthOf(const std::vector<Symbol>& symbols, const Symbol& symbol) {
    int64_t depth = 0;
    for (int64_t at = symbol.parent; at >= 0; at = symbols[static_cast<size_t>(at)].parent) {
        ++depth;
    }
    return depth;
}

std::string linesOf(const Outline& outline) {
    std::string lines = outline.hasErrors ? "has errors\n" : "";
    for (const Symbol& symbol : outline.symbols) {
        lines += std::string(static_cast<size_t>(2 * depthOf(outline.symbols, symbol)), ' ');
        lines += std::string(symbolKindName(symbol.kind)) + " " + symbol.name + " " +
                 std::to_string(symbol.firstLine) + "-" + std::to_string(symbol.lastLine);
        lines += symbol.bodyBegin < symbol.bodyEnd ? " folds | " : " | ";
        lines += symbol.signature + "\n";
    }
    return lines;
}

// The order and the ranges that outline.h and extract.h promise.
void expectSound(const Outline& outline, std::string_view text) {
    const auto size = static_cast<int64_t>(text.size());
    for (size_t i = 0; i < outline.symbols.size(); ++i) {
        const Symbol& symbol = outline.symbols[i];
        ASSERT_LT(symbol.parent, static_cast<int64_t>(i)) << symbol.name;
        ASSERT_TRUE(0 <= symbol.begin && symbol.begin <= symbol.bodyBegin &&
                    symbol.bodyBegin <= symbol.bodyEnd && symbol.bodyEnd <= symbol.end &&
                    symbol.end <= size)
            << symbol.name;
        ASSERT_LE(symbol.firstLine, symbol.lastLine) << symbol.name;
        ASSERT_FALSE(symbol.name.empty());
        if (symbol.parent >= 0) {
            const Symbol& parent = outline.symbols[static_cast<size_t>(symbol.parent)];
            ASSERT_TRUE(parent.begin <= symbol.begin && symbol.end <= parent.end) << symbol.name;
        }
    }
}

std::vector<std::filesystem::path> samples() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        const bool isGolden = entry.path().extension() == ".txt";
        if (entry.is_regular_file() && !isGolden && entry.path().filename() != "README.md") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// TL_WRITE_GOLDEN=1 writes the files instead; read them before you commit them.
void expectGolden(const std::filesystem::path& file, const std::filesystem::path& golden) {
    const std::string text = contents(file);
    const Language* language = languageOf(file.filename().string(), text);
    ASSERT_NE(language, nullptr);
    const Reading<Outline> outline = outlineOf(text, language->name);
    ASSERT_TRUE(outline.ok()) << said(outline.error());
    expectSound(outline.value(), text);
    const std::string found = std::string(language->name) + "\n" + linesOf(outline.value());
    if (std::getenv("TL_WRITE_GOLDEN") != nullptr) {
        std::ofstream(golden, std::ios::binary) << found;
    }
    EXPECT_EQ(found, contents(golden));
}

class OutlineSampleTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(OutlineSampleTest, IsTheGoldenOne) {
    expectGolden(GetParam(), GetParam().string() + ".txt");
}

std::string nameOfTest(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}
std::string sampleName(const testing::TestParamInfo<std::filesystem::path>& info) {
    return nameOfTest(info.param.filename().string());
}
INSTANTIATE_TEST_SUITE_P(EverySample, OutlineSampleTest, testing::ValuesIn(samples()), sampleName);

// Below kRealFolder; each has more than a hundred lines.
constexpr const char* kRealFiles[] = {
    "tree-sitter-0.23.2/README.md",
    "tree-sitter-0.23.2/tree_sitter/__init__.pyi",
    "tree-sitter-0.23.2/tree_sitter/binding/tree_cursor.c",
    "tree-sitter-0.23.2/tree_sitter/core/lib/src/lexer.c",
    "tree-sitter-0.23.2/tree_sitter/core/lib/src/subtree.h",
    "tree_sitter_c_sharp-0.23.1/src/scanner.c",
    "tree_sitter_language_pack-0.7.0/parsers/csv/src/grammar.json",
    "tree_sitter_language_pack-0.7.0/parsers/ocaml/common/common.mak",
    "tree_sitter_language_pack-0.7.0/parsers/php/common/define-grammar.js",
    "tree_sitter_language_pack-0.7.0/parsers/xml/common/common.mjs",
    "tree_sitter_language_pack-0.7.0/setup.py",
    "tree_sitter_language_pack-0.7.0/tree_sitter_language_pack/__init__.py",
};

class RealOutlineTest : public testing::TestWithParam<const char*> {};

TEST_P(RealOutlineTest, IsTheGoldenOne) {
    const std::filesystem::path file = kRealFolder / GetParam();
    ASSERT_GT(std::ranges::count(contents(file), '\n'), 100) << file;
    std::string golden = GetParam();
    std::ranges::replace(golden, '/', '-');
    expectGolden(file, kFolder / "real" / (golden + ".txt"));
}

std::string realName(const testing::TestParamInfo<const char*>& info) {
    return nameOfTest(info.param);
}
INSTANTIATE_TEST_SUITE_P(EveryFile, RealOutlineTest, testing::ValuesIn(kRealFiles), realName);

TEST(OutlineTest, SaysThatThereIsNoGrammar) {
    const Reading<Outline> outline = outlineOf("x", "Klingon");
    ASSERT_FALSE(outline.ok());
    EXPECT_EQ(said(outline.error()), "no outline: no grammar for this language");
}

TEST(OutlineTest, FindsWhatStandsAroundABreak) {
    const Reading<Outline> outline =
        outlineOf("def first():\n    pass\n\ndef broken(:\n\ndef last():\n    pass\n", "Python");
    ASSERT_TRUE(outline.ok());
    EXPECT_TRUE(outline.value().hasErrors);
    const std::string found = linesOf(outline.value());
    EXPECT_NE(found.find("function first"), std::string::npos) << found;
    EXPECT_NE(found.find("function last"), std::string::npos) << found;
}

// 65,536 brackets that match nothing made libtree-sitter 0.20.7 free what it did not own.
TEST(OutlineTest, EveryLanguageSurvivesHostileTexts) {
    const std::vector<std::string> texts = {"",
                                            "\n",
                                            std::string(1 << 16, '('),
                                            std::string(1 << 16, '{'),
                                            std::string(1 << 16, '"'),
                                            "\xF0\x9F\x98\x80\n\t\x01"};
    OutlineLimits limits;
    limits.maxTime = std::chrono::milliseconds(50);
    for (const std::string_view language : languageNames()) {
        for (const std::string& text : texts) {
            const Reading<Outline> outline = outlineOf(text, language, limits);
            if (outline.ok()) {
                expectSound(outline.value(), text);
            } else {
                EXPECT_TRUE(said(outline.error()).starts_with("no outline: "));
            }
        }
    }
}

TEST(OutlineTest, TakesAHundredThousandNestedBrackets) {
    const std::string text = "int x = " + std::string(100'000, '(') + "1" +
                             std::string(100'000, ')') + ";\nint after() { return 1; }\n";
    OutlineLimits limits;
    limits.maxTime = std::chrono::milliseconds(60'000);
    const Reading<Outline> outline = outlineOf(text, "C", limits);
    ASSERT_TRUE(outline.ok()) << said(outline.error());
    EXPECT_EQ(outline.value().symbols.back().name, "after");
}

TEST(OutlineTest, EndsInTimeOnALineOfTenMegabytes) {
    std::string text = "var x = [";
    while (text.size() < 10'000'000) {
        text += "1,";
    }
    OutlineLimits limits;
    limits.maxTime = std::chrono::milliseconds(100);
    const auto start = std::chrono::steady_clock::now();
    const Reading<Outline> outline = outlineOf(text + "1];", "JavaScript", limits);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    ASSERT_FALSE(outline.ok());
    EXPECT_EQ(said(outline.error()), "no outline: parsing took more than 100 ms");
}

TEST(OutlineTest, SaysThatSymbolsWereLeftOut) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
        text += "int f" + std::to_string(i) + "(void);\n";
    }
    OutlineLimits limits;
    limits.maxSymbols = 7;
    const Reading<Outline> outline = outlineOf(text, "C", limits);
    ASSERT_TRUE(outline.ok());
    EXPECT_EQ(outline.value().symbols.size(), 7U);
    EXPECT_TRUE(outline.value().isCut);
}

}  // namespace
}  // namespace tl
