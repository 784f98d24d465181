// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/transcript/caption_markup.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr std::array<std::string_view, 9> kTags{
    "b", "c", "font", "i", "lang", "rt", "ruby", "s", "u"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEntities{{
    {"&amp;", "&"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&nbsp;", " "},
    {"&lrm;", ""},
    {"&rlm;", ""},
}};

std::string withoutEntities(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const auto entity = std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& e) {
            return text.starts_with(e.first);
        });
        if (entity != kEntities.end()) {
            plain += entity->second;
            text.remove_prefix(entity->first.size());
        } else {
            plain += text[0];
            text.remove_prefix(1);
        }
    }
    return plain;
}

// "v", "c", "font"...: the letters after < or </; empty for what is no tag of captions but a time.
std::string_view tagName(std::string_view tag) {
    tag.remove_prefix(tag.starts_with('/') ? 1 : 0);
    return tag.substr(0, tag.find_first_of(" .\t\n"));
}

bool isCaptionTag(std::string_view tag) {
    const std::string name = asciiLower(tagName(tag));
    return name == "v" || std::find(kTags.begin(), kTags.end(), name) != kTags.end() ||
           (!tag.empty() && isAsciiDigit(tag[0]) && tag.find(':') != std::string_view::npos);
}

// Reads a payload from front to back.
class CaptionParser {
public:
    std::vector<Voice> parse(std::string_view payload) {
        while (!payload.empty()) {
            payload.remove_prefix(step(payload));
        }
        close();
        return std::move(m_voices);
    }

private:
    // Takes in what stands at the front; returns its bytes.
    size_t step(std::string_view rest) {
        // No tag is longer; a search to the end for each "<" would take quadratic time.
        constexpr size_t kLongestTag = 200;
        const size_t end = rest.substr(0, kLongestTag).find(rest[0] == '{' ? '}' : '>');
        if (rest.starts_with("{\\") && end != std::string_view::npos) {
            return end + 1;  // position codes of SubStation, which players of SRT know
        }
        if (rest[0] != '<' || end == std::string_view::npos ||
            !isCaptionTag(rest.substr(1, end - 1))) {
            m_voice.words += rest[0];
            return 1;
        }
        const std::string_view tag = rest.substr(1, end - 1);
        if (tagName(tag) == "v") {
            close();
            const size_t space = tag.find_first_of(" \t\n");
            if (tag[0] != '/' && space != std::string_view::npos) {
                m_voice.speaker = withoutEntities(trimmed(tag.substr(space)));
            }
        }
        return end + 1;
    }

    void close() {
        m_voice.words = withoutEntities(m_voice.words);
        m_voice.words = std::string(trimmed(m_voice.words));
        if (!m_voice.words.empty()) {
            m_voices.push_back(std::move(m_voice));
        }
        m_voice = {};
    }

    Voice m_voice;
    std::vector<Voice> m_voices;
};

}  // namespace

std::vector<Voice> readCaption(std::string_view payload) {
    return CaptionParser().parse(payload);
}

}  // namespace tl
