// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/root_names.h"

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"

namespace tl {
namespace {

// The last `count` parts of a path; the whole path when it has fewer.
std::string lastParts(const std::string& path, size_t count) {
    size_t start = path.size();
    for (size_t i = 0; i < count && start != std::string::npos && start > 0; ++i) {
        start = path.rfind('/', start - 1);
    }
    return start == std::string::npos ? path : path.substr(start + 1);
}

}  // namespace

std::vector<std::string> shortestNames(const std::vector<std::filesystem::path>& paths) {
    size_t longest = 1;
    for (const auto& path : paths) {
        const std::string& text = path.native();
        longest = std::max(longest, static_cast<size_t>(std::count(text.begin(), text.end(), '/')));
    }
    for (size_t count = 1;; ++count) {
        std::vector<std::string> names;
        std::unordered_set<std::string> different;
        for (const auto& path : paths) {
            names.push_back(toValidUtf8(lastParts(path.native(), count)));
            different.insert(names.back());
        }
        if (different.size() == paths.size() || count >= longest) {
            return names;
        }
    }
}

std::string toValidUtf8(std::string_view bytes) {
    if (isValidUtf8(bytes)) {
        return std::string(bytes);
    }
    std::string text;
    Utf8Assembler assembler;
    assembler.push(bytes, text);
    assembler.finish(text);
    return text;
}

}  // namespace tl
