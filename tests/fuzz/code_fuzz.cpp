// SPDX-License-Identifier: Apache-2.0
// The first byte picks the language, the rest is the text, as the reader would give it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ingest/code/budget.h"
#include "ingest/code/language.h"
#include "ingest/code/outline.h"
#include "ingest/text/decode_text.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    if (size < 1) {
        return 0;
    }
    const auto names = tl::languageNames();
    const std::string_view language = names[bytes[0] % names.size()];
    const auto decoded = tl::decodeText(std::string(bytes + 1, bytes + size));
    if (!decoded.ok() || !tl::hasOutline(language)) {
        return 0;
    }
    const std::string& text = decoded.value().text;
    tl::OutlineLimits limits;
    limits.maxTime = std::chrono::milliseconds(500);
    const auto outline = tl::outlineOf(text, language, limits);
    if (!outline.ok()) {
        return 0;
    }
    const auto& symbols = outline.value().symbols;
    for (size_t i = 0; i < symbols.size(); ++i) {
        require(symbols[i].parent < static_cast<int64_t>(i));
        require(0 <= symbols[i].begin && symbols[i].begin <= symbols[i].bodyBegin);
        require(symbols[i].bodyBegin <= symbols[i].bodyEnd && symbols[i].bodyEnd <= symbols[i].end);
        require(symbols[i].end <= static_cast<int64_t>(text.size()));
    }
    for (const auto level : {tl::ReadLevel::kSignatures, tl::ReadLevel::kNames}) {
        const tl::ReducedText reduced = tl::reduceText(text, symbols, level);
        for (const tl::KeptRange& range : reduced.kept) {
            require(text.compare(static_cast<size_t>(range.original),
                                 static_cast<size_t>(range.size),
                                 reduced.text,
                                 static_cast<size_t>(range.reduced),
                                 static_cast<size_t>(range.size)) == 0);
        }
    }
    return 0;
}
