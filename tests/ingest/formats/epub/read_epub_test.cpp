// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/epub/read_epub.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const char* const kContainer =
    "<container><rootfiles>\n<rootfile full-path='OPS/book.opf'/></rootfiles></container>";
const char* const kPackage =
    "<package><metadata><dc:title>The Log</dc:title></metadata><manifest>\n"
    "<item id='b' href='text/b%20b.xhtml' media-type='application/xhtml+xml'/>\n"
    "<item id='a' href='text/a.xhtml' media-type='application/xhtml+xml'/>"
    "<item id='i' href='i.svg' media-type='image/png'/>"
    "<item id='m' href='m.xhtml' media-type='application/xhtml+xml'/></manifest><spine>\n"
    "<itemref idref='a'/><itemref idref='b'/><itemref idref='i'/><itemref idref='m'/></spine>"
    "</package>";

std::string makeEpub(std::vector<ArchiveMember> more = {}) {
    more.push_back({.name = "META-INF/container.xml", .bytes = kContainer});
    more.push_back({.name = "OPS/book.opf", .bytes = kPackage});
    more.push_back({.name = "OPS/text/b b.xhtml",
                    .bytes = "<?xml version='1.0'?><html><head><title/></head><body><nav>kept</nav>"
                             "<p>B&nbsp;text<a epub:type='noteref'>1</a></p></body></html>"});
    more.push_back({.name = "OPS/text/a.xhtml",
                    .bytes = "<html><head><title>no</title></head><body><h2>Arrival</h2><p>A</p>"
                             "</body></html>"});
    return makeArchive(more, "zip");
}

TEST(ReadEpub, ChaptersInReadingOrderWithAllTheirText) {
    const auto extract = readOffice("epub", makeEpub());
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "Arrival\n\nA\n\nkept\n\nB text[1]\n");
    EXPECT_EQ(extract.value().title, "The Log");
    ASSERT_EQ(extract.value().units.size(), 2U);
    EXPECT_EQ(extract.value().units[0].label, "Arrival");
    EXPECT_EQ(extract.value().units[0].kind, UnitKind::kChapter);
    EXPECT_EQ(extract.value().units[1].label, "b b.xhtml");
    EXPECT_EQ(extract.value().units[1].begin, 12);
    const std::vector<std::string> warnings = {"chapter 3: a file of the kind image/png, not read",
                                               "chapter 4: no OPS/m.xhtml: damaged EPUB"};
    EXPECT_EQ(eachSaid(extract.value().warnings), warnings);
}

TEST(ReadEpub, ARealFile) {
    const auto extract = readOffice("epub", officeFile("pandoc.epub"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().title, "The Harbour Log");
    ASSERT_EQ(extract.value().units.size(), 3U);
    EXPECT_EQ(extract.value().units[2].label, "Departure");
    EXPECT_NE(extract.value().text.find("2. Lamps\n  a. brass\n"), std::string::npos);
    EXPECT_TRUE(extract.value().warnings.empty());
}

TEST(ReadEpub, ObscuredFontsAreFineAndDrmIsNot) {
    const auto encryption = [](const std::string& method) {
        std::string xml("<encryption>\n<enc:EncryptedData><enc:EncryptionMethod Algorithm='");
        xml.append(method).append("'/></enc:EncryptedData></encryption>");
        return makeEpub({{.name = "META-INF/encryption.xml", .bytes = xml}});
    };
    EXPECT_EQ(officeError("epub", encryption("http://www.idpf.org/2008/embedding")), "");
    EXPECT_EQ(officeError("epub", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")),
              "protected by DRM");
}

TEST(ReadEpubBadInput, EachHasItsReason) {
    EXPECT_EQ(officeError("epub", makeArchive({{.name = "a", .bytes = "x"}}, "zip")),
              "no META-INF/container.xml: damaged EPUB");
    EXPECT_EQ(
        officeError("epub",
                    makeArchive({{.name = "META-INF/container.xml", .bytes = "<c/>"}}, "zip")),
        "META-INF/container.xml: names no package: damaged EPUB");
    EXPECT_EQ(
        officeError("epub",
                    makeArchive({{.name = "META-INF/container.xml", .bytes = kContainer}}, "zip")),
        "no OPS/book.opf: damaged EPUB");
    EXPECT_EQ(officeError("epub",
                          makeArchive({{.name = "META-INF/container.xml", .bytes = kContainer},
                                       {.name = "OPS/book.opf", .bytes = kPackage}},
                                      "zip")),
              "none of its chapters can be read: damaged EPUB");
}

TEST(ReadEpubBadInput, AnyDamageGivesATextOrAReason) {
    const std::string whole = officeFile("pandoc.epub");
    for (size_t size = 0; size < whole.size(); size += 29) {
        (void)readOffice("epub", whole.substr(0, size));
    }
    std::mt19937 random(3);
    for (int run = 0; run < 200; ++run) {
        std::string bytes = whole;
        for (int change = 0; change <= run % 20; ++change) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        (void)readOffice("epub", bytes);
    }
}

}  // namespace
}  // namespace tl
