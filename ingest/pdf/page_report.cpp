// SPDX-License-Identifier: Apache-2.0
#include "ingest/pdf/page_report.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace tl {
namespace {

constexpr int64_t kMinUnknown = 10;      // a few symbols do not make a page garbled
constexpr int64_t kGarbledPercent = 15;  // of its characters are unknown
// Of the letters a to z, these eight are 64 % in English, 50 % and more in other languages, 42 % in
// lists of proteins, 31 % where chance rules (base64, keys). A table that shifts English letters
// leaves 18 %.
constexpr std::string_view kFrequentLetters = "etaoinsr";
constexpr int64_t kMinLetters = 200;
constexpr int64_t kMinFrequentPercent = 27;
constexpr int kMinPicturePercent = 50;  // an A5 sheet on an A4 page
constexpr int64_t kPopplersTinyGlyphs = 50'000;
constexpr size_t kMaxRanges = 12;  // in one line

int64_t percentOf(int64_t part, int64_t whole) {
    return whole == 0 ? 0 : (100 * part + whole / 2) / whole;
}

bool hasUnlikelyLetters(const PdfPage& page) {
    int64_t letters = 0;
    int64_t frequent = 0;
    for (const char c : page.text) {
        const auto lower = static_cast<char>(c | 0x20);
        if (lower >= 'a' && lower <= 'z') {
            ++letters;
            frequent += kFrequentLetters.find(lower) != std::string_view::npos ? 1 : 0;
        }
    }
    // Elsewhere most letters are not of this alphabet.
    return letters >= kMinLetters && 2 * letters > std::ssize(page.text) &&
           100 * frequent < kMinFrequentPercent * letters;
}

std::string nameOf(PageFault fault) {
    switch (fault) {
        case PageFault::kMissing:
            return "damaged, cannot be read";
        case PageFault::kDamaged:
            return "damaged content, some text may be missing";
        case PageFault::kScanned:
            return "scanned, no text";
        case PageFault::kDrawn:
            return "drawings, no text";
        case PageFault::kEmpty:
            return "empty";
        case PageFault::kPicture:
            return "perhaps scanned, a picture with little text";
        case PageFault::kUnknownGlyphs:
            return "garbled text (no character table)";
        case PageFault::kUnlikelyLetters:
            return "garbled text (its letters make no words)";
        case PageFault::kTooManyGlyphs:
            return "more than 50,000 tiny characters, some are left out";
        case PageFault::kOcr:
            return "read by OCR";
    }
    return {};
}

// What a fault's number says, behind its name.
std::string numbersOf(PageFault fault, int64_t least, int64_t most) {
    const std::string range = least == most ? std::to_string(most)
                                            : std::to_string(least) + " to " + std::to_string(most);
    switch (fault) {
        case PageFault::kUnknownGlyphs:
            return ", " + range + " % of characters unknown";
        case PageFault::kOcr:
            return ", " + range + " % sure";
        case PageFault::kPicture:
            return " (" + range + (most == 1 ? " character)" : " characters)");
        default:
            return {};
    }
}

bool isForOcr(PageFault fault) {
    return fault == PageFault::kScanned || fault == PageFault::kDrawn ||
           fault == PageFault::kPicture || fault == PageFault::kUnknownGlyphs ||
           fault == PageFault::kUnlikelyLetters;
}

struct FaultyPages {
    std::vector<size_t> pages;  // counted from 1
    int64_t least = std::numeric_limits<int64_t>::max();
    int64_t most = 0;
};

// "page 3", "pages 3-40, 42 and 44"
std::string pagesText(const std::vector<size_t>& pages) {
    std::vector<std::string> ranges;
    for (size_t begin = 0; begin < pages.size();) {
        size_t end = begin + 1;
        while (end < pages.size() && pages[end] == pages[end - 1] + 1) {
            ++end;
        }
        ranges.push_back(std::to_string(pages[begin]));
        if (end - begin > 1) {
            ranges.back() += (end - begin == 2 ? ", " : "-") + std::to_string(pages[end - 1]);
        }
        begin = end;
    }
    std::string text = pages.size() == 1 ? "page " : "pages ";
    const size_t shown = std::min(ranges.size(), kMaxRanges);
    for (size_t i = 0; i < shown; ++i) {
        text += (i == 0 ? "" : ", ") + ranges[i];
    }
    if (shown < ranges.size()) {
        text += " and others (" + std::to_string(pages.size()) + " in all)";
    }
    return text;
}

}  // namespace

std::vector<PageFinding> findingsOf(const PdfPage& page) {
    const PageInk& ink = page.ink;
    if (page.isMissing) {
        return {{PageFault::kMissing}};
    }
    std::vector<PageFinding> findings;
    if (ink.damages > 0) {
        findings.push_back({PageFault::kDamaged});
    }
    if (page.isByOcr) {
        findings.push_back({PageFault::kOcr, page.ocrSureness});
        return findings;
    }
    if (page.words.empty()) {
        if (ink.hasImage) {
            findings.push_back({PageFault::kScanned});
        } else if (ink.hasDrawing) {
            findings.push_back({PageFault::kDrawn});
        } else if (ink.damages == 0 && ink.glyphs == 0) {
            findings.push_back({PageFault::kEmpty});
        }
    } else if (ink.unknownGlyphs >= kMinUnknown &&
               100 * ink.unknownGlyphs >= kGarbledPercent * ink.glyphs) {
        findings.push_back({PageFault::kUnknownGlyphs, percentOf(ink.unknownGlyphs, ink.glyphs)});
    } else if (hasUnlikelyLetters(page)) {
        findings.push_back({PageFault::kUnlikelyLetters});
    } else if (ink.glyphs < kFewGlyphs && ink.picturePercent >= kMinPicturePercent) {
        findings.push_back({PageFault::kPicture, ink.glyphs});
    }
    if (ink.tinyGlyphs > kPopplersTinyGlyphs) {
        findings.push_back({PageFault::kTooManyGlyphs});
    }
    return findings;
}

OcrUse ocrUseOf(const PdfPage& page) {
    for (const PageFinding& finding : findingsOf(page)) {
        if (isForOcr(finding.fault)) {
            return finding.fault == PageFault::kPicture ? OcrUse::kBesides : OcrUse::kInstead;
        }
    }
    return OcrUse::kNone;
}

void reportPages(const std::vector<PdfPage>& pages, const std::string& ocrHint, Extract& extract) {
    std::map<PageFault, FaultyPages> faults;
    for (size_t i = 0; i < pages.size(); ++i) {
        for (const PageFinding& finding : findingsOf(pages[i])) {
            std::string& warning = extract.units[i].warning;
            warning += (warning.empty() ? "" : "; ") + nameOf(finding.fault) +
                       numbersOf(finding.fault, finding.number, finding.number);
            FaultyPages& all = faults[finding.fault];
            all.pages.push_back(i + 1);
            all.least = std::min(all.least, finding.number);
            all.most = std::max(all.most, finding.number);
        }
    }
    std::vector<std::pair<size_t, std::string>> lines;
    lines.reserve(faults.size());
    for (const auto& [fault, all] : faults) {
        lines.emplace_back(all.pages.front(),
                           pagesText(all.pages) + ": " + nameOf(fault) +
                               numbersOf(fault, all.least, all.most) +
                               (isForOcr(fault) ? ocrHint : ""));
    }
    std::stable_sort(
        lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [page, line] : lines) {
        extract.warnings.push_back(std::move(line));
    }
}

}  // namespace tl
