// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QPalette>

#include "app/app_types.h"

namespace tl {

// A picture of a citation's state whose shape alone tells it: a disc with a tick (verified), a disc
// that is half filled (words found elsewhere), an empty ring (not found). `side` in pixels of the
// page; drawn `ratio` times as fine for screens that have more.
QImage stateIcon(CitationState state, const QPalette& palette, int side, qreal ratio);

}  // namespace tl
