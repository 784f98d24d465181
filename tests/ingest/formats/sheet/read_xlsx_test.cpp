// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/sheet/read_xlsx.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/sheet/cell_values.h"
#include "tests/ingest/formats/extract_checks.h"
#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

const std::string kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Sheet {
    std::string name;
    std::string rows;
    std::string state{};
};

// A workbook with shared strings "pump", "locker", "south" and styles 0 plain, 1 date, 2 date and
// time by its code, 3 percent.
std::string makeXlsx(const std::vector<Sheet>& sheets, std::vector<ArchiveMember> more = {}) {
    std::string list;
    std::string relations;
    for (size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        list += "<sheet name='" + sheets[i].name + "' sheetId='" + number + "' r:id='r" + number +
                "'" + (sheets[i].state.empty() ? "" : " state='" + sheets[i].state + "'") + "/>";
        relations += "<Relationship Id='r" + number + "' Type='" + kRelations +
                     "/worksheet' Target='worksheets/sheet" + number + ".xml'/>";
        more.push_back(
            {.name = "xl/worksheets/sheet" + number + ".xml",
             .bytes = "<worksheet><sheetData>" + sheets[i].rows + "</sheetData></worksheet>"});
    }
    const std::vector<ArchiveMember> usual = {
        {.name = "_rels/.rels",
         .bytes = "<Relationships><Relationship Id='r' Type='" + kRelations +
                  "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {.name = "xl/workbook.xml", .bytes = "<workbook><sheets>" + list + "</sheets></workbook>"},
        {.name = "xl/_rels/workbook.xml.rels",
         .bytes = "<Relationships>" + relations + "</Relationships>"},
        {.name = "xl/sharedStrings.xml",
         .bytes = "<sst><si><t>pump</t></si><si><r><t>lock</t></r><r><t>er</t></r></si>"
                  "<si><t>south</t><rPh><t>no</t></rPh></si></sst>"},
        {.name = "xl/styles.xml",
         .bytes = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy hh:mm'/>"
                  "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>"
                  "<xf numFmtId='9'/></cellXfs></styleSheet>"}};
    more.insert(more.begin(), usual.begin(), usual.end());
    return makeArchive(more, "zip");
}

const std::string kHeader =
    "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>";

TEST(ReadXlsx, GivesSheetsWithTheirRows) {
    const auto extract = readOffice(
        "xlsx",
        makeXlsx(
            {{"Plan",
              kHeader + "<row r='3'><c r='A3' t='s'><v>2</v></c><c r='B3'><v>42</v></c></row>"},
             {"Notes", "<row><c t='inlineStr'><is><t>closed on Friday</t></is></c></row>"}}));
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text,
              "Plan\n\npump | locker\nsouth | 42\n\nNotes\n\nclosed on Friday\n");
    EXPECT_EQ(extract.value().kind, DocumentKind::kTable);
    ASSERT_EQ(extract.value().units.size(), 3U);
    EXPECT_EQ(extract.value().units[1].number, 3);
    EXPECT_EQ(extract.value().units[1].from, "Plan");
    EXPECT_EQ(unitText(extract.value(), 1), "south | 42");
    EXPECT_EQ(extract.value().units[2].from, "Notes");
    ASSERT_EQ(extract.value().symbols.size(), 2U);
    EXPECT_EQ(extract.value().symbols[1].name, "Notes");
}

TEST(ReadXlsx, ShowsDatesPercentagesAndFormulasAsPeopleReadThem) {
    EXPECT_EQ(
        officeText("xlsx",
                   makeXlsx({{"A",
                              "<row><c s='1'><v>45363</v></c><c s='2'><v>45363.385416667</v></c>"
                              "<c s='3'><v>0.12</v></c><c><v>0.30000000000000004</v></c>"
                              "<c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c>"
                              "<c t='str'><f>A1&amp;B1</f><v>both</v></c></row>"}})),
        "A\n\n2024-03-12 | 2024-03-12 09:15 | 12 % | 0.3 | TRUE | #DIV/0! | both\n");
    const auto bare = readOffice("xlsx", makeXlsx({{"A", "<row><c><f>SUM(B1:B9)</f></c></row>"}}));
    ASSERT_TRUE(bare.ok());
    EXPECT_EQ(bare.value().text, "A\n\n=SUM(B1:B9)\n");
    EXPECT_EQ(notesSaid(bare.value().notes),
              "1 formulas without a stored value: the formula is shown");
}

