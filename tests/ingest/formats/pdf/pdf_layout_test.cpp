// SPDX-License-Identifier: Apache-2.0
// From where words stand on pages to text in reading order: columns, tables, paragraphs, hyphens,
// running heads.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/read_pdf.h"
#include "ingest/sandbox/check_extract.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readPages(std::vector<PdfPageSpec> pages, const std::u32string& mapped = U"") {
    const std::string bytes = makePdf({.pages = std::move(pages), .mapped = mapped});
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    EXPECT_TRUE(checkExtract(extract.value(), request.limits).ok());
    return std::move(extract).value();
}

std::string textOf(std::vector<PdfText> texts) {
    return readPages({{.texts = std::move(texts)}}).text;
}

std::vector<PdfText> operator+(std::vector<PdfText> left, const std::vector<PdfText>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

std::vector<std::string> prose(const std::string& name, int count) {
    std::vector<std::string> lines;
    for (int i = 0; i < count; ++i) {
        lines.push_back(name + " line " + std::to_string(i) + " of words that fill a column,");
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return text;
}

// Both columns on one grid: lines that stand side by side are no rows.
TEST(PdfLayout, ColumnsOfProseAreReadOneAfterTheOther) {
    const auto left = prose("left", 8);
    const auto right = prose("right", 8);
    // The second column goes on with the sentence of the first.
    EXPECT_EQ(textOf(textLines(50, 100, left) + textLines(320, 100, right)),
              joined(left) + joined(right));
}

TEST(PdfLayout, ColumnsStayColumnsThoughHeadingsStandSideBySide) {
    const auto left = prose("left", 6);
    const auto right = prose("right", 3);
    const std::string text =
        textOf(textLines(50, 100, left) + textLines(50, 200, {"Methods", "A short line."}) +
               textLines(320, 124, right) + textLines(320, 200, {"Results", "Another one"}));
    EXPECT_EQ(
        text,
        joined(left) + "\nMethods\nA short line.\n\n" + joined(right) + "\nResults\nAnother one\n");
}

TEST(PdfLayout, TablesKeepTheirRows) {
    const std::string text =
        textOf(textLines(72, 100, {"City", "Oslo", "Rome", "Bern"}) +
               textLines(200, 100, {"People", "709,000", "2,750,000", "134,000"}) +
               textLines(330, 100, {"Area", "454", "1,285", "52"}));
    EXPECT_EQ(text,
              "City  People  Area\nOslo  709,000  454\nRome  2,750,000  1,285\n"
              "Bern  134,000  52\n");
}

TEST(PdfLayout, WideRowsAndWrappedCellsKeepTheirOrder) {
    const std::string text = textOf(
        textLines(72, 100, {"Tea", "Coffee", "Milk"}, 30) + textLines(200, 100, {"green or"}) +
        textLines(200, 111, {"black"}) + textLines(200, 130, {"dark", "white"}, 30) +
        textLines(330, 100, {"2.10", "3.20", "1.00"}, 30));
    EXPECT_EQ(text, "Tea  green or  2.10\nblack\nCoffee  dark  3.20\nMilk  white  1.00\n");
}

// Poppler puts what stands close together on one line. The border is shown by the row below the
// first one, and by the row above the last.
TEST(PdfLayout, ALongCellDoesNotTakeTheNextOneOntoItsLine) {
    const std::vector<std::string> cities = {
        "Saint-Petersburg", "Oslo", "Rome", "Saint-Petersburg"};
    const std::vector<std::string> people = {"5,600,000", "709,000", "2,750,000", "5,600,000"};
    const std::string text = textOf(textLines(72, 100, cities) + textLines(151, 100, people));
    EXPECT_EQ(text,
              "Saint-Petersburg  5,600,000\nOslo  709,000\nRome  2,750,000\n"
              "Saint-Petersburg  5,600,000\n");
}

// A caption may have a space at the columns' border, and a word that begins with the second one.
TEST(PdfLayout, ACaptionBelowATableIsNoRow) {
    const std::string text = textOf(
        textLines(72, 100, {"Oslo", "Rome"}) + textLines(151, 100, {"709,000", "2,750,000"}) +
        textLines(72, 124, {"All of the people"}) + textLines(151, 124, {"counted by city"}));
    EXPECT_EQ(text, "Oslo  709,000\nRome  2,750,000\n\nAll of the people counted by city\n");
}

TEST(PdfLayout, ATableBetweenParagraphsStandsBetweenThem) {
    const auto above = prose("above", 4);
    const auto below = prose("below", 4);
    const std::string text = textOf(textLines(72, 100, above) + textLines(72, 170, {"One", "Two"}) +
                                    textLines(250, 170, {"1", "2"}) + textLines(72, 220, below));
    EXPECT_EQ(text, joined(above) + "\nOne  1\nTwo  2\n\n" + joined(below));
}

TEST(PdfLayout, LabelsStandBeforeTheirText) {
    const std::string text =
        textOf(textLines(72, 100, {"1.", "2."}, 40) +
               textLines(105, 100, {"The first item has", "two lines of text."}) +
               textLines(105, 140, {"The second item has", "as many of them."}));
    EXPECT_EQ(text,
              "1.  The first item has\ntwo lines of text.\n\n"
              "2.  The second item has\nas many of them.\n");
}

TEST(PdfLayout, IndentedFirstLinesBeginParagraphs) {
    const std::string text =
        textOf(textLines(72, 100, {"One sentence fills the first line here", "and ends."}) +
               textLines(90, 124, {"The next one begins further right and"}) +
               textLines(72, 136, {"goes on below."}));
    EXPECT_EQ(text,
              "One sentence fills the first line here\nand ends.\n\n"
              "The next one begins further right and\ngoes on below.\n");
}

TEST(PdfLayout, HyphensAtLineEndsGoUnlessTheWordHasThem) {
    const Extract extract = readPages({{.texts = textLines(72,
                                                           100,
                                                           {"This exam-",
                                                            "ple is well-known; a well-",
                                                            "known and self-",
                                                            "made state-of-",
                                                            "the-art, Anglo-",
                                                            "Saxon, a dash -",
                                                            "stays, inter-",
                                                            "national."})}});
    EXPECT_EQ(extract.text,
              "This example\nis well-known; a well-known\nand self-made\nstate-of-the-art,\n"
              "Anglo-Saxon,\na dash -\nstays, international.\n");
    std::vector<std::string> pieces;
    for (const WordBox& word : extract.words) {
        pieces.push_back(extract.text.substr(word.begin, word.end - word.begin));
    }
    EXPECT_EQ(pieces[1], "exam");
    EXPECT_EQ(pieces[2], "ple");
    EXPECT_EQ(extract.words[1].end, extract.words[2].begin);
    EXPECT_LT(extract.words[1].bottom, extract.words[2].bottom);
}

TEST(PdfLayout, TheDocumentsOwnSpellingDecidesAboutAHyphen) {
    EXPECT_EQ(textOf(textLines(72, 100, {"A co-", "worker and a coworker"})),
              "A coworker\nand a coworker\n");
    EXPECT_EQ(textOf(textLines(72, 100, {"A co-", "worker and a co-worker"})),
              "A co-worker\nand a co-worker\n");
}

TEST(PdfLayout, SoftHyphensThatAreDrawnAreHyphens) {
    const auto line = [](double baseline, const std::string& bytes) {
        return PdfText{.x = 72, .baseline = baseline, .bytes = bytes, .font = PdfFont::kMapped};
    };
    // "a\u00ADb" within a line, then "ab\u00AD" before "ab".
    const Extract extract = readPages(
        {{.texts = {line(100, "\x01\x03\x02"), line(112, "\x01\x02\x03"), line(124, "\x01\x02")}}},
        U"ab\u00AD");
    EXPECT_EQ(extract.text, "a-b\nabab\n");
}

const std::vector<std::string> kAnimals = {"ants", "bees", "cats", "dogs"};

// Four pages, counted from 11, with a running head, a page number and a text about an animal.
std::vector<PdfPageSpec> pagesAboutAnimals(const std::vector<std::vector<std::string>>& lines) {
    std::vector<PdfPageSpec> pages;
    for (size_t i = 0; i < lines.size(); ++i) {
        pages.push_back({.texts = textLines(72, 40, {"A Book of Animals"}) +
                                  textLines(500, 40, {std::to_string(i + 11)}) +
                                  textLines(72, 100, lines[i])});
    }
    return pages;
}

TEST(PdfLayout, RunningHeadsAndPageNumbersStandAtThePagesEnd) {
    std::vector<std::vector<std::string>> lines;
    for (const std::string& animal : kAnimals) {
        lines.push_back({"Here " + animal + " are", "told of."});
    }
    const Extract extract = readPages(pagesAboutAnimals(lines));
    EXPECT_EQ(extract.text.substr(0, static_cast<size_t>(extract.units[1].end)),
              "Here ants are\ntold of.\n\nA Book of Animals  11\n\n"
              "Here bees are\ntold of.\n\nA Book of Animals  12");
    EXPECT_EQ(extract.words.size(), 4U * (5 + 5));
}

TEST(PdfLayout, AParagraphThatRunsOnOverleafStaysOne) {
    auto pages = pagesAboutAnimals({{"Ants."}, {"ning. Bees"}, {"are many"}, {"dogs bark."}});
    pages[0].texts.push_back({.x = 72, .baseline = 300, .bytes = "A new begin-"});
    pages[2].texts.push_back({.x = 72, .baseline = 300, .bytes = "There are also"});
    const Extract extract = readPages(std::move(pages));
    EXPECT_EQ(extract.text,
              "Ants.\n\nA Book of Animals  11\n\n"
              "A new beginning.\nBees\n\n"
              "A Book of Animals  12\n\n"  // page 12 is one paragraph: no better place
              "are many\n\nA Book of Animals  13\n\n"
              "There are also\ndogs bark.\n\nA Book of Animals  14\n");
    const auto torn = static_cast<int64_t>(extract.text.find("beginning")) + 5;
    EXPECT_EQ(extract.units[0].end, torn);
    EXPECT_EQ(extract.units[1].begin, torn);
}

// The last row of each page's table is a number at the same height, but counts nothing.
TEST(PdfLayout, NumbersThatDoNotGrowWithThePagesAreNoPageNumbers) {
    const std::vector<std::string> totals = {"70", "12", "55", "31"};
    std::vector<PdfPageSpec> pages;
    for (size_t i = 0; i < totals.size(); ++i) {
        pages.push_back({.texts = textLines(72, 100, {"All " + kAnimals[i]}) +
                                  textLines(72, 760, {totals[i]})});
    }
    const Extract extract = readPages(std::move(pages));
    EXPECT_EQ(extract.text,
              "All ants\n\n70\n\nAll bees\n\n12\n\nAll cats\n\n55\n\nAll dogs\n\n31\n");
}

// Dots with and without spaces, and a number that Poppler gives a line of its own.
TEST(PdfLayout, LeadersOfContentsAreThreeDots) {
    const std::string text = textOf(
        textLines(
            72, 100, {"1 Introduction . . . . . . . . . . 1", "2.5 Memory...........12"}, 14) +
        textLines(72, 128, {"3 Valves . . . . . . ."}) + textLines(400, 128, {"xxviii"}));
    EXPECT_EQ(text, "1 Introduction ... 1\n2.5 Memory ... 12\n3 Valves ... xxviii\n");
}

TEST(PdfLayout, DotsThatLeadNowhereStay) {
    const std::string text =
        textOf(textLines(72, 100, {"He said .... and went on...", "from 1.2.3.4 to v1.."}));
    EXPECT_EQ(text, "He said .... and went on...\nfrom 1.2.3.4 to v1..\n");
}

// What stands beside dots in the next column is no page number.
TEST(PdfLayout, ALetterBesideALeaderStaysApart) {
    const std::string text = textOf(textLines(72, 100, {"begin . . . . . . . ."}) +
                                    textLines(400, 100, {"R"}) + textLines(72, 160, {"end"}));
    EXPECT_EQ(text.find("... R"), std::string::npos) << text;
}

}  // namespace
}  // namespace tl
