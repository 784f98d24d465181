// SPDX-License-Identifier: Apache-2.0
// Any bytes after RTF's first word.
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/format_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    std::string file("{\\rtf");
    file.append(reinterpret_cast<const char*>(bytes), size);
    tl::readAndCheck("rtf", file);
    return 0;
}
