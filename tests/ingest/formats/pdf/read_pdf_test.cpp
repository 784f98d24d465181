// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/read_pdf.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/sandbox/check_extract.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readSpec(const PdfSpec& spec, const std::string& password = "") {
    const std::string bytes = makePdf(spec);
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = password, .limits = {}};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    if (!extract.ok()) {
        return {};
    }
    const ReadStatus sound = checkExtract(extract.value(), request.limits);
    EXPECT_TRUE(sound.ok()) << (sound.ok() ? "" : said(sound.error()));
    return std::move(extract).value();
}

Extract readPage(PdfPageSpec page) {
    return readSpec({.pages = {std::move(page)}});
}

std::string wordText(const Extract& extract, const WordBox& word) {
    return extract.text.substr(word.begin, word.end - word.begin);
}

const WordBox& findWord(const Extract& extract, const std::string& text) {
    for (const WordBox& word : extract.words) {
        if (wordText(extract, word) == text) {
            return word;
        }
    }
    ADD_FAILURE() << "no word " << text << " in " << extract.text;
    static const WordBox none;
    return none;
}

TEST(ReadPdf, GivesTextAndAUnitAndBoxesForAPage) {
    const Extract extract =
        readSpec({.pages = {{.texts = {{.x = 61.2, .baseline = 79.2, .bytes = "Hello world"}}}},
                  .title = "A title"});
    EXPECT_EQ(extract.kind, DocumentKind::kPdf);
    EXPECT_EQ(extract.title, "A title");
    EXPECT_EQ(extract.text, "Hello world\n");
    ASSERT_EQ(extract.units.size(), 1U);
    EXPECT_EQ(extract.units[0].kind, UnitKind::kPage);
    EXPECT_EQ(extract.units[0].number, 1);
    EXPECT_EQ(extract.units[0].label, "");
    EXPECT_EQ(extract.units[0].begin, 0);
    EXPECT_EQ(extract.units[0].end, 11);
    ASSERT_EQ(extract.words.size(), 2U);
    EXPECT_EQ(wordText(extract, extract.words[1]), "world");
    EXPECT_NEAR(extract.words[0].left, 0.1, 0.002);
    EXPECT_LT(extract.words[0].top, 0.1);
    EXPECT_GT(extract.words[0].bottom, 0.099);
    EXPECT_LT(extract.words[0].bottom, 0.11);
    EXPECT_LT(extract.words[0].right, extract.words[1].left);
    EXPECT_TRUE(extract.warnings.empty());
}

// Hello at the lower left of the sheet, read with the sheet turned clockwise by a quarter: it runs
// downwards from the upper left corner.
TEST(ReadPdf, PlacesAreThoseOfThePageAsItIsShown) {
    const Extract extract =
        readPage({.texts = {{.x = 50, .baseline = 742, .bytes = "Hello"}}, .rotate = 90});
    const WordBox& word = findWord(extract, "Hello");
    EXPECT_NEAR(word.left, 50.0 / 792, 0.02);
    EXPECT_NEAR(word.top, 50.0 / 612, 0.02);
    EXPECT_GT(word.bottom - word.top, word.right - word.left);
}

TEST(ReadPdf, PlacesCountFromTheCropBoxAndWhatItHidesIsLeftOut) {
    const Extract extract = readPage({.texts = {{.x = 150, .baseline = 592, .bytes = "inside"},
                                                {.x = 400, .baseline = 100, .bytes = "outside"}},
                                      .entries = "/CropBox [100 100 300 300]"});
    EXPECT_EQ(extract.text, "inside\n");
    EXPECT_NEAR(findWord(extract, "inside").left, 0.25, 0.01);
}

TEST(ReadPdf, WordsThatReachOverThePagesEdgeStayWithinIt) {
    const Extract extract = readPage({.texts = {{.x = 580, .baseline = 5, .bytes = "edgeways"}}});
    ASSERT_FALSE(extract.words.empty());
    EXPECT_EQ(extract.words[0].right, 1.0F);
    EXPECT_EQ(extract.words[0].top, 0.0F);
}

// ImageMagick forgets the mark in front of its UTF-16.
TEST(ReadPdf, ATitleInUtf16NeedsNoMark) {
    const auto titleOf = [](const std::string& bytes) {
        return readSpec({.pages = {{}}, .title = bytes}).title;
    };
    EXPECT_EQ(titleOf(std::string("\xFE\xFF\0A\0 \0l\0o\0g", 12)), "A log");
    EXPECT_EQ(titleOf(std::string("\0A\0 \0l\0o\0g", 10)), "A log");
    EXPECT_EQ(titleOf("A log"), "A log");
}

