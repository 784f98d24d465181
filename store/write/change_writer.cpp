// SPDX-License-Identifier: Apache-2.0
#include "store/write/change_writer.h"

#include <algorithm>
#include <span>
#include <string>

#include "store/schema/tables.h"
#include "store/write/write_checkpoint.h"
#include "store/write/write_plan.h"
#include "store/write/write_turns.h"

namespace tl {

namespace {

std::span<const std::byte> blobOf(const std::string& text) {
    return std::as_bytes(std::span(text));
}

Status writeProperties(Database& database, const ProjectChange& change) {
    Result<Statement> insert = prepareInsert(database, kProperty, "INSERT OR REPLACE");
    if (!insert.ok()) {
        return insert.error();
    }
    for (const auto& [key, value] : change.properties) {
        Status done = insert.value().runSummed(std::string_view(key), blobOf(value));
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writeParts(Statement& insert, const StoredExtract& extract) {
    const std::span<const std::byte> bytes = blobOf(extract.bytes);
    int64_t part = 0;
    for (size_t begin = 0; begin < bytes.size(); begin += kMaxBlobBytes) {
        const size_t size = std::min(bytes.size() - begin, kMaxBlobBytes);
        Status done =
            insert.runSummed(std::string_view(extract.key), part++, bytes.subspan(begin, size));
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writeExtracts(Database& database, const ProjectChange& change) {
    Result<Statement> known = database.prepare("SELECT 1 FROM extract WHERE key = ?1");
    Result<Statement> head = prepareInsert(database, kExtract, "INSERT");
    Result<Statement> parts = prepareInsert(database, kExtractPart, "INSERT");
    for (const Result<Statement>* statement : {&known, &head, &parts}) {
        if (!statement->ok()) {
            return statement->error();
        }
    }
    for (const StoredExtract& extract : change.extracts) {
        known.value().bindAll(std::string_view(extract.key));
        const Result<bool> isKnown = known.value().step();
        if (!isKnown.ok()) {
            return isKnown.error();
        }
        if (isKnown.value()) {
            continue;
        }
        Status done =
            head.value().runSummed(std::string_view(extract.key), partCount(extract.bytes.size()));
        if (done.ok()) {
            done = writeParts(parts.value(), extract);
        }
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writeDocument(Statement& insert, const StoredDocument& document) {
    const auto run = [&](const auto& extractKey) {
        return insert.runSummed(document.id,
                                std::string_view(document.name),
                                blobOf(document.path),
                                document.bytes,
                                document.modifiedNs,
                                std::string_view(document.contentHash),
                                document.fate,
                                blobOf(document.details),
                                extractKey);
    };
    return document.extractKey.empty() ? run(nullptr) : run(std::string_view(document.extractKey));
}

Status writeDocuments(Database& database, const ProjectChange& change) {
    Result<Statement> insert = prepareInsert(database, kDocument, "INSERT OR REPLACE");
    Result<Statement> remove = database.prepare("DELETE FROM document WHERE id = ?1");
    if (!insert.ok() || !remove.ok()) {
        return insert.ok() ? remove.error() : insert.error();
    }
    for (const StoredDocument& document : change.documents) {
        Status done = writeDocument(insert.value(), document);
        if (!done.ok()) {
            return done;
        }
    }
    for (const int64_t id : change.removedDocuments) {
        Status done = remove.value().run(id);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status dropUnusedExtracts(Database& database) {
    return database.execute(
        "DELETE FROM extract WHERE key NOT IN"
        " (SELECT extract_key FROM document WHERE extract_key NOT NULL)");
}

}  // namespace

Status applyChange(Database& database, const ProjectChange& change, int64_t checkpointBytes) {
    Status done = writeProperties(database, change);
    if (done.ok() && !change.extracts.empty()) {
        done = writeExtracts(database, change);
    }
    if (done.ok() && !(change.documents.empty() && change.removedDocuments.empty())) {
        done = writeDocuments(database, change);
    }
    if (done.ok() && change.replacesPlan) {
        done = writePlan(database, change.plan);
    }
    if (done.ok() && change.dropsUnusedExtracts) {
        done = dropUnusedExtracts(database);
    }
    if (done.ok() && change.goBackTo >= 0) {
        done = goBackTo(database, change.goBackTo);
    }
    if (done.ok() && change.addsCheckpoint) {
        done = writeCheckpoint(database, change.checkpoint, checkpointBytes);
    }
    return done.ok() ? writeTurns(database, change) : done;
}

int64_t sizeOf(const ProjectChange& change) {
    constexpr int64_t kRow = 256;  // about, of a row that is no blob
    int64_t bytes = kRow * (1 + std::ssize(change.documents) + std::ssize(change.turns));
    for (const StoredExtract& extract : change.extracts) {
        bytes += kRow + std::ssize(extract.bytes);
    }
    for (const StoredDocument& document : change.documents) {
        bytes +=
            std::ssize(document.name) + std::ssize(document.path) + std::ssize(document.details);
    }
    bytes += static_cast<int64_t>(sizeof(PlannedDocument)) * std::ssize(change.plan.documents);
    bytes += static_cast<int64_t>(sizeof(int32_t)) * std::ssize(change.plan.tokens);
    bytes += std::ssize(change.checkpoint.state);
    for (const StoredPage& page : change.checkpoint.pages) {
        bytes += std::ssize(page.bytes);
    }
    for (const StoredTurn& turn : change.turns) {
        bytes += std::ssize(turn.answer) + std::ssize(turn.prompt) + std::ssize(turn.details);
    }
    return bytes;
}

}  // namespace tl
