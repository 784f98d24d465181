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

}  // namespace
}  // namespace tl
