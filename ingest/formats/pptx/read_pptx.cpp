// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pptx/read_pptx.h"

#include <unordered_map>
#include <utility>

#include "ingest/io/file_bytes.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/opc_package.h"
#include "ingest/xml/pptx_text.h"
#include "ingest/xml/zip_parts.h"

namespace tl {
namespace {

using Targets = std::unordered_map<std::string, std::string>;

class PptxReading {
public:
    PptxReading(const ReadRequest& request, ZipParts zip)
        : m_zip(std::move(zip)), m_limits(request.limits), m_flow(m_limits.maxTextBytes) {
        m_extract.kind = DocumentKind::kOffice;
        m_extract.warnings = m_zip.warnings();
    }

    Reading<Extract> run() {
        const auto package = relationshipsOf(m_zip, "", m_extract.warnings);
        const std::string name = targetOf(package, "officeDocument", "ppt/presentation.xml");
        const Reading<XmlTree> presentation = parsePart(m_zip, name);
        if (!presentation.ok()) {
            return presentation.error();
        }
        if (localName(presentation.value().root()) != "presentation") {
            return Failure{ErrorCode::kCorrupt,
                           {.code = ReasonCode::kNoPresentation, .name = name}};
        }
        const Targets targets = targetsById(relationshipsOf(m_zip, name, m_extract.warnings));
        for (const pugi::xml_node slide :
             childOf(presentation.value().root(), "sldIdLst").children()) {
            if (localName(slide) != "sldId") {
                continue;
            }
            ++m_number;
            writeSlide(pathOf(targets, slide));
        }
        if (m_flow.isFull()) {
            return overTextLimit(m_limits);
        }
        if (m_number > 0 && m_read == 0) {
            return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoSlideRead}};
        }
        takePackageMetadata(m_zip, package, m_extract);
        if (m_leftOut > 0) {
            m_extract.notes.push_back(
                {.code = ReasonCode::kSlideFootersLeftOut, .count = m_leftOut});
        }
        m_extract.parts = m_zip.takeBelow("ppt/embeddings/");
        std::move(m_flow).finish(m_extract);
        return std::move(m_extract);
    }

private:
    // Slides have an id of their own beside that of the relationship, both called "id".
    static std::string pathOf(const Targets& targets, pugi::xml_node slide) {
        for (const pugi::xml_attribute attribute : slide.attributes()) {
            if (const auto found = targets.find(attribute.value()); found != targets.end()) {
                return found->second;
            }
        }
        return {};
    }

    void warn(Reason what) {
        m_extract.warnings.push_back(reasonAt(PlaceKind::kSlide, m_number, std::move(what)));
    }

    void writeSlide(const std::string& path) {
        m_flow.beginUnit(UnitKind::kSlide, m_number);
        const Reading<XmlTree> slide =
            path.empty()
                ? Reading<XmlTree>(Failure{ErrorCode::kCorrupt, {ReasonCode::kMissingSlide}})
                : parsePart(m_zip, path);
        if (!slide.ok()) {
            warn(slide.error().reason);
            m_flow.endUnit("", ReasonCode::kSlideNotRead);
            return;
        }
        ++m_read;
        const pugi::xml_node root = slide.value().root();
        PptxText text(PptxText::Scope::kSlide, m_flow);
        walkXml(root, text);
        const auto relationships = relationshipsOf(m_zip, path, m_extract.warnings);
        m_leftOut += text.leftOut();
        writeDiagrams(text, relationships);
        writeNotes(relationships);
        writeComments(relationships);
        if (text.charts() > 0) {
            warn({.code = ReasonCode::kChartsNotRead, .count = text.charts()});
        }
        ReasonCode warning =
            m_flow.unitHasText() ? ReasonCode::kNone : ReasonCode::kSlideWithoutText;
        if (attributeOf(root, "show") == "0") {
            warning = ReasonCode::kHiddenSlide;
        }
        m_flow.endUnit(text.title(), warning);
    }

    void writeDiagrams(const PptxText& slide, const std::vector<Relationship>& relationships) {
        const Targets targets = targetsById(relationships);
        for (const std::string& id : slide.diagrams()) {
            const auto found = targets.find(id);
            if (found == targets.end() || !m_zip.has(found->second)) {
                continue;
            }
            const Reading<XmlTree> tree = parsePart(m_zip, found->second);
            if (!tree.ok()) {
                warn(tree.error().reason);
                continue;
            }
            m_flow.newParagraph();
            PptxText text(PptxText::Scope::kSlide, m_flow);
            walkXml(tree.value().root(), text);
            m_flow.newParagraph();
        }
    }

    // Older and newer comments alike: one element each, whose text is theirs.
    void writeComments(const std::vector<Relationship>& relationships) {
        for (const Relationship& relationship : relationships) {
            const bool isComments =
                relationship.type == "comments" || relationship.type == "comment";
            if (!isComments || !m_zip.has(relationship.target)) {
                continue;
            }
            const Reading<XmlTree> tree = parsePart(m_zip, relationship.target);
            if (!tree.ok()) {
                warn(tree.error().reason);
                continue;
            }
            for (const pugi::xml_node comment : tree.value().root().children()) {
                m_flow.newParagraph();
                m_flow.label(textBelow(comment).empty() ? "" : "Comment:");
                m_flow.words(textBelow(comment));
                m_flow.newParagraph();
            }
        }
    }

    void writeNotes(const std::vector<Relationship>& relationships) {
        const std::string path = targetOf(relationships, "notesSlide", "");
        if (path.empty()) {
            return;
        }
        const Reading<XmlTree> tree = parsePart(m_zip, path);
        if (!tree.ok()) {
            warn(tree.error().reason);
            return;
        }
        // Most notes are empty, and leave no label then.
        TextFlow notes(m_limits.maxTextBytes);
        PptxText text(PptxText::Scope::kNotes, notes);
        walkXml(tree.value().root(), text);
        m_leftOut += text.leftOut();
        Extract written;
        std::move(notes).finish(written);
        if (const std::string_view words = trimmed(written.text); !words.empty()) {
            m_flow.newParagraph();
            m_flow.label("Notes:");
            m_flow.verbatim(words);
            m_flow.newParagraph();
        }
    }

    ZipParts m_zip;
    const ReadLimits& m_limits;
    TextFlow m_flow;
    Extract m_extract;
    int64_t m_number = 0;  // of the slide
    int64_t m_read = 0;
    int64_t m_leftOut = 0;  // footers and dates
};

}  // namespace

Reading<Extract> readPptx(const ReadRequest& request) {
    Reading<ZipParts> zip = ZipParts::open(request, "PPTX", isWantedPart);
    if (!zip.ok()) {
        return zip.error();
    }
    return PptxReading(request, std::move(zip).value()).run();
}

}  // namespace tl
