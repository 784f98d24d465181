// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/docx/read_docx.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const char* const kStyles =
    "<w:styles xmlns:w='w'>"
    "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='Mine'/>"
    "<w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Child'><w:basedOn w:val='Mine'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:basedOn w:val='Loop2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop2'><w:basedOn w:val='Loop'/></w:style>"
    "</w:styles>";

const char* const kNumbering =
    "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>"
    "<w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/>"
    "</w:lvl><w:lvl w:ilvl='1'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.%2)'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>"
    "<w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>";

std::string style(const std::string& id) {
    std::string xml("<w:pStyle w:val='");
    return xml.append(id).append("'/>");
}

std::string list(const std::string& id, int level) {
    std::string xml("<w:numPr><w:ilvl w:val='");
    xml.append(std::to_string(level)).append("'/><w:numId w:val='").append(id);
    return xml.append("'/></w:numPr>");
}

std::string textOf(const std::string& body, const std::vector<ArchiveMember>& more = {}) {
    return officeText("docx", makeDocx(body, more));
}

TEST(ReadDocx, HeadingsComeFromStylesInAnyLanguage) {
    const std::string body =
        paragraphXml("Log", style("Titel")) + paragraphXml("Arrival", style("berschrift1")) +
        paragraphXml("Six in the morning.") + paragraphXml("Cargo", style("Child")) +
        paragraphXml("Direct", "<w:outlineLvl w:val='0'/>") + paragraphXml("x", style("Loop"));
    const auto extract =
        readOffice("docx", makeDocx(body, {{.name = "word/styles.xml", .bytes = kStyles}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text,
              "Log\n\nArrival\n\nSix in the morning.\n\nCargo\n\nDirect\n\nx\n");
    const auto& symbols = extract.value().symbols;
    ASSERT_EQ(symbols.size(), 4U);
    EXPECT_EQ(symbols[1].parent, 0);
    EXPECT_EQ(symbols[2].name, "Cargo");
    EXPECT_EQ(symbols[2].parent, 1);
    EXPECT_EQ(symbols[3].parent, 0);
}

TEST(ReadDocx, ListsAreCounted) {
    const std::string body = paragraphXml("a", list("1", 0)) + paragraphXml("b", list("1", 1)) +
                             paragraphXml("c", list("1", 1)) + paragraphXml("d", list("1", 2)) +
                             paragraphXml("e", list("1", 0)) + paragraphXml("f", list("1", 1)) +
                             paragraphXml("text", list("0", 0)) + paragraphXml("g", list("2", 0)) +
                             paragraphXml("h", list("9", 0));
    EXPECT_EQ(textOf(body, {{.name = "word/numbering.xml", .bytes = kNumbering}}),
              "3. a\n  3.I) b\n  3.II) c\n    - d\n4. e\n  4.I) f\n\ntext\n\n1. g\n- h\n");
}

TEST(ReadDocx, TablesComeByRows) {
    const std::string cell = "<w:tc>" + paragraphXml("one") + paragraphXml("two") + "</w:tc>";
    const std::string row = "<w:tr>" + cell + "<w:tc><w:p/></w:tc>" + cell + "</w:tr>";
    EXPECT_EQ(textOf(paragraphXml("x") + "<w:tbl>" + row + row + "</w:tbl>" + paragraphXml("y")),
              "x\n\none two |  | one two\none two |  | one two\n\ny\n");
    EXPECT_EQ(textOf("<w:tbl><w:tr><w:tc><w:tbl>" + row + "</w:tbl><w:p/></w:tc>" + cell +
                     "</w:tr></w:tbl>"),
              "one two |  | one two\n\none\n\ntwo\n")
        << "a table with a table in it places things";
}

TEST(ReadDocx, NotesAndCommentsStandBehindTheirParagraph) {
    const std::string body =
        "<w:p><w:r><w:t>Tide</w:t><w:footnoteReference w:id='2'/><w:t> turned</w:t>"
        "<w:endnoteReference w:id='2'/><w:commentReference w:id='0'/></w:r></w:p>" +
        paragraphXml("next");
    const std::string note = "<w:footnote w:type='separator' w:id='0'>" + paragraphXml("-") +
                             "</w:footnote><w:footnote w:id='2'>" + paragraphXml(" At noon.") +
                             "</w:footnote>";
    const std::string comment = "<w:comment w:id='0' w:author='Ana'>" + paragraphXml("Sure?") +
                                paragraphXml("Ask.") + "</w:comment>";
    EXPECT_EQ(
        textOf(body,
               {{.name = "word/footnotes.xml", .bytes = "<w:notes>" + note + "</w:notes>"},
                {.name = "word/endnotes.xml",
                 .bytes = "<e><w:endnote w:id='2'>" + paragraphXml("Log 4") + "</w:endnote></e>"},
                {.name = "word/comments.xml", .bytes = "<c>" + comment + "</c>"}}),
        "Tide[^1] turned[^2]\n\n[^1]: At noon.\n\n[^2]: Log 4\n\nComment by Ana: Sure?\n\n"
        "Ask.\n\nnext\n");
}

TEST(ReadDocx, TrackedChangesKeepInsertionsOnly) {
    const auto extract = readOffice(
        "docx",
        makeDocx("<w:p><w:r><w:t xml:space='preserve'>The </w:t></w:r><w:del><w:r><w:delText>old"
                 "</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t "
                 "xml:space='preserve'> quay</w:t></w:r></w:p>"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "The new quay\n");
    EXPECT_EQ(notesSaid(extract.value().notes),
              "tracked changes: insertions are in, deletions are left out");
}

TEST(ReadDocx, TextBoxesOnceAndBehindTheirParagraph) {
    const std::string box = "<w:txbxContent>" + paragraphXml("boxed") + "</w:txbxContent>";
    EXPECT_EQ(textOf("<w:p><w:r><mc:AlternateContent><mc:Choice>" + box +
                     "</mc:Choice><mc:Fallback>" + box +
                     "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r>"
                     "</w:p>" +
                     paragraphXml("next")),
              "around\n\nboxed\n\nnext\n");
}

TEST(ReadDocx, InlineOddities) {
    EXPECT_EQ(textOf("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
                     "<w:noBreakHyphen/><w:t>d</w:t><w:instrText>PAGE</w:instrText>"
                     "<w:sym w:font='Wingdings' w:char='F0FC'/><w:drawing><wp:docPr name='P 1' "
                     "descr='a map'/></w:drawing></w:r></w:p>"),
              "a\tb\nc-d\xE2\x9C\x93[image: a map]\n");
}

TEST(ReadDocx, HeadersOnceEmbeddedFilesAndTitle) {
    const std::string header = "<w:hdr>" + paragraphXml("Harbour office") + "</w:hdr>";
    const std::string relationships =
        "<Relationships><Relationship Id='r1' Type='x/header' Target='header1.xml'/>"
        "<Relationship Id='r2' Type='x/header' Target='/word/header2.xml'/></Relationships>";
    const auto extract = readOffice(
        "docx",
        makeDocx(paragraphXml("text") + "<w:sectPr><w:headerReference r:id='r1'/>"
                                        "<w:headerReference r:id='r2'/></w:sectPr>",
                 {{.name = "word/_rels/document.xml.rels", .bytes = relationships},
                  {.name = "word/header1.xml", .bytes = header},
                  {.name = "word/header2.xml", .bytes = header},
                  {.name = "word/embeddings/sheet.xlsx", .bytes = "PK"},
                  {.name = "word/media/big.png", .bytes = "png"},
                  {.name = "docProps/core.xml",
                   .bytes = "<cp:p><dc:title> The\nLog</dc:title><dc:creator>Ana</dc:creator>"
                            "<dcterms:created>2024-03-05</dcterms:created></cp:p>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "text\n\nHeader: Harbour office\n");
    EXPECT_EQ(extract.value().title, "The Log");
    EXPECT_EQ(extract.value().author, "Ana");
    EXPECT_EQ(extract.value().date, "2024-03-05");
    ASSERT_EQ(extract.value().parts.size(), 1U);
    EXPECT_EQ(extract.value().parts[0].name, "word/embeddings/sheet.xlsx");
    EXPECT_EQ(extract.value().parts[0].bytes, "PK");
}

TEST(ReadDocx, FormulasKeepWhatStandsAboveAndBelow) {
    const auto run = [](const std::string& letters) {
        std::string xml("<m:r><m:t>");
        return xml.append(letters).append("</m:t></m:r>");
    };
    EXPECT_EQ(textOf("<w:p><m:oMath><m:sSup><m:e>" + run("x") + "</m:e><m:sup>" + run("n-k") +
                     "</m:sup></m:sSup><m:f><m:num>" + run("1") + "</m:num><m:den>" + run("a+b") +
                     "</m:den></m:f><m:nary><m:naryPr><m:chr m:val='S'/></m:naryPr><m:sub>" +
                     run("i") + "</m:sub><m:e>" + run("y") + "</m:e></m:nary><m:d><m:e>" +
                     run("z") + "</m:e></m:d></m:oMath></w:p>"),
              "x^(n-k)1/(a+b)S_iy(z)\n");
}

TEST(ReadDocx, DiagramsComeAtTheEndAndChartsAreTold) {
    const auto extract = readOffice(
        "docx",
        makeDocx("<w:p><w:drawing><dgm:relIds r:dm='d'/><c:chart r:id='c'/></w:drawing></w:p>" +
                     paragraphXml("text"),
                 {{.name = "word/_rels/document.xml.rels",
                   .bytes = "<R><Relationship Id='d' Type='x' Target='diagrams/data1.xml'/></R>"},
                  {.name = "word/diagrams/data1.xml",
                   .bytes = "<d><a:p><a:r><a:t>step</a:t></a:r></a:p></d>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "text\n\nstep\n");
    EXPECT_EQ(eachSaid(extract.value().warnings), std::vector<std::string>{"1 chart not read"});
}

TEST(ReadDocx, FindsTheDocumentWhereThePackageSays) {
    const std::string bytes = makeArchive(
        {{.name = "_rels/.rels",
          .bytes = "<R><Relationship Type='http://purl.oclc.org/ooxml/officeDocument/relationships/"
                   "officeDocument' Target='/other/main.xml'/></R>"},
         {.name = "other/main.xml",
          .bytes = "<document><body><p><r><t>strict</t></r></p></body></document>"}},
        "zip");
    EXPECT_EQ(officeText("docx", bytes), "strict\n");
}

TEST(ReadDocx, RealFilesOfTwoProducers) {
    for (const char* name : {"pandoc.docx", "libreoffice.docx"}) {
        const std::string text = officeText("docx", officeFile(name));
        for (const char* words : {"12 crates.[^1] The caf\xC3\xA9 opened",
                                  "[^1]: Low tide was at 07:10.",
                                  "2. Lamps\n  a. brass\n  b. glass\n3. Salt",
                                  "Berth | Ship | Crates\n1 | Heron | 12\n2 | Plover | 7\n"}) {
            EXPECT_NE(text.find(words), std::string::npos) << name << ": " << words << "\n" << text;
        }
    }
}

TEST(ReadDocxBadInput, EachHasItsReason) {
    EXPECT_EQ(officeError("docx", makeArchive({{.name = "a.xml", .bytes = "<a/>"}}, "zip")),
              "no word/document.xml: damaged DOCX");
    EXPECT_EQ(officeError("docx", "words"), "damaged DOCX: no zip file");
    EXPECT_EQ(officeError("docx", ""), "damaged DOCX: no zip file");
    EXPECT_EQ(officeError("docx", makeDocx("<w:p><w:r></w:p>")),
              "word/document.xml: broken XML at byte 56: Start-end tags mismatch");
    std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    EXPECT_EQ(officeError("docx", ole), "old office document, against its name");
    for (const char c : std::string("EncryptedPackage")) {
        ole += {c, '\0'};
    }
    EXPECT_EQ(officeError("docx", ole), "encrypted office document: save it without a password");
}

TEST(ReadDocxBadInput, ABrokenSidePartIsAWarning) {
    const auto extract = readOffice(
        "docx", makeDocx(paragraphXml("text"), {{.name = "word/styles.xml", .bytes = "<a><b>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "text\n");
    ASSERT_EQ(extract.value().warnings.size(), 1U);
    EXPECT_TRUE(
        said(extract.value().warnings[0]).starts_with("word/styles.xml: broken XML at byte"));
}

TEST(ReadDocxBadInput, DeepNestingAndLoopsOfNotes) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<w:p><w:tbl><w:tr><w:tc>";
    }
    deep += "<w:r><w:t>deep</w:t></w:r>";
    for (int i = 0; i < 100'000; ++i) {
        deep += "</w:tc></w:tr></w:tbl></w:p>";
    }
    EXPECT_EQ(textOf(deep), "deep\n");
    const std::string reference = "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>";
    EXPECT_EQ(textOf(reference,
                     {{.name = "word/footnotes.xml",
                       .bytes = "<f><w:footnote w:id='1'>" + reference + "</w:footnote></f>"}}),
              "[^1]\n\n[^1]:\n");
}

TEST(ReadDocxBadInput, BombsStop) {
    const std::string spaces =
        "<w:p><w:r><w:t>" + std::string(60 << 20, 'x') + "</w:t></w:r></w:p>";
    const auto extract = readOffice("docx", makeDocx(spaces));
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(extract.error().code, ErrorCode::kOutOfMemory);
    EXPECT_EQ(said(extract.error()).substr(0, 54),
              "word/document.xml: unpacks to over 200 times the archi");
}

TEST(ReadDocxBadInput, EveryPrefixGivesATextOrAReason) {
    const std::string whole = officeFile("pandoc.docx");
    for (size_t size = 0; size < whole.size(); size += 37) {
        (void)readOffice("docx", whole.substr(0, size));
    }
    std::mt19937 random(3);
    for (int run = 0; run < 300; ++run) {
        std::string bytes = whole;
        for (int change = 0; change <= run % 20; ++change) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        (void)readOffice("docx", bytes);
    }
}

// Report generators put a document together from pages, RTF, text and other DOCX files.
TEST(ReadDocx, ChunksInOtherFormatsAreParts) {
    const std::string type =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk";
    std::string relations = "<Relationships>";
    std::string body = paragraphXml("Report");
    std::vector<ArchiveMember> members;
    const std::vector<std::string> names = {
        "body.html", "a.mht", "b.rtf", "c.txt", "d.docx", "afchunk1.dat", "page.xhtml"};
    for (const std::string& name : names) {
        relations += "<Relationship Id='" + name + "' Type='" + type + "' Target='" + name + "'/>";
        body += "<w:altChunk r:id='" + name + "'/>";
        members.push_back({.name = "word/" + name, .bytes = "words of " + name});
    }
    members.push_back(
        {.name = "word/_rels/document.xml.rels", .bytes = relations + "</Relationships>"});
    const auto extract = readOffice("docx", makeDocx(body, members));
    ASSERT_TRUE(extract.ok());
    ASSERT_EQ(extract.value().parts.size(), names.size());
    for (size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(extract.value().parts[i].name, "word/" + names[i]);
        EXPECT_EQ(extract.value().parts[i].bytes, "words of " + names[i]);
    }
}

}  // namespace
}  // namespace tl
