// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/document.h"

namespace tl {

struct ReducedText {
    std::string text;
    std::vector<KeptRange> kept;  // in the order of the reduced text, without overlap
};

// What the model gets of a file at a level. `symbols` are those of outlineOf() for this very text;
// without any, signatures are the full text and names nothing.
ReducedText reduceText(std::string_view text, std::span<const Symbol> symbols, ReadLevel level);

}  // namespace tl
