// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "ingest/reader.h"

namespace tl {

// Source files, settings and markup by their names: text and language, at the speed of text.
// Symbols stay empty: outlineOf() finds them for the files whose outline is wanted.
std::unique_ptr<Reader> makeCodeReader();

}  // namespace tl
