// SPDX-License-Identifier: Apache-2.0
#include "app/project/live_append.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "app/project/appended_corpus.h"
#include "app/reason/reason_text.h"
#include "app/wording.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

namespace fs = std::filesystem;

Result<fs::path> regularFile(const fs::path& file) {
    std::error_code failure;
    fs::path whole = fs::canonical(file, failure);
    if (failure) {
        return Error{ErrorCode::kNotFound, file.string() + ": " + failure.message()};
    }
    if (!fs::is_regular_file(whole, failure)) {
        return Error{ErrorCode::kUnsupported, file.string() + ": is no regular file"};
    }
    return whole;
}

// What the walk says of a file; none where it does not take it. An empty one may grow.
std::optional<SourceEntry> walked(const std::vector<SourceEntry>& entries, const fs::path& file) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const SourceEntry& each) {
        return each.path == file && !each.isFolder &&
               (each.fate == FileFate::kIn || each.reason.code == ReasonCode::kEmptyFile);
    });
    return found == entries.end() ? std::nullopt : std::optional(*found);
}

// What the project knows of a file, whose folder may not be there any more.
std::optional<SourceEntry> known(const StoredCorpus& stored, const fs::path& file) {
    for (size_t i = 0; i < stored.documents.size(); ++i) {
        if (stored.isTakenFile(i) && stored.documents[i].path == file.native()) {
            return entryOf(stored.documents[i], stored.details[i]);
        }
    }
    return std::nullopt;
}

// The file as an entry of what the project is made of, to which it is added where it is none yet.
Result<SourceEntry> entryIn(ProjectFile& project,
                            const fs::path& file,
                            const std::stop_token& stop) {
    if (std::optional<SourceEntry> entry = known(project.stored(), file)) {
        return std::move(*entry);
    }
    SourceChoice sources = project.origin().sources;
    const auto entries = collectSources(sources.paths, sourceOptions(sources), stop);
    if (entries.ok()) {
        if (std::optional<SourceEntry> entry = walked(entries.value(), file)) {
            return std::move(*entry);
        }
    } else if (entries.error().code == ErrorCode::kCancelled) {
        return entries.error();
    }
    sources.appended = {file};
    const auto alone = collectSources({}, sourceOptions(sources), stop);
    if (!alone.ok()) {
        return alone.error();
    }
    std::optional<SourceEntry> entry = walked(alone.value(), file);
    if (!entry) {
        const Reason reason = alone.value().empty() ? Reason{} : alone.value().front().reason;
        return Error{ErrorCode::kUnsupported, file.string() + ": " + reasonText(reason)};
    }
    project.addSource(file);
    return std::move(*entry);
}

Result<std::unique_ptr<ProjectFile>> openOrCreate(const LiveAppend::Place& place,
                                                  const fs::path& file,
                                                  const LanguageModel& model) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(place.project, ignored))) {
        Result<std::unique_ptr<ProjectFile>> opened =
            ProjectFile::open(place.project, ProjectFile::Access::kWrite);
        if (opened.ok()) {
            const Status fits = opened.value()->checkModel(model);
            return fits.ok() ? std::move(opened) : fits.error();
        }
        if (opened.error().code != ErrorCode::kNotFound) {
            return opened.error();
        }
    }
    const Status free = checkPlace(place.project);
    if (!free.ok()) {
        return free.error();
    }
    SourceChoice sources;
    sources.paths = {file};
    return ProjectFile::create(
        place.project,
        {keptChoice(sources), place.model, model.fingerprint(), place.checkpointTokens});
}

}  // namespace

Result<std::unique_ptr<LiveAppend>> LiveAppend::open(const Place& place,
                                                     LanguageModel& model,
                                                     const std::stop_token& stop) {
    const Result<fs::path> file = regularFile(place.file);
    if (!file.ok()) {
        return file.error();
    }
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    Result<std::unique_ptr<ProjectFile>> project = openOrCreate(place, file.value(), model);
    if (!project.ok()) {
        return project.error();
    }
    Result<SourceEntry> entry = entryIn(*project.value(), file.value(), stop);
    if (!entry.ok()) {
        return entry.error();
    }
    return std::unique_ptr<LiveAppend>(new LiveAppend(
        std::move(project).value(), model, std::move(prompt).value(), std::move(entry).value()));
}

LiveAppend::LiveAppend(std::unique_ptr<ProjectFile> project,
                       LanguageModel& model,
                       PromptBuilder prompt,
                       SourceEntry entry)
    : m_project(std::move(project))
    , m_model(model)
    , m_prompt(std::move(prompt))
    , m_entry(std::move(entry))
    , m_readers(ReaderSetOptions{})
    , m_file(m_entry.path, maxBytesOf(m_entry.name, sourceOptions(m_project->origin().sources))) {}

