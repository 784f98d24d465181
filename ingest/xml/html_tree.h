// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gumbo.h>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/reason.h"

namespace tl {

// A parsed HTML page; any text is one. Not to be copied or moved: nodes point into it.
class HtmlTree {
public:
    // `text` is valid UTF-8 and outlives the tree. kCorrupt for elements nested so deeply that the
    // parser would take for ever; kOutOfMemory when it needs more than `maxMemoryBytes`.
    static Reading<std::unique_ptr<HtmlTree>> parse(std::string_view text, int64_t maxMemoryBytes);
    ~HtmlTree();
    HtmlTree(const HtmlTree&) = delete;
    HtmlTree& operator=(const HtmlTree&) = delete;

    // The node around everything.
    const GumboNode* root() const { return m_root; }

private:
    class Arena;

    HtmlTree();

    std::unique_ptr<Arena> m_arena;
    const GumboNode* m_root = nullptr;
};

// XHTML lets any element end itself ("<a id='x'/>", "<title/>"); for HTML that is only a start, so
// that all that follows would be part of it. Gives such elements an end of their own.
std::string withExplicitEnds(std::string_view xhtml);

bool isElement(const GumboNode* node);
// GUMBO_TAG_UNKNOWN for what is no element, and for elements of SVG and MathML.
GumboTag tagOf(const GumboNode* node);
// The attribute's value; empty when there is none.
std::string_view attributeOf(const GumboNode* node, const char* name);
bool hasAttribute(const GumboNode* node, const char* name);

// As XmlVisitor.
class HtmlVisitor {
public:
    virtual ~HtmlVisitor() = default;
    // False passes the element over with all that is in it; leave() is then not called.
    virtual bool enter(const GumboNode* node) = 0;
    virtual void leave(const GumboNode* node) = 0;
    virtual void text(std::string_view text) = 0;
};

// Does not recurse.
void walkHtml(const GumboNode* root, HtmlVisitor& visitor);

}  // namespace tl
