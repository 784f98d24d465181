// SPDX-License-Identifier: Apache-2.0
#include "app/answer/option_entries.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "app/answer/passage_kind.h"
#include "app/overview/overview_input.h"

namespace tl {

namespace {

constexpr int64_t kMaxEntryLines = 8;
constexpr size_t kMaxNameBytes = 40;
constexpr const char* kBlanks = " \t";

bool isAlnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isOptionByte(char c) {
    return isAlnum(c) || c == '-' || c == '_' || c == '+' || c == '#' || c == '?';
}

// A line of a manual page without its macro and escapes; `isTag` where the macro opens an entry or
// ends one. "\fB" and the like change the font.
struct PlainLine {
    std::string text;
    bool isMacro = false;  // one that shows no words: .TP, .SH
};

std::string withoutEscapes(std::string_view text) {
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        ++i;
        if (text[i] == 'f') {
            i += i + 1 < text.size() && text[i + 1] == '(' ? 3 : 1;
        } else if (text[i] == 't' || text[i] == 'n') {
            plain += ' ';
        } else if (std::string_view("&|^,/").find(text[i]) == std::string_view::npos) {
            plain += text[i] == '(' || text[i] == '[' ? '\\' : text[i];
        }
    }
    return plain;
}

// ".It Fl a Ar file" of mdoc is "-a file".
std::string withFlags(std::string_view text) {
    std::string plain;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        if (word == "Fl") {
            plain += "-";
        } else if (word != "Ar" && word != "Ns" && word != "Cm" && word != "Op") {
            plain += std::string(word) + " ";
        }
        begin = end + 1;
    }
    return plain;
}

PlainLine fromManual(std::string_view line) {
    const size_t blank = std::min(line.find(' '), line.size());
    const std::string_view macro = line.substr(1, blank - 1);
    std::string rest(stripped(line.substr(blank)));
    constexpr auto kShown = std::to_array<std::string_view>(
        {"B", "BI", "BR", "I", "IB", "IP", "IR", "RB", "RI", "SB", "It", "Fl", "Nm", "Ar", "Pa"});
    if (std::ranges::find(kShown, macro) == kShown.end()) {
        return {"", true};
    }
    std::erase(rest, '"');
    if (macro == "It" || macro == "Fl") {
        return {withFlags(macro == "Fl" ? "Fl " + rest : rest), false};
    }
    return {withoutEscapes(rest), false};
}

// Bullets, bars of tables and marks of emphasis are gone.
std::string fromText(std::string_view line) {
    std::string_view text = stripped(line);
    for (const std::string_view bullet : {"- ", "* ", "+ ", "| ", "|", ": "}) {
        if (text.starts_with(bullet)) {
            text = stripped(text.substr(bullet.size()));
            break;
        }
    }
    std::string plain = withoutEscapes(text);
    std::erase_if(plain, [](char c) { return c == '`' || c == '*'; });
    return plain;
}

PlainLine plainLine(std::string_view line) {
    if (line.size() > 1 && line[0] == '.' && isAlnum(line[1])) {
        return fromManual(line);
    }
    return {fromText(line), false};
}

// The strings that a line of code says, one after the other.
std::string stringsOf(std::string_view line) {
    std::string all;
    for (size_t at = line.find_first_of("\"'"); at != std::string_view::npos;) {
        const char quote = line[at];
        const size_t end = line.find(quote, at + 1);
        if (end == std::string_view::npos) {
            break;
        }
        const std::string_view text = line.substr(at + 1, end - at - 1);
        const bool isKey = at >= 1 && line[at - 1] == '=' && !line.substr(0, at).ends_with("help=");
        if (!isKey) {
            all += (all.empty() ? "" : "  ") + std::string(text);
        }
        at = line.find_first_of("\"'", end + 1);
    }
    return all;
}

// "-s", "--secure": at most this many bytes from `at` on; empty where none stands there.
std::string_view nameAt(std::string_view text, size_t at) {
    size_t end = at;
    while (end < text.size() && text[end] == '-' && end - at < 2) {
        ++end;
    }
    const size_t dashes = end - at;
    if (dashes == 0 || end == text.size() || !(isAlnum(text[end]) || text[end] == '?')) {
        return {};
    }
    while (end < text.size() && isOptionByte(text[end])) {
        ++end;
    }
    const std::string_view name = text.substr(at, end - at);
    // "-v" and "-name" are options, "-5" and "-- so" are none.
    const bool isNumber = dashes == 1 && name.size() > 2 &&
                          name.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return name.size() > kMaxNameBytes || isNumber ? std::string_view() : name;
}

// The end of an argument's name that begins here: "FILE", "NEW_NAME"; `at` where there is none.
size_t endOfArgument(std::string_view text, size_t at) {
    size_t end = at;
    while (end < text.size() && ((text[end] >= 'A' && text[end] <= 'Z') || text[end] == '_')) {
        ++end;
    }
    const bool isWhole = end == text.size() || text[end] == ' ' || text[end] == ',' ||
                         text[end] == '\t' || text[end] == '/';
    return end >= at + 2 && isWhole ? end : at;
}

