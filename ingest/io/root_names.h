// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// The shortest endings of the paths (at least their last part) that tell them all apart, '/'
// between the parts. REQUIRES: the paths are absolute and differ.
std::vector<std::string> shortestNames(const std::vector<std::filesystem::path>& paths);

// Bytes that are no UTF-8 become U+FFFD.
std::string toValidUtf8(std::string_view bytes);

}  // namespace tl
