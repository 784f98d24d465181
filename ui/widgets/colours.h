// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

#include "app/app_types.h"

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

// What a state's words and icon are written in: green, amber and red, as far into the colour of the
// text as keeps them readable on the palette's page.
inline QColor stateColour(const QPalette& palette, CitationState state) {
    const QColor shade = state == CitationState::kVerified    ? QColor(0, 150, 60)
                         : state == CitationState::kElsewhere ? QColor(200, 120, 0)
                                                              : QColor(200, 40, 40);
    return mixed(palette.color(QPalette::Text), shade, 0.7F);
}

}  // namespace tl
