// SPDX-License-Identifier: Apache-2.0
// Files of sections with "key = value" lines: TOML and INI, as far as package metadata uses them.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/overview/metadata.h"

namespace tl {

namespace {

// "*" stands for every key: the key is the name then.
struct KeyRow {
    std::string_view file;
    std::string_view section;
    std::string_view key;
    MetadataKind kind;
};

constexpr auto kRows = std::to_array<KeyRow>({
    {"pyproject.toml", "project", "name", MetadataKind::kName},
    {"pyproject.toml", "project", "version", MetadataKind::kVersion},
    {"pyproject.toml", "project", "description", MetadataKind::kDescription},
    {"pyproject.toml", "project", "license", MetadataKind::kLicence},
    {"pyproject.toml", "project", "authors", MetadataKind::kAuthor},
    {"pyproject.toml", "project", "maintainers", MetadataKind::kMaintainer},
    {"pyproject.toml", "project.scripts", "*", MetadataKind::kProgram},
    {"pyproject.toml", "project.gui-scripts", "*", MetadataKind::kProgram},
    {"pyproject.toml", "tool.poetry", "name", MetadataKind::kName},
    {"pyproject.toml", "tool.poetry", "version", MetadataKind::kVersion},
    {"pyproject.toml", "tool.poetry", "description", MetadataKind::kDescription},
    {"pyproject.toml", "tool.poetry", "license", MetadataKind::kLicence},
    {"pyproject.toml", "tool.poetry", "authors", MetadataKind::kAuthor},
    {"pyproject.toml", "tool.poetry.scripts", "*", MetadataKind::kProgram},
    {"setup.cfg", "metadata", "name", MetadataKind::kName},
    {"setup.cfg", "metadata", "version", MetadataKind::kVersion},
    {"setup.cfg", "metadata", "description", MetadataKind::kDescription},
    {"setup.cfg", "metadata", "license", MetadataKind::kLicence},
    {"setup.cfg", "metadata", "author", MetadataKind::kAuthor},
    {"setup.cfg", "metadata", "maintainer", MetadataKind::kMaintainer},
    {"setup.cfg", "options.entry_points", "console_scripts", MetadataKind::kProgram},
    {"setup.cfg", "options.entry_points", "gui_scripts", MetadataKind::kProgram},
    {"Cargo.toml", "package", "name", MetadataKind::kName},
    {"Cargo.toml", "package", "version", MetadataKind::kVersion},
    {"Cargo.toml", "package", "description", MetadataKind::kDescription},
    {"Cargo.toml", "package", "license", MetadataKind::kLicence},
    {"Cargo.toml", "package", "authors", MetadataKind::kAuthor},
    {"Cargo.toml", "bin", "name", MetadataKind::kProgram},
});

// The strings in quotes; none where there is no quote.
std::vector<std::string_view> quotedStrings(std::string_view text) {
    std::vector<std::string_view> strings;
    for (size_t at = text.find_first_of("\"'"); at != std::string_view::npos;
         at = text.find_first_of("\"'", at)) {
        const size_t end = text.find(text[at], at + 1);
        if (end == std::string_view::npos) {
            break;
        }
        strings.push_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return strings;
}

// The value of `key` in an inline table: {name = "Ana", email = "..."}.
std::string_view tableValue(std::string_view table, std::string_view key) {
    for (size_t at = table.find(key); at != std::string_view::npos; at = table.find(key, at + 1)) {
        const std::string_view rest = stripped(table.substr(at + key.size()));
        const bool isWhole =
            at == 0 || std::string_view("{, \t").find(table[at - 1]) != std::string_view::npos;
        if (isWhole && rest.starts_with('=')) {
            const auto strings = quotedStrings(rest);
            return strings.empty() ? std::string_view() : strings.front();
        }
    }
    return {};
}

class KeyedReader {
public:
    explicit KeyedReader(MetadataSink& sink)
        : m_sink(sink), m_isToml(sink.file().base.ends_with(".toml")) {}

    void read() {
        const Document& document = m_sink.document();
        for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
            take(line, lineOf(document, line));
        }
    }

private:
    void take(int64_t number, std::string_view line) {
        const std::string_view words = stripped(line);
        if (words.empty() || words.starts_with('#')) {
            return;
        }
        const bool isContinued =
            m_row != nullptr && (m_isOpen || line[0] == ' ' || line[0] == '\t');
        if (isContinued) {
            addValue(words, number);
            m_isOpen = m_isOpen && !words.starts_with(']') && !words.ends_with(']');
            return;
        }
        m_row = nullptr;
        if (words.starts_with('[')) {
            const size_t begin = words.find_first_not_of('[');
            m_section = words.substr(begin, words.find(']') - begin);
            return;
        }
        const size_t equals = words.find('=');
        if (equals != std::string_view::npos) {
            takeKey(stripped(words.substr(0, equals)), stripped(words.substr(equals + 1)), number);
        }
    }

    void takeKey(std::string_view key, std::string_view value, int64_t number) {
        const auto* const row = std::ranges::find_if(kRows, [&](const KeyRow& candidate) {
            return candidate.file == m_sink.file().base && candidate.section == m_section &&
                   (candidate.key == key || candidate.key == "*");
        });
        if (row == kRows.end()) {
            return;
        }
        m_row = row;
        m_isOpen = m_isToml && value.starts_with('[') && !value.ends_with(']');
        if (row->key == "*") {
            const auto strings = quotedStrings(value);
            m_sink.add(row->kind,
                       strings.empty() ? value : strings.front(),
                       number,
                       key.substr(key.starts_with('"') ? 1 : 0));
            m_row = nullptr;
        } else {
            addValue(value, number);
            m_row = m_isOpen || !m_isToml ? row : nullptr;
        }
    }

    void addValue(std::string_view value, int64_t number) {
        if (m_row->kind == MetadataKind::kProgram && !m_isToml) {  // "name = module:function"
            const size_t equals = value.find('=');
            if (equals != std::string_view::npos) {
                m_sink.add(m_row->kind,
                           value.substr(equals + 1),
                           number,
                           stripped(value.substr(0, equals)));
            }
        } else if (!m_isToml) {
            m_sink.add(m_row->kind, value, number);
        } else if (value.find('{') != std::string_view::npos) {
            addTables(value, number);
        } else {
            for (const std::string_view text : quotedStrings(value)) {
                addText(text, number);
            }
        }
    }

    void addTables(std::string_view value, int64_t number) {
        for (size_t at = value.find('{'); at != std::string_view::npos;
             at = value.find('{', at + 1)) {
            const std::string_view table = value.substr(at, value.find('}', at) - at);
            addText(tableValue(table, m_row->kind == MetadataKind::kLicence ? "text" : "name"),
                    number);
        }
    }

    void addText(std::string_view written, int64_t number) {
        std::string text(written);
        for (size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) {
            text.replace(at, 2, " ");
        }
        const bool isProgram = m_row->kind == MetadataKind::kProgram;  // [[bin]] of Cargo
        m_sink.add(
            m_row->kind, text, number, isProgram ? std::string_view(text) : std::string_view());
    }

    MetadataSink& m_sink;
    bool m_isToml;
    std::string_view m_section;
    const KeyRow* m_row = nullptr;  // of the value that may go on in the next line
    bool m_isOpen = false;          // within the brackets of an array
};

}  // namespace

void readKeyedMetadata(MetadataSink& sink) {
    KeyedReader(sink).read();
}

}  // namespace tl
