// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "ingest/reader.h"

namespace tl {

// Jupyter.
std::unique_ptr<Reader> makeNotebookReader();

}  // namespace tl
