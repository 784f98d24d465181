// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/slanted_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "ingest/page/block_shape.h"
#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

// In font sizes, from the end of one character to the next.
constexpr double kMostLetterGap = 0.2;
constexpr double kMostWordGap = 1.0;
constexpr size_t kMaxRuns = 20'000;
constexpr size_t kMaxLines = 200;  // of different words, on a page
constexpr double kFarthest = 1e6;  // coordinates in a broken file may be anything

float coordinate(double value) {
    return static_cast<float>(std::isfinite(value) ? std::clamp(value, -kFarthest, kFarthest) : 0);
}

PdfBox boxOf(const SlantedText::Glyph& glyph) {
    const double reach = std::abs(glyph.size) / 2;
    const double x = glyph.x + glyph.dx / 2;
    const double y = glyph.y + glyph.dy / 2;
    return {
        coordinate(x - reach), coordinate(y - reach), coordinate(x + reach), coordinate(y + reach)};
}

}  // namespace

void SlantedText::add(const Glyph& glyph) {
    const double gap = m_runs.empty()
                           ? kFarthest
                           : std::hypot(glyph.x - m_runs.back().endX, glyph.y - m_runs.back().endY);
    if (m_runs.empty() || !(gap <= kMostWordGap * glyph.size) ||
        std::abs(glyph.size - m_runs.back().size) > kMostLetterGap * glyph.size) {
        if (m_runs.size() == kMaxRuns) {
            return;
        }
        m_runs.push_back({{}, boxOf(glyph), 0, 0, glyph.size});
    } else if (gap > kMostLetterGap * glyph.size) {
        m_runs.back().letters += U' ';
    }
    Run& run = m_runs.back();
    run.letters += glyph.letters;
    run.endX = glyph.x + glyph.dx;
    run.endY = glyph.y + glyph.dy;
    grow(run.box, boxOf(glyph));
}

void SlantedText::moveTo(PdfPage& page) {
    std::unordered_set<std::u32string> said;
    const uint32_t firstBlock = page.lines.empty() ? 0 : page.lines.back().block + 1;
    for (const Run& run : m_runs) {
        if (said.size() == kMaxLines || !said.insert(run.letters).second) {
            continue;
        }
        PageLine line;
        line.wordsBegin = static_cast<uint32_t>(page.words.size());
        for (size_t begin = 0; begin < run.letters.size();) {
            const size_t end = std::min(run.letters.find(U' ', begin), run.letters.size());
            PageWord word;
            word.begin = static_cast<uint32_t>(page.text.size());
            for (size_t i = begin; i < end; ++i) {
                appendGlyph(run.letters[i], page.text);
            }
            word.end = static_cast<uint32_t>(page.text.size());
            word.hasSpaceAfter = true;
            word.box = run.box;
            if (word.end > word.begin) {
                page.words.push_back(word);
            }
            begin = end + 1;
        }
        line.wordsEnd = static_cast<uint32_t>(page.words.size());
        if (line.wordsBegin == line.wordsEnd) {
            continue;
        }
        page.words.back().hasSpaceAfter = false;
        line.block = firstBlock + static_cast<uint32_t>(said.size());
        line.baseline = run.box.bottom;
        line.fontSize = coordinate(run.size);
        line.box = run.box;
        line.isApart = true;
        page.lines.push_back(line);
    }
    m_runs.clear();
}

}  // namespace tl
