// SPDX-License-Identifier: Apache-2.0
// Any bytes as a PDF. Poppler, which is the system's own library, is not instrumented.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/format_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    tl::readAndCheck("pdf", {reinterpret_cast<const char*>(bytes), size});
    return 0;
}