TEST(ReadPdf, PageLabelsAreGivenWhereTheyDifferFromTheNumber) {
    const PdfPageSpec page{.texts = {{.x = 50, .baseline = 50, .bytes = "x"}}};
    const Extract extract =
        readSpec({.pages = {page, page, page},
                  .catalog = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 3 >>] >>"});
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(extract.units[0].label, "i");
    EXPECT_EQ(extract.units[1].label, "ii");
    EXPECT_EQ(extract.units[2].label, "");
}

TEST(ReadPdf, OutlineBecomesHeadingsAtTheirWords) {
    const std::vector<std::string> lines = {"Start", "of methods is text", "Methods", "more text"};
    const Extract extract = readSpec(
        {.pages = {{.texts = textLines(72, 72, lines)}, {.texts = textLines(72, 72, {"End"})}},
         .headings = {{.title = "Start", .page = 1, .top = 60},
                      {.title = "Methods", .page = 1, .top = 86, .level = 2},
                      {.title = "End", .page = 2, .top = 60}}});
    ASSERT_EQ(extract.symbols.size(), 3U);
    EXPECT_EQ(extract.symbols[0].name, "Start");
    EXPECT_EQ(extract.symbols[0].begin, 0);
    EXPECT_EQ(extract.symbols[1].begin, static_cast<int64_t>(extract.text.find("Methods")));
    EXPECT_EQ(extract.symbols[1].parent, 0);
    EXPECT_EQ(extract.symbols[1].firstLine, 3);
    EXPECT_EQ(extract.symbols[0].end, extract.symbols[1].end);
    EXPECT_EQ(extract.symbols[2].begin, static_cast<int64_t>(extract.text.find("End")));
    EXPECT_EQ(extract.symbols[2].parent, -1);
}

// A heading whose words are drawn otherwise than the outline spells them.
TEST(ReadPdf, HeadingsWithOtherWordsBeginBelowTheirTarget) {
    const Extract extract =
        readSpec({.pages = {{.texts = textLines(72, 100, {"first", "second", "third"}, 100)}},
                  .headings = {{.title = "Elsewhere", .page = 1, .top = 188}}});
    ASSERT_EQ(extract.symbols.size(), 1U);
    EXPECT_EQ(extract.symbols[0].begin, static_cast<int64_t>(extract.text.find("second")));
}

TEST(ReadPdf, LigaturesBecomeLettersAndSymbolBulletsBullets) {
    const Extract extract = readSpec({.pages = {{.texts = {{.x = 72,
                                                            .baseline = 72,
                                                            .bytes = "\x01\x02\x03\x04\x20\x05",
                                                            .font = PdfFont::kMapped}}}},
                                      .mapped = U"o\uFB03ce\uF0B7"});
    EXPECT_EQ(extract.text, "office \xE2\x80\xA2\n");
}

TEST(ReadPdf, HebrewReadsFromItsFirstLetter) {
    // Drawn from left to right: the last letter first, a number within.
    const Extract extract = readSpec(
        {.pages =
             {{.texts =
                   {{.x = 72, .baseline = 72, .bytes = "\x01\x02\x03", .font = PdfFont::kMapped},
                    {.x = 95, .baseline = 72, .bytes = "12"},
                    {.x = 112, .baseline = 72, .bytes = "\x04\x02", .font = PdfFont::kMapped}}}},
         .mapped = U"\u05DD\u05D5\u05DC\u05E9"});
    EXPECT_EQ(extract.text, "\xD7\x95\xD7\xA9 12 \xD7\x9C\xD7\x95\xD7\x9D\n");
}

TEST(ReadPdf, JapaneseComesThroughATableOutsideTheFileWithABoxForEachCharacter) {
    const Extract extract = readPage({.texts = {{.x = 72,
                                                 .baseline = 72,
                                                 .bytes = "\x65\xE5\x67\x2C\x8A\x9E",
                                                 .font = PdfFont::kJapanese}}});
    EXPECT_EQ(extract.text, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\n");
    ASSERT_EQ(extract.words.size(), 3U);
    EXPECT_NEAR(extract.words[1].left, (72 + 10) / 612.0, 0.002);
}

TEST(ReadPdf, PagesWithoutUsableTextAreNamed) {
    std::string unknown;
    for (int i = 1; i <= 40; ++i) {
        unknown += std::string{'\x01', static_cast<char>(i)};
    }
    const PdfPageSpec scan{.hasImage = true};
    const PdfPageSpec garbled{
        .texts = {{.x = 72, .baseline = 72, .bytes = unknown, .font = PdfFont::kUnmapped},
                  {.x = 72, .baseline = 90, .bytes = "Ten letter"}}};
    const PdfPageSpec outlines{.content =
                                   "100 100 m 120 160 l 140 100 l 130 90 l 110 130 l 90 0 l f"};
    const Extract extract = readSpec({.pages = {scan, scan, scan, {}, garbled, outlines}});
    const std::vector<std::string> wanted = {
        "pages 1-3: scanned, no text",
        "page 4: empty",
        "page 5: garbled text (no character table), 82 % of characters unknown",
        "page 6: drawings, no text"};
    EXPECT_EQ(eachSaid(extract.warnings), wanted);
    EXPECT_EQ(allSaid(extract.units[1].warnings), "scanned, no text");
    EXPECT_EQ(allSaid(extract.units[3].warnings), "empty");
    EXPECT_EQ(extract.text, "\xEF\xBF\xBD\n\nTen letter\n");
}

// Scans have a text layer as soon as somebody numbers their pages.
TEST(ReadPdf, AScanUnderAStampIsNamed) {
    const std::string whole = "q 612 0 0 792 0 0 cm /I0 Do Q ";
    const std::string strips =
        "q 612 0 0 396 0 0 cm /I0 Do Q q 612 0 0 396 0 396 cm /I0 Do Q "
        "q 612 0 0 396 0 396 cm /I0 Do Q ";
    const auto stamped = [](const std::string& picture, const std::string& words) {
        return PdfPageSpec{.texts = {{.x = 72, .baseline = 30, .bytes = words}},
                           .content = picture};
    };
    const Extract extract =
        readSpec({.pages = {stamped(whole, "GAUGE-000017"), stamped(strips, "7")}});
    const std::vector<std::string> wanted = {
        "pages 1, 2: perhaps scanned, a picture with little text (1 to 12 characters)"};
    EXPECT_EQ(eachSaid(extract.warnings), wanted);
    EXPECT_EQ(allSaid(extract.units[0].warnings),
              "perhaps scanned, a picture with little text (12 characters)");
    EXPECT_EQ(allSaid(extract.units[1].warnings),
              "perhaps scanned, a picture with little text (1 character)");
    EXPECT_EQ(extract.text, "GAUGE-000017\n\n7\n");
}

TEST(ReadPdf, APictureBesidesTextIsNoScan) {
    const std::string whole = "q 612 0 0 792 0 0 cm /I0 Do Q ";
    const std::vector<std::string> caption = {"A view of the harbour"};
    const std::vector<std::string> prose(8, "no one could say when the old mill had stopped");
    const PdfPageSpec figure{.texts = textLines(72, 72, caption), .hasImage = true};
    // Twice under another, far to the right and to the left of the page, or clipped to a corner.
    const PdfPageSpec layers{.texts = textLines(72, 72, caption),
                             .content =
                                 "q 612 0 0 300 0 0 cm /I0 Do Q q 612 0 0 300 0 0 cm /I0 Do Q "
                                 "q 612 0 0 792 612 0 cm /I0 Do Q q 612 0 0 792 -612 0 cm /I0 Do Q "
                                 "q 0 0 99 99 re W n " +
                                 whole + "Q "};
    const PdfPageSpec full{.texts = textLines(72, 72, prose), .content = whole};
    const Extract extract = readSpec({.pages = {figure, layers, full}});
    EXPECT_EQ(eachSaid(extract.warnings), std::vector<std::string>());
}

// A table that shifts every letter by three: "Wklv lv..."
TEST(ReadPdf, LettersThatMakeNoWordsAreNamed) {
    std::vector<std::string> lines;
    for (int i = 0; i < 10; ++i) {
        std::string line = "no one could say when the old mill by the river had stopped";
        for (char& c : line) {
            c = c == ' ' ? c : static_cast<char>('a' + (c - 'a' + 3) % 26);
        }
        lines.push_back(line);
    }
    const Extract extract = readPage({.texts = textLines(72, 72, lines)});
    ASSERT_EQ(extract.warnings.size(), 1U);
    EXPECT_EQ(said(extract.warnings[0]), "page 1: garbled text (its letters make no words)");
}

TEST(ReadPdf, AFileWithoutPagesIsSaid) {
    const std::string bytes = makePdf({});
    const auto extract = readPdf({.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}});
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(said(extract.error()), "PDF without pages");
}

TEST(ReadPdf, TextOverTheLimitIsAnErrorNotACut) {
    const std::string bytes = makePdf({.pages = {{.texts = textLines(72, 72, {"longer words"})}}});
    ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    request.limits.maxTextBytes = 8;
    const auto extract = readPdf(request);
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kOutOfMemory);
    EXPECT_EQ(said(extract.error()), "text over the limit of 8 bytes");
}

TEST(ReadPdf, AFileThatIsNoPdfIsSaid) {
    const auto extract =
        readPdf({.name = "a.pdf", .bytes = "Dear all,\n", .password = "", .limits = {}});
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(said(extract.error()), "no PDF, against its name");
}

TEST(ReadPdf, ABrokenTableOfObjectsIsRebuiltAndTold) {
    std::string bytes = makePdf({.pages = {{.texts = textLines(72, 72, {"still here"})}}});
    const size_t table = bytes.rfind("xref\n0");
    bytes.erase(table, bytes.find("trailer") - table);
    const auto extract = readPdf({.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}});
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "still here\n");
    ASSERT_FALSE(extract.value().warnings.empty());
    EXPECT_EQ(said(extract.value().warnings[0]),
              "damaged PDF: its table of objects was rebuilt, pages may be missing");
}

}  // namespace
}  // namespace tl
