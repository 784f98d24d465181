// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/table/table_reader.h"

// CSV and TSV stay as they are, so that lines and cells can be looked up; each record becomes a
// unit. A record may span lines where a quoted cell does (RFC 4180).
#include <algorithm>
#include <array>
#include <utility>

#include "ingest/text/text_lines.h"
#include "ingest/text/text_reader.h"

namespace tl {
namespace {

// A row's unit takes more memory than a short row; the rows after these have their lines alone.
// A spreadsheet holds twice as many, a model of a million tokens reads fewer.
constexpr size_t kMaxUnits = 500'000;

constexpr std::array<char, 4> kDelimiters{',', ';', '\t', '|'};

struct Record {
    size_t begin = 0;
    size_t end = 0;  // without the line end
    size_t cells = 1;
    bool isClosed = true;  // false: the last quote is missing
    std::string_view firstCell;
};

// The record at `begin`. Quotes count only at the start of a cell: 5" pipes are no quotes.
Record nextRecord(std::string_view text, size_t begin, char delimiter) {
    Record record{.begin = begin, .end = text.size(), .firstCell = {}};
    bool isQuoted = false;
    bool isCellStart = true;
    for (size_t i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                ++i;
            } else if (c == '"') {
                isQuoted = false;
            }
            continue;
        }
        if (c == '\n') {
            record.end = i;
            break;
        }
        if (c == delimiter) {
            if (++record.cells == 2) {
                record.firstCell = text.substr(begin, i - begin);
            }
        }
        isQuoted = c == '"' && isCellStart;
        isCellStart = c == delimiter || (isCellStart && c == ' ');
    }
    record.isClosed = !isQuoted;
    return record;
}

// A quote that never closes would make one record of the rest of the file: then the line is one.
// `canSpan` remembers that there is none, so that this stays linear.
Record nextRecordOrLine(std::string_view text, size_t begin, char delimiter, bool& canSpan) {
    if (canSpan) {
        Record record = nextRecord(text, begin, delimiter);
        if (record.isClosed) {
            return record;
        }
        canSpan = false;
    }
    const size_t end = std::min(text.find('\n', begin), text.size());
    Record record = nextRecord(text.substr(0, end), begin, delimiter);
    record.end = end;
    return record;
}

// How well the delimiter splits the first records: the cells of most of them agree. 0: not at all.
size_t scoreOf(std::string_view sample, char delimiter) {
    constexpr size_t kRecords = 30;
    std::vector<size_t> cells;
    bool canSpan = true;
    for (size_t at = 0; at < sample.size() && cells.size() < kRecords;) {
        const Record record = nextRecordOrLine(sample, at, delimiter, canSpan);
        if (record.end > record.begin) {
            cells.push_back(record.cells);
        }
        at = record.end + 1;
    }
    if (cells.empty() || cells.front() < 2) {
        return 0;
    }
    const auto same = static_cast<size_t>(std::count(cells.begin(), cells.end(), cells.front()));
    return same * 10 >= cells.size() * 7
               ? same * 100 / cells.size() * 100 + std::min<size_t>(cells.front(), 99)
               : 0;
}

// 0: none splits it.
char findDelimiter(std::string_view text) {
    const std::string_view sample = text.substr(0, size_t{1} << 16);
    char best = 0;
    size_t bestScore = 0;
    for (const char delimiter : kDelimiters) {
        const size_t score = scoreOf(sample, delimiter);
        if (score > bestScore) {
            bestScore = score;
            best = delimiter;
        }
    }
    return best;
}

// What is said of a table whose cells no comma separates.
ReasonCode delimiterNote(char delimiter) {
    switch (delimiter) {
        case ';':
            return ReasonCode::kSemicolonsBetweenCells;
        case '\t':
            return ReasonCode::kTabsBetweenCells;
        case '|':
            return ReasonCode::kBarsBetweenCells;
        default:
            return ReasonCode::kNone;
    }
}

// A row's label: its first cell, where that is short.
std::string labelOf(std::string_view cell) {
    constexpr size_t kLongest = 60;
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
        cell = cell.substr(1, cell.size() - 2);
    }
    return cell.size() <= kLongest && cell.find('\n') == std::string_view::npos ? std::string(cell)
                                                                                : std::string();
}

class TableReader : public Reader {
public:
    std::string_view name() const override { return "table"; }
    int version() const override { return 2; }

    int sniff(std::string_view name, std::string_view head) const override {
        if (!hasExtension(name, {".csv", ".tsv", ".tab"})) {
            return 0;
        }
        return findDelimiter(head) != 0 ? 90 : 50;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        auto decoded = decodeRequest(request);
        if (!decoded.ok()) {
            return decoded.error();
        }
        Extract extract;
        extract.kind = DocumentKind::kTable;
        extract.text = std::move(decoded.value().text);
        const char found = findDelimiter(extract.text);
        addRows(extract, found == 0 ? ',' : found);
        extract.notes = std::move(decoded.value().notes);
        if (const ReasonCode note = delimiterNote(found); note != ReasonCode::kNone) {
            extract.notes.push_back({note});
        }
        return extract;
    }

private:
    // Row 1 is the header or the first record, as a spreadsheet counts.
    static void addRows(Extract& extract, char delimiter) {
        const std::string_view text = extract.text;
        size_t cells = 0;
        int64_t uneven = 0;
        int64_t firstUneven = 0;
        int64_t number = 0;
        bool canSpan = true;
        for (size_t at = 0; at < text.size();) {
            const bool couldSpan = canSpan;
            const Record record = nextRecordOrLine(text, at, delimiter, canSpan);
            at = record.end + 1;
            if (couldSpan && !canSpan) {
                extract.warnings.push_back(
                    reasonAt(PlaceKind::kRow, number + 1, {ReasonCode::kOpenQuote}));
            }
            if (trimmed(text.substr(record.begin, record.end - record.begin)).empty()) {
                continue;
            }
            ++number;
            cells = cells == 0 ? record.cells : cells;
            if (record.cells != cells && ++uneven == 1) {
                firstUneven = number;
            }
            if (extract.units.size() < kMaxUnits) {
                extract.units.push_back(unitOf(record, number));
            }
        }
        if (uneven > 0) {
            extract.warnings.push_back(reasonAt(PlaceKind::kRow,
                                                firstUneven,
                                                {.code = ReasonCode::kUnevenRows,
                                                 .count = uneven,
                                                 .limit = static_cast<int64_t>(cells)}));
        }
        if (number > static_cast<int64_t>(kMaxUnits)) {
            extract.warnings.push_back(
                {.code = ReasonCode::kRowsByLines, .limit = int64_t{kMaxUnits}});
        }
    }

    static Unit unitOf(const Record& record, int64_t number) {
        Unit unit;
        unit.kind = UnitKind::kRow;
        unit.begin = static_cast<int64_t>(record.begin);
        unit.end = static_cast<int64_t>(record.end);
        unit.number = number;
        unit.label = labelOf(record.firstCell);
        return unit;
    }
};

}  // namespace

std::unique_ptr<Reader> makeTableReader() {
    return std::make_unique<TableReader>();
}

}  // namespace tl
