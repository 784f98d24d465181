// SPDX-License-Identifier: Apache-2.0
#include "ui/question/state_icon.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/widgets/colours.h"

namespace tl {
namespace {

// All in shares of the side.
constexpr qreal kMargin = 0.08;
constexpr qreal kLine = 0.12;

void drawTick(QPainter& painter, const QColor& colour) {
    QPainterPath tick;
    tick.moveTo(0.28, 0.52);
    tick.lineTo(0.44, 0.68);
    tick.lineTo(0.73, 0.34);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(tick);
}

}  // namespace

QImage stateIcon(CitationState state, const QPalette& palette, int side, qreal ratio) {
    const int pixels = qRound(side * ratio);
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixels, pixels);
    const QColor colour = stateColour(palette, state);
    const qreal edge = kMargin + kLine / 2;
    const QRectF disc(edge, edge, 1 - 2 * edge, 1 - 2 * edge);
    painter.setPen(QPen(colour, kLine));
    painter.setBrush(state == CitationState::kVerified ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(disc);
    if (state == CitationState::kVerified) {
        drawTick(painter, palette.color(QPalette::Base));
    } else if (state == CitationState::kElsewhere) {
        painter.setBrush(colour);
        painter.drawChord(disc, 90 * 16, 180 * 16);  // the left half; sixteenths of a degree
    }
    painter.end();
    image.setDevicePixelRatio(ratio);
    return image;
}

}  // namespace tl
