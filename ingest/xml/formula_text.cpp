// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/formula_text.h"

#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/html_tree.h"
#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

// Follows MathML by the names of its elements.
class FormulaWords {
public:
    void enter(std::string_view name) {
        if (!m_open.empty()) {
            const int child = ++m_open.back().children;
            m_words += child == 2 ? signBetween(m_open.back().name) : "";
            m_words += child == 3 && m_open.back().name == "msubsup" ? "^" : "";
        }
        m_open.push_back({std::string(name), m_words.size()});
    }
    void leave() {
        const size_t begin = m_open.back().begin;
        m_open.pop_back();
        // Longer parts need brackets; far down in a formula nobody would see why.
        constexpr size_t kMostDepth = 50;
        const bool isPart = !m_open.empty() && m_open.size() < kMostDepth &&
                            !signBetween(m_open.back().name).empty();
        const std::string_view part = std::string_view(m_words).substr(begin);
        if (isPart && !part.empty() && !isNumber(part) && decodeUtf8(part).length != part.size()) {
            m_words.insert(begin, 1, '(');
            m_words += ')';
        }
    }
    void text(std::string_view text) {
        if (!m_open.empty() && m_open.back().name == "annotation") {
            m_source += text;
        } else {
            m_words += trimmed(text);
        }
    }
    std::string words() const {
        return std::string(trimmed(trimmed(m_source).empty() ? m_words : m_source));
    }

private:
    struct Element {
        std::string name;
        size_t begin = 0;  // of its words
        int children = 0;
    };

    static std::string_view signBetween(std::string_view name) {
        if (name == "msup" || name == "mover") {
            return "^";
        }
        if (name == "msub" || name == "munder" || name == "msubsup") {
            return "_";
        }
        return name == "mfrac" ? "/" : "";
    }

    std::vector<Element> m_open;
    std::string m_words;
    std::string m_source;
};

class HtmlFormula final : public HtmlVisitor {
public:
    bool enter(const GumboNode* node) override {
        // Gumbo knows few of these elements by name.
        GumboStringPiece tag = node->v.element.original_tag;
        gumbo_tag_from_original_text(&tag);
        words.enter(asciiLower({tag.data == nullptr ? "" : tag.data, tag.length}));
        return true;
    }
    void leave(const GumboNode*) override { words.leave(); }
    void text(std::string_view text) override { words.text(text); }

    FormulaWords words;
};

class XmlFormula final : public XmlVisitor {
public:
    bool enter(pugi::xml_node node) override {
        words.enter(localName(node));
        return true;
    }
    void leave(pugi::xml_node) override { words.leave(); }
    void text(std::string_view text) override { words.text(text); }

    FormulaWords words;
};

}  // namespace

std::string formulaText(const GumboNode* math) {
    HtmlFormula formula;
    walkHtml(math, formula);
    return formula.words.words();
}

std::string formulaText(pugi::xml_node math) {
    XmlFormula formula;
    walkXml(math, formula);
    return formula.words.words();
}

}  // namespace tl
