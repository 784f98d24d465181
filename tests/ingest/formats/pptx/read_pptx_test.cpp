// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pptx/read_pptx.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string relationship(const std::string& id, const std::string& type, const std::string& to) {
    std::string xml("<Relationship Id='");
    xml.append(id).append("' Type='http://x/").append(type).append("' Target='").append(to);
    return xml.append("'/>");
}

// A shape that fills a place of the layout; "" for none.
std::string shape(const std::string& placeholder, const std::string& paragraphs) {
    std::string xml("<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>");
    xml.append(placeholder).append("</p:nvPr></p:nvSpPr><p:txBody>").append(paragraphs);
    return xml.append("</p:txBody></p:sp>");
}

std::string words(const std::string& text, const std::string& properties = "") {
    std::string xml("<a:p><a:pPr ");
    xml.append(properties).append("/><a:r><a:t>").append(text);
    return xml.append("</a:t></a:r></a:p>");
}

// Slides in the order given, which is not that of their names.
std::string makePptx(const std::vector<std::string>& slides, std::vector<ArchiveMember> more = {}) {
    std::string list;
    std::string relationships("<R>");
    for (size_t i = 0; i < slides.size(); ++i) {
        const std::string id = std::string("r").append(std::to_string(i));
        std::string name("slides/slide");
        name.append(std::to_string(slides.size() - i)).append(".xml");
        list.append("\n <p:sldId id='25").append(id).append("' r:id='").append(id).append("'/>");
        relationships += relationship(id, "slide", name);
        more.push_back({.name = "ppt/" + name, .bytes = slides[i]});
    }
    more.push_back({.name = "ppt/_rels/presentation.xml.rels", .bytes = relationships + "</R>"});
    more.push_back(
        {.name = "ppt/presentation.xml",
         .bytes = "<p:presentation><p:sldIdLst>" + list + "</p:sldIdLst></p:presentation>"});
    return makeArchive(more, "zip");
}

