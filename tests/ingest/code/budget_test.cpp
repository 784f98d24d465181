// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/budget.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/code/language.h"
#include "ingest/code/outline.h"

namespace tl {
namespace {

// Every kept byte is the same in both texts, and originalByte() finds it.
void expectMapsBack(const ReducedText& reduced, std::string_view text) {
    int64_t last = 0;
    for (const KeptRange& range : reduced.kept) {
        ASSERT_GE(range.reduced, last);
        ASSERT_GT(range.size, 0);
        ASSERT_LE(range.original + range.size, static_cast<int64_t>(text.size()));
        for (int64_t i = 0; i < range.size; ++i) {
            const int64_t original = originalByte(reduced.kept, range.reduced + i);
            ASSERT_EQ(original, range.original + i);
            ASSERT_EQ(text[static_cast<size_t>(original)],
                      reduced.text[static_cast<size_t>(range.reduced + i)]);
        }
        last = range.reduced + range.size;
    }
    ASSERT_LE(last, static_cast<int64_t>(reduced.text.size()));
}

void expectAllLevelsMapBack(std::string_view text, const std::vector<Symbol>& symbols) {
    for (const ReadLevel level : {ReadLevel::kFull, ReadLevel::kSignatures, ReadLevel::kNames}) {
        expectMapsBack(reduceText(text, symbols, level), text);
    }
    EXPECT_EQ(reduceText(text, symbols, ReadLevel::kFull).text, text);
}

TEST(BudgetTest, FoldsBodiesAndListsNames) {
    const std::string text =
        "class A:\n    def f(self):\n        return 12345\n\ndef g(x):\n    return x + 1\n";
    Reading<Outline> outline = outlineOf(text, "Python");
    ASSERT_TRUE(outline.ok());
    const std::vector<Symbol>& symbols = outline.value().symbols;
    EXPECT_EQ(reduceText(text, symbols, ReadLevel::kSignatures).text,
              "class A:\n    def f(self):\n        \u2026\n\ndef g(x):\n    \u2026\n");
    EXPECT_EQ(reduceText(text, symbols, ReadLevel::kNames).text,
              "class A\n method f\nfunction g\n");
    expectAllLevelsMapBack(text, symbols);
}

TEST(BudgetTest, MapsBackForEverySample) {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(TL_SOURCE_DIR "/tests/data/outlines")) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const Language* language = languageOf(entry.path().filename().string(), text);
        if (language == nullptr || !hasOutline(language->name)) {
            continue;
        }
        Reading<Outline> outline = outlineOf(text, language->name);
        ASSERT_TRUE(outline.ok()) << entry.path();
        expectAllLevelsMapBack(text, outline.value().symbols);
        ++count;
    }
    EXPECT_GT(count, 30);
}

// Symbols that no outline gives: overlapping bodies, any nesting, borders within characters.
TEST(BudgetTest, MapsBackForRandomSymbols) {
    std::mt19937 engine(7);
    const auto random = [&] { return static_cast<unsigned>(engine()); };
    const std::string piece = "ab\u00e9 {x}\n\u2026";
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (unsigned i = random() % 20; i > 0; --i) {
            text += piece;
        }
        std::vector<Symbol> symbols(random() % 8);
        const auto size = static_cast<unsigned>(text.size());
        for (size_t i = 0; i < symbols.size(); ++i) {
            Symbol& symbol = symbols[i];
            symbol.name.assign(1, 'x');
            symbol.begin = random() % (size + 1);
            symbol.end = symbol.begin + random() % (size + 1 - symbol.begin);
            symbol.bodyBegin = symbol.begin + random() % (symbol.end - symbol.begin + 1);
            symbol.bodyEnd = symbol.bodyBegin + random() % (symbol.end - symbol.bodyBegin + 1);
            symbol.parent = static_cast<int64_t>(random() % (i + 1)) - 1;
        }
        expectAllLevelsMapBack(text, symbols);
    }
}

}  // namespace
}  // namespace tl
