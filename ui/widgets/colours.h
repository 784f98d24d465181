// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

namespace tl {

// `share` of the second colour, the rest of the first. Shades are mixed from the palette's own
// pairs, so that they stay readable in dark and high-contrast palettes.
inline QColor mixed(const QColor& first, const QColor& second, float share) {
    const auto mix = [share](float a, float b) { return a + (b - a) * share; };
    return QColor::fromRgbF(mix(first.redF(), second.redF()),
                            mix(first.greenF(), second.greenF()),
                            mix(first.blueF(), second.blueF()));
}

// For text of less weight. Not the palette's PlaceholderText: some themes leave that unset.
inline QColor noteColour(const QPalette& palette) {
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.4F);
}

}  // namespace tl
