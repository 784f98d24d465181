// SPDX-License-Identifier: Apache-2.0
#include "app/project/project_status.h"

#include <algorithm>
#include <set>
#include <string>

#include "app/corpus/corpus.h"
#include "app/corpus/reading_speed.h"

namespace tl {

namespace {

// New files that nothing is read of are no addition.
void dropUnread(const Corpus& corpus, SourceChanges& changes) {
    std::set<std::string> read;
    for (const FileRow& row : corpus.rows) {
        if (row.state != FileRow::State::kSkipped || row.isRepeat) {
            read.insert(row.name);
        }
    }
    std::erase_if(changes.added, [&](const std::string& name) { return !read.contains(name); });
}

}  // namespace

Result<ProjectStatus> statusOf(const std::filesystem::path& project,
                               const std::vector<std::string>& passwords,
                               const TextModel& model,
                               const std::stop_token& stop) {
    const Result<std::unique_ptr<ProjectFile>> opened =
        ProjectFile::open(project, ProjectFile::Access::kRead);
    if (!opened.ok()) {
        return opened.error();
    }
    return statusOf(*opened.value(), passwords, model, stop);
}

Result<ProjectStatus> statusOf(ProjectFile& file,
                               const std::vector<std::string>& passwords,
                               const TextModel& model,
                               const std::stop_token& stop) {
    const StoredCorpus& stored = file.stored();
    const Result<std::vector<int64_t>> checkpoints = file.checkpoints();
    if (!checkpoints.ok()) {
        return checkpoints.error();
    }
    ProjectStatus status;
    status.tokensTotal = std::ssize(stored.tokens);
    status.tokensRead = checkpoints.value().empty() ? 0 : checkpoints.value().back();
    status.missing = file.missingSource();
    if (status.missing) {
        return status;
    }
    SourceChoice choice = file.origin().sources;
    choice.passwords = passwords;
    Result<SourceChanges> changes = findChanges(stored, choice, stop);
    if (!changes.ok()) {
        return changes.error();
    }
    status.changes = std::move(changes).value();
    std::vector<TokenId> now = stored.tokens;
    if (!status.changes.isEmpty()) {
        Result<Corpus> corpus =
            loadCorpus(choice, model, stop, {}, earlierReading(stored, choice, model));
        if (!corpus.ok()) {
            return corpus.error();
        }
        if (!corpus.value().plan.problem.empty()) {
            return Error{ErrorCode::kInvalidInput, corpus.value().plan.problem};
        }
        dropUnread(corpus.value(), status.changes);
        now = std::move(corpus.value().tokens);
    }
    status.updatedTokens = std::ssize(now);
    status.tokensToRead = status.updatedTokens - goOnPoint(checkpoints.value(),
                                                           commonTokens(now, stored.tokens),
                                                           status.updatedTokens,
                                                           file.origin().fingerprint.batchTokens);
    if (const auto speed = lastReadingSpeed(model.config().name)) {
        status.seconds = static_cast<double>(status.tokensToRead) / *speed;
    }
    return status;
}

}  // namespace tl
