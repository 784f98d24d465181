// SPDX-License-Identifier: Apache-2.0
// An ignore file and a path, split at the first NUL byte: parsing and matching any bytes must end
// soon, and a verdict must be that of the last line that matches alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/source/ignore_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const size_t border = std::min(input.find('\0'), input.size());
    const std::string_view path = input.substr(std::min(border + 1, input.size()));
    tl::IgnoreFile file;
    file.patterns = tl::parseIgnoreFile(input.substr(0, border));
    for (const bool isFolder : {false, true}) {
        const tl::IgnorePattern* last = nullptr;
        for (const tl::IgnorePattern& pattern : file.patterns) {
            last = pattern.matches(path, isFolder) ? &pattern : last;
        }
        if (file.decide(path, isFolder) != last) {
            std::abort();
        }
    }
    return 0;
}
