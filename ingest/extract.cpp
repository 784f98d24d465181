// SPDX-License-Identifier: Apache-2.0
#include "ingest/extract.h"

#include <array>
#include <cstddef>

#include "ingest/reader.h"

namespace tl {

namespace {

constexpr std::array<std::string_view, 11> kKindNames = {"text",
                                                         "code",
                                                         "PDF",
                                                         "transcript",
                                                         "mail",
                                                         "markup",
                                                         "office",
                                                         "table",
                                                         "notebook",
                                                         "image",
                                                         "archive"};
static_assert(kKindNames.size() == static_cast<size_t>(DocumentKind::kArchive) + 1);

constexpr std::array<std::string_view, 16> kSymbolKindNames = {"namespace",
                                                               "class",
                                                               "struct",
                                                               "interface",
                                                               "enum",
                                                               "union",
                                                               "function",
                                                               "method",
                                                               "field",
                                                               "variable",
                                                               "constant",
                                                               "type",
                                                               "macro",
                                                               "module",
                                                               "heading",
                                                               "rule"};
static_assert(kSymbolKindNames.size() == static_cast<size_t>(SymbolKind::kRule) + 1);

}  // namespace

std::string_view kindName(DocumentKind kind) {
    return kKindNames[static_cast<size_t>(kind)];
}

std::string_view symbolKindName(SymbolKind kind) {
    return kSymbolKindNames[static_cast<size_t>(kind)];
}

Failure overTextLimit(const ReadLimits& limits) {
    return {ErrorCode::kOutOfMemory,
            {.code = ReasonCode::kTextOverLimit, .limit = limits.maxTextBytes}};
}

}  // namespace tl
