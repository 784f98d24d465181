// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ingest/text/text_flow.h"
#include "ingest/xml/xml_tree.h"

namespace tl {

// Writes the text of PresentationML's shapes in their order: titles as headings, what stands in the
// body of a slide as lists, tables by rows.
class PptxText final : public XmlVisitor {
public:
    enum class Scope {
        kSlide,
        kNotes,  // the notes' own words and text boxes, not the slide's picture and numbers
    };

    PptxText(Scope scope, TextFlow& flow) : m_scope(scope), m_flow(flow) {}

    // The words of the slide's title; empty when it has none.
    const std::string& title() const { return m_title; }
    // Relationship ids of diagrams; and how many charts were met.
    const std::vector<std::string>& diagrams() const { return m_diagrams; }
    int charts() const { return m_charts; }
    // Footers, headers and dates that have words and are left out.
    int leftOut() const { return m_leftOut; }

    bool enter(pugi::xml_node node) override;
    void leave(pugi::xml_node node) override;
    void text(std::string_view text) override;

private:
    enum class Shape { kOther, kTitle, kBody };

    bool beginShape(pugi::xml_node node);
    bool beginInline(std::string_view name, pugi::xml_node node);
    bool beginTablePart(std::string_view name, pugi::xml_node node);
    void beginParagraph(pugi::xml_node node);
    void endParagraph();
    void takeImageWords(pugi::xml_node node);

    Scope m_scope;
    TextFlow& m_flow;
    std::vector<Shape> m_shapes;  // around
    bool m_isHeading = false;
    bool m_isItem = false;
    int m_paragraphs = 0;
    int m_texts = 0;
    int m_tables = 0;
    int m_charts = 0;
    int m_leftOut = 0;
    size_t m_number = 0;  // of the numbered list that is being written
    std::string m_title;
    std::vector<std::string> m_diagrams;
};

}  // namespace tl
