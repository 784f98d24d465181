// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/docx/read_docx.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "ingest/formats/docx/docx_text.h"
#include "ingest/io/file_bytes.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/opc_package.h"
#include "ingest/xml/pptx_text.h"
#include "ingest/xml/zip_parts.h"

namespace tl {
namespace {

class DocxReading {
public:
    DocxReading(const ReadRequest& request, ZipParts zip)
        : m_request(request), m_zip(std::move(zip)) {
        m_extract.kind = DocumentKind::kOffice;
        m_extract.warnings = m_zip.warnings();
    }

    Reading<Extract> run() {
        const auto package = relationshipsOf(m_zip, "", m_extract.warnings);
        const std::string name = targetOf(package, "officeDocument", "word/document.xml");
        const Reading<XmlTree> document = parsePart(m_zip, name);
        if (!document.ok()) {
            return document.error();
        }
        const pugi::xml_node body = childOf(document.value().root(), "body");
        if (!body) {
            return Failure{ErrorCode::kCorrupt,
                           {.code = ReasonCode::kNoTextDocument, .name = name}};
        }
        m_relationships = relationshipsOf(m_zip, name, m_extract.warnings);
        m_targets = targetsById(m_relationships);
        loadContext();
        TextFlow flow(m_request.limits.maxTextBytes);
        DocxText text(m_context, flow);
        text.write(body, flow);
        writeDiagrams(text, flow);
        writeMargins(text, flow);
        if (flow.isFull()) {
            return overTextLimit(m_request.limits);
        }
        takePackageMetadata(m_zip, package, m_extract);
        takeEmbedded(text);
        tellChanges(text);
        std::move(flow).finish(m_extract);
        return std::move(m_extract);
    }

private:
    // The root of a part that may be missing; a broken one is told.
    pugi::xml_node load(std::string_view type, std::string_view usual) {
        const std::string name = targetOf(m_relationships, type, usual);
        return m_zip.has(name) ? loadPart(name) : pugi::xml_node();
    }

    pugi::xml_node loadPart(const std::string& name) {
        Reading<XmlTree> tree = parsePart(m_zip, name);
        if (!tree.ok()) {
            m_extract.warnings.push_back(tree.error().reason);
            return {};
        }
        m_trees.push_back(std::move(tree).value());
        return m_trees.back().root();
    }

    void loadContext() {
        m_context.styles = DocxStyles(load("styles", "word/styles.xml"));
        m_context.numbering = DocxNumbering(load("numbering", "word/numbering.xml"));
        loadNotes("footnotes", m_context.footnotes);
        loadNotes("endnotes", m_context.endnotes);
        loadNotes("comments", m_context.comments);
    }

    void loadNotes(const std::string& type,
                   std::unordered_map<std::string, pugi::xml_node>& notes) {
        for (const pugi::xml_node node : load(type, "word/" + type + ".xml").children()) {
            // Those with a type draw the line above the notes.
            const std::string_view kind = attributeOf(node, "type");
            if (kind.empty() || kind == "normal") {
                notes.emplace(attributeOf(node, "id"), node);
            }
        }
    }

    // Their words stand in parts of their own, in the language of slides; they come at the end.
    void writeDiagrams(const DocxText& text, TextFlow& flow) {
        for (const std::string& id : text.diagrams()) {
            const std::string name = partOf(id);
            if (name.empty() || !m_zip.has(name)) {
                continue;
            }
            flow.newParagraph();
            PptxText diagram(PptxText::Scope::kSlide, flow);
            walkXml(loadPart(name), diagram);
            flow.newParagraph();
        }
        if (text.charts() > 0) {
            m_extract.warnings.push_back(
                {.code = ReasonCode::kChartsNotRead, .count = static_cast<int64_t>(text.charts())});
        }
    }

    // Headers and footers, each text once, at the end.
    void writeMargins(DocxText& text, TextFlow& flow) {
        std::set<std::string> seen;
        const std::vector<std::string> headers = text.headers();
        const std::vector<std::string> footers = text.footers();
        for (const std::string& id : headers) {
            writeMargin(id, "Header:", text, flow, seen);
        }
        for (const std::string& id : footers) {
            writeMargin(id, "Footer:", text, flow, seen);
        }
    }

    void writeMargin(const std::string& id,
                     std::string_view label,
                     DocxText& text,
                     TextFlow& flow,
                     std::set<std::string>& seen) {
        const std::string name = partOf(id);
        if (name.empty() || !m_zip.has(name)) {
            return;
        }
        TextFlow margin(m_request.limits.maxTextBytes);
        text.write(loadPart(name), margin);
        Extract written;
        std::move(margin).finish(written);
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

    std::string partOf(const std::string& id) const {
        const auto found = m_targets.find(id);
        return found == m_targets.end() ? "" : found->second;
    }

    void takeEmbedded(const DocxText& text) {
        m_extract.parts = m_zip.takeBelow("word/embeddings/");
        for (const std::string& id : text.chunks()) {
            const std::string name = partOf(id);
            if (name.empty() || !m_zip.has(name)) {
                m_extract.warnings.push_back({ReasonCode::kForeignPartMissing});
                continue;
            }
            for (Part& part : m_zip.takeBelow(name)) {
                m_extract.parts.push_back(std::move(part));
            }
        }
    }

    void tellChanges(const DocxText& text) {
        if (text.hasInsertions() || text.hasDeletions()) {
            m_extract.notes.push_back({ReasonCode::kTrackedChanges});
        }
    }

    const ReadRequest& m_request;
    ZipParts m_zip;
    Extract m_extract;
    DocxContext m_context;
    std::deque<XmlTree> m_trees;  // stay where they are
    std::vector<Relationship> m_relationships;
    std::unordered_map<std::string, std::string> m_targets;
};

}  // namespace

Reading<Extract> readDocx(const ReadRequest& request) {
    Reading<ZipParts> zip = ZipParts::open(request, "DOCX", isWantedPart);
    if (!zip.ok()) {
        return zip.error();
    }
    return DocxReading(request, std::move(zip).value()).run();
}

}  // namespace tl
