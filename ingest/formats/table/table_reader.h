// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "ingest/reader.h"

namespace tl {

// CSV and TSV.
std::unique_ptr<Reader> makeTableReader();

}  // namespace tl
