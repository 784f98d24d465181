// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tl {

// What a paragraph's properties or style say of its place in the document; what is not said is as
// it stands here.
struct DocxParagraph {
    int headingLevel = -1;  // 0: plain text, 1 the title, 2 "heading 1"...
    int listId = -1;        // 0: no list
    int listLevel = -1;     // 0 the outermost
};

// The paragraph styles of a DOCX file.
class DocxStyles {
public:
    DocxStyles() = default;
    explicit DocxStyles(pugi::xml_node root);

    // What the style, with those it is based on, says; nothing for an unknown one.
    DocxParagraph resolve(std::string_view id) const;

private:
    struct Style {
        DocxParagraph own;
        std::string basedOn;
    };

    std::unordered_map<std::string, Style> m_styles;
};

// What w:pPr says, without its style.
DocxParagraph paragraphOf(pugi::xml_node properties);

// `first` where it says something, else `second`.
DocxParagraph merged(const DocxParagraph& first, const DocxParagraph& second);

}  // namespace tl
