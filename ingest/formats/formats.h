// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "ingest/extract.h"

namespace tl {

// A format that is read in the sandboxed child, as the program itself sees it: the parsers are not
// linked here.
struct SandboxedFormat {
    std::string_view name;  // "pdf"; the key of readFormat()
    int version;            // raised whenever the same bytes give another result
    DocumentKind kind;
    // As Reader::sniff(): 0 not at all, 50 by the name alone, 100 by the bytes.
    int (*sniff)(std::string_view name, std::string_view head);
};

std::span<const SandboxedFormat> sandboxedFormats();

// The format that claims files of this name, whatever they hold; null for none.
const SandboxedFormat* formatByName(std::string_view name);

}  // namespace tl
