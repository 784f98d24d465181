// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tl {

// A folder under the system's temporary folder that goes with the object. Fails the process with
// a message when the disk does: nothing can be tested then.
class TempTree {
public:
    TempTree();
    TempTree(const TempTree&) = delete;
    TempTree& operator=(const TempTree&) = delete;
    ~TempTree();

    const std::filesystem::path& path() const { return m_path; }

    // Writes a file, with the folders above it. `name` is relative; any bytes.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const;
    std::filesystem::path makeFolder(std::string_view name) const;

private:
    std::filesystem::path m_path;
};

}  // namespace tl
