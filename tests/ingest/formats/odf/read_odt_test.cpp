// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/odf/read_odt.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const char* const kStyles =
    "<styles><style name='Kopf' parent-style-name='Title'/><style name='A' parent-style-name='B'/>"
    "<style name='B' parent-style-name='A'/></styles><automatic-styles><list-style name='L1'>"
    "<list-level-style-number level='1' num-format='1' num-suffix='.' start-value='3'/>"
    "<list-level-style-number level='2' num-format='a' num-suffix=')' display-levels='2'/>"
    "<list-level-style-bullet level='3'/></list-style></automatic-styles>";

std::string contentXml(const std::string& body) {
    std::string xml("<office:document>");
    xml.append(kStyles).append("<office:body><office:text>").append(body);
    return xml.append("</office:text></office:body></office:document>");
}

std::string makeOdt(const std::string& body, std::vector<ArchiveMember> more = {}) {
    more.push_back({.name = "content.xml", .bytes = contentXml(body)});
    return makeArchive(more, "zip");
}

std::string textOf(const std::string& body) {
    return officeText("odt", makeOdt(body));
}

TEST(ReadOdt, HeadingsParagraphsAndSpaces) {
    const auto extract = readOffice(
        "odt",
        makeOdt("<p style-name='Kopf'>Log</p><h outline-level='1'>Arrival</h><p>at  <span> six"
                "</span><s c='2'/>sharp<tab/>x<line-break/> y</p><h outline-level='2'>Cargo</h>"
                "<p style-name='A'>z</p>"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "Log\n\nArrival\n\nat six  sharp\tx\n y\n\nCargo\n\nz\n");
    ASSERT_EQ(extract.value().symbols.size(), 3U);
    EXPECT_EQ(extract.value().symbols[1].parent, 0);
    EXPECT_EQ(extract.value().symbols[2].parent, 1);
}

TEST(ReadOdt, ListsCountNestAndGoOn) {
    EXPECT_EQ(textOf("<list id='one' style-name='L1'><list-item><p>a</p><p>more</p><list>"
                     "<list-item><p>b</p><list><list-item><p>c</p></list-item></list></list-item>"
                     "</list></list-item></list><p>between</p>"
                     "<list continue-list='one' style-name='L1'><list-item><p>d</p></list-item>"
                     "</list><list style-name='none'><list-item><p>e</p></list-item></list>"),
              "3. a\n  more\n  3.a) b\n    - c\n\nbetween\n\n4. d\n- e\n");
}

TEST(ReadOdt, NotesCommentsBoxesAndChanges) {
    const auto extract = readOffice(
        "odt",
        makeOdt("<tracked-changes><p>gone</p></tracked-changes><p>Tide<note><note-citation>1"
                "</note-citation><note-body><p> noon</p></note-body></note> turned<annotation>"
                "<creator>Ana</creator><date>2026</date><p>Sure?</p></annotation><frame><text-box>"
                "<p>boxed</p></text-box><desc>a map</desc></frame></p><p>next</p>"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text,
              "Tide[^1] turned[image: a map]\n\n[^1]: noon\n\nComment by Ana: Sure?\n\nboxed\n\n"
              "next\n");
    EXPECT_EQ(notesSaid(extract.value().notes),
              "tracked changes: insertions are in, deletions are left out");
}

TEST(ReadOdt, TablesComeByRows) {
    const std::string cell = "<table-cell><p>one</p><p>two</p></table-cell>";
    EXPECT_EQ(textOf("<table><table-header-rows><table-row>" + cell +
                     "<table-cell number-columns-repeated='2'/>" + cell +
                     "</table-row></table-header-rows><table-row>" + cell +
                     "<covered-table-cell/></table-row></table>"),
              "one two |  |  | one two\none two\n");
}

TEST(ReadOdt, TitleHeadersAndFormulas) {
    const std::string styles =
        "<document-styles><master-styles><master-page><header><p>Harbour <page-number>1"
        "</page-number></p></header><header-left><p>Harbour <page-number>1</page-number></p>"
        "</header-left><footer><p>7</p></footer></master-page></master-styles></document-styles>";
    const auto extract = readOffice(
        "odt",
        makeOdt("<p>f: <frame><object href='./Object 1'/><object href='./Object 2'/></frame></p>",
                {{.name = "styles.xml", .bytes = styles},
                 {.name = "meta.xml", .bytes = "<d><meta><title>The Log</title></meta></d>"},
                 {.name = "Object 2/content.xml", .bytes = "<chart/>"},
                 {.name = "Object 1/content.xml",
                  .bytes = "<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac>"
                           "</math>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "f: a/(b^2)\n\nHeader: Harbour 1\n");
    EXPECT_EQ(extract.value().title, "The Log");
    EXPECT_EQ(eachSaid(extract.value().warnings),
              std::vector<std::string>{"1 embedded object (charts, spreadsheets) not read"});
}

TEST(ReadOdt, PresentationsHaveAUnitForEachSlide) {
    const std::string content =
        "<d><body><presentation><page><frame class='title'><text-box><p>Ships</p></text-box>"
        "</frame><frame class='outline'><text-box><list><list-item><p>Heron</p></list-item></list>"
        "</text-box></frame><notes><frame class='notes'><text-box><p>late</p></text-box></frame>"
        "</notes></page><page/></presentation></body></d>";
    const auto extract =
        readOffice("odt", makeArchive({{.name = "content.xml", .bytes = content}}, "zip"));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "Ships\n\n- Heron\n\nNotes: late\n");
    ASSERT_EQ(extract.value().units.size(), 2U);
    EXPECT_EQ(extract.value().units[0].label, "Ships");
    EXPECT_EQ(extract.value().units[0].kind, UnitKind::kSlide);
    EXPECT_EQ(allSaid(extract.value().units[1].warnings), "slide without text");
}

TEST(ReadOdt, RealFilesAndTheSameFlat) {
    for (const char* name : {"pandoc.odt", "libreoffice.odt"}) {
        const std::string text = officeText("odt", officeFile(name));
        for (const char* words :
             {"12 crates.[^1] The caf\xC3\xA9 opened",
              "[^1]: Low tide was at 07:10.",
              "1. Rope, 40 m\n2. Lamps\n  a. brass\n  b. glass\n3. Salt\n- lists",
              "Berth | Ship | Crates\n1 | Heron | 12\n"}) {
            EXPECT_NE(text.find(words), std::string::npos) << name << ": " << words << "\n" << text;
        }
    }
    EXPECT_EQ(officeText("odt", "<?xml version='1.0'?>" + contentXml("<p>flat</p>")), "flat\n");
    const auto slides = readOffice("odt", officeFile("libreoffice.odp"));
    ASSERT_TRUE(slides.ok());
    EXPECT_EQ(slides.value().units.size(), 3U);
}

TEST(ReadOdtBadInput, EachHasItsReason) {
    const auto reason = [](const std::string& content) {
        return officeError("odt", makeArchive({{.name = "content.xml", .bytes = content}}, "zip"));
    };
    EXPECT_EQ(reason("<d/>"), "no text in its body: damaged OpenDocument file");
    EXPECT_EQ(reason("<d>").substr(0, 31), "content.xml: broken XML at byte");
    EXPECT_EQ(officeError("odt", makeArchive({{.name = "a", .bytes = "x"}}, "zip")),
              "no content.xml: damaged OpenDocument file");
    EXPECT_EQ(officeError("odt",
                          makeOdt("<p>x</p>",
                                  {{.name = "META-INF/manifest.xml",
                                    .bytes = "<m><manifest:encryption-data/></m>"}})),
              "encrypted office document: save it without a password");
}

TEST(ReadOdtBadInput, DeepNestingAndDamage) {
    std::string deep;
    std::string ends;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<list><list-item>";
        ends += "</list-item></list>";
    }
    EXPECT_NE(textOf(deep + "<p>deep</p>" + ends).find("- deep\n"), std::string::npos);
    const std::string whole = officeFile("pandoc.odt");
    std::mt19937 random(3);
    for (int run = 0; run < 400; ++run) {
        std::string bytes = run % 2 == 0 ? whole.substr(0, random() % whole.size()) : whole;
        for (int change = 0; change <= run % 20; ++change) {
            bytes[random() % (bytes.size() + 1)] = static_cast<char>(random());
        }
        (void)readOffice("odt", bytes);
    }
}

TEST(ReadOds, GivesSheetsWithTheirRows) {
    const std::string sheets =
        "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><body>"
        "<spreadsheet><table name='Plan'><table-header-rows><table-row><table-cell><p>pump</p>"
        "</table-cell><table-cell><p>locker</p></table-cell></table-row></table-header-rows>"
        "<table-row number-rows-repeated='2'><table-cell number-columns-repeated='16384'/>"
        "</table-row><table-row><table-cell><p>south</p><annotation><date>x</date><p>closed</p>"
        "</annotation></table-cell><covered-table-cell/><table-cell value='42'/></table-row>"
        "<table-row number-rows-repeated='1048573'><table-cell/></table-row></table>"
        "<table name='Notes'><table-row><table-cell number-columns-repeated='2'><p>a</p><p>b</p>"
        "</table-cell></table-row></table></spreadsheet></body></office:document>";
    const auto extract = readOffice("odt", sheets);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text,
              "Plan\n\npump | locker\nsouth [comment: closed] | | 42\n\nNotes\n\na b | a b\n");
    ASSERT_EQ(extract.value().units.size(), 3U);
    EXPECT_EQ(extract.value().units[1].number, 4);
    EXPECT_EQ(extract.value().units[1].from, "Plan");
}

}  // namespace
}  // namespace tl
