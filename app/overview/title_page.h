// SPDX-License-Identifier: Apache-2.0
// What the first lines of a text say of it: title, who wrote it, which version and date it has, and
// its abstract. For texts that have no metadata of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/overview/prose.h"
#include "ingest/document.h"

namespace tl {

struct TitleLine {
    std::string text;
    int64_t line = 0;  // 0: there is none
};

struct TitlePage {
    TitleLine title;
    TitleLine author;   // "by Ana Lopes", "Edited by Ana Lopes", a name alone below the title
    TitleLine version;  // the number
    std::optional<Prose> abstract;
};

// Looks at the lines before the first prose, at most 40. What is not sure is left out.
TitlePage titlePageOf(const Document& document);

}  // namespace tl
