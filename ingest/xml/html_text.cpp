// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/html_text.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "ingest/text/list_numbers.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/formula_text.h"
#include "ingest/xml/html_layout.h"

namespace tl {
namespace {

NumberStyle numberStyleOf(std::string_view type) {
    if (type == "a") {
        return NumberStyle::kLowerLetter;
    }
    if (type == "A") {
        return NumberStyle::kUpperLetter;
    }
    if (type == "i") {
        return NumberStyle::kLowerRoman;
    }
    return type == "I" ? NumberStyle::kUpperRoman : NumberStyle::kDecimal;
}

int numberOf(const GumboNode* node, const char* attribute, int otherwise) {
    const std::string_view text = trimmed(attributeOf(node, attribute));
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && std::abs(value) < 1'000'000 ? value : otherwise;
}

GumboTag tagOfAny(const GumboNode* node) {
    return node->v.element.tag;
}

class HtmlWriter final : public HtmlVisitor {
public:
    HtmlWriter(const HtmlMain& main, TextFlow& flow)
        : m_main(main)
        , m_flow(flow)
        , m_takesAll(main.part == HtmlMain::Part::kEverything ||
                     main.part == HtmlMain::Part::kBody) {}

    bool enter(const GumboNode* node) override {
        const bool isKept = m_main.part == HtmlMain::Part::kEverything ||
                            !isSurrounding(node, m_sections > 0) ||
                            m_main.titleHeaders.contains(node);
        if (isNeverText(node) || !isKept || m_flow.isFull()) {
            return false;
        }
        if (isTaken() && tagOfAny(node) == GUMBO_TAG_MATH) {
            m_flow.words(formulaText(node));
            return false;
        }
        m_starts += startsPart(node, m_main.part) ? 1 : 0;
        m_sections += isSection(node) ? 1 : 0;
        if (isTaken()) {
            begin(node);
        }
        return true;
    }

    void leave(const GumboNode* node) override {
        if (isTaken()) {
            end(node);
        }
        m_starts -= startsPart(node, m_main.part) ? 1 : 0;
        m_sections -= isSection(node) ? 1 : 0;
    }

    void text(std::string_view text) override {
        if (!isTaken()) {
            return;
        }
        if (m_pres > 0) {
            m_flow.verbatim(text);
        } else {
            m_flow.words(text);
        }
    }

private:
    struct List {
        bool isNumbered;
        NumberStyle style;
        int next;
        int step;
    };

    bool isTaken() const { return m_takesAll || m_starts > 0; }

    void begin(const GumboNode* node) {
        switch (layoutOf(node)) {
            case HtmlLayout::kItem:
                beginItem(node);
                break;
            case HtmlLayout::kPre:
                ++m_pres;
                m_flow.newParagraph();
                break;
            case HtmlLayout::kBreak:
                m_flow.lineBreak();
                break;
            case HtmlLayout::kImage:
                writeImage(node);
                break;
            case HtmlLayout::kQuote:
                m_flow.words("\"");
                break;
            case HtmlLayout::kRaised:
                m_raised.push_back(raisedSign(node));
                m_flow.words(m_raised.back());
                break;
            case HtmlLayout::kList:
                beginList(node);
                break;
            default:
                beginBlock(node);
        }
    }

    void beginBlock(const GumboNode* node) {
        switch (layoutOf(node)) {
            case HtmlLayout::kHeading:
                m_flow.beginHeading(static_cast<int>(tagOf(node) - GUMBO_TAG_H1) + 1);
                break;
            case HtmlLayout::kTable:
                beginTable(node);
                break;
            case HtmlLayout::kRow:
                if (isInDataTable()) {
                    m_flow.beginRow();
                } else {
                    m_flow.newLine();
                }
                break;
            case HtmlLayout::kCell:
                if (isInDataTable()) {
                    m_flow.beginCell();
                } else {
                    m_flow.newLine();
                }
                break;
            default:
                endBlock(node);
        }
    }

