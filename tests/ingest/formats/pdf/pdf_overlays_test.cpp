// SPDX-License-Identifier: Apache-2.0
// What lies over a page's text or beside it, and is not part of it.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/read_pdf.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readPage(PdfPageSpec page) {
    const std::string bytes = makePdf({.pages = {std::move(page)}});
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    return std::move(extract).value();
}

// Text turned by the angle with this cosine and sine.
std::string slanted(const std::string& text, double x, double y, double cosine, double sine) {
    const auto number = [](double value) { return std::to_string(value) + " "; };
    return "0.8 g BT /F0 14 Tf " + number(cosine) + number(sine) + number(-sine) + number(cosine) +
           number(x) + number(y) + "Tm (" + text + ") Tj ET 0 g\n";
}

std::vector<std::string> prose() {
    return {"The pump room key is kept by the porter at the north gate. Visitors sign",
            "the register before they receive it and return it by six in the evening.",
            "Locker 42 holds the spare. The inspection was moved to Friday, 15 March,",
            "because the valve was late."};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return text;
}

TEST(PdfOverlays, AMarkTiledOverTheTextIsSaidOnceAndApart) {
    for (const auto& [cosine, sine] :
         {std::pair{0.866, 0.5}, std::pair{0.707, 0.707}, std::pair{0.707, -0.707}}) {
        std::string marks;
        for (int i = 0; i < 9; ++i) {
            marks += slanted("M. Lind 4711", 60 + 150 * (i % 3), 640 + 40 * (i / 3), cosine, sine);
        }
        EXPECT_EQ(readPage({.texts = textLines(72, 100, prose()), .content = marks}).text,
                  joined(prose()) + "\nM. Lind 4711\n");
    }
}

TEST(PdfOverlays, SlantedLabelsOfAChartAreKept) {
    const Extract extract = readPage({.texts = textLines(72, 100, prose()),
                                      .content = slanted("March", 100, 500, 0.707, 0.707) +
                                                 slanted("April", 140, 500, 0.707, 0.707)});
    EXPECT_EQ(extract.text, joined(prose()) + "\nMarch  April\n");
    for (const WordBox& word : extract.words) {
        EXPECT_LT(word.left, word.right);
        EXPECT_LT(word.top, word.bottom);
    }
}

std::vector<PdfText> numbered(
    const std::vector<std::string>& lines, double leading, int first, int step, double size) {
    std::vector<PdfText> texts = textLines(100, 100, lines, leading, 12);
    for (size_t i = 0; i < lines.size(); ++i) {
        const int number = first + static_cast<int>(i);
        if (number % step == 0) {
            texts.push_back({.x = number > 9 ? 70.0 : 75.0,
                             .baseline = 100 + leading * static_cast<double>(i),
                             .bytes = std::to_string(number),
                             .size = size});
        }
    }
    return texts;
}

const std::vector<std::string> kManuscript = {
    "The pump room key is kept by the porter at the north",
    "gate. Visitors sign the register before they receive it",
    "and return it by six in the evening. Locker 42 holds the",
    "spare. The inspection was moved to Friday, 15 March, be-",
    "cause the valve was late. Two engineers attend; one of",
    "them keeps the minutes and sends them to the office",
    "within three working days."};

const std::string kRead =
    "The pump room key is kept by the porter at the north\n"
    "gate. Visitors sign the register before they receive it\n"
    "and return it by six in the evening. Locker 42 holds the\n"
    "spare. The inspection was moved to Friday, 15 March, because\n"
    "the valve was late. Two engineers attend; one of\n"
    "them keeps the minutes and sends them to the office\n"
    "within three working days.\n";

TEST(PdfOverlays, LineNumbersInTheMarginAreLeftOutAndThatIsSaid) {
    for (const double leading : {14.0, 18.0, 24.0}) {
        for (const double size : {7.0, 12.0}) {
            const Extract extract = readPage({.texts = numbered(kManuscript, leading, 6, 1, size)});
            EXPECT_EQ(extract.text, kRead) << leading << " " << size;
            EXPECT_EQ(allSaid(extract.units.at(0).warnings),
                      "line numbers in the margin are left out");
        }
    }
}

TEST(PdfOverlays, NumbersOfAListStay) {
    const std::vector<std::string> items = {"Close the valve before you open the lid of the pump.",
                                            "Wait until the gauge shows zero.",
                                            "Open the lid and take out the filter.",
                                            "Rinse the filter with clear water.",
                                            "Put it back and close the lid tightly.",
                                            "Open the valve and watch the gauge."};
    const Extract extract = readPage({.texts = numbered(items, 16, 1, 1, 12)});
    for (const char* number : {"1", "2", "3", "4", "5", "6"}) {
        EXPECT_NE(extract.text.find(number), std::string::npos) << extract.text;
    }
    EXPECT_TRUE(extract.units.at(0).warnings.empty());
}

// As TeX's manual lists its categories: all in lower case, with numbers that count on.
TEST(PdfOverlays, NumbersOfAListInLowerCaseStay) {
    const std::vector<std::string> items = {
        "begin-group character (group_begin, often the brace),",
        "end-group character (group_end, often the other brace),",
        "math shift character (math_toggle, often the dollar),",
        "alignment tab character (alignment, often the ampersand),",
        "end of line character (often the return key),",
        "macro parameter character (parameter, often the hash),"};
    EXPECT_TRUE(readPage({.texts = numbered(items, 16, 1, 1, 12)}).units.at(0).warnings.empty());
}

}  // namespace
}  // namespace tl
