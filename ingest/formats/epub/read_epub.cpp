// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/epub/read_epub.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "ingest/io/file_bytes.h"
#include "ingest/text/text_flow.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/decode_html.h"
#include "ingest/xml/html_main.h"
#include "ingest/xml/html_text.h"
#include "ingest/xml/html_tree.h"
#include "ingest/xml/metadata.h"
#include "ingest/xml/opc_package.h"
#include "ingest/xml/zip_parts.h"

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

    Reading<Extract> run() {
        if (ReadStatus status = checkDrm(); !status.ok()) {
            return status.error();
        }
        const Reading<std::string> name = packageName();
        if (!name.ok()) {
            return name.error();
        }
        const Reading<XmlTree> package = parsePart(m_zip, name.value());
        if (!package.ok()) {
            return package.error();
        }
        if (ReadStatus status = readSpine(package.value().root(), name.value()); !status.ok()) {
            return status.error();
        }
        takeMetadata(childOf(package.value().root(), "metadata"), m_extract);
        std::move(m_flow).finish(m_extract);
        return std::move(m_extract);
    }

private:
    ReadStatus checkDrm() {
        constexpr std::string_view kName = "META-INF/encryption.xml";
        if (!m_zip.has(kName)) {
            return readOk();
        }
        const Reading<XmlTree> tree = parsePart(m_zip, kName);
        if (!tree.ok()) {
            m_extract.warnings.push_back(tree.error().reason);
        } else if (hasDrm(tree.value().root())) {
            return Failure{ErrorCode::kUnsupported, {ReasonCode::kDrm}};
        }
        return readOk();
    }

    Reading<std::string> packageName() {
        constexpr std::string_view kContainer = "META-INF/container.xml";
        const Reading<XmlTree> container = parsePart(m_zip, kContainer);
        if (!container.ok()) {
            return container.error();
        }
        const pugi::xml_node files = childOf(container.value().root(), "rootfiles");
        const std::string path =
            percentDecoded(attributeOf(childOf(files, "rootfile"), "full-path"));
        if (path.empty()) {
            return Failure{ErrorCode::kCorrupt,
                           {.code = ReasonCode::kNamesNoPackage, .name = std::string(kContainer)}};
        }
        return resolvePath("", path);
    }

    ReadStatus readSpine(pugi::xml_node package, const std::string& packagePath) {
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
                warn({ReasonCode::kMissingChapter});
                continue;
            }
            if (ReadStatus status = writeChapter(item->second); !status.ok()) {
                return status;
            }
        }
        if (m_flow.isFull()) {
            return overTextLimit(m_limits);
        }
        if (m_read == 0) {
            return Failure{ErrorCode::kCorrupt,
                           {m_number == 0 ? ReasonCode::kNoChapters : ReasonCode::kNoChapterRead}};
        }
        return readOk();
    }

    void warn(Reason what) {
        m_extract.warnings.push_back(reasonAt(PlaceKind::kChapter, m_number, std::move(what)));
    }

    // Fails for limits alone; a chapter that cannot be read is told.
    ReadStatus writeChapter(const Item& item) {
        if (!item.mediaType.empty() && item.mediaType.find("html") == std::string::npos &&
            item.mediaType.find("xml") == std::string::npos) {
            warn({.code = ReasonCode::kForeignChapter, .name = cleanText(item.mediaType)});
            return readOk();
        }
        const Reading<std::string> bytes = m_zip.take(item.path);
        if (!bytes.ok()) {
            warn(bytes.error().reason);
            return readOk();
        }
        const Reading<DecodedText> decoded = decodeHtml(bytes.value());
        if (!decoded.ok()) {
            warn(decoded.error().reason);
            return readOk();
        }
        const std::string page = withExplicitEnds(decoded.value().text);
        const auto tree = HtmlTree::parse(page, m_limits.maxMemoryBytes / 2);
        if (!tree.ok()) {
            if (tree.error().code == ErrorCode::kOutOfMemory) {
                return tree.error();
            }
            warn(tree.error().reason);
            return readOk();
        }
        writePage(*tree.value(), item.path);
        return readOk();
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
        m_flow.endUnit(std::move(label),
                       m_flow.unitHasText() ? ReasonCode::kNone : ReasonCode::kChapterWithoutText);
    }

    const ReadLimits& m_limits;
    ZipParts m_zip;
    TextFlow m_flow;
    Extract m_extract;
    int64_t m_number = 0;  // of the chapter
    int64_t m_read = 0;
};

}  // namespace

Reading<Extract> readEpub(const ReadRequest& request) {
    Reading<ZipParts> zip = ZipParts::open(request, "EPUB", isWantedMember);
    if (!zip.ok()) {
        return zip.error();
    }
    return EpubReading(request, std::move(zip).value()).run();
}

}  // namespace tl
