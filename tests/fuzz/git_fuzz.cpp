// SPDX-License-Identifier: Apache-2.0
// The first byte picks the file of git, the rest is its bytes: an index of a work tree, with object
// names of 20 or 32 bytes, or a configuration. What is taken of an index can be asked for again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/source/git_config.h"
#include "ingest/source/git_index.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void fuzzIndex(std::string_view bytes, size_t idBytes) {
    const auto index = tl::GitIndex::parse(bytes, idBytes);
    if (!index.ok()) {
        require(!index.error().reason.isNone());
        return;
    }
    require(index.value().size() <= bytes.size() / (idBytes + 1));
    // The first name of version 2, which stands as it is.
    const size_t begin = 12 + 40 + idBytes + 2;
    if (index.value().size() > 0 && bytes[7] == 2) {
        const std::string_view name = bytes.substr(begin, bytes.find('\0', begin) - begin);
        require(index.value().tracks(name));
        const size_t slash = name.rfind('/');
        require(slash == std::string_view::npos ||
                index.value().tracksBelow(name.substr(0, slash)));
    }
}

void fuzzConfig(std::string_view bytes) {
    const auto value = tl::gitConfigValue(bytes, "core", "excludesfile");
    require(!value || value->size() <= bytes.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string_view file(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    switch (bytes[0] % 3) {
        case 0:
            fuzzIndex(file, 20);
            break;
        case 1:
            fuzzIndex(file, 32);
            break;
        default:
            fuzzConfig(file);
            break;
    }
    return 0;
}
