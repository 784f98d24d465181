// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reason.h"

namespace tl {

// The paths that a git work tree tracks: what its index lists. Immutable, thread-safe.
class GitIndex {
public:
    GitIndex() = default;

    // Any bytes. Versions 2, 3 and 4; `idBytes` is the size of an object's name, 20 for SHA-1 and
    // 32 for SHA-256. kCorrupt for what breaks the format; kUnsupported for another version, for an
    // index that is split into two files, and for names of more than 256 MiB in all.
    static Reading<GitIndex> parse(std::string_view bytes, size_t idBytes);

    // Whether a file, or a work tree within this one, is listed. Paths are relative to the work
    // tree, with '/' between their parts.
    bool tracks(std::string_view path) const;
    // Whether anything below the folder is.
    bool tracksBelow(std::string_view folder) const;

    size_t size() const { return m_names.size(); }

private:
    struct Name {
        uint32_t begin = 0;
        uint32_t size = 0;
    };

    std::string_view nameOf(const Name& name) const {
        return std::string_view(m_letters).substr(name.begin, name.size);
    }
    // Of the first name that is no less.
    std::vector<Name>::const_iterator lowerBound(std::string_view path) const;

    std::string m_letters;
    std::vector<Name> m_names;  // in byte order
};

}  // namespace tl
