// SPDX-License-Identifier: Apache-2.0
// Reasons within the bodies of protocol.h; docs/sandbox.md has every field.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/reason.h"
#include "ingest/sandbox/byte_stream.h"

namespace tl {

// The least that one takes: code, name, detail, count, limit, kind and number of its places, and
// whether there is one after it.
constexpr size_t kReasonBytes = 2 + 2 * 8 + 2 * 8 + 1 + 8 + 1;

// Decoded, one takes up to four times its bytes: all of a body count together. A book has one for
// each faulty page.
constexpr size_t kMaxReasons = size_t{1} << 18;

// The longest chain of reasons after one another.
constexpr int kMaxReasonDepth = 4;

void writeReason(const Reason& reason, ByteWriter& out);
void writeReasons(const std::vector<Reason>& reasons, ByteWriter& out);

// `most` is how many more may come, and is counted down. A code that is not known, a place of no
// kind or a chain that is too long makes the reader fail, too many as in ByteReader::count().
Reason readReason(ByteReader& in, size_t& most);
void readReasons(ByteReader& in, size_t& most, std::vector<Reason>& reasons);

}  // namespace tl
