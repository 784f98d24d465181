// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "ingest/reason.h"

namespace tl {

// A parsed XML file. No entities but the five of XML and character references; nothing is fetched.
class XmlTree {
public:
    // `name` is for messages. kCorrupt "word/document.xml: broken XML at byte 812: ..."
    static Reading<XmlTree> parse(std::string_view bytes, std::string_view name);

    // The document's element.
    pugi::xml_node root() const { return m_document->document_element(); }

private:
    std::unique_ptr<pugi::xml_document> m_document;
};

// Names without their namespace's prefix: producers choose prefixes as they like.
std::string_view localName(pugi::xml_node node);
std::string_view localName(pugi::xml_attribute attribute);

// The value of the attribute of that local name; empty when there is none.
std::string_view attributeOf(pugi::xml_node node, std::string_view name);
// The same as a number; `otherwise` for what is none. Clamped to +-1,000,000.
int intAttributeOf(pugi::xml_node node, std::string_view name, int otherwise);
// The first child element of that local name, or none.
pugi::xml_node childOf(pugi::xml_node node, std::string_view name);

// What a walk meets. Trees may be as deep as a file is long, so a walk does not recurse.
class XmlVisitor {
public:
    virtual ~XmlVisitor() = default;
    // False passes the element over with all that is in it; leave() is then not called.
    virtual bool enter(pugi::xml_node node) = 0;
    virtual void leave(pugi::xml_node node) = 0;
    virtual void text(std::string_view text) = 0;
};

// `root` itself is entered and left too. May be called again from within enter() and leave().
void walkXml(pugi::xml_node root, XmlVisitor& visitor);

// All text below a node in one line, trimmed.
std::string textBelow(pugi::xml_node node);

}  // namespace tl