TEST(ReadXlsx, EmptyCellsKeepTheirPlace) {
    EXPECT_EQ(
        officeText("xlsx",
                   makeXlsx({{"A",
                              "<row r='2'><c r='B2'><v>1</v></c><c r='D2'><v>2</v></c>"
                              "<c r='E2'/></row><row r='3'><c r='XFD3'><v>3</v></c></row>"}})),
        "A\n\n| 1 | | 2\n" + [] {
            std::string gap = "|";
            for (int i = 0; i < 63; ++i) {
                gap += " |";
            }
            return gap + " 3\n";
        }());
}

TEST(ReadXlsx, TellsHiddenSheetsChartsAndMissingParts) {
    const auto extract = readOffice("xlsx",
                                    makeXlsx({{"Open", kHeader}, {"Secret", kHeader, "hidden"}},
                                             {{.name = "xl/charts/chart1.xml", .bytes = "<c/>"}}));
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(notesSaid(extract.value().notes), "sheet Secret is hidden; it is read");
    EXPECT_EQ(eachSaid(extract.value().warnings), std::vector<std::string>{"1 chart not read"});
    EXPECT_NE(extract.value().text.find("Secret\n\npump | locker"), std::string::npos);
    EXPECT_EQ(officeError("xlsx", "no zip"), "damaged XLSX: no zip file");
}

TEST(CellValues, CodesOfFormatsTellDates) {
    EXPECT_EQ(formatOfCode("General"), NumberFormat::kPlain);
    EXPECT_EQ(formatOfCode("#,##0.00 \"days\""), NumberFormat::kPlain);
    EXPECT_EQ(formatOfCode("[$-409]d\\-mmm\\-yy;@"), NumberFormat::kDate);
    EXPECT_EQ(formatOfCode("yyyy\\-mm\\-dd\\ hh:mm:ss"), NumberFormat::kDateTime);
    EXPECT_EQ(formatOfCode("[h]:mm:ss"), NumberFormat::kTime);
    EXPECT_EQ(formatOfCode("mm:ss.0"), NumberFormat::kTime);
    EXPECT_EQ(formatOfCode("[Red]0.0%"), NumberFormat::kPercent);
}

// The numbers are those of LibreOffice Calc.
TEST(CellValues, DaysCountFrom1900Or1904) {
    EXPECT_EQ(numberText("1", NumberFormat::kDate, false), "1900-01-01");
    EXPECT_EQ(numberText("61", NumberFormat::kDate, false), "1900-03-01");
    EXPECT_EQ(numberText("45363", NumberFormat::kDate, false), "2024-03-12");
    EXPECT_EQ(numberText("43901", NumberFormat::kDate, true), "2024-03-12");
    EXPECT_EQ(numberText("0.5", NumberFormat::kTime, false), "12:00:00");
    EXPECT_EQ(numberText("1.25", NumberFormat::kTime, false), "30:00:00");
    EXPECT_EQ(numberText("words", NumberFormat::kDate, false), "words");
    EXPECT_EQ(numberText("1e300", NumberFormat::kDate, false), "1e+300");
    EXPECT_EQ(columnOf("A1"), 0);
    EXPECT_EQ(columnOf("XFD3"), 16383);
    EXPECT_EQ(columnOf("ZZZZ1"), -1);
    EXPECT_EQ(columnOf("7"), -1);
}

}  // namespace
}  // namespace tl
