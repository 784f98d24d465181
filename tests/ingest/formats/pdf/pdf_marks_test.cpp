// SPDX-License-Identifier: Apache-2.0
// What stands about a PDF's text: links, attached files, notes, the file's own words about itself.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/read_pdf.h"
#include "ingest/sandbox/check_extract.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readSpec(const PdfSpec& spec, const ReadLimits& limits = {}) {
    const std::string bytes = makePdf(spec);
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = limits};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    if (!extract.ok()) {
        return {};
    }
    const ReadStatus sound = checkExtract(extract.value(), request.limits);
    EXPECT_TRUE(sound.ok()) << (sound.ok() ? "" : said(sound.error()));
    return std::move(extract).value();
}

// "the words -> target" for each link.
std::vector<std::string> linksIn(const Extract& extract) {
    std::vector<std::string> lines;
    for (const Link& link : extract.links) {
        const auto size = static_cast<size_t>(link.end - link.begin);
        lines.push_back(extract.text.substr(static_cast<size_t>(link.begin), size) + " -> " +
                        link.target);
    }
    return lines;
}

std::string linkEntry(const std::string& rect, const std::string& entries) {
    return "<< /Type /Annot /Subtype /Link /Rect [" + rect + "] " + entries + " >> ";
}

std::string uri(const std::string& address) {
    return "/A << /S /URI /URI (" + address + ") >>";
}

using Lines = std::vector<std::string>;

// Helvetica of 10 points: "See the " is 37 points wide, "handbook" 44.
const std::vector<PdfText> kSentence = {{.x = 50, .baseline = 92, .bytes = "See the handbook now"}};

TEST(PdfMarks, LinksAreOfTheWordsUnderThem) {
    const Extract extract = readSpec(
        {.pages = {{.texts = kSentence,
                    .entries = "/Annots [" + linkEntry("86 697 132 712", uri("https://a.org/h")) +
                               linkEntry("300 300 400 320", uri("https://nowhere.org")) + "]"}}});
    EXPECT_EQ(linksIn(extract), (Lines{"handbook -> https://a.org/h"}));
}

TEST(PdfMarks, ALinkOverTwoLinesHasAPieceOnEach) {
    const std::string quads =
        "/QuadPoints [86 712 160 712 86 697 160 697 40 700 70 700 40 685 70 685] ";
    const Extract extract = readSpec(
        {.pages = {{.texts = textLines(50, 92, {"See the handbook", "here or there"}),
                    .entries = "/Annots [" +
                               linkEntry("40 685 160 712", quads + uri("mailto:ana@example.org")) +
                               "]"}}});
    EXPECT_EQ(linksIn(extract),
              (Lines{"handbook -> mailto:ana@example.org", "here -> mailto:ana@example.org"}));
}

TEST(PdfMarks, LinksWithinTheFileNameThePage) {
    const PdfPageSpec target{.texts = {{.x = 50, .baseline = 92, .bytes = "Second"}}};
    const std::string dest = "/Dest [1 /Fit]";  // pages count from 0
    const Extract extract =
        readSpec({.pages = {{.texts = kSentence,
                             .entries = "/Annots [" + linkEntry("86 697 132 712", dest) +
                                        linkEntry("40 697 60 712", "/Dest [9 /Fit]") + "]"},
                            target}});
    EXPECT_EQ(linksIn(extract), (Lines{"handbook -> #page=2"}));
}

TEST(PdfMarks, LinksStandRightOnPagesThatAreTurned) {
    for (const int turn : {0, 90, 180, 270}) {
        const Extract extract = readSpec(
            {.pages = {{.texts = kSentence,
                        .rotate = turn,
                        .entries = "/CropBox [30 600 500 780] /Annots [" +
                                   linkEntry("86 697 132 712", uri("https://a.org")) + "]"}}});
        EXPECT_EQ(linksIn(extract), (Lines{"handbook -> https://a.org"})) << turn;
    }
}

TEST(PdfMarks, AttachedFilesAreParts) {
    const Extract extract = readSpec({.pages = {{.texts = kSentence}},
                                      .attachments = {{.name = "notes.txt", .bytes = "one\n"},
                                                      {.name = "../notes.txt", .bytes = "two\n"},
                                                      {.name = "zero.csv", .bytes = ""}}});
    ASSERT_EQ(extract.parts.size(), 3U);
    // Poppler gives them by their names.
    EXPECT_EQ(extract.parts[0].name, "notes.txt");
    EXPECT_EQ(extract.parts[0].bytes, "two\n");
    EXPECT_EQ(extract.parts[1].name, "notes (2).txt");
    EXPECT_EQ(extract.parts[1].bytes, "one\n");
    EXPECT_EQ(said(extract.parts[2].skipReason), "empty attachment");
    EXPECT_EQ(eachSaid(extract.warnings), std::vector<std::string>());
}

TEST(PdfMarks, AttachedFilesOverALimitAreTold) {
    ReadLimits limits;
    limits.maxPartBytes = 100;
    limits.maxTotalBytes = 150;
    limits.maxParts = 3;
    const std::string fits(100, 'x');
    const Extract extract = readSpec({.pages = {{.texts = kSentence}},
                                      .attachments = {{.name = "a", .bytes = fits},
                                                      {.name = "b", .bytes = fits + "x"},
                                                      {.name = "c", .bytes = fits},
                                                      {.name = "d", .bytes = fits}}},
                                     limits);
    ASSERT_EQ(extract.parts.size(), 3U);
    EXPECT_EQ(extract.parts[0].bytes, fits);
    EXPECT_EQ(said(extract.parts[1].skipReason), "the attachments are over the limit");
    EXPECT_EQ(said(extract.parts[2].skipReason), "the attachments are over the limit");
    EXPECT_EQ(eachSaid(extract.warnings),
              (Lines{"1 attached file over the limit of 3 is left out"}));
}

TEST(PdfMarks, NotesAreCounted) {
    const Extract extract = readSpec(
        {.pages = {{.texts = kSentence,
                    .entries = "/Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] "
                               "/Contents (Is this so?) >> << /Type /Annot /Subtype /Highlight "
                               "/Rect [9 9 20 20] /QuadPoints [9 9 20 9 9 20 20 20] >>]"}}});
    EXPECT_EQ(eachSaid(extract.warnings), (Lines{"1 note on a page is not read"}));
}

TEST(PdfMarks, TheFileTellsItsAuthorAndDate) {
    const Extract extract =
        readSpec({.pages = {{.texts = kSentence}},
                  .title = "The Log",
                  .info = "/Author (Ana  Lind) /CreationDate (D:20240305101500+01'00')"});
    EXPECT_EQ(extract.title, "The Log");
    EXPECT_EQ(extract.author, "Ana Lind");
    EXPECT_EQ(extract.date, "2024-03-05");
    EXPECT_EQ(readSpec({.pages = {{.texts = kSentence}}, .info = "/CreationDate (soon)"}).date, "");
}

}  // namespace
}  // namespace tl
