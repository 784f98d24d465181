// SPDX-License-Identifier: Apache-2.0
// Any bytes as a page, in HTML and in XHTML.
#include <cstddef>
#include <cstdint>
#include <string>

#include "ingest/formats/sniff_office.h"
#include "ingest/xml/html_tree.h"
#include "tests/fuzz/format_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    const std::string_view page(reinterpret_cast<const char*>(bytes), size);
    tl::sniffHtml("a.html", page.substr(0, 4096));
    tl::sniffHtml("a", page.substr(0, 4096));
    tl::readAndCheck("html", page);
    tl::withExplicitEnds(page);
    return 0;
}
