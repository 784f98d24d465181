// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/overview/prose.h"
#include "ingest/document.h"

namespace tl {

// What the source says of something that it defines, without a model.

// What a constant, macro or variable is set to on the line that defines it: "0x0004" of
// "#define PW_SYMBOLS 0x0004". None for functions, and where the value goes on in the next line.
std::optional<std::string> valueOnLine(std::string_view line, std::string_view name);

// The first sentences of the comment over a definition, or of its doc string. `line` is 1-based,
// that of the name. None where nothing is said.
std::optional<Prose> documentationOf(const Document& document, int64_t line);

}  // namespace tl
