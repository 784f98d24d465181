// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file: what comes out is valid UTF-8 without NUL and carriage return, its passages
// are in order and lie on the lines they name.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "ingest/document.h"
#include "ingest/reading/machine_made.h"
#include "ingest/text/decode_text.h"

namespace {

void require(bool isTrue) {
    if (!isTrue) {
        std::abort();
    }
}

void checkPassages(const tl::Document& document) {
    int64_t done = 0;
    for (const tl::Passage& passage : tl::segmentPassages(document, 0)) {
        require(passage.begin >= done && passage.end > passage.begin);
        require(document.lines.position(passage.begin).line == passage.firstLine);
        require(document.lines.position(passage.end - 1).line == passage.lastLine);
        done = passage.end;
    }
    require(done <= static_cast<int64_t>(document.text.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    auto decoded = tl::decodeText(std::string(reinterpret_cast<const char*>(bytes), size));
    if (!decoded.ok()) {
        require(!decoded.error().reason.isNone());
        return 0;
    }
    tl::Document document;
    document.text = std::move(decoded.value().text);
    require(tl::isValidUtf8(document.text));
    require(document.text.find_first_of(std::string_view("\0\r", 2)) == std::string::npos);
    document.lines = tl::LineIndex(document.text);
    checkPassages(document);
    tl::machineMadeRule("a.js", document.text);
    return 0;
}
