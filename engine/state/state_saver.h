// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/saved_state.h"
#include "engine/snapshot.h"
#include "kernels/kernel_args.h"

namespace tl {

class Model;

// See Engine::saveState() and Engine::savePages().
Result<std::vector<std::byte>> saveState(const Model& model, const Snapshot& snapshot);
Result<std::vector<SavedPages>> savePages(const Model& model,
                                          const Snapshot& snapshot,
                                          int64_t from);

// Positions of a part of saved pages, which starts at a multiple of it or where saving starts: a
// power of two, so that a page is whole parts, of at most kSavedPagesBytes.
int64_t savedPartPositions(const PageShape& shape);

}  // namespace tl
