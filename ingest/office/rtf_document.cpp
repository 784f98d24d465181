// SPDX-License-Identifier: Apache-2.0
// RTF is a stream of groups that inherit their state. What the text needs of the 1,800 control
// words is little: destinations that hold no text, characters, ends of paragraphs and cells, code
// pages.
#include "ingest/office/rtf_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/office/rtf_charset.h"
#include "ingest/office/symbol_fonts.h"
#include "ingest/transcript/text_lines.h"

namespace tl {
namespace {

constexpr size_t kMaxDepth = 10'000;

// Destinations whose text is none of the document's. Others with "\*" in front are passed over too.
constexpr std::array<std::string_view, 29> kNoText{
    "atnid",    "atrfend",   "atrfstart",    "bkmkend",   "bkmkstart",    "colorschememapping",
    "colortbl", "datafield", "datastore",    "fldinst",   "ftncn",        "ftnsep",
    "ftnsepc",  "generator", "latentstyles", "listtable", "nonesttables", "nonshppict",
    "objdata",  "pict",      "private",      "revtbl",    "rsidtbl",      "rxe",
    "sp",       "tc",        "themedata",    "xe",        "xmlnstbl"};
static_assert(std::is_sorted(kNoText.begin(), kNoText.end()));

// Destinations with "\*" in front that hold text all the same.
constexpr std::array<std::string_view, 13> kTextThoughStarred{"annotation",
                                                              "atnauthor",
                                                              "do",
                                                              "dptxbxtext",
                                                              "moMath",
                                                              "moMathPara",
                                                              "pntext",
                                                              "shpinst",
                                                              "shppict",
                                                              "shptxt",
                                                              "title",
                                                              "ud",
                                                              "upr"};

struct Word {
    std::string_view word;
    std::string_view text;
};

constexpr std::array<Word, 15> kCharacters{{{"bullet", "\xE2\x80\xA2"},
                                            {"column", "\n"},
                                            {"emdash", "\xE2\x80\x94"},
                                            {"emspace", " "},
                                            {"endash", "\xE2\x80\x93"},
                                            {"enspace", " "},
                                            {"ldblquote", "\xE2\x80\x9C"},
                                            {"line", "\n"},
                                            {"lquote", "\xE2\x80\x98"},
                                            {"page", "\n"},
                                            {"qmspace", " "},
                                            {"rdblquote", "\xE2\x80\x9D"},
                                            {"rquote", "\xE2\x80\x99"},
                                            {"softline", "\n"},
                                            {"tab", "\t"}}};

template <size_t N>
bool isOneOf(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Status RtfDocument::read() {
    for (;;) {
        const RtfToken token = m_tokens.next();
        if (token.kind == RtfToken::Kind::kEnd) {
            m_isCut = m_isCut || !m_isDone;
            break;
        }
        if (m_around.size() > kMaxDepth) {
            return Error{ErrorCode::kCorrupt,
                         "groups nested more than " + std::to_string(kMaxDepth) + " deep"};
        }
        take(token);
        if (m_isDone) {
            break;
        }
    }
    flushBytes();
    m_stories.finish();
    return okStatus();
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

void RtfDocument::takeWord(const RtfToken& token) {
    const std::string_view word = token.text;
    const bool isStarred = std::exchange(m_isStarred, false);
    if (word == "bin") {
        m_isCut = !m_tokens.skipBytes(token.number) || m_isCut;
        return;
    }
    // Numbers of nested rows stand in a destination of their own.
    if (word == "nestrow") {
        write("\n");
        return;
    }
    if (takeDestination(word)) {
        return;
    }
    if (isStarred && !isOneOf(kTextThoughStarred, word)) {
        m_state.into = Into::kNothing;
        return;
    }
    if (word == "u") {
        takeUnicode(token.number);
        return;
    }
    if (takeBreak(word) || takeParagraphWord(word, token) || takeCharset(word, token)) {
        return;
    }
    takeSetting(word, token);
}

bool RtfDocument::takeDestination(std::string_view word) {
    struct Destination {
        std::string_view word;
        RtfStories::Kind kind;
    };
    using Kind = RtfStories::Kind;
    static constexpr Destination kStories[] = {{"footnote", Kind::kNote},
                                               {"annotation", Kind::kComment},
                                               {"shptxt", Kind::kTextBox},
                                               {"dptxbxtext", Kind::kTextBox},
                                               {"header", Kind::kHeader},
                                               {"headerl", Kind::kHeader},
                                               {"headerr", Kind::kHeader},
                                               {"headerf", Kind::kHeader},
                                               {"footer", Kind::kFooter},
                                               {"footerl", Kind::kFooter},
                                               {"footerr", Kind::kFooter},
                                               {"footerf", Kind::kFooter},
                                               {"listtext", Kind::kMarker},
                                               {"pntext", Kind::kMarker}};
    for (const Destination& destination : kStories) {
        if (destination.word == word) {
            beginStory(destination.kind);
            return true;
        }
    }
    if (std::binary_search(kNoText.begin(), kNoText.end(), word)) {
        m_state.into = Into::kNothing;
    } else if (word == "fonttbl") {
        m_state.into = Into::kFontTable;
    } else if (word == "stylesheet") {
        m_state.into = Into::kStyles;
    } else if (word == "info") {
        m_state.into = Into::kInfo;
    } else if (word == "title" && m_state.into == Into::kInfo) {
        m_state.into = Into::kTitle;
    } else if (word == "atnauthor" && m_state.into == Into::kText) {
        m_state.into = Into::kAuthor;
    } else if (word == "upr") {
        m_state.outside = m_state.into;
        m_state.into = Into::kNothing;
    } else if (word == "ud") {
        m_state.into = m_state.outside;
    } else {
        return false;
    }
    return true;
}

void RtfDocument::beginStory(RtfStories::Kind kind) {
    if (m_state.into != Into::kText || m_around.empty()) {
        return;
    }
    if (kind == RtfStories::Kind::kComment) {
        m_stories.setAuthor(cleanText(trimmed(std::exchange(m_author, {}))));
    }
    m_stories.begin(kind);
    m_state.stories = m_stories.depth();
    m_state.paragraph = {};
}

bool RtfDocument::takeBreak(std::string_view word) {
    const bool isText = m_state.into == Into::kText;
    if (word == "par" || word == "sect") {
        if (isText) {
            m_stories.endParagraph(m_state.paragraph, headingLevel());
        }
        return true;
    }
    if (word == "cell" || word == "row") {
        if (isText && word == "cell") {
            m_stories.endCell();
        } else if (isText) {
            m_stories.endRow();
        }
        return true;
    }
    if (word == "nestcell") {
        write(" ");
        return true;
    }
    const auto* found = std::find_if(kCharacters.begin(),
                                     kCharacters.end(),
                                     [&](const Word& entry) { return entry.word == word; });
    if (found == kCharacters.end()) {
        return false;
    }
    write(found->text);
    return true;
}

bool RtfDocument::takeParagraphWord(std::string_view word, const RtfToken& token) {
    RtfParagraph& paragraph = m_state.paragraph;
    if (m_state.into == Into::kStyles) {
        if (word == "s") {
            m_styleNumber = token.number;
        } else if (word == "outlinelevel") {
            m_style.outlineLevel = token.number;
        } else {
            return false;
        }
        return true;
    }
    if (word == "pard") {
        paragraph = {};
    } else if (word == "s") {
        paragraph.style = token.number;
    } else if (word == "outlinelevel") {
        paragraph.outlineLevel = token.number;
    } else if (word == "ilvl") {
        paragraph.listLevel = token.number;
    } else if (word == "li") {
        paragraph.left = token.number;
    } else if (word == "fi") {
        paragraph.firstLine = token.number;
    } else if (word == "intbl") {
        paragraph.isInTable = true;
    } else {
        return false;
    }
    return true;
}

bool RtfDocument::takeCharset(std::string_view word, const RtfToken& token) {
    if (word == "f") {
        m_state.font = token.number;
    } else if (word == "fcharset" && m_state.into == Into::kFontTable) {
        m_fontPages.emplace(m_state.font, codePageOfCharset(token.number));
    } else if (word == "cpg" && m_state.into == Into::kFontTable) {
        m_fontPages[m_state.font] = token.number;
    } else if (word == "ansicpg") {
        m_documentPage = token.number;
    } else if (word == "mac") {
        m_documentPage = 10000;
    } else if (word == "pc") {
        m_documentPage = 437;
    } else if (word == "pca") {
        m_documentPage = 850;
    } else if (word == "deff") {
        m_defaultFont = token.number;
        m_state.font = token.number;
    } else {
        return false;
    }
    return true;
}

bool RtfDocument::takeSetting(std::string_view word, const RtfToken& token) {
    constexpr int kMostBytes = 8;
    if (word == "uc") {
        m_state.bytesPerUnicode = std::clamp(token.number, 0, kMostBytes);
    } else if (word == "plain") {
        m_state.font = m_defaultFont;
        m_state.isDeleted = false;
    } else if (word == "deleted") {
        m_state.isDeleted = !token.hasNumber || token.number != 0;
        m_hasChanges = m_hasChanges || m_state.isDeleted;
    } else if (word == "revised") {
        m_hasChanges = true;
    } else {
        return false;
    }
    return true;
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
