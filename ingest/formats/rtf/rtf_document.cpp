// SPDX-License-Identifier: Apache-2.0
// RTF is a stream of groups that inherit their state. What the text needs of the 1,800 control
// words is little: destinations that hold no text, characters, ends of paragraphs and cells, code
// pages.
#include "ingest/formats/rtf/rtf_document.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "ingest/formats/rtf/rtf_charset.h"
#include "ingest/text/symbol_fonts.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr size_t kMaxDepth = 10'000;

}  // namespace

ReadStatus RtfDocument::read() {
    for (;;) {
        const RtfToken token = m_tokens.next();
        if (token.kind == RtfToken::Kind::kEnd) {
            m_isCut = m_isCut || !m_isDone;
            break;
        }
        if (m_around.size() > kMaxDepth) {
            return Failure{ErrorCode::kCorrupt,
                           {.code = ReasonCode::kGroupsTooDeep, .limit = int64_t{kMaxDepth}}};
        }
        take(token);
        if (m_isDone) {
            break;
        }
    }
    flushBytes();
    m_stories.finish();
    return readOk();
}

void RtfDocument::take(const RtfToken& token) {
    if (m_toSkip > 0 && isSkipped(token)) {
        return;
    }
    const bool isText = token.kind == RtfToken::Kind::kText || token.kind == RtfToken::Kind::kByte;
    if (!isText) {
        flushBytes();
    }
    switch (token.kind) {
        case RtfToken::Kind::kOpen:
            openGroup();
            break;
        case RtfToken::Kind::kClose:
            closeGroup();
            break;
        case RtfToken::Kind::kWord:
            takeWord(token);
            break;
        case RtfToken::Kind::kSymbol:
            takeSymbol(token.text[0]);
            break;
        case RtfToken::Kind::kByte:
            m_bytes += static_cast<char>(token.byte);
            break;
        default:
            takeBytes(token.text);
    }
}

// Whether the token belongs to what stands for a Unicode character to readers that know none.
bool RtfDocument::isSkipped(const RtfToken& token) {
    if (token.kind == RtfToken::Kind::kOpen || token.kind == RtfToken::Kind::kClose) {
        m_toSkip = 0;
        return false;
    }
    if (token.kind != RtfToken::Kind::kText) {
        --m_toSkip;
        // Never a character of its own: "\u8211\uc1" and "\u8211\par" come from sloppy writers.
        if (token.kind == RtfToken::Kind::kWord) {
            m_toSkip = 0;
            return false;
        }
        return true;
    }
    const size_t skipped = std::min(token.text.size(), static_cast<size_t>(m_toSkip));
    m_toSkip -= static_cast<int>(skipped);
    takeBytes(token.text.substr(skipped));
    return true;
}

void RtfDocument::openGroup() {
    m_around.push_back(m_state);
    m_isStarred = false;
}

void RtfDocument::closeGroup() {
    if (m_state.into == Into::kStyles) {
        writeStyleName(";");
    }
    if (m_around.empty()) {
        return;
    }
    m_state = m_around.back();
    m_around.pop_back();
    while (m_stories.depth() > m_state.stories) {
        m_stories.end();
    }
    m_isDone = m_around.empty();
}

void RtfDocument::takeSymbol(char symbol) {
    switch (symbol) {
        case '*':
            m_isStarred = true;
            break;
        case '~':
            write(" ");
            break;
        case '_':
            write("-");
            break;
        case '\r':
        case '\n':
            takeBreak("par");
            break;
        case '\t':
            write("\t");
            break;
        case '\\':
        case '{':
        case '}':
            write(std::string_view(&symbol, 1));
            break;
        default:
            break;
    }
}

// Numbers are of 16 bits with a sign; two of them make a character beyond U+FFFF.
void RtfDocument::takeUnicode(int number) {
    constexpr unsigned int kUnits = 0x10000;
    const auto code = static_cast<unsigned int>(number) % kUnits;
    m_toSkip = m_state.bytesPerUnicode;
    if (code >= 0xD800 && code < 0xDC00) {
        m_highSurrogate = code;
        return;
    }
    const unsigned int high = std::exchange(m_highSurrogate, 0);
    if (code >= 0xDC00 && code < 0xE000 && high != 0) {
        write(utf8Of(kUnits + ((high - 0xD800) << 10) + (code - 0xDC00)));
        return;
    }
    // Symbol fonts have their characters in the private area.
    write(code >= 0xF000 && code <= 0xF0FF ? symbolText("Symbol", code) : utf8Of(code));
}

void RtfDocument::takeBytes(std::string_view bytes) {
    m_bytes += bytes;
}

void RtfDocument::flushBytes() {
    if (m_bytes.empty()) {
        return;
    }
    const std::string bytes = std::exchange(m_bytes, {});
    m_highSurrogate = 0;
    if (m_state.into != Into::kNothing && m_state.into != Into::kFontTable) {
        write(textOfCodePage(bytes, codePage()));
    }
}

void RtfDocument::write(std::string_view text) {
    switch (m_state.into) {
        case Into::kText:
            if (!m_state.isDeleted) {
                m_stories.write(text);
            }
            break;
        case Into::kTitle:
            m_title += text;
            break;
        case Into::kAuthor:
            m_author += text;
            break;
        case Into::kStyles:
            writeStyleName(text);
            break;
        default:
            break;
    }
}

// A style's name ends with ';', and with it the style.
void RtfDocument::writeStyleName(std::string_view text) {
    for (const char c : text) {
        constexpr size_t kLongest = 100;
        if (c != ';') {
            m_style.name += m_style.name.size() < kLongest ? std::string(1, c) : "";
            continue;
        }
        const std::string name = asciiLower(trimmed(m_style.name));
        constexpr std::string_view kHeading = "heading ";
        int level = m_style.outlineLevel >= 0 ? m_style.outlineLevel + 2 : 0;
        if (name == "title") {
            level = 1;
        } else if (level == 0 && name.size() == kHeading.size() + 1 && name.starts_with(kHeading) &&
                   isAsciiDigit(name.back())) {
            level = name.back() - '0' + 1;
        }
        if (level > 0) {
            m_styleLevels.emplace(m_styleNumber, level);
        }
        m_style = {};
        m_styleNumber = 0;
    }
}

int RtfDocument::codePage() const {
    const auto found = m_fontPages.find(m_state.font);
    return found == m_fontPages.end() || found->second == 0 ? m_documentPage : found->second;
}

int RtfDocument::headingLevel() const {
    constexpr int kBodyText = 9;
    const RtfParagraph& paragraph = m_state.paragraph;
    if (paragraph.outlineLevel >= 0) {
        return paragraph.outlineLevel < kBodyText ? paragraph.outlineLevel + 2 : 0;
    }
    const auto found = m_styleLevels.find(paragraph.style);
    return found == m_styleLevels.end() || paragraph.style == 0 ? 0 : found->second;
}

}  // namespace tl
