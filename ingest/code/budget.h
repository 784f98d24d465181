// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/extract.h"

namespace tl {

enum class BudgetLevel {
    kFull,
    kSignatures,  // bodies of functions and tables folded to one ellipsis
    kNames,       // one line per symbol: kind and name, indented below its parent
};

// Bytes that stand in both texts alike.
struct KeptRange {
    int64_t reduced = 0;   // where they begin in the reduced text
    int64_t original = 0;  // and in the original
    int64_t size = 0;
};

struct ReducedText {
    std::string text;
    std::vector<KeptRange> kept;  // in the order of the reduced text, without overlap

    // Where a byte of the reduced text comes from; for one that was put in ("\u2026", the kind) the
    // end of the kept range before it, or 0.
    int64_t originalByte(int64_t reducedByte) const;
};

// What the model gets of a file at a level. `symbols` are those of outlineOf() for this very text;
// without any, signatures are the full text and names nothing.
ReducedText reduceText(std::string_view text, std::span<const Symbol> symbols, BudgetLevel level);

}  // namespace tl