TEST(ReadPptx, SlidesInTheirOrderWithTitlesListsAndTables) {
    const std::string table = "<p:graphicFrame><a:tbl><a:tr><a:tc>" + words("Berth") +
                              "</a:tc><a:tc>" + words("Ship") + "</a:tc></a:tr><a:tr><a:tc>" +
                              words("1") + "</a:tc><a:tc>" + words("Heron") + words("(late)") +
                              "</a:tc></a:tr></a:tbl></p:graphicFrame>";
    const std::string first =
        "<p:sld>" + shape("<p:ph type='title'/>", words("Ships")) +
        shape("<p:ph idx='1'/>", words("Heron") + words("twelve", "lvl='1'")) +
        shape("", words("free") + words("text")) + shape("<p:ph type='sldNum'/>", words("1")) +
        "</p:sld>";
    const auto extract = readOffice("pptx", makePptx({first, "<p:sld>" + table + "</p:sld>"}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text,
              "Ships\n\n- Heron\n  - twelve\n\nfree\ntext\n\nBerth | Ship\n1 | Heron (late)\n");
    ASSERT_EQ(extract.value().units.size(), 2U);
    EXPECT_EQ(extract.value().units[0].label, "Ships");
    EXPECT_EQ(extract.value().units[1].number, 2);
    ASSERT_EQ(extract.value().symbols.size(), 1U);
}

TEST(ReadPptx, FootersAndNotesThatAreLeftOutAreTold) {
    const std::string slide =
        "<p:sld>" + shape("", words("text")) + shape("<p:ph type='ftr'/>", words("Confidential")) +
        shape("<p:ph type='dt'/>", words("12 March")) + shape("<p:ph type='ftr'/>", "") +
        shape("<p:ph type='sldNum'/>", words("1")) + "</p:sld>";
    const auto extract = readOffice(
        "pptx",
        makePptx({slide},
                 {{.name = "ppt/slides/_rels/slide1.xml.rels",
                   .bytes = "<R>" + relationship("n", "notesSlide", "../notes/n1.xml") + "</R>"},
                  {.name = "ppt/notes/n1.xml",
                   .bytes = "<p:notes>" + shape("<p:ph type='body'/>", words("say this")) +
                            shape("", words("in a box")) +
                            shape("<p:ph type='hdr'/>", words("Head")) + "</p:notes>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "text\n\nNotes: say this\nin a box\n");
    EXPECT_EQ(notesSaid(extract.value().notes), "3 footers and dates of slides left out");
    const auto broken = readOffice(
        "pptx",
        makePptx({slide},
                 {{.name = "ppt/slides/_rels/slide1.xml.rels",
                   .bytes = "<R>" + relationship("n", "notesSlide", "../notes/n1.xml") + "</R>"}}));
    ASSERT_TRUE(broken.ok());
    EXPECT_EQ(eachSaid(broken.value().warnings),
              std::vector<std::string>{"slide 1: no ppt/notes/n1.xml: damaged PPTX"});
}

TEST(ReadPptx, NotesCommentsDiagramsAndWhatIsNotRead) {
    const std::string slide =
        "<p:sld show='0'>" + shape("", words("text")) +
        "<p:graphicFrame><dgm:relIds r:dm='d1'/></p:graphicFrame>"
        "<p:graphicFrame><c:chart r:id='c'/></p:graphicFrame><p:pic><p:nvPicPr><p:cNvPr "
        "descr='a map'/></p:nvPicPr></p:pic></p:sld>";
    const auto extract = readOffice(
        "pptx",
        makePptx({slide},
                 {{.name = "ppt/slides/_rels/slide1.xml.rels",
                   .bytes = "<R>" + relationship("d1", "diagramData", "../diagrams/data1.xml") +
                            relationship("n", "notesSlide", "../notes/n1.xml") +
                            relationship("k", "comments", "../comments/k.xml") + "</R>"},
                  {.name = "ppt/diagrams/data1.xml", .bytes = "<d>" + words("step") + "</d>"},
                  {.name = "ppt/comments/k.xml", .bytes = "<k><cm><text>Sure?</text></cm></k>"},
                  {.name = "ppt/embeddings/sheet.xlsx", .bytes = "PK"},
                  {.name = "ppt/notes/n1.xml",
                   .bytes = "<p:notes>" + shape("<p:ph type='sldImg'/>", words("no")) +
                            shape("<p:ph type='body' idx='1'/>", words("Say") + words("this")) +
                            "</p:notes>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text,
              "text\n\n[image: a map]\n\nstep\n\nNotes: Say\nthis\n\nComment: Sure?\n");
    EXPECT_EQ(allSaid(extract.value().units[0].warnings), "hidden slide");
    EXPECT_EQ(eachSaid(extract.value().warnings),
              std::vector<std::string>{"slide 1: 1 chart not read"});
    ASSERT_EQ(extract.value().parts.size(), 1U);
}

TEST(ReadPptx, ARealFile) {
    const auto extract = readOffice("pptx", officeFile("pandoc.pptx"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().title, "Harbour Review");
    ASSERT_EQ(extract.value().units.size(), 3U);
    EXPECT_EQ(extract.value().units[1].label, "Ships");
    EXPECT_NE(
        extract.value().text.find("- Heron: 12 crates\n- Plover: 7 crates\n  - two damaged\n\n"
                                  "Notes: Say that the Plover was late.\n\nBerths\n\n"
                                  "Berth | Ship\n1 | Heron\n"),
        std::string::npos);
}

TEST(ReadPptxBadInput, EachHasItsReason) {
    EXPECT_EQ(officeError("pptx", makeArchive({{.name = "a", .bytes = "x"}}, "zip")),
              "no ppt/presentation.xml: damaged PPTX");
    EXPECT_EQ(officeError("pptx", makePptx({"<p:sld>"})),
              "none of its slides can be read: damaged PPTX");
    const auto half = readOffice("pptx", makePptx({"<broken>", "<s>" + words("two") + "</s>"}));
    ASSERT_TRUE(half.ok());
    EXPECT_EQ(half.value().text, "two\n");
    EXPECT_EQ(allSaid(half.value().units[0].warnings), "cannot be read");
    ASSERT_EQ(half.value().warnings.size(), 1U);
    EXPECT_TRUE(
        said(half.value().warnings[0]).starts_with("slide 1: ppt/slides/slide2.xml: broken XML"));
}

TEST(ReadPptxBadInput, DeepNestingAndDamage) {
    std::string deep("<p:sld>");
    std::string ends;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<p:sp><a:p><a:tbl><a:tc>";
        ends += "</a:tc></a:tbl></a:p></p:sp>";
    }
    EXPECT_EQ(officeText("pptx", makePptx({deep + words("deep") + ends + "</p:sld>"})), "deep\n");
    const std::string whole = officeFile("pandoc.pptx");
    std::mt19937 random(3);
    for (int run = 0; run < 300; ++run) {
        std::string bytes = run % 2 == 0 ? whole.substr(0, random() % whole.size()) : whole;
        for (int change = 0; change <= run % 20; ++change) {
            bytes[random() % (bytes.size() + 1)] = static_cast<char>(random());
        }
        (void)readOffice("pptx", bytes);
    }
}

}  // namespace
}  // namespace tl
