// SPDX-License-Identifier: Apache-2.0
// Build files that are written as calls: CMake, Autoconf, Meson. Only what stands there literally
// is taken; nothing is evaluated.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "app/overview/metadata.h"
#include "base/ascii.h"

namespace tl {

namespace {

// A word of a call: bare, or the inside of quotes or of square brackets.
struct Argument {
    std::string_view text;
    size_t at = 0;  // in the document
};

struct Call {
    std::string_view name;
    std::vector<Argument> arguments;
    size_t at = 0;
};

bool isNameByte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks over a file's calls. `mark` begins a comment up to the end of the line.
class Calls {
public:
    Calls(std::string_view text, std::string_view mark) : m_text(text), m_mark(mark) {}

    // Reads the next call of one of these names; false at the end.
    bool next(const std::vector<std::string_view>& names, Call& call) {
        while (m_at < m_text.size()) {
            if (m_text.substr(m_at).starts_with(m_mark)) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (isNameByte(m_text[m_at])) {
                const size_t begin = m_at;
                while (m_at < m_text.size() && isNameByte(m_text[m_at])) {
                    ++m_at;
                }
                call.name = m_text.substr(begin, m_at - begin);
                call.at = begin;
                const size_t open = m_text.find_first_not_of(" \t", m_at);
                if (open != std::string_view::npos && m_text[open] == '(' &&
                    isOneOf(names, call.name)) {
                    m_at = open + 1;
                    readArguments(call.arguments);
                    return true;
                }
            } else {
                ++m_at;
            }
        }
        return false;
    }

private:
    // CMake's names have no case.
    static bool isOneOf(const std::vector<std::string_view>& names, std::string_view name) {
        return std::ranges::any_of(
            names, [&](std::string_view wanted) { return asciiLower(wanted) == asciiLower(name); });
    }

    void readArguments(std::vector<Argument>& arguments) {
        arguments.clear();
        while (m_at < m_text.size() && m_text[m_at] != ')') {
            const char c = m_text[m_at];
            if (m_text.substr(m_at).starts_with(m_mark)) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (c == '"' || c == '\'') {
                readUpTo(c, arguments);
            } else if (c == '[') {
                readUpTo(']', arguments);
            } else if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == ',') {
                ++m_at;
            } else {
                const size_t end =
                    std::min(m_text.find_first_of(" \t\n,()\"'", m_at + 1), m_text.size());
                arguments.push_back({m_text.substr(m_at, end - m_at), m_at});
                m_at = end;
            }
        }
    }

    void readUpTo(char mark, std::vector<Argument>& arguments) {
        const size_t end = std::min(m_text.find(mark, m_at + 1), m_text.size());
        arguments.push_back({m_text.substr(m_at + 1, end - m_at - 1), m_at});
        m_at = std::min(end + 1, m_text.size());
    }

    std::string_view m_text;
    std::string_view m_mark;
    size_t m_at = 0;
};

class CallReader {
public:
    explicit CallReader(MetadataSink& sink) : m_sink(sink) {}

    void readCMake() {
        Calls calls(m_sink.document().text, "#");
        Call call;
        while (calls.next({"project", "add_executable", "qt_add_executable"}, call)) {
            if (asciiLower(call.name) != "project") {
                addProgram(call);
            } else if (!call.arguments.empty()) {
                add(MetadataKind::kName, call.arguments[0]);
                addBehind(call, "VERSION", MetadataKind::kVersion);
                addBehind(call, "DESCRIPTION", MetadataKind::kDescription);
            }
        }
    }

    void readAutoconf() {
        Calls calls(m_sink.document().text, "dnl");
        Call call;
        while (calls.next({"AC_INIT"}, call)) {
            const std::vector<Argument>& words = call.arguments;
            // In older files it names a source file alone.
            if (words.size() >= 2) {
                add(MetadataKind::kName, words[0]);
                addVersion(words[1]);
            }
        }
    }

    void readMeson() {
        Calls calls(m_sink.document().text, "#");
        Call call;
        while (calls.next({"project", "executable"}, call)) {
            if (call.name == "executable") {
                addProgram(call);
            } else if (!call.arguments.empty()) {
                add(MetadataKind::kName, call.arguments[0]);
                addBehind(call, "version", MetadataKind::kVersion);
                addBehind(call, "license", MetadataKind::kLicence);
            }
        }
    }

private:
    void add(MetadataKind kind, const Argument& word) {
        m_sink.add(kind, word.text, lineOfByte(word.at));
    }

    void addVersion(const Argument& word) {
        if (!word.text.empty() && std::isdigit(static_cast<unsigned char>(word.text[0])) != 0) {
            add(MetadataKind::kVersion, word);
        }
    }

    // CMake writes KEY value, Meson key: value.
    void addBehind(const Call& call, std::string_view key, MetadataKind kind) {
        for (size_t i = 1; i < call.arguments.size(); ++i) {
            std::string_view word = call.arguments[i].text;
            if (word.ends_with(':')) {
                word.remove_suffix(1);
            }
            const size_t value =
                i + 1 < call.arguments.size() && call.arguments[i + 1].text == ":" ? i + 2 : i + 1;
            if (word != key || value >= call.arguments.size()) {
                continue;
            }
            if (kind == MetadataKind::kVersion) {
                addVersion(call.arguments[value]);
            } else {
                add(kind, call.arguments[value]);
            }
            return;
        }
    }

    void addProgram(const Call& call) {
        const bool isImported = std::ranges::any_of(call.arguments, [](const Argument& word) {
            return word.text == "IMPORTED" || word.text == "ALIAS";
        });
        if (!call.arguments.empty() && !isImported) {
            const std::string_view name = call.arguments[0].text;
            m_sink.add(MetadataKind::kProgram, name, lineOfByte(call.at), name);
        }
    }

    int64_t lineOfByte(size_t at) const {
        return m_sink.document().lines.position(static_cast<int64_t>(at)).line;
    }

    MetadataSink& m_sink;
};

}  // namespace

void readCallMetadata(MetadataSink& sink) {
    CallReader reader(sink);
    if (sink.file().base == "CMakeLists.txt") {
        reader.readCMake();
    } else if (sink.file().base == "meson.build") {
        reader.readMeson();
    } else {
        reader.readAutoconf();
    }
}

}  // namespace tl
