// SPDX-License-Identifier: Apache-2.0
// What RTF's control words mean to the text: the part of RtfDocument that knows them by name.
#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "ingest/formats/rtf/rtf_charset.h"
#include "ingest/formats/rtf/rtf_document.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

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

}  // namespace

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
    if (isStarred && !isOneOf(word, kTextThoughStarred)) {
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

}  // namespace tl
