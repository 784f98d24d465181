// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/tokenizer.h"

namespace tl {

// A file that is in, as far as its place in the sequence goes by it.
struct OrderedFile {
    std::string name;
    int64_t modifiedNs = 0;  // of a member: of its archive
    std::span<const TokenId> tokens{};
};

// Which file of a list, given in walk order, is read first, second...: each index once. An empty
// function: walk order.
using ReadingOrder = std::function<std::vector<size_t>(std::span<const OrderedFile> files)>;

// A document of an earlier sequence.
struct EarlierFile {
    std::string name;
    std::vector<TokenId> tokens;
};

// Files that changed least recently first, so that an edit has little after it. Where there is an
// earlier sequence, its files stay in their places up to the first that is not there any more as it
// was: what is new or was touched comes behind them.
std::vector<size_t> stableOrder(std::span<const OrderedFile> files,
                                std::span<const EarlierFile> earlier);

}  // namespace tl