// Names and where the words after them begin; none where the line opens no entry.
std::optional<std::pair<std::vector<std::string>, size_t>> namesAt(std::string_view text) {
    std::vector<std::string> names;
    size_t at = 0;
    for (std::string_view name = nameAt(text, 0); !name.empty(); name = nameAt(text, at)) {
        names.emplace_back(name);
        at += name.size();
        // An argument, "=FILE" or "[=WHEN]" or " <file>".
        const size_t argument = text.find_first_not_of(kBlanks, at);
        if (at < text.size() && (text[at] == '=' || text[at] == '[')) {
            at = std::min(text.find_first_of(" \t,/", at), text.size());
        } else if (argument == at + 1 && (text[argument] == '<' || text[argument] == '[')) {
            const size_t end = text.find(text[argument] == '<' ? '>' : ']', argument);
            at = end == std::string_view::npos ? at : end + 1;
        } else if (argument == at + 1) {
            const size_t end = endOfArgument(text, argument);
            at = end == argument ? at : end;
        }
        size_t next = text.find_first_not_of(" \t,/|", at);
        if (next != std::string_view::npos && text.substr(next, 3) == "or ") {
            next = text.find_first_not_of(kBlanks, next + 3);
        }
        if (next == std::string_view::npos || nameAt(text, next).empty()) {
            break;
        }
        at = next;
    }
    return names.empty() ? std::nullopt : std::optional(std::pair(std::move(names), at));
}

// What comes after the names: without an argument's name and the marks between.
std::string wordsBehind(std::string_view text) {
    const size_t gap = text.find("  ");
    const std::string_view head = stripped(text.substr(0, std::min(gap, text.size())));
    const bool isArgument =
        gap != std::string_view::npos && head.find(' ') == std::string_view::npos;
    std::string_view words = isArgument ? text.substr(gap) : text;
    const size_t first = words.find_first_not_of(" \t:|,-=");
    return first == std::string_view::npos ? "" : std::string(stripped(words.substr(first)));
}

class EntryReader {
public:
    EntryReader(const Document& document, int64_t file)
        : m_document(document), m_file(file), m_isCode(document.kind == DocumentKind::kCode) {}

    std::vector<OptionEntry> read() {
        for (int64_t line = 1; line <= m_document.lines.lineCount(); ++line) {
            take(line);
        }
        close();
        return std::move(m_entries);
    }

private:
    void take(int64_t line) {
        const std::string_view raw = lineOf(m_document, line);
        const PlainLine plain = textOf(raw);
        const std::string_view text = stripped(plain.text);
        if (const auto names = namesAt(text)) {
            close();
            m_open = {names->first, wordsBehind(text.substr(names->second)), m_file, line, line};
            m_isOpen = true;
            return;
        }
        if (!m_isOpen) {
            return;
        }
        const bool isBlank = text.empty() && !plain.isMacro;
        const bool isTooLong = line - m_open.firstLine >= kMaxEntryLines;
        // An empty line may stand between an option and what is said of it.
        if (isTooLong || ((isBlank || plain.isMacro) && !m_open.text.empty())) {
            close();
        } else if (!text.empty()) {
            m_open.text += (m_open.text.empty() ? "" : " ") + std::string(text);
            m_open.lastLine = line;
        }
    }

    PlainLine textOf(std::string_view raw) const {
        if (m_isCode) {
            if (const std::string said = stringsOf(raw); !said.empty()) {
                return {fromText(said), false};
            }
        }
        return plainLine(raw);
    }

    void close() {
        if (m_isOpen && !m_open.text.empty()) {
            m_entries.push_back(std::move(m_open));
        }
        m_open = {};
        m_isOpen = false;
    }

    const Document& m_document;
    int64_t m_file;
    bool m_isCode;
    OptionEntry m_open;
    bool m_isOpen = false;
    std::vector<OptionEntry> m_entries;
};

}  // namespace

std::vector<OptionEntry> optionEntriesIn(const Document& document, int64_t file) {
    return EntryReader(document, file).read();
}

std::vector<OptionEntry> optionEntries(const Corpus& corpus) {
    std::vector<OptionEntry> all;
    for (int64_t file = 0; file < std::ssize(corpus.files); ++file) {
        const Document& document = fullDocument(corpus.files[static_cast<size_t>(file)].document);
        if (!isSecondHand(document.name) && document.text.find('-') != std::string::npos) {
            std::vector<OptionEntry> entries = optionEntriesIn(document, file);
            all.insert(all.end(),
                       std::make_move_iterator(entries.begin()),
                       std::make_move_iterator(entries.end()));
        }
    }
    return all;
}

}  // namespace tl
