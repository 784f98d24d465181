// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "ingest/reader.h"

namespace tl {

// Readers of formats that are text themselves and are read within the program, all of them. See
// docs/formats.md.
std::vector<std::unique_ptr<Reader>> makeTextReaders();

}  // namespace tl
