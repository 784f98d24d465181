// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/sniff_office.h"

#include <string>

#include <gtest/gtest.h>

#include "ingest/formats/archive/sniff_archive.h"
#include "ingest/formats/formats.h"
#include "tests/ingest/formats/office_files.h"

namespace tl {
namespace {

const std::string kZip("PK\3\4", 4);

// The format that is surest, as the program chooses.
std::string formatOf(std::string_view name, std::string_view head) {
    int most = 0;
    std::string best;
    for (const SandboxedFormat& format : sandboxedFormats()) {
        const int sure = format.sniff(name, head.substr(0, 4096));
        if (sure > most) {
            most = sure;
            best = format.name;
        }
    }
    return best;
}

TEST(SniffOffice, RealFilesByTheirBytesAndNames) {
    for (const char* name : {"pandoc.docx",
                             "libreoffice.docx",
                             "pandoc.html",
                             "pandoc.odt",
                             "libreoffice.odt",
                             "pandoc.epub",
                             "pandoc.pptx",
                             "pandoc.rtf"}) {
        const std::string extension = std::string(name).substr(std::string(name).rfind('.') + 1);
        EXPECT_EQ(formatOf(name, officeFile(name)), extension) << name;
    }
}

TEST(SniffOffice, PagesAreOurs) {
    EXPECT_EQ(sniffHtml("a.html", "<!-- x -->\n<!DOCTYPE html><p>"), 95);
    EXPECT_EQ(sniffHtml("a.htm", "<p>words"), 60);
    EXPECT_EQ(sniffHtml("page", "\xEF\xBB\xBF <html><body>"), 80);
    EXPECT_EQ(sniffHtml("page", "words about <html>"), 0);
}

TEST(SniffOffice, TemplatesAndFilesOfOthersAreNot) {
    EXPECT_EQ(sniffHtml("a.html", "<html>{% block body %}"), 0);
    EXPECT_EQ(sniffHtml("a.html", "<html><p>{{ name }}"), 0);
    EXPECT_EQ(sniffHtml("a.html", "<html><script>x='{{ y }}'</script><code>{% %}</code>"), 95);
    for (const char* name : {"a.php", "a.vue", "a.jinja", "a.md", "a.js", "a.txt"}) {
        EXPECT_EQ(sniffHtml(name, "<!doctype html><p>x"), 0) << name;
    }
}

TEST(SniffOffice, OfficeNamesBeatTheArchiveAndArchivesKeepTheirs) {
    EXPECT_EQ(sniffDocx("a.DOCX", kZip), 90);
    EXPECT_GT(sniffDocx("a.docx", kZip), sniffArchive("a.docx", kZip));
    EXPECT_EQ(sniffDocx("a.zip", kZip), 0);
    EXPECT_EQ(sniffDocx("a.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 90);
    EXPECT_EQ(sniffPptx("a.pptx", kZip), 90);
    EXPECT_EQ(sniffEpub("a.epub", kZip), 90);
    EXPECT_EQ(sniffOdt("a.odt", kZip), 90);
}

TEST(SniffOffice, PackagesWithoutATellingName) {
    const std::string head = kZip + std::string(26, '\0') + "[Content_Types].xml....";
    EXPECT_EQ(sniffDocx("download", head + "word/document.xml"), 80);
    EXPECT_EQ(sniffPptx("download", head + "word/document.xml"), 0);
    EXPECT_EQ(sniffPptx("download", head + "ppt/presentation.xml"), 80);
    EXPECT_EQ(sniffDocx("download", kZip), 0);
}

TEST(SniffOffice, TheMimetypeMemberDecides) {
    std::string head = kZip + std::string(26, '\0') + "mimetype";
    EXPECT_EQ(sniffEpub("x", head + "application/epub+zipPK\3\4"), 100);
    EXPECT_EQ(sniffOdt("x.zip", head + "application/vnd.oasis.opendocument.textPK"), 100);
    EXPECT_EQ(sniffOdt("x", head + "application/vnd.oasis.opendocument.graphicsPK"), 0);
    EXPECT_EQ(sniffEpub("x", head + "application/zip"), 0);
    head[28] = 4;  // bytes of extra field after the name
    EXPECT_EQ(sniffEpub("x", head + "....application/epub+zip"), 100);
    head[29] = static_cast<char>(0xFF);
    EXPECT_EQ(sniffEpub("x", head), 0);
}

TEST(SniffOffice, RtfAndFlatOpenDocument) {
    EXPECT_EQ(sniffRtf("a.txt", "{\\rtf1\\ansi"), 100);
    EXPECT_EQ(sniffRtf("a.rtf", "words"), 50);
    EXPECT_EQ(sniffRtf("a.txt", "words"), 0);
    EXPECT_EQ(sniffOdt("x",
                       "<?xml?><office:document "
                       "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""),
              80);
}

}  // namespace
}  // namespace tl
