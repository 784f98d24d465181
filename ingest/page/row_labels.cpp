// SPDX-License-Identifier: Apache-2.0
#include "ingest/page/row_labels.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace tl {
namespace {

constexpr size_t kMaxBytes = 8;
// In font sizes.
constexpr float kBaselineSlack = 0.35F;
constexpr float kMaxGap = 5.0F;
constexpr size_t kMaxLines = 3000;  // on a page; each label is held against all of them

bool isDigits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isBullet(std::string_view text) {
    constexpr std::array<std::string_view, 6> kBullets = {
        "-", "*", "o", "\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x96\xAA"};
    return std::find(kBullets.begin(), kBullets.end(), text) != kBullets.end();
}

// Digits, at most one letter in a row, and at least one mark: "2.1", "(a)", "A.1", "[12]"; or signs
// without letters, which are bullets.
bool isLabelText(std::string_view text) {
    if (text.empty() || text.size() > kMaxBytes) {
        return false;
    }
    int lettersInRow = 0;
    for (const char c : text) {
        const bool isLetter = std::isalpha(static_cast<unsigned char>(c)) != 0;
        lettersInRow = isLetter ? lettersInRow + 1 : 0;
        if (lettersInRow > 1) {
            return false;
        }
    }
    const bool hasMark = text.find_first_of(".)]:") != std::string_view::npos;
    const bool hasLetter = std::any_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
    return isBullet(text) || isDigits(text) || (hasMark && hasLetter);
}

}  // namespace

bool isLabel(const PdfPage& page, const PageLine& line) {
    return line.turn == 0 && line.wordsEnd - line.wordsBegin == 1 &&
           isLabelText(page.wordText(page.words[line.wordsBegin]));
}

std::vector<uint32_t> findLabels(const PdfPage& page, const std::vector<bool>& isLeftOut) {
    std::vector<uint32_t> labels(page.lines.size(), kNoLabel);
    if (page.lines.size() > kMaxLines) {
        return labels;
    }
    const auto isFirstOfBlock = [&page](uint32_t i) {
        return i == 0 || page.lines[i - 1].block != page.lines[i].block;
    };
    for (uint32_t i = 0; i < page.lines.size(); ++i) {
        const PageLine& label = page.lines[i];
        const std::string_view text = page.wordText(page.words[label.wordsBegin]);
        if (isLeftOut[i] || !isLabel(page, label)) {
            continue;
        }
        uint32_t nearest = kNoLabel;
        float nearestGap = kMaxGap * label.fontSize;
        for (uint32_t other = 0; other < page.lines.size(); ++other) {
            const PageLine& line = page.lines[other];
            const float gap = line.box.left - label.box.right;
            if (other != i && !isLeftOut[other] && line.turn == 0 && gap >= 0 && gap < nearestGap &&
                std::abs(line.baseline - label.baseline) < kBaselineSlack * label.fontSize &&
                (!isDigits(text) || isFirstOfBlock(other))) {
                nearest = other;
                nearestGap = gap;
            }
        }
        if (nearest != kNoLabel && labels[nearest] == kNoLabel && labels[i] == kNoLabel) {
            labels[nearest] = i;
        }
    }
    return labels;
}

}  // namespace tl
