// SPDX-License-Identifier: Apache-2.0
#include "store/write/write_plan.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "store/blob/token_ids.h"
#include "store/schema/tables.h"

namespace tl {

namespace {

Error tooFew(const Database& database, const char* what) {
    return {ErrorCode::kInvalidInput,
            database.file() + ": has fewer " + what + " than are to stay"};
}

Status writeRows(Database& database, const PlanChange& plan) {
    const Result<int64_t> rows = database.number("SELECT count(*) FROM plan");
    if (!rows.ok()) {
        return rows.error();
    }
    if (rows.value() < plan.keepDocuments) {
        return tooFew(database, "planned documents");
    }
    Result<Statement> remove = database.prepare("DELETE FROM plan WHERE ordinal >= ?1");
    Result<Statement> insert = prepareInsert(database, kPlan, "INSERT");
    if (!remove.ok() || !insert.ok()) {
        return remove.ok() ? insert.error() : remove.error();
    }
    Status done = remove.value().run(plan.keepDocuments);
    int64_t ordinal = plan.keepDocuments;
    for (const PlannedDocument& row : plan.documents) {
        if (!done.ok()) {
            return done;
        }
        done = insert.value().runSummed(ordinal++, row.document, row.first, row.count);
    }
    return done;
}

// The ids that stay of the part which is cut.
Result<std::vector<int32_t>> keptOfPart(Database& database, int64_t first, int64_t kept) {
    std::vector<int32_t> tokens;
    if (kept == 0) {
        return tokens;
    }
    Result<Statement> select = prepareSelect(database, kTokenPart, "WHERE first = ?1");
    if (!select.ok()) {
        return select.error();
    }
    select.value().bindAll(first);
    const Result<bool> row = stepChecked(database, kTokenPart, select.value());
    if (!row.ok()) {
        return row.error();
    }
    if (!row.value() || select.value().integer(1) < kept) {
        return tooFew(database, "tokens");
    }
    const Status unpacked = unpackTokens(select.value().blob(2), select.value().integer(1), tokens);
    if (!unpacked.ok()) {
        return unpacked.error();
    }
    tokens.resize(static_cast<size_t>(kept));
    return tokens;
}

Status removeTokens(Database& database, int64_t from) {
    Result<Statement> remove = database.prepare("DELETE FROM token_part WHERE first >= ?1");
    return remove.ok() ? remove.value().run(from) : remove.error();
}

Status writeTokens(Database& database, const PlanChange& plan) {
    const Result<int64_t> before =
        database.number("SELECT count + first FROM token_part ORDER BY first DESC LIMIT 1");
    if (!before.ok()) {
        return before.error();
    }
    if (before.value() < plan.keepTokens) {
        return tooFew(database, "tokens");
    }
    const int64_t kept = plan.keepTokens % kTokensPerPart;
    int64_t first = plan.keepTokens - kept;
    Result<std::vector<int32_t>> tail = keptOfPart(database, first, kept);
    if (!tail.ok()) {
        return tail.error();
    }
    Status done = removeTokens(database, first);
    Result<Statement> insert = prepareInsert(database, kTokenPart, "INSERT");
    if (!done.ok() || !insert.ok()) {
        return done.ok() ? insert.error() : done;
    }
    std::vector<int32_t>& part = tail.value();
    for (std::span<const int32_t> rest = plan.tokens; !rest.empty() || !part.empty();) {
        const size_t room = static_cast<size_t>(kTokensPerPart) - part.size();
        const auto taken = rest.first(std::min(room, rest.size()));
        part.insert(part.end(), taken.begin(), taken.end());
        rest = rest.subspan(taken.size());
        const Result<std::vector<std::byte>> packed = packTokens(part);
        if (!packed.ok()) {
            return packed.error();
        }
        done = insert.value().runSummed(
            first, std::ssize(part), std::span<const std::byte>(packed.value()));
        if (!done.ok()) {
            return done;
        }
        first += std::ssize(part);
        part.clear();
    }
    return done;
}

}  // namespace

Status writePlan(Database& database, const PlanChange& plan) {
    Status done = writeRows(database, plan);
    return done.ok() ? writeTokens(database, plan) : done;
}

}  // namespace tl
