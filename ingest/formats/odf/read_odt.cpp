// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/odf/read_odt.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "ingest/formats/odf/odf_styles.h"
#include "ingest/formats/odf/odf_text.h"
#include "ingest/formats/odf/ods_sheets.h"
#include "ingest/io/file_bytes.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/formula_text.h"
#include "ingest/xml/metadata.h"
#include "ingest/xml/opc_package.h"
#include "ingest/xml/zip_parts.h"

namespace tl {
namespace {

bool isWantedMember(std::string_view name) {
    return asciiLower(name).ends_with(".xml") || name == "mimetype";
}

ReadStatus checkEncryption(ZipParts& zip) {
    constexpr std::string_view kManifest = "META-INF/manifest.xml";
    if (zip.has("encrypted-package")) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kEncryptedOffice}};
    }
    const Reading<std::string> manifest =
        zip.has(kManifest) ? zip.take(kManifest) : Reading<std::string>(std::string());
    if (manifest.ok() && manifest.value().find("encryption-data") != std::string::npos) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kEncryptedOffice}};
    }
    return readOk();
}

// The element below office:body that holds the text.
Reading<pugi::xml_node> contentOf(pugi::xml_node root) {
    const pugi::xml_node body = childOf(root, "body");
    for (const std::string_view name : {"text", "presentation", "spreadsheet"}) {
        if (const pugi::xml_node content = childOf(body, name)) {
            return content;
        }
    }
    if (childOf(body, "drawing")) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kDrawing}};
    }
    return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoBody}};
}

class OdtReading {
public:
    OdtReading(const ReadRequest& request, ZipParts* zip) : m_request(request), m_zip(zip) {
        m_extract.kind = DocumentKind::kOffice;
    }

    // The roots of content, styles and metadata; in a flat file all are the same.
    Reading<Extract> run(pugi::xml_node content, pugi::xml_node styles, pugi::xml_node meta) {
        const Reading<pugi::xml_node> body = contentOf(content);
        if (!body.ok()) {
            return body.error();
        }
        if (localName(body.value()) == "spreadsheet") {
            return readSheets(body.value(), meta);
        }
        OdfStyles odfStyles;
        odfStyles.add(content);
        odfStyles.add(styles);
        OdfText text(odfStyles, [this](std::string_view path) { return objectWords(path); });
        TextFlow flow(m_request.limits.maxTextBytes);
        text.write(body.value(), flow);
        if (localName(body.value()) == "text") {
            writeMargins(styles, text, flow);
        }
        if (flow.isFull()) {
            return overTextLimit(m_request.limits);
        }
        takeMetadata(childOf(meta, "meta"), m_extract);
        if (text.hasChanges()) {
            m_extract.notes.push_back({ReasonCode::kTrackedChanges});
        }
        if (m_objects > 0) {
            m_extract.warnings.push_back({.code = ReasonCode::kObjectsNotRead, .count = m_objects});
        }
        std::move(flow).finish(m_extract);
        return std::move(m_extract);
    }

    std::vector<Reason>& warnings() { return m_extract.warnings; }

private:
    Reading<Extract> readSheets(pugi::xml_node sheets, pugi::xml_node meta) {
        SheetText text(m_request.limits.maxTextBytes);
        writeSheets(sheets, text);
        if (text.isFull()) {
            return overTextLimit(m_request.limits);
        }
        takeMetadata(childOf(meta, "meta"), m_extract);
        std::move(text).finish(m_extract);
        return std::move(m_extract);
    }

    std::string objectWords(std::string_view path) {
        const std::string name = resolvePath("", path) + "/content.xml";
        if (m_zip == nullptr || path.empty() || !m_zip->has(name)) {
            return {};
        }
        const Reading<XmlTree> tree = parsePart(*m_zip, name);
        if (!tree.ok() || localName(tree.value().root()) != "math") {
            ++m_objects;
            return {};
        }
        return formulaText(tree.value().root());
    }

    // Headers and footers of all kinds of pages, each text once, at the end.
    void writeMargins(pugi::xml_node styles, OdfText& text, TextFlow& flow) {
        std::set<std::string> seen;
        for (const pugi::xml_node page : childOf(styles, "master-styles").children()) {
            for (const pugi::xml_node margin : page.children()) {
                const std::string_view name = localName(margin);
                if (name.starts_with("header")) {
                    writeMargin(margin, "Header:", text, flow, seen);
                } else if (name.starts_with("footer")) {
                    writeMargin(margin, "Footer:", text, flow, seen);
                }
            }
        }
    }

    void writeMargin(pugi::xml_node margin,
                     std::string_view label,
                     OdfText& text,
                     TextFlow& flow,
                     std::set<std::string>& seen) {
        TextFlow scratch(m_request.limits.maxTextBytes);
        text.write(margin, scratch);
        Extract written;
        std::move(scratch).finish(written);
        const std::string_view words = trimmed(written.text);
        // A number alone is a page's.
        if (words.empty() || isNumber(words) || !seen.emplace(words).second) {
            return;
        }
        flow.newParagraph();
        flow.label(label);
        flow.verbatim(words);
        flow.newParagraph();
    }

    const ReadRequest& m_request;
    ZipParts* m_zip;
    Extract m_extract;
    int64_t m_objects = 0;  // not read
};

// A part that may be missing; a broken one is told.
std::optional<XmlTree> sidePart(ZipParts& zip,
                                std::string_view name,
                                std::vector<Reason>& warnings) {
    if (!zip.has(name)) {
        return std::nullopt;
    }
    Reading<XmlTree> tree = parsePart(zip, name);
    if (!tree.ok()) {
        warnings.push_back(tree.error().reason);
        return std::nullopt;
    }
    return std::move(tree).value();
}

Reading<Extract> readFlat(const ReadRequest& request) {
    const Reading<XmlTree> tree = XmlTree::parse(request.bytes, "flat OpenDocument file");
    if (!tree.ok()) {
        return tree.error();
    }
    const pugi::xml_node root = tree.value().root();
    return OdtReading(request, nullptr).run(root, root, root);
}

}  // namespace

Reading<Extract> readOdt(const ReadRequest& request) {
    if (trimmed(request.bytes.substr(0, 512)).find('<') < 4) {  // after a byte order mark at most
        return readFlat(request);
    }
    Reading<ZipParts> opened = ZipParts::open(request, "OpenDocument file", isWantedMember);
    if (!opened.ok()) {
        return opened.error();
    }
    ZipParts& zip = opened.value();
    if (ReadStatus status = checkEncryption(zip); !status.ok()) {
        return status.error();
    }
    const Reading<XmlTree> content = parsePart(zip, "content.xml");
    if (!content.ok()) {
        return content.error();
    }
    OdtReading reading(request, &zip);
    reading.warnings() = zip.warnings();
    const auto styles = sidePart(zip, "styles.xml", reading.warnings());
    const auto meta = sidePart(zip, "meta.xml", reading.warnings());
    return reading.run(content.value().root(),
                       styles ? styles->root() : pugi::xml_node(),
                       meta ? meta->root() : pugi::xml_node());
}

}  // namespace tl
