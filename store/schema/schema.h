// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/sqlite/database.h"

namespace tl {

inline constexpr int64_t kApplicationId = 0x544C5052;  // "TLPR"
inline constexpr int64_t kFormatVersion = 1;

// Makes the tables of this version in a database that is empty or of an older version, in one
// transaction, and sets how the connection writes. kUnsupported for other databases and newer
// versions, kCorrupt for tables that are not as this program makes them; those are left as they
// are.
Status prepareForWriting(Database& database);

// Whether it is a project of this version: kNotFound where it is empty; kUnsupported; kCorrupt.
Status checkForReading(Database& database);

}  // namespace tl
