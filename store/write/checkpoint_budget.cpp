// SPDX-License-Identifier: Apache-2.0
#include "store/write/checkpoint_budget.h"

#include <cstddef>

namespace tl {

std::vector<int64_t> checkpointsToEvict(std::span<const CheckpointInfo> checkpoints,
                                        int64_t budgetBytes) {
    constexpr size_t kNewest = 2;
    std::vector<CheckpointInfo> kept(checkpoints.begin(), checkpoints.end());
    int64_t bytes = 0;
    for (const CheckpointInfo& checkpoint : kept) {
        bytes += checkpoint.storedBytes;
    }
    std::vector<int64_t> evicted;
    while (bytes > budgetBytes && kept.size() > kNewest) {
        // Position 0 needs no checkpoint: it is the first one's neighbour.
        size_t densest = 0;
        int64_t narrowest = kept[1].position;
        for (size_t i = 1; i + kNewest < kept.size(); ++i) {
            const int64_t gap = kept[i + 1].position - kept[i - 1].position;
            if (gap < narrowest) {
                narrowest = gap;
                densest = i;
            }
        }
        bytes -= kept[densest].storedBytes;
        evicted.push_back(kept[densest].position);
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(densest));
    }
    return evicted;
}

}  // namespace tl
