// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "ingest/formats/transcript/chat_lines.h"
#include "ingest/text/json_text.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

using nlohmann::json;

// A string, or a list of strings and of {"type": "link", "text": "..."}.
std::string textOf(const json& message) {
    const json& text = member(message, "text");
    if (text.is_string()) {
        return text.get<std::string>();
    }
    std::string words;
    if (text.is_array()) {
        for (const json& piece : text) {
            words += piece.is_string() ? piece.get<std::string>() : stringMember(piece, "text");
        }
    }
    return words;
}

void addMessage(const json& message, Extract& extract) {
    const std::string words(trimmed(cleanText(textOf(message))));
    if (words.empty()) {
        return;
    }
    extract.text += extract.text.empty() ? "" : "\n\n";
    Unit unit;
    unit.kind = UnitKind::kCue;
    unit.begin = std::ssize(extract.text);
    unit.number = std::ssize(extract.units) + 1;
    unit.label = cleanText(stringMember(message, "from"));
    unit.date = cleanText(stringMember(message, "date"));
    unit.beginMs = unit.endMs = kNoTimeMs;
    extract.text += unit.label.empty() ? words : unit.label + ": " + words;
    unit.end = std::ssize(extract.text);
    extract.units.push_back(std::move(unit));
}

void addChat(const json& chat, Extract& extract) {
    for (const json& message : member(chat, "messages")) {
        addMessage(message, extract);
    }
}

}  // namespace

Reading<std::optional<Extract>> readChatJson(std::string_view text) {
    const auto tree = parseJson(text);
    if (!tree.ok()) {
        return tree.error();
    }
    const json& chats = member(member(tree.value(), "chats"), "list");
    Extract extract;
    extract.kind = DocumentKind::kTranscript;
    if (chats.is_array()) {
        for (const json& chat : chats) {
            addChat(chat, extract);
        }
    } else if (member(tree.value(), "messages").is_array()) {
        addChat(tree.value(), extract);
        extract.title = cleanText(stringMember(tree.value(), "name"));
    }
    if (extract.units.empty()) {
        return std::optional<Extract>();
    }
    extract.text += '\n';
    return std::optional<Extract>(std::move(extract));
}

}  // namespace tl
