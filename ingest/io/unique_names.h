// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

namespace tl {

// Gives out each name once: one that was given before gets " (2)" and so on in front of its
// extension. Many equal names cost no more than as many others.
class UniqueNames {
public:
    std::string take(const std::string& name);

private:
    std::unordered_map<std::string, int> m_counts;
};

}  // namespace tl
