// SPDX-License-Identifier: Apache-2.0
// Raised and lowered letters beside the letters they belong to.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/line_scripts.h"
#include "ingest/formats/pdf/read_pdf.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

struct Letters {
    std::string text;
    double size = 12;
    double rise = 0;
};

// Runs of text one after the other, from (72, `baseline`) on, as word processors write them.
std::string lineOf(double baseline, const std::vector<Letters>& runs, double x = 72) {
    std::string content =
        "BT 1 0 0 1 " + std::to_string(x) + " " + std::to_string(792 - baseline) + " Tm\n";
    for (const Letters& run : runs) {
        content += "/F0 " + std::to_string(run.size) + " Tf " + std::to_string(run.rise) + " Ts (" +
                   run.text + ") Tj\n";
    }
    return content + "ET\n";
}

std::string textOf(const std::string& content) {
    const std::string bytes = makePdf({.pages = {{.content = content}}});
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    return std::move(extract).value().text;
}

TEST(PdfScripts, AFootnoteMarkIsNoDigitOfThePrice) {
    EXPECT_EQ(textOf(lineOf(100, {{"The pump costs $320"}, {"1", 7, 4}, {" a year."}})),
              "The pump costs $320^1 a year.\n");
}

class RaisedNumbers : public testing::TestWithParam<Letters> {};

TEST_P(RaisedNumbers, StayPowersWhateverTheProducersShare) {
    const Letters& power = GetParam();
    for (const double size : {8.0, 12.0, 20.0}) {
        EXPECT_EQ(textOf(lineOf(100,
                                {{"It moves 10", size},
                                 {"6", power.size * size, power.rise * size},
                                 {" litres.", size}})),
                  "It moves 10^6 litres.\n")
            << size;
    }
}

// Shares of the line's size: LibreOffice, Word, TeX, browsers, WeasyPrint.
INSTANTIATE_TEST_SUITE_P(Producers,
                         RaisedNumbers,
                         testing::Values(Letters{"", 0.58, 0.33},
                                         Letters{"", 0.65, 0.35},
                                         Letters{"", 0.7, 0.36},
                                         Letters{"", 0.83, 0.33},
                                         Letters{"", 1.0, 0.45}));

TEST(PdfScripts, ExponentsKeepTheirSignsAndBrackets) {
    EXPECT_EQ(textOf(lineOf(100, {{"10"}, {"-3", 8, 4}, {" m"}, {"3", 8, 4}, {"/s"}})),
              "10^-3 m^3/s\n");
    EXPECT_EQ(textOf(lineOf(100, {{"about 2"}, {"n + 1", 8, 4}, {" of them"}})),
              "about 2^(n + 1) of them\n");
}

TEST(PdfScripts, LoweredNumbersStayInTheirWord) {
    EXPECT_EQ(textOf(lineOf(100, {{"H"}, {"2", 8, -2}, {"O and CO"}, {"2", 8, -2}, {" in air"}})),
              "H2O and CO2 in air\n");
    EXPECT_EQ(textOf(lineOf(100, {{"the number 101"}, {"2", 8, -2}, {" is five"}})),
              "the number 101_2 is five\n");
}

TEST(PdfScripts, OrdinalsSignsAndLogosGetNoMark) {
    EXPECT_EQ(textOf(lineOf(100, {{"the 1"}, {"st", 8, 4}, {" and the 2"}, {"nd", 8, 4}})),
              "the 1st and the 2nd\n");
    EXPECT_EQ(textOf(lineOf(100, {{"Falk"}, {"TM", 7, 4}, {" is 25"}, {"*", 8, 4}, {" old"}})),
              "FalkTM is 25* old\n");
    EXPECT_EQ(textOf(lineOf(100, {{"written in L"}, {"A", 8, 3}, {"TEX"}})), "written in LATEX\n");
}

TEST(PdfScripts, ABuiltFractionIsNoPower) {
    EXPECT_EQ(textOf(lineOf(100, {{"takes 2"}, {"1", 7, 4}, {"/"}, {"2", 7, 0}, {" hours"}})),
              "takes 2 1/2 hours\n");
}

TEST(PdfScripts, ANoteBeginsWithItsMark) {
    EXPECT_EQ(textOf(lineOf(100, {{"1", 6, 3}, {"Without tax.", 9}})), "^1 Without tax.\n");
}

TEST(PdfScripts, AHeadingAndATableKeepTheirMarks) {
    const std::string text =
        textOf(lineOf(100, {{"Costs of 2019", 18}, {"3", 11, 7}}) + lineOf(140, {{"Pump"}}) +
               lineOf(140, {{"320"}, {"a", 7, 5}}, 200) + lineOf(140, {{"12"}, {"1", 7, 5}}, 300) +
               lineOf(156, {{"Valve"}}) + lineOf(156, {{"45"}, {"b", 7, 5}}, 200) +
               lineOf(156, {{"7"}, {"2", 7, 5}}, 300));
    EXPECT_EQ(text, "Costs of 2019^3\n\nPump  320^a  12^1\nValve  45^b  7^2\n");
}

// An initial is no line of its own, and what stands beside it is not raised.
TEST(PdfScripts, AnInitialRaisesNothing) {
    const std::string text =
        textOf(lineOf(120, {{"T", 30}}) + lineOf(108, {{"he 3 pumps run"}}, 92) +
               lineOf(122, {{"since 1999"}}, 92));
    EXPECT_EQ(text.find('^'), std::string::npos) << text;
}

// Of a right-to-left line a mark follows what stands at its right.
TEST(LineScripts, ARaisedNumberLeftOfANumberStaysApartFromIt) {
    const std::vector<LinePiece> pieces = {
        {.text = "1", .size = 7, .height = 4, .begin = 10, .end = 14, .joinsNext = true},
        {.text = "320", .size = 12, .height = 0, .begin = 14, .end = 34, .joinsNext = false}};
    const std::vector<PieceScript> scripts = scriptsOf(pieces, /*isRightToLeft=*/true);
    EXPECT_EQ(scripts[0].prefix + scripts[0].suffix, "^");
    EXPECT_EQ(scripts[0].suffix, "^") << "letters are turned round after this";
    EXPECT_FALSE(scripts[0].joinsNext);
    EXPECT_FALSE(scripts[1].isMark);
}

TEST(LineScripts, ARaisedNumberAtTheRightEndOfANumberIsItsMark) {
    const std::vector<LinePiece> pieces = {
        {.text = "320", .size = 12, .height = 0, .begin = 10, .end = 30, .joinsNext = true},
        {.text = "1", .size = 7, .height = 4, .begin = 30, .end = 34, .joinsNext = false}};
    const std::vector<PieceScript> scripts = scriptsOf(pieces, /*isRightToLeft=*/true);
    EXPECT_EQ(scripts[1].prefix, "^");
    EXPECT_TRUE(scripts[0].joinsNext);
}

}  // namespace
}  // namespace tl