    void end(const GumboNode* node) {
        switch (layoutOf(node)) {
            case HtmlLayout::kHeading:
                m_flow.endHeading();
                break;
            case HtmlLayout::kItem:
                m_flow.endItem();
                break;
            case HtmlLayout::kList:
                m_lists.pop_back();
                m_flow.newLine();
                break;
            case HtmlLayout::kPre:
                --m_pres;
                m_flow.newParagraph();
                break;
            case HtmlLayout::kQuote:
                m_flow.words("\"");
                break;
            case HtmlLayout::kRaised:
                m_flow.words(m_raised.back() == "[" ? "]" : "");
                m_raised.pop_back();
                break;
            case HtmlLayout::kTable:
                endTable();
                break;
            default:
                endBlock(node);
        }
    }

    void endBlock(const GumboNode* node) {
        switch (layoutOf(node)) {
            case HtmlLayout::kLine:
                m_flow.newLine();
                break;
            case HtmlLayout::kParagraph:
            case HtmlLayout::kRule:
                m_flow.newParagraph();
                break;
            default:
                break;
        }
    }

    void beginList(const GumboNode* node) {
        m_flow.newLine();
        const bool isReversed = hasAttribute(node, "reversed");
        m_lists.push_back({tagOf(node) == GUMBO_TAG_OL,
                           numberStyleOf(attributeOf(node, "type")),
                           numberOf(node, "start", 1),
                           isReversed ? -1 : 1});
    }

    void beginItem(const GumboNode* node) {
        std::string marker = "- ";
        if (!m_lists.empty() && m_lists.back().isNumbered) {
            List& list = m_lists.back();
            list.next = numberOf(node, "value", list.next);
            marker = listNumber(list.next, list.style) + ". ";
            list.next += list.step;
        }
        m_flow.beginItem(static_cast<int>(std::min<size_t>(m_lists.size(), 100)), marker);
    }

    void writeImage(const GumboNode* node) {
        const std::string_view words = trimmed(attributeOf(node, "alt"));
        if (!words.empty()) {
            m_flow.words("[image: ");
            m_flow.words(words);
            m_flow.words("]");
        }
    }

    bool isInDataTable() const { return !m_tables.empty() && m_tables.back(); }

    void beginTable(const GumboNode* node) {
        const bool isData = !m_main.layoutTables.contains(node);
        m_tables.push_back(isData);
        if (isData) {
            m_flow.beginTable();
        } else {
            m_flow.newLine();
        }
    }

    void endTable() {
        if (m_tables.back()) {
            m_flow.endTable();
        } else {
            m_flow.newLine();
        }
        m_tables.pop_back();
    }

    const HtmlMain& m_main;
    TextFlow& m_flow;
    bool m_takesAll;
    int m_starts = 0;    // elements around that start the main part
    int m_sections = 0;  // sections around
    int m_pres = 0;
    std::vector<List> m_lists;
    std::vector<bool> m_tables;              // true: of data
    std::vector<std::string_view> m_raised;  // what stands in front of each <sup> around
};

class TitleFinder final : public HtmlVisitor {
public:
    bool enter(const GumboNode* node) override {
        if (tagOf(node) == GUMBO_TAG_BODY || !title.empty()) {
            return false;
        }
        m_isTitle = tagOf(node) == GUMBO_TAG_TITLE;
        return true;
    }
    void leave(const GumboNode*) override { m_isTitle = false; }
    void text(std::string_view text) override {
        if (m_isTitle) {
            title += text;
        }
    }

    std::string title;

private:
    bool m_isTitle = false;
};

}  // namespace

void writeHtml(const HtmlTree& tree, const HtmlMain& main, TextFlow& flow) {
    HtmlWriter writer(main, flow);
    walkHtml(tree.root(), writer);
    flow.newParagraph();
}

std::string titleOf(const HtmlTree& tree) {
    TitleFinder finder;
    walkHtml(tree.root(), finder);
    TextFlow flow(/*maxBytes=*/4096);
    flow.words(finder.title);
    Extract line;
    std::move(flow).finish(line);
    return std::string(trimmed(line.text));
}

}  // namespace tl
