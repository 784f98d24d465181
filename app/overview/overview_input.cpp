// SPDX-License-Identifier: Apache-2.0
#include "app/overview/overview_input.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/citation/citation_place.h"
#include "base/ascii.h"

namespace tl {

namespace {

// Folders whose files say nothing of the whole.
constexpr auto kSideFolders = std::to_array<std::string_view>(
    {"test",      "tests",      "testing",    "testdata", "testdir",      "test_data",
     "fixtures",  "t",          "spec",       "specs",    "example",      "examples",
     "sample",    "samples",    "demo",       "demos",    "contrib",      "third_party",
     "vendor",    "vendored",   "external",   "extern",   "patches",      "bench",
     "benches",   "benchmarks", "benchsuite", "fuzz",     "node_modules", "submodules",
     "templates", "ci"});

bool isSideName(std::string_view name) {
    for (size_t slash = name.find('/'); slash != std::string_view::npos; slash = name.find('/')) {
        const std::string folder = asciiLower(name.substr(0, slash));
        const bool isHidden = folder.starts_with('.');
        if (isHidden || std::ranges::find(kSideFolders, folder) != kSideFolders.end()) {
            return true;
        }
        name.remove_prefix(slash + 1);
    }
    return false;
}

// The folders that all files have in common, with the last slash.
std::string commonFolder(const Corpus& corpus) {
    if (corpus.files.empty()) {
        return {};
    }
    std::string_view common = corpus.files.front().document.name;
    common = common.substr(0, common.rfind('/') + 1);  // npos + 1 is 0
    for (const CorpusFile& file : corpus.files) {
        while (!std::string_view(file.document.name).starts_with(common)) {
            common.remove_suffix(1);
            common = common.substr(0, common.rfind('/') + 1);
        }
    }
    return std::string(common);
}

void addLabel(OverviewPlace& where) {
    where.label = where.file;
    // A transcript without times is looked up by its lines.
    const bool isTimeless =
        !where.beginMs && where.date.empty() && where.messageId.empty() && !where.speaker.empty();
    if (!where.place.empty() && !isTimeless) {
        where.label += " " + where.place;
    } else if (where.startLine > 0) {
        where.label += ":" + std::to_string(where.startLine);
        if (where.endLine > where.startLine) {
            where.label += "-" + std::to_string(where.endLine);
        }
    }
}

}  // namespace

OverviewInput::OverviewInput(const Corpus& corpus) : m_corpus(corpus), m_top(commonFolder(corpus)) {
    std::unordered_map<std::string_view, const FileRow*> rows;
    for (const FileRow& row : corpus.rows) {
        if (row.state == FileRow::State::kIn) {
            rows.emplace(row.name, &row);
        }
    }
    m_files.reserve(corpus.files.size());
    for (const CorpusFile& placed : corpus.files) {
        OverviewFile& file = m_files.emplace_back();
        file.document = &fullDocument(placed.document);
        const auto row = rows.find(placed.document.name);
        file.row = row == rows.end() ? nullptr : row->second;
        file.name = std::string_view(placed.document.name).substr(m_top.size());
        file.base = file.name.substr(file.name.rfind('/') + 1);
        file.depth = std::ranges::count(file.name, '/');
        file.isSide = isSideName(file.name);
    }
    std::ranges::stable_sort(m_files, {}, &OverviewFile::depth);
}

OverviewPlace placeOfBytes(const Document& document, const ByteRange& range) {
    OverviewPlace where;
    where.file = document.name;
    const int64_t end = std::max(range.end, range.begin + 1);
    where.startLine = document.lines.position(range.begin).line;
    where.endLine = document.lines.position(end - 1).line;
    const int64_t begin = document.lines.lineBegin(where.startLine);
    where.quote =
        document.text.substr(static_cast<size_t>(begin),
                             static_cast<size_t>(document.lines.lineEnd(where.endLine) - begin));
    setPlace(document, range, where);
    addLabel(where);
    return where;
}

OverviewPlace placeOfLines(const Document& document, int64_t first, int64_t last) {
    while (last > first && stripped(lineOf(document, last)).empty()) {
        --last;
    }
    return placeOfBytes(document, {document.lines.lineBegin(first), document.lines.lineEnd(last)});
}

OverviewPlace placeOfFile(const Document& document) {
    OverviewPlace where;
    where.file = document.name;
    addLabel(where);
    return where;
}

std::string_view wordsOfUnit(const Document& document, const Unit& unit) {
    std::string_view words =
        std::string_view(document.text)
            .substr(static_cast<size_t>(unit.begin), static_cast<size_t>(unit.end - unit.begin));
    if (unit.kind == UnitKind::kCue && words.starts_with(unit.label + ":")) {
        words.remove_prefix(unit.label.size() + 1);
    }
    return words;
}

int64_t tokensOf(const OverviewFile& file) {
    return file.row == nullptr ? 0 : file.row->tokens;
}

std::string_view lineOf(const Document& document, int64_t line) {
    const int64_t begin = document.lines.lineBegin(line);
    return std::string_view(document.text)
        .substr(static_cast<size_t>(begin),
                static_cast<size_t>(document.lines.lineEnd(line) - begin));
}

std::string_view stripped(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    const size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string_view fileStem(std::string_view base) {
    const size_t dot = base.find('.', 1);
    return base.substr(0, dot);
}

}  // namespace tl
