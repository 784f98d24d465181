// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/database.h"

namespace tl {

// A table of the file: what the checksum at the end of each row is made of, in this order, and what
// a row is found by: so many columns at the beginning.
struct Table {
    const char* name;
    const char* columns;
    int keyColumns;
};

inline constexpr Table kProperty{"property", "key, value", 1};
inline constexpr Table kExtract{"extract", "key, parts", 1};
inline constexpr Table kExtractPart{"extract_part", "key, part, bytes", 2};
inline constexpr Table kDocument{"document",
                                 "id, name, path, bytes, modified_ns, content_hash, fate, details,"
                                 " extract_key",
                                 1};
inline constexpr Table kPlan{"plan", "ordinal, document, first, count", 1};
inline constexpr Table kTokenPart{"token_part", "first, count, bytes", 1};
inline constexpr Table kCheckpoint{"checkpoint", "position, parts, stored_bytes", 1};
inline constexpr Table kCheckpointPart{"checkpoint_part", "position, part, bytes", 2};
inline constexpr Table kPage{"page", "layer, first, part, parts, count, bytes", 3};
inline constexpr Table kConversation{"conversation", "id, title, started_ns", 1};
inline constexpr Table kTurn{"turn",
                             "conversation, ordinal, question, answer, position, state_digest,"
                             " prompt, sampler, seed, fingerprint, versions, asked_ns, details,"
                             " citations",
                             2};
inline constexpr Table kCitation{"citation",
                                 "conversation, turn, ordinal, document, name, first_byte,"
                                 " end_byte, standing, place, quote",
                                 3};

inline constexpr std::array<const Table*, 12> kTables{&kProperty,
                                                      &kExtract,
                                                      &kExtractPart,
                                                      &kDocument,
                                                      &kPlan,
                                                      &kTokenPart,
                                                      &kCheckpoint,
                                                      &kCheckpointPart,
                                                      &kPage,
                                                      &kConversation,
                                                      &kTurn,
                                                      &kCitation};

// No blob of the file is larger; what is comes in parts.
inline constexpr size_t kMaxBlobBytes = size_t{4} << 20;

inline constexpr int64_t partCount(size_t bytes) {
    return static_cast<int64_t>((bytes + kMaxBlobBytes - 1) / kMaxBlobBytes);
}

// "INSERT" or "INSERT OR REPLACE", for Statement::runSummed() with a value for each column.
Result<Statement> prepareInsert(Database& database, const Table& table, std::string_view verb);

// All columns and the checksum; `rest`: the clauses after FROM.
Result<Statement> prepareSelect(Database& database, const Table& table, std::string_view rest);

// Names the row that the statement stands on: "page (layer 3, first 4096, part 0)".
std::string rowName(const Table& table, const Statement& row);

// The next row of a prepareSelect(), if there is one, checked against its sum: kCorrupt names it.
Result<bool> stepChecked(const Database& database, const Table& table, Statement& statement);

}  // namespace tl
