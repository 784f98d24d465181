// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/rtf/read_rtf.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string textOf(const std::string& body) {
    return officeText("rtf", "{\\rtf1\\ansi " + body + "}");
}

TEST(ReadRtf, ParagraphsBreaksAndCharacters) {
    EXPECT_EQ(
        textOf("a\\b  bold\\b0\\line two\\par\r\nb\\tab c\\emdash d\\~e\\_f\\-g\\{\\}\\\\\\par"),
        "a bold\ntwo\n\nb\tc\xE2\x80\x94"
        "d e-fg{}\\\n");
}

TEST(ReadRtf, CodePagesOfTheDocumentAndOfFonts) {
    EXPECT_EQ(textOf("caf\\'e9 \\'93x\\'94"), "caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D\n");
    EXPECT_EQ(textOf("\\ansicpg1251 \\'cf\\'ee\\'f0\\'f2"), "\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82\n");
    EXPECT_EQ(textOf("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset128 B;}{\\f2\\fcharset2 S;}}"
                     "{\\f1 \\'93\\'8c\\'8b\\'9e}\\f0\\'e9{\\f2\\'b7}"),
              "\xE6\x9D\xB1\xE4\xBA\xAC\xC3\xA9\xE2\x80\xA2\n");
}

TEST(ReadRtf, UnicodeWithWhatOlderReadersShow) {
    EXPECT_EQ(textOf("\\u8211-x \\uc2\\u233 ??y{\\uc0\\u233 z}\\u-10179??\\u-8704??"),
              "\xE2\x80\x93x \xC3\xA9y\xC3\xA9z\xF0\x9F\x98\x80\n");
    EXPECT_EQ(textOf("\\u233\\'e9x {\\upr{ansi}{\\*\\ud{\\u8364 ?}}}"), "\xC3\xA9x \xE2\x82\xAC\n");
    EXPECT_EQ(textOf("\\u55357?x\\u56832?"), "x\xEF\xBF\xBD\n") << "halves of a pair alone";
}

TEST(ReadRtf, DestinationsWithoutTextGo) {
    EXPECT_EQ(textOf("{\\colortbl;\\red1;}{\\*\\generator no;}{\\pict 00ff}{\\object{\\*\\objdata "
                     "00}{\\result shown}}{\\field{\\*\\fldinst LINK}{\\fldrslt  words}}"
                     "{\\*\\unknown no}{\\xe no}\\bin5 {{{{{end"),
              "shown wordsend\n");
}

TEST(ReadRtf, HeadingsComeFromStylesAndLevels) {
    const auto extract = readOffice(
        "rtf",
        "{\\rtf1{\\info{\\title The Log}{\\author no}}{\\stylesheet{\\s0 Normal;}{\\s3\\b "
        "\\outlinelevel0 berschrift;}{\\s4 heading 2;}{\\s5 Title;}}\\pard\\s5 Log\\par"
        "\\pard\\s3 Arrival\\par\\pard text\\par\\pard\\s4 Cargo\\par\\pard\\outlinelevel1 "
        "Direct\\par}");
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().title, "The Log");
    EXPECT_EQ(extract.value().text, "Log\n\nArrival\n\ntext\n\nCargo\n\nDirect\n");
    ASSERT_EQ(extract.value().symbols.size(), 4U);
    EXPECT_EQ(extract.value().symbols[1].parent, 0);
    EXPECT_EQ(extract.value().symbols[2].parent, 1);
    EXPECT_EQ(extract.value().symbols[3].parent, 1);
}

TEST(ReadRtf, ListsHaveTheirMarkers) {
    EXPECT_EQ(textOf("{\\listtext 1.\\tab}\\ilvl0 one\\par{\\listtext\\'b7\\tab}\\ilvl1 two\\par"
                     "\\pard\\li720\\fi-360 b)\\tab three\\par\\pard after\\par"),
              "1. one\n  - two\n  b) three\n\nafter\n");
}

TEST(ReadRtf, TablesComeByRows) {
    EXPECT_EQ(textOf("x\\par\\trowd\\pard\\intbl a\\par b\\cell\\cell c\\cell\\row\\trowd\\intbl d"
                     "\\cell\\row\\pard y\\par"),
              "x\n\na b |  | c\nd\n\ny\n");
}

TEST(ReadRtf, NotesCommentsBoxesAndMargins) {
    EXPECT_EQ(textOf("{\\header Harbour\\par}{\\footer 7}{\\headerl Harbour\\par}Tide{\\footnote"
                     "\\pard  noon{\\b !}} turned{\\*\\atnauthor Ana}{\\*\\annotation Sure?}"
                     "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt boxed\\par}}}\\par next"),
              "Tide[^1] turned\n\n[^1]: noon!\n\nComment by Ana: Sure?\n\nboxed\n\nnext\n\n"
              "Header: Harbour\n");
}

TEST(ReadRtf, DeletedTextGoesAndIsTold) {
    const auto extract = readOffice("rtf", "{\\rtf1 a{\\deleted b}{\\revised c}\\par}");
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "ac\n");
    EXPECT_EQ(notesSaid(extract.value().notes),
              "tracked changes: insertions are in, deletions are left out");
}

TEST(ReadRtf, RealFilesOfTwoProducers) {
    for (const char* name : {"pandoc.rtf", "libreoffice.rtf"}) {
        const std::string text = officeText("rtf", officeFile(name));
        for (const char* words :
             {"12 crates.[^1] The caf\xC3\xA9 opened",
              "[^1]: Low tide was at 07:10.",
              "1. Rope, 40 m\n2. Lamps\n  a. brass\n  b. glass\n3. Salt\n- lists",
              "Berth | Ship | Crates\n1 | Heron | 12\n"}) {
            EXPECT_NE(text.find(words), std::string::npos) << name << ": " << words << "\n" << text;
        }
    }
}

TEST(ReadRtfBadInput, CutOffDeepAndForeign) {
    EXPECT_EQ(officeError("rtf", "words"), "no RTF, against its name");
    const auto cut = readOffice("rtf", "{\\rtf1 half{\\b a wo");
    ASSERT_TRUE(cut.ok());
    EXPECT_EQ(cut.value().text, "halfa wo\n");
    EXPECT_EQ(eachSaid(cut.value().warnings),
              std::vector<std::string>{"the file is cut off; what follows is missing"});
    EXPECT_EQ(officeError("rtf", "{\\rtf1 " + std::string(100'000, '{')),
              "groups nested more than 10000 deep");
    EXPECT_EQ(textOf(std::string(9'000, '{') + "deep" + std::string(9'000, '}')), "deep\n");
}

TEST(ReadRtfBadInput, EveryPrefixAndAnyDamage) {
    const std::string whole = officeFile("libreoffice.rtf");
    for (size_t size = 0; size < whole.size(); size += 101) {
        (void)readOffice("rtf", whole.substr(0, size));
    }
    std::mt19937 random(3);
    for (int run = 0; run < 300; ++run) {
        std::string bytes = whole;
        for (int change = 0; change <= run % 20; ++change) {
            bytes[random() % bytes.size()] = "{}\\ '*;0"[random() % 8];
        }
        (void)readOffice("rtf", bytes);
    }
}

}  // namespace
}  // namespace tl
