// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/notebook/notebook_reader.h"

// Jupyter notebooks, formats 2 to 4: cells and what they put out, as text. Pictures cannot be
// read; that one is there is said where it stands.
#include <algorithm>
#include <utility>

#include "ingest/formats/notebook/output_text.h"
#include "ingest/text/json_text.h"
#include "ingest/text/symbols_of_headings.h"
#include "ingest/text/text_lines.h"
#include "ingest/text/text_reader.h"

namespace tl {
namespace {

using nlohmann::json;

class NotebookWriter {
public:
    NotebookWriter(Extract& extract, const json& notebook)
        : m_extract(extract), m_format(formatOf(notebook)) {
        const json& metadata = member(notebook, "metadata");
        m_language = stringMember(member(metadata, "language_info"), "name");
        if (m_language.empty()) {
            m_language = stringMember(member(metadata, "kernelspec"), "language");
        }
        m_extract.language = cleanText(m_language);
    }

    void addCell(const json& cell) {
        ++m_number;
        const std::string kind = stringMember(cell, "cell_type");
        const json& source =
            member(cell, kind == "code" && cell.contains("input") ? "input" : "source");
        if (!source.is_string() && !source.is_array()) {
            m_extract.warnings.push_back(
                reasonAt(PlaceKind::kCell, m_number, {ReasonCode::kCellWithoutSource}));
        }
        const std::string text = sourceText(source, m_format);
        if (kind == "code") {
            addUnit("code", headOf("code"), text);
            for (const json& output : member(cell, "outputs")) {
                addOutput(output);
            }
            return;
        }
        const int64_t begin = addUnit(kind == "heading" ? "markdown" : kind, "", text);
        addHeadings(begin, kind, text, cell);
    }

    std::vector<Heading> headings;

private:
    // "[3] code"
    std::string headOf(std::string_view kind) const {
        std::string head(1, '[');
        head += std::to_string(m_number);
        head += "] ";
        head += kind;
        return head;
    }

    // Appends a paragraph and its unit; returns where the text begins.
    int64_t addUnit(std::string_view label, std::string_view head, std::string_view raw) {
        const std::string clean = cleanText(raw);
        const size_t first = clean.find_first_not_of('\n');
        if (first == std::string::npos) {
            return static_cast<int64_t>(m_extract.text.size());
        }
        if (!m_extract.text.empty()) {
            m_extract.text += '\n';
        }
        Unit unit;
        unit.kind = UnitKind::kCell;
        unit.begin = static_cast<int64_t>(m_extract.text.size());
        if (!head.empty()) {
            m_extract.text += head;
            m_extract.text += '\n';
        }
        const auto begin = static_cast<int64_t>(m_extract.text.size());
        m_extract.text += std::string_view(clean).substr(first);
        m_extract.text.erase(m_extract.text.find_last_not_of(" \n\t") + 1);
        unit.end = static_cast<int64_t>(m_extract.text.size());
        m_extract.text += '\n';
        unit.number = m_number;
        unit.label = cleanText(label);
        m_extract.units.push_back(std::move(unit));
        return begin;
    }

    void addOutput(const json& output) {
        addUnit("output", headOf("output"), outputText(output, m_format));
    }

    // Of Markdown cells "# words", of format 3 whole cells.
    void addHeadings(int64_t begin,
                     std::string_view kind,
                     const std::string& text,
                     const json& cell) {
        const std::string clean = cleanText(text);
        const std::string_view body =
            std::string_view(clean).substr(std::min(clean.size(), clean.find_first_not_of('\n')));
        for (const TextLine& line : splitLines(body)) {
            const std::string_view words = trimmed(line.text);
            size_t level = std::min(words.find_first_not_of('#'), words.size());
            if (kind == "heading") {
                level = static_cast<size_t>(std::clamp(numberMember(cell, "level"), 1.0, 6.0));
            } else if (line.text.starts_with("```") || line.text.starts_with("~~~")) {
                return;  // what follows a fence may be code
            } else if (kind != "markdown" || level == 0 || level > 6 || level == words.size() ||
                       words[level] != ' ') {
                continue;
            }
            const std::string_view name = kind == "heading" ? words : trimmed(words.substr(level));
            const int64_t start = begin + line.begin;
            const int64_t end = std::min(start + static_cast<int64_t>(line.text.size()),
                                         static_cast<int64_t>(m_extract.text.size()));
            headings.push_back({std::string(name), static_cast<int>(level), start, end});
        }
    }

    static int formatOf(const json& notebook) {
        const json& format = member(notebook, "nbformat");
        return format.is_number_integer() ? std::clamp(format.get<int>(), 1, 4) : 4;
    }

    Extract& m_extract;
    int m_format;
    std::string m_language;
    int64_t m_number = 0;
};

class NotebookReader : public Reader {
public:
    std::string_view name() const override { return "notebook"; }
    int version() const override { return 2; }

    int sniff(std::string_view name, std::string_view head) const override {
        if (!hasExtension(name, {".ipynb"})) {
            return 0;
        }
        return head.find("\"cells\"") != std::string_view::npos ? 100 : 70;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        auto decoded = decodeRequest(request);
        if (!decoded.ok()) {
            return decoded.error();
        }
        const auto tree = parseJson(decoded.value().text);
        if (!tree.ok()) {
            return tree.error();
        }
        Extract extract;
        extract.kind = DocumentKind::kNotebook;
        extract.notes = std::move(decoded.value().notes);
        NotebookWriter writer(extract, tree.value());
        if (!addCells(writer, tree.value())) {
            return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoCells}};
        }
        extract.symbols = symbolsOfHeadings(extract.text, writer.headings);
        extract.title = stringMember(member(tree.value(), "metadata"), "title");
        return extract;
    }

private:
    static bool addCells(NotebookWriter& writer, const json& notebook) {
        bool hasCells = member(notebook, "cells").is_array();
        for (const json& cell : member(notebook, "cells")) {
            writer.addCell(cell);
        }
        for (const json& sheet : member(notebook, "worksheets")) {
            hasCells = hasCells || member(sheet, "cells").is_array();
            for (const json& cell : member(sheet, "cells")) {
                writer.addCell(cell);
            }
        }
        return hasCells;
    }
};

}  // namespace

std::unique_ptr<Reader> makeNotebookReader() {
    return std::make_unique<NotebookReader>();
}

}  // namespace tl
