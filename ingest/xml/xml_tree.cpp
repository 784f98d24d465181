// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/xml_tree.h"

#include <algorithm>
#include <charconv>

#include "ingest/text/text_lines.h"

namespace tl {
namespace {

std::string_view withoutPrefix(std::string_view name) {
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class TextGatherer final : public XmlVisitor {
public:
    bool enter(pugi::xml_node) override { return true; }
    void leave(pugi::xml_node) override {}
    void text(std::string_view text) override { m_text += text; }
    const std::string& gathered() const { return m_text; }

private:
    std::string m_text;
};

}  // namespace

Reading<XmlTree> XmlTree::parse(std::string_view bytes, std::string_view name) {
    XmlTree tree;
    tree.m_document = std::make_unique<pugi::xml_document>();
    // White space between elements is kept: it is text in some places. Comments, processing
    // instructions and document types are not.
    const pugi::xml_parse_result result = tree.m_document->load_buffer(
        bytes.data(),
        bytes.size(),
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata);
    if (result.status == pugi::status_out_of_memory) {
        return Failure{ErrorCode::kOutOfMemory,
                       {.code = ReasonCode::kXmlMemory, .name = std::string(name)}};
    }
    if (!result) {
        return Failure{ErrorCode::kCorrupt,
                       {.code = ReasonCode::kBrokenXml,
                        .name = std::string(name),
                        .detail = result.description(),
                        .count = result.offset}};
    }
    return tree;
}

std::string_view localName(pugi::xml_node node) {
    return withoutPrefix(node.name());
}

std::string_view localName(pugi::xml_attribute attribute) {
    return withoutPrefix(attribute.name());
}

std::string_view attributeOf(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_attribute attribute : node.attributes()) {
        if (localName(attribute) == name) {
            return attribute.value();
        }
    }
    return {};
}

int intAttributeOf(pugi::xml_node node, std::string_view name, int otherwise) {
    constexpr int kMost = 1'000'000;
    const std::string_view text = attributeOf(node, name);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? std::clamp(value, -kMost, kMost) : otherwise;
}

pugi::xml_node childOf(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_node child : node.children()) {
        if (localName(child) == name) {
            return child;
        }
    }
    return {};
}

namespace {

// True when the node's children are to be met next.
bool meet(pugi::xml_node node, XmlVisitor& visitor) {
    if (node.type() != pugi::node_element) {
        visitor.text(node.value());
        return false;
    }
    if (!visitor.enter(node)) {
        return false;
    }
    if (!node.first_child()) {
        visitor.leave(node);
        return false;
    }
    return true;
}

}  // namespace

void walkXml(pugi::xml_node root, XmlVisitor& visitor) {
    pugi::xml_node node = root;
    while (node) {
        if (meet(node, visitor)) {
            node = node.first_child();
            continue;
        }
        while (node != root && !node.next_sibling()) {
            node = node.parent();
            visitor.leave(node);
        }
        if (node == root) {
            return;
        }
        node = node.next_sibling();
    }
}

std::string textBelow(pugi::xml_node node) {
    TextGatherer gatherer;
    walkXml(node, gatherer);
    std::string text = cleanText(gatherer.gathered());
    std::replace(text.begin(), text.end(), '\n', ' ');
    return std::string(trimmed(text));
}

}  // namespace tl