Status LiveAppend::checkSize(int64_t tokens) const {
    const int64_t limit = m_model.config().contextLength - kAnswerReserve;
    if (tokens <= limit) {
        return okStatus();
    }
    return Error{ErrorCode::kInvalidInput,
                 m_project->path().string() + ": " + grouped(tokens) + " tokens with " +
                     m_entry.name + ", over the model's limit of " + grouped(limit)};
}

Status LiveAppend::putText(const std::stop_token& stop) {
    const std::string& bytes = m_file.bytes();
    std::string hash = contentHash(bytes);
    m_entry.bytes = std::ssize(bytes);
    m_entry.modifiedNs = m_file.modifiedNs();
    m_entry.fate = FileFate::kIn;
    Reading<Document> document =
        readBytes(m_entry, bytes, sourceOptions(m_project->origin().sources), m_readers, stop);
    if (!document.ok()) {
        const bool isStopped = document.error().code == ErrorCode::kCancelled;
        return Error{isStopped ? ErrorCode::kCancelled : ErrorCode::kUnsupported,
                     m_entry.path.string() + ": " + reasonText(document.error().reason)};
    }
    document.value().contentHash = std::move(hash);
    AppendedFile file{m_entry, std::move(document).value(), {}};
    std::vector<uint32_t> ends;
    m_prompt.appendDocumentHead(m_entry.name, file.tokens);
    m_prompt.appendText(file.document.text, file.tokens, ends);
    Result<StoredCorpus> next = withAppended(m_project->stored(), std::move(file), m_prompt);
    if (!next.ok()) {
        return next.error();
    }
    const Status fits = checkSize(std::ssize(next.value().tokens));
    return fits.ok() ? m_project->keepStored(std::move(next).value()) : fits;
}

Result<int64_t> LiveAppend::readSoFar() {
    const Result<std::vector<int64_t>> states = m_project->checkpoints();
    if (!states.ok()) {
        return states.error();
    }
    const int64_t tokens = std::ssize(m_project->stored().tokens);
    return goOnPoint(states.value(), tokens, tokens, m_project->origin().fingerprint.batchTokens);
}

Status LiveAppend::goBack(int64_t position) {
    if (m_sequence && m_sequence->position() == position) {
        return okStatus();
    }
    if (m_sequence && m_border && m_border->position() == position) {
        return m_sequence->restore(*m_border);
    }
    Result<std::unique_ptr<TokenSequence>> sequence = m_model.newSequence(/*maxTokens=*/0);
    if (!sequence.ok()) {
        return sequence.error();
    }
    m_sequence = std::move(sequence).value();
    m_border.reset();
    const Result<std::optional<Snapshot>> newest = m_project->newestState(m_model, position);
    if (!newest.ok()) {
        return newest.error();
    }
    return newest.value() ? m_sequence->restore(*newest.value()) : okStatus();
}

Result<LiveAppend::Appended> LiveAppend::read(const std::stop_token& stop,
                                              const ReadingFn& progress) {
    const int64_t before = std::ssize(m_project->stored().tokens);
    Status status = putText(stop);
    if (!status.ok()) {
        return status.error();
    }
    const Result<int64_t> position = readSoFar();
    if (!position.ok()) {
        return position.error();
    }
    m_tokensRead = position.value();
    const std::vector<TokenId>& tokens = m_project->stored().tokens;
    const int64_t added = std::ssize(tokens) - before;
    if (m_tokensRead == std::ssize(tokens)) {
        return Appended{added, 0};
    }
    status = goBack(m_tokensRead);
    if (!status.ok()) {
        return status.error();
    }
    const int64_t evaluated = m_sequence->tokensEvaluated();
    const int64_t batchTokens = m_project->origin().fingerprint.batchTokens;
    const Keeping keeping{
        m_project->origin().checkpointTokens, batchTokens, [&](const Snapshot& snapshot) {
            if (snapshot.position() % batchTokens == 0) {
                m_border = snapshot;
            }
            return m_project->keepState(m_model, snapshot);
        }};
    const Result<ReadingProgress> read = readOn(*m_sequence, tokens, stop, progress, keeping);
    // What was read before a stop is kept as well.
    const Status kept = m_project->flush();
    m_tokensRead = m_sequence->position();
    if (!read.ok() || !kept.ok()) {
        return read.ok() ? kept.error() : read.error();
    }
    return Appended{added, m_sequence->tokensEvaluated() - evaluated};
}

}  // namespace tl
