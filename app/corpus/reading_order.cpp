// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/reading_order.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace tl {

std::vector<size_t> stableOrder(std::span<const OrderedFile> files,
                                std::span<const EarlierFile> earlier) {
    std::unordered_map<std::string, size_t> byName;
    for (size_t i = 0; i < files.size(); ++i) {
        byName.emplace(files[i].name, i);
    }
    std::vector<size_t> order;
    std::vector<bool> isPlaced(files.size(), false);
    for (const EarlierFile& was : earlier) {
        const auto found = byName.find(was.name);
        if (found == byName.end() || !std::equal(was.tokens.begin(),
                                                 was.tokens.end(),
                                                 files[found->second].tokens.begin(),
                                                 files[found->second].tokens.end())) {
            break;
        }
        order.push_back(found->second);
        isPlaced[found->second] = true;
    }
    const auto kept = static_cast<std::ptrdiff_t>(order.size());
    for (size_t i = 0; i < files.size(); ++i) {
        if (!isPlaced[i]) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin() + kept, order.end(), [&](size_t a, size_t b) {
        return files[a].modifiedNs < files[b].modifiedNs;
    });
    return order;
}

}  // namespace tl
