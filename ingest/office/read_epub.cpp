// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/read_epub.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "ingest/office/html_main.h"
#include "ingest/office/html_text.h"
#include "ingest/office/html_tree.h"
#include "ingest/office/metadata.h"
#include "ingest/office/opc_package.h"
#include "ingest/office/read_html.h"
#include "ingest/office/text_flow.h"
#include "ingest/office/zip_parts.h"
#include "ingest/read/file_bytes.h"
#include "ingest/transcript/text_lines.h"

namespace tl {
namespace {

// Chapters may have any name; these are none.
bool isWantedMember(std::string_view name) {
    return !hasExtension(name,
                         {".jpg",
                          ".jpeg",
                          ".png",
                          ".gif",
                          ".svg",
                          ".webp",
                          ".ttf",
                          ".otf",
                          ".woff",
                          ".woff2",
                          ".css",
                          ".js",
                          ".mp3",
                          ".mp4",
                          ".m4a",
                          ".ogg"});
}

// Two ways to obscure a font by the book's own name; all others keep the text from us.
bool hasDrm(pugi::xml_node encryption) {
    const auto isContent = [](pugi::xml_node data) {
        const std::string_view method = attributeOf(childOf(data, "EncryptionMethod"), "Algorithm");
        return localName(data) == "EncryptedData" &&
               method != "http://www.idpf.org/2008/embedding" &&
               method != "http://ns.adobe.com/pdf/enc#RC";
    };
    const auto children = encryption.children();
    return std::any_of(children.begin(), children.end(), isContent);
}

struct Item {
    std::string path;
    std::string mediaType;
};

class EpubReading {
public:
    EpubReading(const ReadRequest& request, ZipParts zip)
        : m_limits(request.limits), m_zip(std::move(zip)), m_flow(m_limits.maxTextBytes) {
        m_extract.kind = DocumentKind::kOffice;
        m_extract.warnings = m_zip.warnings();
    }

    Result<Extract> run() {
        if (Status status = checkDrm(); !status.ok()) {
            return status.error();
        }
        const Result<std::string> name = packageName();
        if (!name.ok()) {
            return name.error();
        }
        const Result<XmlTree> package = parsePart(m_zip, name.value());
        if (!package.ok()) {
            return package.error();
        }
        if (Status status = readSpine(package.value().root(), name.value()); !status.ok()) {
            return status.error();
        }
        takeMetadata(childOf(package.value().root(), "metadata"), m_extract);
        std::move(m_flow).finish(m_extract);
        return std::move(m_extract);
    }

private:
    Status checkDrm() {
        constexpr std::string_view kName = "META-INF/encryption.xml";
        if (!m_zip.has(kName)) {
            return okStatus();
        }
        const Result<XmlTree> tree = parsePart(m_zip, kName);
        if (!tree.ok()) {
            m_extract.warnings.push_back(tree.error().message);
        } else if (hasDrm(tree.value().root())) {
            return Error{ErrorCode::kUnsupported, "protected by DRM"};
        }
        return okStatus();
    }

    Result<std::string> packageName() {
        constexpr std::string_view kContainer = "META-INF/container.xml";
        const Result<XmlTree> container = parsePart(m_zip, kContainer);
        if (!container.ok()) {
            return container.error();
        }
        const pugi::xml_node files = childOf(container.value().root(), "rootfiles");
        const std::string path =
            percentDecoded(attributeOf(childOf(files, "rootfile"), "full-path"));
        if (path.empty()) {
            return Error{ErrorCode::kCorrupt,
                         std::string(kContainer) + ": names no package: damaged EPUB"};
        }
        return resolvePath("", path);
    }

    Status readSpine(pugi::xml_node package, const std::string& packagePath) {
        std::unordered_map<std::string, Item> items;
        for (const pugi::xml_node node : childOf(package, "manifest").children()) {
            if (localName(node) != "item") {
                continue;
            }
            const std::string href = percentDecoded(attributeOf(node, "href"));
            items.emplace(
                attributeOf(node, "id"),
                Item{resolvePath(packagePath, href), std::string(attributeOf(node, "media-type"))});
        }
        for (const pugi::xml_node node : childOf(package, "spine").children()) {
            if (localName(node) != "itemref") {
                continue;
            }
            ++m_number;
            const auto item = items.find(std::string(attributeOf(node, "idref")));
            if (item == items.end()) {
                warn("missing");
                continue;
            }
            if (Status status = writeChapter(item->second); !status.ok()) {
                return status;
            }
        }
        if (m_flow.isFull()) {
            return Error{ErrorCode::kOutOfMemory,
                         "text over the limit of " + formatBytes(m_limits.maxTextBytes)};
        }
        if (m_read == 0) {
            return Error{ErrorCode::kCorrupt,
                         m_number == 0 ? "its package lists no chapters: damaged EPUB"
                                       : "none of its chapters can be read: damaged EPUB"};
        }
        return okStatus();
    }

    void warn(const std::string& what) {
        m_extract.warnings.push_back("chapter " + std::to_string(m_number) + ": " + what);
    }

    // Fails for limits alone; a chapter that cannot be read is told.
    Status writeChapter(const Item& item) {
        if (!item.mediaType.empty() && item.mediaType.find("html") == std::string::npos &&
            item.mediaType.find("xml") == std::string::npos) {
            warn("a file of the kind " + cleanText(item.mediaType) + ", not read");
            return okStatus();
        }
        const Result<std::string> bytes = m_zip.take(item.path);
        if (!bytes.ok()) {
            warn(bytes.error().message);
            return okStatus();
        }
        const Result<DecodedText> decoded = decodeHtml(bytes.value());
        if (!decoded.ok()) {
            warn(decoded.error().message);
            return okStatus();
        }
        const std::string page = withExplicitEnds(decoded.value().text);
        const auto tree = HtmlTree::parse(page, m_limits.maxMemoryBytes / 2);
        if (!tree.ok()) {
            if (tree.error().code == ErrorCode::kOutOfMemory) {
                return tree.error();
            }
            warn(tree.error().message);
            return okStatus();
        }
        writePage(*tree.value(), item.path);
        return okStatus();
    }

    // All of it: a book has no menus around its text.
    void writePage(const HtmlTree& tree, const std::string& path) {
        ++m_read;
        HtmlMain main = findMain(tree);
        main.part = HtmlMain::Part::kEverything;
        m_flow.beginUnit(UnitKind::kChapter, m_number);
        const size_t before = m_flow.headings().size();
        writeHtml(tree, main, m_flow);
        std::string label = titleOf(tree);
        if (m_flow.headings().size() > before) {
            label = m_flow.headings()[before].name;
        }
        if (label.empty()) {
            label = path.substr(path.rfind('/') + 1);
        }
        m_flow.endUnit(std::move(label), m_flow.unitHasText() ? "" : "chapter without text");
    }

    const ReadLimits& m_limits;
    ZipParts m_zip;
    TextFlow m_flow;
    Extract m_extract;
    int64_t m_number = 0;  // of the chapter
    int64_t m_read = 0;
};

}  // namespace

Result<Extract> readEpub(const ReadRequest& request) {
    Result<ZipParts> zip = ZipParts::open(request, "EPUB", isWantedMember);
    if (!zip.ok()) {
        return zip.error();
    }
    return EpubReading(request, std::move(zip).value()).run();
}

}  // namespace tl
