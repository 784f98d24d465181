// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <system_error>

#include "ingest/sandbox/reader_pool.h"

namespace tl {

std::filesystem::path findReaderProgram() {
    if (const char* given = std::getenv("TL_READER")) {
        return given;
    }
    std::error_code failure;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
    // Installed, and in the build tree from app/, tests/ and tests/bench/.
    for (const char* folder :
         {".", "../libexec/throughline", "../ingest", "../../ingest", "../../../ingest"}) {
        std::filesystem::path candidate =
            (self.parent_path() / folder / "throughline-reader").lexically_normal();
        if (std::filesystem::is_regular_file(candidate, failure)) {
            return candidate;
        }
    }
    return {};
}

}  // namespace tl
