// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/notebook/output_text.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "ingest/text/json_text.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

using nlohmann::json;

// Colours of terminals: ESC [ ... letter.
std::string withoutEscapes(std::string_view text) {
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1B' && i + 1 < text.size() && text[i + 1] == '[') {
            i += 2;
            while (i < text.size() && (text[i] < '@' || text[i] > '~')) {
                ++i;
            }
        } else {
            plain += text[i];
        }
    }
    return plain;
}

// A line as a terminal leaves it: a carriage return starts it anew, a backspace takes one back.
std::string lastState(std::string_view line) {
    std::string state;
    std::string before;
    for (const char c : line) {
        if (c == '\r') {
            before = state.empty() ? before : state;
            state.clear();
        } else if (c == '\b') {
            state.resize(state.size() - std::min<size_t>(1, state.size()));
        } else {
            state += c;
        }
    }
    return state.empty() ? before : state;
}

std::string lastStates(std::string_view text) {
    std::string states;
    for (const TextLine& line : splitLines(text)) {
        states += lastState(line.text);
        states += '\n';
    }
    return states;
}

// The value of a kind of output: "text/html" in format 4, "html" in older ones.
std::string outputOf(const json& output, const char* type, const char* oldKey) {
    const std::string text = joinedStrings(member(member(output, "data"), type));
    return text.empty() ? joinedStrings(member(output, oldKey)) : text;
}

// "<IPython.core.display.Markdown object>": a name of what another form shows.
bool isStandIn(std::string_view text) {
    text = trimmed(text);
    return text.empty() ||
           (text.front() == '<' && text.back() == '>' && text.find('\n') == std::string_view::npos);
}

bool hasImage(const json& output) {
    const json& data = member(output, "data");
    if (data.is_object()) {
        return std::any_of(data.items().begin(), data.items().end(), [](const auto& item) {
            return item.key().starts_with("image/");
        });
    }
    return output.is_object() &&
           (output.contains("png") || output.contains("jpeg") || output.contains("svg"));
}

std::string errorText(const json& output) {
    std::string text = stringMember(output, "ename") + ": " + stringMember(output, "evalue");
    for (const json& line : member(output, "traceback")) {
        appendSeparated(text, "\n", joinedStrings(line));
    }
    return text;
}

std::string richText(const json& output) {
    std::string plain = outputOf(output, "text/plain", "text");
    if (!isStandIn(plain)) {
        return plain;
    }
    for (std::string text : {outputOf(output, "text/markdown", "markdown"),
                             outputOf(output, "text/latex", "latex"),
                             wordsOfHtml(outputOf(output, "text/html", "html"))}) {
        if (!trimmed(text).empty()) {
            return text;
        }
    }
    return hasImage(output) ? "" : plain;
}

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Entity, 7> kEntities{{{"amp", "&"},
                                           {"apos", "'"},
                                           {"gt", ">"},
                                           {"hellip", "..."},
                                           {"lt", "<"},
                                           {"nbsp", " "},
                                           {"quot", "\""}}};

// What "&name;" at the start stands for; itself where that is not known.
std::string_view takeEntity(std::string_view& rest) {
    constexpr size_t kLongest = 10;
    const size_t end = rest.substr(0, kLongest).find(';');
    if (end != std::string_view::npos) {
        for (const Entity& entity : kEntities) {
            if (rest.substr(1, end - 1) == entity.name) {
                rest.remove_prefix(end + 1);
                return entity.text;
            }
        }
    }
    const std::string_view itself = rest.substr(0, 1);
    rest.remove_prefix(1);
    return itself;
}

// "td" of "<td class=x>" and "/td" of "</td>"; takes the tag off the front.
std::string takeTag(std::string_view& rest) {
    const size_t end = std::min(rest.find('>'), rest.size() - 1) + 1;
    const std::string_view tag = rest.substr(1, end - 1);
    const size_t nameEnd = std::min(tag.find_first_of(" \t\r\n>/", 1), tag.size());
    rest.remove_prefix(end);
    return asciiLower(tag.substr(0, nameEnd));
}

// Past the end of an element whose content is no text.
void skipElement(std::string_view name, std::string_view& rest) {
    std::string close("</");
    close += name;
    rest.remove_prefix(std::min(rest.find(close), rest.size()));
}

}  // namespace

std::string sourceText(const json& source, int format) {
    if (!source.is_array() || source.size() < 2) {
        return joinedStrings(source);
    }
    const bool hasLineEnds = std::any_of(source.begin(), source.end() - 1, [](const json& line) {
        return line.is_string() && line.get_ref<const std::string&>().ends_with('\n');
    });
    if (hasLineEnds && format > 2) {
        return joinedStrings(source);
    }
    std::string text;
    for (const json& line : source) {
        const std::string words = joinedStrings(line);
        text += words;
        text += words.ends_with('\n') ? "" : "\n";
    }
    return text;
}

std::string wordsOfHtml(std::string_view html) {
    std::string text;
    while (!html.empty()) {
        if (html[0] == '&') {
            text += takeEntity(html);
        } else if (html[0] != '<') {
            const char c = html[0];
            const bool isSpace = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            const bool isAfterSpace = text.empty() || text.back() == ' ' || text.back() == '\n';
            text += isSpace ? (isAfterSpace ? "" : " ") : std::string(1, c);
            html.remove_prefix(1);
        } else {
            const std::string tag = takeTag(html);
            if (isOneOf(tag, {"style", "script"})) {
                skipElement(tag, html);
            } else if (isOneOf(tag, {"/td", "/th"})) {
                text += " | ";
            } else if (isOneOf(tag,
                               {"/tr", "br", "/p", "/div", "/li", "/h1", "/h2", "/h3", "/pre"})) {
                text.erase(text.find_last_not_of(" |") + 1);
                text += '\n';
            }
        }
    }
    return text;
}

std::string outputText(const json& output, int format) {
    const std::string type = stringMember(output, "output_type");
    std::string text;
    if (type == "error" || type == "pyerr") {
        text = errorText(output);
    } else if (type == "stream") {
        const json& printed = member(output, "text");
        text = format <= 2 ? sourceText(printed, format) : joinedStrings(printed);
    } else {
        text = richText(output);
    }
    text = lastStates(withoutEscapes(text));
    if (hasImage(output)) {
        appendSeparated(text, "", "[image output]");
    }
    return text;
}

}  // namespace tl
