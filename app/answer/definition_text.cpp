// SPDX-License-Identifier: Apache-2.0
#include "app/answer/definition_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/overview/overview_input.h"

namespace tl {

namespace {

constexpr size_t kMaxValueBytes = 80;
constexpr size_t kMaxProseBytes = 300;
// A block comment, a signature and what stands between a comment and its name are no longer.
constexpr int64_t kMaxCommentLines = 40;
constexpr int64_t kMaxSignatureLines = 40;
constexpr int64_t kMaxLinesBetween = 3;

bool isNameByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of the name where it stands as a word of its own; npos where it does not.
size_t endOfName(std::string_view line, std::string_view name) {
    for (size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
        const size_t end = at + name.size();
        if ((at == 0 || !isNameByte(line[at - 1])) &&
            (end == line.size() || !isNameByte(line[end]))) {
            return end;
        }
    }
    return std::string_view::npos;
}

// Without the comment after it. A mark within quotes opens none.
std::string_view withoutTrailingComment(std::string_view text, bool isMacro) {
    char quote = '\0';
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            quote = c == quote && text[i - 1] != '\\' ? '\0' : quote;
        } else if (c == '"' || c == '\'' || c == '`') {
            quote = c;
        } else if (text.substr(i, 2) == "//" || text.substr(i, 2) == "/*" ||
                   (c == '#' && !isMacro && i > 0 && text[i - 1] == ' ')) {
            return text.substr(0, i);
        }
    }
    return text;
}

// The `=` that sets a value, and no comparison.
size_t findAssignment(std::string_view rest) {
    for (size_t i = 0; i < rest.size(); ++i) {
        const bool isDouble = rest.substr(i + 1, 1) == "=" || rest.substr(i + 1, 1) == ">";
        if (rest[i] == '=' && !isDouble) {
            return i;
        }
        if (rest[i] == '(' || rest[i] == ')' || rest[i] == '=' || rest[i] == '{') {
            return std::string_view::npos;  // a function, a call or a body
        }
    }
    return std::string_view::npos;
}

bool isComment(std::string_view words) {
    constexpr auto kMarks =
        std::to_array<std::string_view>({"//", "/*", "*/", "*", "#", "--", ";;", "(*"});
    constexpr auto kDirectives = std::to_array<std::string_view>(
        {"#define", "#if", "#else", "#endif", "#include", "#undef", "#pragma", "#!", "#["});
    const auto opens = [&](std::string_view mark) { return words.starts_with(mark); };
    return std::ranges::any_of(kMarks, opens) && std::ranges::none_of(kDirectives, opens);
}

// Signatures that begin in lines before the name, decorators and attributes.
bool mayStandBetween(std::string_view words) {
    constexpr std::string_view kEnds = ";{}";
    return !words.empty() && kEnds.find(words.back()) == std::string_view::npos;
}

std::optional<Prose> proseOf(const std::vector<ProseLine>& lines) {
    return lines.empty() ? std::nullopt : openingProse(lines, ProseKind::kComment, kMaxProseBytes);
}

// The comment that ends right over the definition.
std::optional<Prose> commentOver(const Document& document, int64_t line) {
    int64_t last = line - 1;
    const int64_t highest = std::max<int64_t>(1, line - kMaxLinesBetween);
    while (last >= highest && !isComment(stripped(lineOf(document, last))) &&
           mayStandBetween(stripped(lineOf(document, last)))) {
        --last;
    }
    if (last < highest || !isComment(stripped(lineOf(document, last)))) {
        return std::nullopt;
    }
    const std::string_view end = stripped(lineOf(document, last));
    const bool isBlock = end.ends_with("*/") || end.ends_with("*)");
    const std::string_view opening = end.ends_with("*)") ? "(*" : "/*";
    std::vector<ProseLine> lines;
    for (int64_t at = last; at >= 1 && last - at < kMaxCommentLines; --at) {
        const std::string_view words = stripped(lineOf(document, at));
        if (!isBlock && !isComment(words)) {
            break;
        }
        lines.insert(lines.begin(), {at, withoutCommentMarks(lineOf(document, at))});
        if (isBlock && words.find(opening) != std::string_view::npos) {
            break;
        }
    }
    return proseOf(lines);
}

// The first line after a Python signature; 0 where it has no end.
int64_t bodyBegin(const Document& document, int64_t line) {
    int64_t depth = 0;
    const int64_t last = std::min(document.lines.lineCount(), line + kMaxSignatureLines);
    for (int64_t at = line; at <= last; ++at) {
        const std::string_view words =
            stripped(withoutTrailingComment(lineOf(document, at), /*isMacro=*/false));
        depth += std::ranges::count_if(words, [](char c) { return c == '(' || c == '['; });
        depth -= std::ranges::count_if(words, [](char c) { return c == ')' || c == ']'; });
        if (depth == 0 && words.ends_with(':')) {
            return at + 1;
        }
    }
    return 0;
}

std::optional<Prose> docString(const Document& document, int64_t line) {
    const int64_t first = bodyBegin(document, line);
    if (first == 0 || first > document.lines.lineCount()) {
        return std::nullopt;
    }
    std::string_view words = stripped(lineOf(document, first));
    words.remove_prefix(words.starts_with('r') ? 1 : 0);
    const std::string_view quotes = words.substr(0, 3);
    if (quotes != "\"\"\"" && quotes != "'''") {
        return std::nullopt;
    }
    std::vector<ProseLine> lines;
    const int64_t last = std::min(document.lines.lineCount(), first + kMaxCommentLines);
    for (int64_t at = first; at <= last; ++at) {
        lines.push_back({at, withoutCommentMarks(lineOf(document, at))});
        const std::string_view text = stripped(lineOf(document, at));
        if (text.find(quotes, at == first ? text.find(quotes) + 3 : 0) != std::string_view::npos) {
            break;
        }
    }
    return proseOf(lines);
}

}  // namespace

std::optional<std::string> valueOnLine(std::string_view line, std::string_view name) {
    const std::string_view words = stripped(line);
    const size_t end = endOfName(words, name);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view rest = words.substr(end);
    const bool isMacro = words.starts_with('#');
    if (!isMacro) {
        const size_t at = findAssignment(rest);
        if (at == std::string_view::npos) {
            return std::nullopt;
        }
        rest.remove_prefix(at + 1);
    } else if (rest.starts_with('(')) {
        return std::nullopt;  // a macro with parameters
    }
    rest = stripped(withoutTrailingComment(rest, isMacro));
    while (!rest.empty() && (rest.back() == ';' || rest.back() == ',')) {
        rest = stripped(rest.substr(0, rest.size() - 1));
    }
    constexpr std::string_view kOpen = "([{\\";
    const bool isFunction = rest.starts_with("function") || rest.starts_with("lambda") ||
                            rest.find("=>") != std::string_view::npos;
    if (rest.empty() || rest.size() > kMaxValueBytes || isFunction ||
        kOpen.find(rest.back()) != std::string_view::npos) {
        return std::nullopt;
    }
    return std::string(rest);
}

std::optional<Prose> documentationOf(const Document& document, int64_t line) {
    if (document.language == "Python") {
        if (std::optional<Prose> prose = docString(document, line)) {
            return prose;
        }
    }
    return commentOver(document, line);
}

}  // namespace tl
