// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/page_report.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
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

bool isForOcr(ReasonCode fault) {
    return fault == ReasonCode::kPageScanned || fault == ReasonCode::kPageDrawn ||
           fault == ReasonCode::kPagePicture || fault == ReasonCode::kPageUnknownGlyphs ||
           fault == ReasonCode::kPageUnlikelyLetters;
}

}  // namespace

std::vector<PageFinding> findingsOf(const PdfPage& page) {
    const PageInk& ink = page.ink;
    if (page.isMissing) {
        return {{ReasonCode::kPageMissing}};
    }
    std::vector<PageFinding> findings;
    if (ink.damages > 0) {
        findings.push_back({ReasonCode::kPageDamaged});
    }
    if (page.isByOcr) {
        findings.push_back({ReasonCode::kPageByOcr, page.ocrSureness});
        return findings;
    }
    if (page.words.empty()) {
        if (ink.hasImage) {
            findings.push_back({ReasonCode::kPageScanned});
        } else if (ink.hasDrawing) {
            findings.push_back({ReasonCode::kPageDrawn});
        } else if (ink.damages == 0 && ink.glyphs == 0) {
            findings.push_back({ReasonCode::kPageEmpty});
        }
    } else if (ink.unknownGlyphs >= kMinUnknown &&
               100 * ink.unknownGlyphs >= kGarbledPercent * ink.glyphs) {
        findings.push_back(
            {ReasonCode::kPageUnknownGlyphs, percentOf(ink.unknownGlyphs, ink.glyphs)});
    } else if (hasUnlikelyLetters(page)) {
        findings.push_back({ReasonCode::kPageUnlikelyLetters});
    } else if (ink.glyphs < kFewGlyphs && ink.picturePercent >= kMinPicturePercent) {
        findings.push_back({ReasonCode::kPagePicture, ink.glyphs});
    }
    if (ink.tinyGlyphs > kPopplersTinyGlyphs) {
        findings.push_back({ReasonCode::kPageTinyGlyphs});
    }
    if (page.hasLineNumbers) {
        findings.push_back({ReasonCode::kPageLineNumbers});
    }
    return findings;
}

OcrUse ocrUseOf(const PdfPage& page) {
    for (const PageFinding& finding : findingsOf(page)) {
        if (isForOcr(finding.fault)) {
            return finding.fault == ReasonCode::kPagePicture ? OcrUse::kBesides : OcrUse::kInstead;
        }
    }
    return OcrUse::kNone;
}

void reportPages(const std::vector<PdfPage>& pages, ReasonCode ocrHint, Extract& extract) {
    std::map<ReasonCode, Reason> faults;
    for (size_t i = 0; i < pages.size(); ++i) {
        for (const auto& [fault, number] : findingsOf(pages[i])) {
            extract.units[i].warnings.push_back({.code = fault, .count = number, .limit = number});
            const auto [known, isNew] = faults.try_emplace(fault, extract.units[i].warnings.back());
            Reason& all = known->second;
            all.count = std::min(all.count, number);
            all.limit = std::max(all.limit, number);
            all.placeKind = PlaceKind::kPage;
            addPlace(static_cast<int64_t>(i) + 1, all.places);
        }
    }
    std::vector<Reason> warnings;
    for (auto& [fault, all] : faults) {
        if (isForOcr(fault) && ocrHint != ReasonCode::kNone) {
            all.because.push_back({ocrHint});
        }
        warnings.push_back(std::move(all));
    }
    std::ranges::stable_sort(
        warnings, {}, [](const Reason& warning) { return warning.places.front().first; });
    std::ranges::move(warnings, std::back_inserter(extract.warnings));
}

}  // namespace tl
