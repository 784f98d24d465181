// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/rtf/rtf_story.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// "- " for any bullet, numbers as they stand.
std::string markerOf(std::string_view text) {
    const std::string_view words = trimmed(text);
    const bool isNumber = std::any_of(words.begin(), words.end(), [](char c) {
        return isAsciiDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    constexpr size_t kLongest = 32;
    if (words.empty()) {
        return {};
    }
    // "o" is Word's second bullet.
    return isNumber && words != "o" ? std::string(words.substr(0, kLongest)) + " " : "- ";
}

// The length of "1.", "b)" or a bullet in front of a tab at the start of a paragraph that hangs:
// the lists of writers without lists. 0: none.
size_t typedMarker(std::string_view text, const RtfParagraph& paragraph) {
    const size_t tab = text.find('\t');
    constexpr size_t kLongest = 6;
    if (paragraph.firstLine >= 0 || tab == std::string_view::npos || tab == 0 || tab > kLongest) {
        return 0;
    }
    const std::string_view mark = trimmed(text.substr(0, tab));
    const bool isBullet = mark == "\xE2\x80\xA2" || mark == "\xE2\x80\x93" || mark == "-";
    const bool isNumber = mark.size() > 1 && (mark.back() == '.' || mark.back() == ')');
    return isBullet || isNumber ? tab : 0;
}

}  // namespace

void RtfStories::begin(Kind kind) {
    if (kind == Kind::kNote) {
        write("[^" + std::to_string(++m_notes) + "]");
        m_open.push_back({kind, {}});
        m_asides.push_back({"[^" + std::to_string(m_notes) + "]:", {}});
        return;
    }
    m_open.push_back({kind, {}});
}

void RtfStories::end() {
    Story story = std::move(m_open.back());
    m_open.pop_back();
    switch (story.kind) {
        case Kind::kMarker:
            m_marker = markerOf(story.text);
            break;
        case Kind::kNote: {
            // Notes that stand in this one came after it.
            const auto open = std::find_if(m_asides.rbegin(), m_asides.rend(), [](const Aside& a) {
                return a.text.empty() && a.label.starts_with("[^");
            });
            if (open != m_asides.rend()) {
                open->text = std::move(story.text);
            }
            break;
        }
        case Kind::kComment: {
            std::string label("Comment");
            label += m_author.empty() ? "" : " by ";
            label += std::exchange(m_author, {});
            label += ':';
            m_asides.push_back({std::move(label), std::move(story.text)});
            break;
        }
        case Kind::kHeader:
        case Kind::kFooter:
            m_margins.push_back(
                {story.kind == Kind::kHeader ? "Header:" : "Footer:", std::move(story.text)});
            break;
        default:
            m_asides.push_back({"", std::move(story.text)});
    }
}

void RtfStories::endParagraph(const RtfParagraph& paragraph, int headingLevel) {
    Story& story = m_open.back();
    const bool isBody = story.kind == Kind::kBody;
    if (!isBody || paragraph.isInTable) {
        story.text += m_marker;  // no lists in cells and notes
        m_marker.clear();
        story.text += '\n';
        return;
    }
    if (!m_cells.empty()) {  // cells without the end of their row
        endRow();
    }
    closeTable();
    writeParagraph(std::exchange(story.text, {}), paragraph, headingLevel);
    writeAsides();
}

void RtfStories::writeParagraph(std::string_view text,
                                const RtfParagraph& paragraph,
                                int headingLevel) {
    std::string marker = std::exchange(m_marker, {});
    int depth = std::clamp(paragraph.listLevel, 0, 8) + 1;
    if (const size_t typed = typedMarker(text, paragraph); marker.empty() && typed > 0) {
        constexpr int kTwipsPerLevel = 360;
        depth = std::clamp(paragraph.left / kTwipsPerLevel, 1, 9);
        marker = markerOf(text.substr(0, typed));
        text.remove_prefix(typed + 1);
    }
    if (headingLevel > 0) {
        m_flow.beginHeading(headingLevel);
        m_flow.words(marker == "- " ? "" : marker);
        m_flow.verbatim(text);
        m_flow.endHeading();
    } else if (!marker.empty()) {
        m_flow.beginItem(depth, marker);
        m_flow.verbatim(text);
        m_flow.endItem();
    } else {
        m_flow.newParagraph();
        m_flow.verbatim(text);
        m_flow.newParagraph();
    }
}

void RtfStories::endCell() {
    Story& story = m_open.back();
    if (story.kind != Kind::kBody) {
        story.text += " | ";
        return;
    }
    std::string text = std::exchange(m_marker, {});
    text += std::exchange(story.text, {});
    m_cells.push_back(std::move(text));
}

void RtfStories::endRow() {
    Story& story = m_open.back();
    if (story.kind != Kind::kBody) {
        story.text += '\n';
        return;
    }
    if (m_cells.empty()) {
        return;
    }
    if (!std::exchange(m_isTableOpen, true)) {
        m_flow.beginTable();
    }
    m_flow.beginRow();
    for (const std::string& cell : m_cells) {
        m_flow.beginCell();
        m_flow.verbatim(cell);
    }
    m_cells.clear();
}

void RtfStories::closeTable() {
    if (std::exchange(m_isTableOpen, false)) {
        m_flow.endTable();
        writeAsides();
    }
}

void RtfStories::writeAsides() {
    for (const Aside& aside : m_asides) {
        if (trimmed(aside.text).empty()) {
            continue;
        }
        m_flow.newParagraph();
        if (!aside.label.empty()) {
            m_flow.label(aside.label);
        }
        m_flow.verbatim(aside.text);
        m_flow.newParagraph();
    }
    m_asides.clear();
}

void RtfStories::finish() {
    while (m_open.size() > 1) {
        end();
    }
    endParagraph({}, 0);
    m_asides = std::move(m_margins);
    // Each once; a number alone is a page's.
    const auto isNothing = [this](const Aside& margin) {
        const std::string_view words = trimmed(margin.text);
        return isNumber(words) || !m_seenMargins.emplace(words).second;
    };
    m_asides.erase(std::remove_if(m_asides.begin(), m_asides.end(), isNothing), m_asides.end());
    writeAsides();
}

}  // namespace tl
