// SPDX-License-Identifier: Apache-2.0
#include "store/write/write_checkpoint.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "store/blob/state_parts.h"
#include "store/schema/tables.h"
#include "store/write/checkpoint_budget.h"

namespace tl {

namespace {

constexpr int64_t kPagesPerCheckpointByte = 10;  // of the default budget

Result<int64_t> newestPosition(Database& database) {
    return database.number("SELECT max(position) FROM checkpoint");
}

Status checkFits(Database& database, const StoredCheckpoint& checkpoint) {
    const Result<int64_t> newest = newestPosition(database);
    if (!newest.ok()) {
        return newest.error();
    }
    bool fits = checkpoint.position > newest.value();
    for (const StoredPage& page : checkpoint.pages) {
        fits = fits && page.first >= newest.value() && page.count > 0 &&
               page.first + page.count <= checkpoint.position;
    }
    if (!fits) {
        return Error{ErrorCode::kInvalidInput,
                     database.file() + ": a checkpoint at token " +
                         std::to_string(checkpoint.position) + " does not fit after that at " +
                         std::to_string(newest.value())};
    }
    return okStatus();
}

Status writeState(Database& database, const StoredCheckpoint& checkpoint) {
    const Result<std::vector<std::vector<std::byte>>> parts = packState(checkpoint.state);
    if (!parts.ok()) {
        return parts.error();
    }
    int64_t storedBytes = 0;
    for (const std::vector<std::byte>& part : parts.value()) {
        storedBytes += std::ssize(part);
    }
    Result<Statement> head = prepareInsert(database, kCheckpoint, "INSERT");
    Result<Statement> insert = prepareInsert(database, kCheckpointPart, "INSERT");
    if (!head.ok() || !insert.ok()) {
        return head.ok() ? insert.error() : head.error();
    }
    Status done =
        head.value().runSummed(checkpoint.position, std::ssize(parts.value()), storedBytes);
    int64_t number = 0;
    for (const std::vector<std::byte>& part : parts.value()) {
        if (!done.ok()) {
            return done;
        }
        done = insert.value().runSummed(
            checkpoint.position, number++, std::span<const std::byte>(part));
    }
    return done;
}

Status writePage(Statement& insert, const StoredPage& page) {
    const std::span<const std::byte> bytes = page.bytes;
    const int64_t parts = std::max<int64_t>(partCount(bytes.size()), 1);
    for (int64_t part = 0; part < parts; ++part) {
        const size_t begin = static_cast<size_t>(part) * kMaxBlobBytes;
        const size_t size = std::min(bytes.size() - begin, kMaxBlobBytes);
        Status done = insert.runSummed(
            page.layer, page.first, part, parts, page.count, bytes.subspan(begin, size));
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writePages(Database& database, const StoredCheckpoint& checkpoint) {
    Result<Statement> insert = prepareInsert(database, kPage, "INSERT");
    if (!insert.ok()) {
        return insert.error();
    }
    for (const StoredPage& page : checkpoint.pages) {
        Status done = writePage(insert.value(), page);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Result<std::vector<CheckpointInfo>> allCheckpoints(Database& database) {
    Result<Statement> select =
        database.prepare("SELECT position, stored_bytes FROM checkpoint ORDER BY position");
    if (!select.ok()) {
        return select.error();
    }
    std::vector<CheckpointInfo> all;
    for (;;) {
        const Result<bool> row = select.value().step();
        if (!row.ok()) {
            return row.error();
        }
        if (!row.value()) {
            return all;
        }
        all.push_back({select.value().integer(0), select.value().integer(1)});
    }
}

Status keepBudget(Database& database, int64_t checkpointBytes) {
    Result<int64_t> budget = checkpointBytes;
    if (checkpointBytes == 0) {
        budget = database.number("SELECT coalesce(sum(length(bytes)), 0) / " +
                                 std::to_string(kPagesPerCheckpointByte) + " FROM page");
    }
    const Result<std::vector<CheckpointInfo>> all = allCheckpoints(database);
    Result<Statement> remove = database.prepare("DELETE FROM checkpoint WHERE position = ?1");
    if (!budget.ok() || !all.ok()) {
        return budget.ok() ? all.error() : budget.error();
    }
    if (!remove.ok()) {
        return remove.error();
    }
    for (const int64_t position : checkpointsToEvict(all.value(), budget.value())) {
        Status done = remove.value().run(position);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

}  // namespace

Status goBackTo(Database& database, int64_t position) {
    Result<Statement> known = database.prepare("SELECT 1 FROM checkpoint WHERE position = ?1");
    Result<Statement> checkpoints = database.prepare("DELETE FROM checkpoint WHERE position > ?1");
    Result<Statement> pages = database.prepare("DELETE FROM page WHERE first >= ?1");
    for (const Result<Statement>* statement : {&known, &checkpoints, &pages}) {
        if (!statement->ok()) {
            return statement->error();
        }
    }
    known.value().bindAll(position);
    const Result<bool> isKnown = known.value().step();
    if (!isKnown.ok()) {
        return isKnown.error();
    }
    if (position != 0 && !isKnown.value()) {
        return Error{ErrorCode::kInvalidInput,
                     database.file() + ": has no checkpoint at token " + std::to_string(position)};
    }
    Status done = checkpoints.value().run(position);
    return done.ok() ? pages.value().run(position) : done;
}

Status writeCheckpoint(Database& database,
                       const StoredCheckpoint& checkpoint,
                       int64_t checkpointBytes) {
    Status done = checkFits(database, checkpoint);
    if (done.ok()) {
        done = writeState(database, checkpoint);
    }
    if (done.ok()) {
        done = writePages(database, checkpoint);
    }
    return done.ok() ? keepBudget(database, checkpointBytes) : done;
}

}  // namespace tl
