// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/sheet/read_xlsx.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "ingest/formats/sheet/cell_values.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/opc_package.h"
#include "ingest/xml/sheet_text.h"
#include "ingest/xml/xml_tree.h"
#include "ingest/xml/zip_parts.h"

namespace tl {
namespace {

// The words of a string that may be made of runs; how it is pronounced (rPh) is not part of it.
std::string stringText(pugi::xml_node item) {
    std::string text;
    for (const pugi::xml_node child : item.children()) {
        if (localName(child) == "t") {
            text += child.text().get();
        } else if (localName(child) == "r") {
            text += childOf(child, "t").text().get();
        }
    }
    return text;
}

class XlsxReading {
public:
    XlsxReading(const ReadRequest& request, ZipParts zip)
        : m_request(request), m_zip(std::move(zip)), m_text(request.limits.maxTextBytes) {
        m_extract.warnings = m_zip.warnings();
    }

    Reading<Extract> run() {
        const auto package = relationshipsOf(m_zip, "", m_extract.warnings);
        const std::string name = targetOf(package, "officeDocument", "xl/workbook.xml");
        const Reading<XmlTree> workbook = parsePart(m_zip, name);
        if (!workbook.ok()) {
            return workbook.error();
        }
        const auto relationships = relationshipsOf(m_zip, name, m_extract.warnings);
        loadStrings(targetOf(relationships, "sharedStrings", "xl/sharedStrings.xml"));
        loadStyles(targetOf(relationships, "styles", "xl/styles.xml"));
        const std::string_view is1904 =
            attributeOf(childOf(workbook.value().root(), "workbookPr"), "date1904");
        m_is1904 = is1904 == "1" || is1904 == "true";
        const auto targets = targetsById(relationships);
        for (const pugi::xml_node sheet : childOf(workbook.value().root(), "sheets").children()) {
            const auto target = targets.find(std::string(attributeOf(sheet, "id")));
            if (target != targets.end()) {
                readSheet(sheet, target->second);
            }
        }
        if (m_text.isFull()) {
            return overTextLimit(m_request.limits);
        }
        takePackageMetadata(m_zip, package, m_extract);
        tellWhatIsNotRead();
        std::move(m_text).finish(m_extract);
        return std::move(m_extract);
    }

private:
    void loadStrings(const std::string& name) {
        if (!m_zip.has(name)) {
            return;
        }
        const Reading<XmlTree> tree = parsePart(m_zip, name);
        if (!tree.ok()) {
            m_extract.warnings.push_back(tree.error().reason);
            return;
        }
        for (const pugi::xml_node item : tree.value().root().children()) {
            m_strings.push_back(stringText(item));
        }
    }

    void loadStyles(const std::string& name) {
        const Reading<XmlTree> tree = m_zip.has(name)
                                          ? parsePart(m_zip, name)
                                          : Reading<XmlTree>(Failure{ErrorCode::kNotFound, {}});
        if (tree.ok()) {
            m_formats = numberFormats(tree.value().root());
        } else if (!tree.error().reason.isNone()) {
            m_extract.warnings.push_back(tree.error().reason);
        }
    }

    void readSheet(pugi::xml_node sheet, const std::string& part) {
        const std::string name(attributeOf(sheet, "name"));
        if (!m_zip.has(part)) {
            m_extract.warnings.push_back({.code = ReasonCode::kPartNotRead, .name = part});
            return;
        }
        const Reading<XmlTree> tree = parsePart(m_zip, part);
        if (!tree.ok()) {
            m_extract.warnings.push_back(tree.error().reason);
            return;
        }
        if (std::string_view state = attributeOf(sheet, "state"); state.ends_with("idden")) {
            m_extract.notes.push_back(
                {.code = ReasonCode::kHiddenSheet, .name = plainLine(cleanText(name))});
        }
        m_text.beginSheet(name);
        int64_t number = 0;
        for (const pugi::xml_node row : childOf(tree.value().root(), "sheetData").children()) {
            if (localName(row) == "row") {
                number = std::max<int64_t>(number + 1, intAttributeOf(row, "r", 0));
                m_text.addRow(number, cellsOf(row));
            }
        }
        addComments(part);
    }

    std::vector<std::string> cellsOf(pugi::xml_node row) {
        std::vector<std::string> cells;
        for (const pugi::xml_node cell : row.children()) {
            if (localName(cell) != "c") {
                continue;
            }
            const int column = columnOf(attributeOf(cell, "r"));
            if (column > static_cast<int>(cells.size())) {
                cells.resize(static_cast<size_t>(column));
            }
            cells.push_back(valueOf(cell));
        }
        return cells;
    }

    std::string valueOf(pugi::xml_node cell) {
        const std::string_view type = attributeOf(cell, "t");
        const pugi::xml_node value = childOf(cell, "v");
        const std::string_view stored = value.text().get();
        if (type == "inlineStr") {
            return stringText(childOf(cell, "is"));
        }
        if (!value) {
            const std::string_view formula = childOf(cell, "f").text().get();
            m_withoutValue += formula.empty() ? 0 : 1;
            return formula.empty() ? "" : "=" + std::string(formula);
        }
        if (type == "s") {
            const auto index = static_cast<size_t>(value.text().as_uint(~0U));
            return index < m_strings.size() ? m_strings[index] : "";
        }
        if (type == "b") {
            return stored == "1" ? "TRUE" : "FALSE";
        }
        if (type == "str" || type == "e" || type == "d") {
            return std::string(stored);
        }
        const auto style = static_cast<size_t>(std::max(0, intAttributeOf(cell, "s", 0)));
        const NumberFormat format =
            style < m_formats.size() ? m_formats[style] : NumberFormat::kPlain;
        return numberText(trimmed(stored), format, m_is1904);
    }

    // Remarks that hang at cells, after the sheet.
    void addComments(const std::string& sheet) {
        for (const Relationship& relationship : relationshipsOf(m_zip, sheet, m_extract.warnings)) {
            if (relationship.type != "comments" || !m_zip.has(relationship.target)) {
                continue;
            }
            const Reading<XmlTree> tree = parsePart(m_zip, relationship.target);
            if (!tree.ok()) {
                m_extract.warnings.push_back(tree.error().reason);
                continue;
            }
            for (const pugi::xml_node comment :
                 childOf(tree.value().root(), "commentList").children()) {
                m_text.addLine("Comment at " + std::string(attributeOf(comment, "ref")) + ": " +
                               stringText(childOf(comment, "text")));
            }
        }
    }

    void tellWhatIsNotRead() {
        const std::vector<std::string> names = m_zip.names();
        const auto charts = std::count_if(names.begin(), names.end(), [](const std::string& name) {
            return asciiLower(name).starts_with("xl/charts/chart");
        });
        if (charts > 0) {
            m_extract.warnings.push_back({.code = ReasonCode::kChartsNotRead, .count = charts});
        }
        if (m_withoutValue > 0) {
            m_extract.notes.push_back(
                {.code = ReasonCode::kFormulasWithoutValue, .count = m_withoutValue});
        }
    }

    const ReadRequest& m_request;
    ZipParts m_zip;
    SheetText m_text;
    Extract m_extract;
    std::vector<std::string> m_strings;
    std::vector<NumberFormat> m_formats;
    bool m_is1904 = false;
    int64_t m_withoutValue = 0;
};

}  // namespace

Reading<Extract> readXlsx(const ReadRequest& request) {
    Reading<ZipParts> zip = ZipParts::open(request, "XLSX", isWantedPart);
    if (!zip.ok()) {
        return zip.error();
    }
    return XlsxReading(request, std::move(zip).value()).run();
}

}  // namespace tl
