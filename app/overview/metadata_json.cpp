// SPDX-License-Identifier: Apache-2.0
// Strings of a JSON file with the names they stand under and their lines, which a parser of values
// does not tell.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/overview/metadata.h"

namespace tl {

namespace {

constexpr size_t kMaxDepth = 16;  // deeper ones are no metadata

// Under which names a string may stand; "*" stands for any one name, which becomes the key.
struct PathRow {
    std::string_view path;
    MetadataKind kind;
};

constexpr auto kRows = std::to_array<PathRow>({
    {"name", MetadataKind::kName},
    {"version", MetadataKind::kVersion},
    {"description", MetadataKind::kDescription},
    {"license", MetadataKind::kLicence},
    {"license/type", MetadataKind::kLicence},
    {"author", MetadataKind::kAuthor},
    {"author/name", MetadataKind::kAuthor},
    {"contributors", MetadataKind::kAuthor},
    {"contributors/name", MetadataKind::kAuthor},
    {"authors", MetadataKind::kAuthor},
    {"authors/name", MetadataKind::kAuthor},
    {"bin", MetadataKind::kProgram},
    {"bin/*", MetadataKind::kProgram},
    {"main", MetadataKind::kProgram},
    {"scripts/*", MetadataKind::kScript},
});

class JsonStrings {
public:
    explicit JsonStrings(MetadataSink& sink) : m_sink(sink), m_text(sink.document().text) {}

    void read() {
        while (m_at < m_text.size() && m_names.size() < kMaxDepth) {
            const char c = m_text[m_at];
            if (c == '"') {
                takeString();
                continue;
            }
            if (c == '{' || c == '[') {
                m_names.emplace_back(std::exchange(m_name, {}));
            } else if ((c == '}' || c == ']') && !m_names.empty()) {
                m_names.pop_back();
                m_name.clear();
            } else if (c == ',') {
                m_name.clear();
            }
            ++m_at;
        }
    }

private:
    void takeString() {
        const size_t begin = m_at;
        const size_t end = endOfString();
        const std::string text = unescaped(m_text.substr(begin + 1, end - begin - 1));
        m_at = end + 1;
        const size_t next = m_text.find_first_not_of(" \t\n", m_at);
        if (next != std::string_view::npos && m_text[next] == ':') {
            m_name = text;
            m_at = next + 1;
        } else {
            take(text, m_sink.document().lines.position(static_cast<int64_t>(begin)).line);
        }
    }

    size_t endOfString() const {
        size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != '"') {
            end += m_text[end] == '\\' ? 2 : 1;
        }
        return std::min(end, m_text.size());
    }

    static std::string unescaped(std::string_view text) {
        std::string plain;
        for (size_t i = 0; i < text.size(); ++i) {
            i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
            plain += text[i];
        }
        return plain;
    }

    void take(const std::string& value, int64_t line) {
        for (const auto& [path, kind] : kRows) {
            if (const std::string* key = matches(path)) {
                m_sink.add(kind, value, line, *key);
                return;
            }
        }
    }

    // The last of the names, if they are those of the path.
    const std::string* matches(std::string_view path) const {
        const size_t slash = path.find('/');
        const bool isNested = slash != std::string_view::npos;
        // The outermost name is that of the file's one object: empty.
        std::vector<const std::string*> names;
        for (size_t i = 1; i < m_names.size(); ++i) {
            if (!m_names[i].empty()) {
                names.push_back(&m_names[i]);
            }
        }
        if (!m_name.empty()) {
            names.push_back(&m_name);
        }
        if (names.size() != (isNested ? 2U : 1U) || *names[0] != path.substr(0, slash)) {
            return nullptr;
        }
        const std::string_view last = isNested ? path.substr(slash + 1) : path;
        return last == "*" || *names.back() == last ? names.back() : nullptr;
    }

    MetadataSink& m_sink;
    std::string_view m_text;
    size_t m_at = 0;
    std::vector<std::string> m_names;  // of the objects and arrays around; arrays' members: empty
    std::string m_name;                // of the value that comes
};

}  // namespace

void readJsonMetadata(MetadataSink& sink) {
    JsonStrings(sink).read();
}

}  // namespace tl
