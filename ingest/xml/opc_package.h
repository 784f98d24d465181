// SPDX-License-Identifier: Apache-2.0
// What DOCX and PPTX have in common: parts in a zip file that refer to each other by relationships.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/extract.h"
#include "ingest/xml/xml_tree.h"
#include "ingest/xml/zip_parts.h"

namespace tl {

struct Relationship {
    std::string id;      // "rId4"
    std::string type;    // last word of its URL: "footnotes"; the rest differs between editions
    std::string target;  // path within the package, or a URL
    bool isExternal = false;
};

// The relationships of a part, "" for the package itself; none when it has none. Those that cannot
// be parsed are told in `warnings`.
std::vector<Relationship> relationshipsOf(ZipParts& zip,
                                          std::string_view part,
                                          std::vector<Reason>& warnings);

// The target of the first relationship of that type within the package, else `usual`.
std::string targetOf(const std::vector<Relationship>& relationships,
                     std::string_view type,
                     std::string_view usual);

// Paths of parts by the ids of their relationships.
std::unordered_map<std::string, std::string> targetsById(
    const std::vector<Relationship>& relationships);

// The part as a tree; errors as of ZipParts::take() and XmlTree::parse().
Reading<XmlTree> parsePart(ZipParts& zip, std::string_view name);

// takeMetadata() of the package's core properties.
void takePackageMetadata(ZipParts& zip, const std::vector<Relationship>& package, Extract& extract);

// Members that have to be unpacked: all that is XML, and files that are embedded.
bool isWantedPart(std::string_view name);

}  // namespace tl
