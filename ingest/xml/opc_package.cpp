// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/opc_package.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/metadata.h"

namespace tl {
namespace {

// "word/_rels/document.xml.rels" for "word/document.xml".
std::string relationshipsPartOf(std::string_view part) {
    const size_t nameAt = part.rfind('/') + 1;
    std::string path(part.substr(0, nameAt));
    path += "_rels/";
    path += part.substr(nameAt);
    path += ".rels";
    return path;
}

}  // namespace

std::vector<Relationship> relationshipsOf(ZipParts& zip,
                                          std::string_view part,
                                          std::vector<Reason>& warnings) {
    std::vector<Relationship> relationships;
    const std::string name = relationshipsPartOf(part);
    if (!zip.has(name)) {
        return relationships;
    }
    const Reading<XmlTree> tree = parsePart(zip, name);
    if (!tree.ok()) {
        warnings.push_back(tree.error().reason);
        return relationships;
    }
    for (const pugi::xml_node node : tree.value().root().children()) {
        if (localName(node) != "Relationship") {
            continue;
        }
        Relationship relationship;
        relationship.id = attributeOf(node, "Id");
        const std::string_view type = attributeOf(node, "Type");
        relationship.type = type.substr(type.rfind('/') + 1);
        relationship.isExternal = attributeOf(node, "TargetMode") == "External";
        const std::string target = percentDecoded(attributeOf(node, "Target"));
        relationship.target = relationship.isExternal ? target : resolvePath(part, target);
        relationships.push_back(std::move(relationship));
    }
    return relationships;
}

std::string targetOf(const std::vector<Relationship>& relationships,
                     std::string_view type,
                     std::string_view usual) {
    const auto found = std::find_if(
        relationships.begin(), relationships.end(), [&](const Relationship& relationship) {
            return relationship.type == type && !relationship.isExternal;
        });
    return found == relationships.end() ? std::string(usual) : found->target;
}

std::unordered_map<std::string, std::string> targetsById(
    const std::vector<Relationship>& relationships) {
    std::unordered_map<std::string, std::string> targets;
    for (const Relationship& relationship : relationships) {
        if (!relationship.isExternal) {
            targets.emplace(relationship.id, relationship.target);
        }
    }
    return targets;
}

Reading<XmlTree> parsePart(ZipParts& zip, std::string_view name) {
    const Reading<std::string> bytes = zip.take(name);
    if (!bytes.ok()) {
        return bytes.error();
    }
    return XmlTree::parse(bytes.value(), name);
}

void takePackageMetadata(ZipParts& zip,
                         const std::vector<Relationship>& package,
                         Extract& extract) {
    const std::string name = targetOf(package, "core-properties", "docProps/core.xml");
    if (!zip.has(name)) {
        return;
    }
    if (const Reading<XmlTree> tree = parsePart(zip, name); tree.ok()) {
        takeMetadata(tree.value().root(), extract);
    }
}

bool isWantedPart(std::string_view name) {
    const std::string lower = asciiLower(name);
    // What a chunk (altChunk) may be written in; programs call its part as they like.
    const bool isChunk = hasExtension(
        lower,
        {".html", ".htm", ".xhtml", ".mht", ".mhtml", ".rtf", ".txt", ".docx", ".docm", ".dat"});
    return isChunk || lower.ends_with(".xml") || lower.ends_with(".rels") ||
           lower.find("/embeddings/") != std::string::npos ||
           lower.find("/afchunk") != std::string::npos;
}

}  // namespace tl
