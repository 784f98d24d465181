// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/formats/rtf/rtf_story.h"
#include "ingest/formats/rtf/rtf_tokens.h"
#include "ingest/reason.h"
#include "ingest/text/text_flow.h"

namespace tl {

// Follows the groups of an RTF file and writes its text.
class RtfDocument {
public:
    RtfDocument(std::string_view bytes, TextFlow& flow) : m_tokens(bytes), m_stories(flow) {}

    // kCorrupt for groups nested too deeply. A file that ends early gives what it has; see isCut().
    ReadStatus read();

    const std::string& title() const { return m_title; }
    bool isCut() const { return m_isCut; }
    bool hasChanges() const { return m_hasChanges; }

private:
    enum class Into { kText, kNothing, kFontTable, kStyles, kInfo, kTitle, kAuthor };

    // What a group inherits from the one around it.
    struct State {
        Into into = Into::kText;
        Into outside = Into::kText;  // of \upr: where its Unicode half goes
        size_t stories = 1;
        int font = 0;
        int bytesPerUnicode = 1;  // \uc
        bool isDeleted = false;
        RtfParagraph paragraph;
    };
    struct Style {
        int outlineLevel = -1;
        std::string name;
    };

    void take(const RtfToken& token);
    void openGroup();
    void closeGroup();
    void takeSymbol(char symbol);
    void takeWord(const RtfToken& token);
    bool takeDestination(std::string_view word);
    bool takeParagraphWord(std::string_view word, const RtfToken& token);
    bool takeBreak(std::string_view word);
    bool takeSetting(std::string_view word, const RtfToken& token);
    bool takeCharset(std::string_view word, const RtfToken& token);
    void takeUnicode(int number);
    void takeBytes(std::string_view bytes);
    bool isSkipped(const RtfToken& token);
    void flushBytes();
    void write(std::string_view text);
    void writeStyleName(std::string_view text);
    void beginStory(RtfStories::Kind kind);
    int codePage() const;
    int headingLevel() const;

    RtfTokens m_tokens;
    RtfStories m_stories;
    State m_state;
    std::vector<State> m_around;
    std::string m_bytes;  // of the code page, not converted yet
    int m_documentPage = 1252;
    int m_defaultFont = 0;
    std::unordered_map<int, int> m_fontPages;
    std::unordered_map<int, int> m_styleLevels;  // heading levels by style
    int m_styleNumber = 0;                       // in the style sheet
    Style m_style;
    unsigned int m_highSurrogate = 0;
    int m_toSkip = 0;          // characters that stand for \u to older readers
    bool m_isStarred = false;  // "\*" came before
    bool m_isDone = false;
    bool m_isCut = false;
    bool m_hasChanges = false;
    std::string m_title;
    std::string m_author;
};

}  // namespace tl
