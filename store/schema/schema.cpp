// SPDX-License-Identifier: Apache-2.0
#include "store/schema/schema.h"

#include <array>
#include <string>

namespace tl {

namespace {

// Rows are found by their primary keys. Tables with blobs keep SQLite's row numbers: a tree that
// orders by key would move whole blobs about. docs/project_format.md says what the columns mean.
constexpr const char* kVersion1 = R"(
CREATE TABLE property (
    key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE extract (
    key TEXT PRIMARY KEY, parts INTEGER NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE extract_part (
    key TEXT NOT NULL REFERENCES extract ON DELETE CASCADE, part INTEGER NOT NULL,
    bytes BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (key, part)
) STRICT;
CREATE TABLE document (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, path BLOB NOT NULL, bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL, content_hash TEXT NOT NULL, fate INTEGER NOT NULL,
    details BLOB NOT NULL,
    extract_key TEXT REFERENCES extract DEFERRABLE INITIALLY DEFERRED,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX document_extract ON document (extract_key);
CREATE TABLE plan (
    ordinal INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document DEFERRABLE INITIALLY DEFERRED,
    first INTEGER NOT NULL, count INTEGER NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_document ON plan (document);
CREATE TABLE token_part (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    position INTEGER PRIMARY KEY, parts INTEGER NOT NULL, stored_bytes INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoint_part (
    position INTEGER NOT NULL REFERENCES checkpoint ON DELETE CASCADE, part INTEGER NOT NULL,
    bytes BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (position, part)
) STRICT;
CREATE TABLE page (
    layer INTEGER NOT NULL, first INTEGER NOT NULL, part INTEGER NOT NULL,
    parts INTEGER NOT NULL, count INTEGER NOT NULL, bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (first, layer, part)
) STRICT;
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, started_ns INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE turn (
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
    position INTEGER NOT NULL, state_digest TEXT NOT NULL, prompt BLOB NOT NULL,
    sampler TEXT NOT NULL, seed INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    versions TEXT NOT NULL, asked_ns INTEGER NOT NULL, details BLOB NOT NULL,
    citations INTEGER NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (conversation, ordinal)
) STRICT;
CREATE TABLE citation (
    conversation INTEGER NOT NULL, turn INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, name TEXT NOT NULL, first_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL, standing INTEGER NOT NULL, place TEXT NOT NULL,
    quote TEXT NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (conversation, turn, ordinal),
    FOREIGN KEY (conversation, turn) REFERENCES turn ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED
) STRICT;
)";

// Each brings a file from the version that is its index to the next one; an empty file has version
// 0. They are never changed once released: tests/data/store has a file of every version.
constexpr std::array<const char*, kFormatVersion> kSteps{kVersion1};

// Blobs of 557 KB, a page of the shipped model, are read at 2.1 GB/s; with SQLite's 4 KB at 1.1.
constexpr const char* kPageSize = "PRAGMA page_size = 16384";

// FULL: a commit is on the disk before it counts, so power loss takes nothing that was committed.
// There is one every few seconds of reading, so that what NORMAL would save is not worth its risk.
// The log is emptied into the file at 16 MB and cut to 64 MB after a larger transaction.
constexpr const char* kWriting =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1024;"
    "PRAGMA journal_size_limit = 67108864";

enum class Kind { kEmpty, kProject, kOther };

Result<Kind> kindOf(Database& database) {
    const Result<int64_t> id = database.number("PRAGMA application_id");
    if (!id.ok()) {
        return id.error();
    }
    if (id.value() == kApplicationId) {
        return Kind::kProject;
    }
    const Result<int64_t> tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables.ok()) {
        return tables.error();
    }
    return id.value() == 0 && tables.value() == 0 ? Kind::kEmpty : Kind::kOther;
}

Result<int64_t> versionOf(Database& database) {
    Result<int64_t> version = database.number("PRAGMA user_version");
    if (version.ok() && version.value() < 0) {
        return Error{ErrorCode::kCorrupt,
                     database.file() + ": damaged: it says that its format is number " +
                         std::to_string(version.value())};
    }
    if (version.ok() && version.value() > kFormatVersion) {
        return Error{ErrorCode::kUnsupported,
                     database.file() + ": made by a newer version of Throughline (format " +
                         std::to_string(version.value()) + ", this one knows " +
                         std::to_string(kFormatVersion) + ")"};
    }
    return version;
}

Error otherDatabase(const Database& database) {
    return {ErrorCode::kUnsupported, database.file() + ": not a Throughline project"};
}

Status runSteps(Database& database, int64_t version) {
    Status done = okStatus();
    for (; done.ok() && version < kFormatVersion; ++version) {
        done = database.execute(kSteps.at(static_cast<size_t>(version)));
    }
    return done;
}

Status migrate(Database& database, int64_t version) {
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction.ok()) {
        return transaction.error();
    }
    Status done = runSteps(database, version);
    if (!done.ok()) {
        return done;
    }
    const Status named =
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId) +
                         "; PRAGMA user_version = " + std::to_string(kFormatVersion));
    return named.ok() ? transaction.value().commit() : named;
}

Result<std::string> schemaText(Database& database) {
    // The word index, which others keep here, is a virtual table with tables of its own behind it.
    Result<Statement> rows = database.prepare(
        "SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE sql NOT NULL"
        " AND NOT (type = 'table' AND name LIKE 'passage_words%') ORDER BY name");
    if (!rows.ok()) {
        return rows.error();
    }
    std::string text;
    for (;;) {
        const Result<bool> row = rows.value().step();
        if (!row.ok()) {
            return row.error();
        }
        if (!row.value()) {
            return text;
        }
        text += rows.value().text(0) + "\n";
    }
}

// A file may come from anybody. Tables that look otherwise could make our own statements do what
// we do not mean.
Status checkTables(Database& database) {
    Result<Database> model = Database::inMemory();
    if (!model.ok()) {
        return model.error();
    }
    Status made = runSteps(model.value(), 0);
    if (!made.ok()) {
        return made;
    }
    const Result<std::string> expected = schemaText(model.value());
    const Result<std::string> found = schemaText(database);
    if (!expected.ok() || !found.ok()) {
        return expected.ok() ? found.error() : expected.error();
    }
    if (expected.value() != found.value()) {
        return Error{ErrorCode::kCorrupt,
                     database.file() + ": damaged: its tables are not those of a project"};
    }
    return okStatus();
}

}  // namespace

Status prepareForWriting(Database& database) {
    const Result<Kind> kind = kindOf(database);
    if (!kind.ok()) {
        return kind.error();
    }
    if (kind.value() == Kind::kOther) {
        return otherDatabase(database);
    }
    const Result<int64_t> version = versionOf(database);
    if (!version.ok()) {
        return version.error();
    }
    Status done = okStatus();
    if (kind.value() == Kind::kEmpty) {
        done = database.execute(kPageSize);
    }
    if (done.ok()) {
        done = database.execute(kWriting);
    }
    if (done.ok() && version.value() < kFormatVersion) {
        done = migrate(database, version.value());
    }
    return done.ok() ? checkTables(database) : done;
}

Status checkForReading(Database& database) {
    const Result<Kind> kind = kindOf(database);
    if (!kind.ok()) {
        return kind.error();
    }
    if (kind.value() == Kind::kEmpty) {
        return Error{ErrorCode::kNotFound, database.file() + ": nothing has been kept in it yet"};
    }
    if (kind.value() == Kind::kOther) {
        return otherDatabase(database);
    }
    const Result<int64_t> version = versionOf(database);
    if (!version.ok()) {
        return version.error();
    }
    if (version.value() < kFormatVersion) {
        return Error{ErrorCode::kUnsupported,
                     database.file() + ": of an older format; open it for writing once"};
    }
    return checkTables(database);
}

}  // namespace tl
