// SPDX-License-Identifier: Apache-2.0
#include "app/services/corpus.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/services/file_loader.h"
#include "app/services/resource_paths.h"
#include "app/services/wording.h"
#include "engine/prompt.h"
#include "ingest/corpus.h"

namespace tl {

namespace {

namespace fs = std::filesystem;

// "full" for all other words.
ReadLevel readLevelOf(std::string_view name) {
    for (const ReadLevel level : {ReadLevel::kSignatures, ReadLevel::kNames}) {
        if (name == readLevelName(level)) {
            return level;
        }
    }
    return ReadLevel::kFull;
}

SourceOptions sourceOptions(const SourceChoice& choice) {
    SourceOptions options;
    options.maxFileBytes = choice.maxFileBytes;
    options.useIgnoreFiles = choice.useIgnoreFiles;
    options.useDefaultRules = choice.useDefaultRules;
    options.include = choice.include;
    options.exclude = choice.exclude;
    options.passwords = choice.passwords;
    options.ocr = choice.ocr;
    for (const auto& [pattern, level] : choice.reduce) {
        options.reduce.push_back({pattern, readLevelOf(level)});
    }
    return options;
}

ReaderSetOptions readerOptions(const SourceChoice& choice) {
    ReaderSetOptions options;
    if (choice.useCache && !cacheFolder().empty()) {
        options.cacheFolder = cacheFolder() / "extracts";
    }
    return options;
}

FileRow rowOf(const SourceEntry& entry) {
    FileRow row;
    row.name = entry.name;
    row.path = entry.path;
    row.state = entry.fate == FileFate::kIn ? FileRow::State::kWaiting : FileRow::State::kSkipped;
    row.reason = entry.reason;
    row.isFolder = entry.isFolder;
    row.isChosen = entry.isChosen;
    row.bytes = entry.bytes;
    return row;
}

// Rows as they stand after loading; equal texts are found afterwards, in walk order.
void applyLoaded(const LoadedFile& file, FileRow& row) {
    if (!file.skipReason.empty()) {
        row.state = FileRow::State::kSkipped;
        row.reason = file.skipReason;
        row.needsPassword = file.needsPassword;
        return;
    }
    row.state = file.isContainer ? FileRow::State::kOpened : FileRow::State::kIn;
    row.reason = file.document.note;
    row.tokens = file.tokenCount;
    if (file.document.level != ReadLevel::kFull) {
        row.level = readLevelName(file.document.level);
    }
    row.kind = kindName(file.document.kind);
    row.language = file.document.language;
    row.pages = std::ssize(file.pages);
    row.pageRows = file.pages;
    row.title = file.document.title;
    row.author = file.document.author;
    row.date = file.document.date;
    row.warnings = file.document.warnings;
}

CountedRows applyLoaded(const LoadBatch& batch, std::vector<FileRow>& rows) {
    CountedRows changed;
    for (const auto& [index, file] : batch.loaded) {
        FileRow& row = rows[static_cast<size_t>(index)];
        applyLoaded(*file, row);
        row.tokens = tokensWithMembers(*file);
        changed.emplace_back(index, row);
    }
    return changed;
}

std::vector<FileRow> rowsOf(const std::vector<SourceEntry>& entries) {
    std::vector<FileRow> rows;
    rows.reserve(entries.size());
    for (const SourceEntry& entry : entries) {
        rows.push_back(rowOf(entry));
    }
    return rows;
}

// Puts what lies within files behind them, in the list and among what was loaded.
void placeMembers(std::vector<FileRow>& rows, std::vector<LoadedFile>& files) {
    std::vector<FileRow> allRows;
    std::vector<LoadedFile> allFiles;
    for (size_t i = 0; i < files.size(); ++i) {
        std::vector<LoadedMember> members = std::exchange(files[i].members, {});
        rows[i].tokens = files[i].tokenCount;
        allRows.push_back(std::move(rows[i]));
        allFiles.push_back(std::move(files[i]));
        for (LoadedMember& member : members) {
            allRows.push_back(rowOf(member.entry));
            applyLoaded(member.file, allRows.back());
            allFiles.push_back(std::move(member.file));
        }
    }
    rows = std::move(allRows);
    files = std::move(allFiles);
}

bool sameText(const LoadedFile& a, const LoadedFile& b) {
    // Where the texts were let go the plan is over its limit, and the hash decides how it is told.
    return a.contentHash == b.contentHash &&
           (!a.isComplete || !b.isComplete || a.document.text == b.document.text);
}

// A text that stands at two paths is read once, where it is met first.
CountedRows skipDuplicates(const std::vector<LoadedFile>& files, std::vector<FileRow>& rows) {
    CountedRows changed;
    std::unordered_multimap<size_t, size_t> firstByHash;
    for (size_t i = 0; i < files.size(); ++i) {
        if (rows[i].state != FileRow::State::kIn) {
            continue;
        }
        const auto [begin, end] = firstByHash.equal_range(files[i].contentHash);
        const auto twin = std::find_if(
            begin, end, [&](const auto& first) { return sameText(files[first.second], files[i]); });
        if (twin == end) {
            firstByHash.emplace(files[i].contentHash, i);
            continue;
        }
        rows[i].state = FileRow::State::kSkipped;
        rows[i].reason = "same content as " + rows[twin->second].name;
        rows[i].twinOf = rows[twin->second].name;
        rows[i].tokens = 0;
        changed.emplace_back(static_cast<int64_t>(i), rows[i]);
    }
    return changed;
}

std::string nothingToRead(const SourceChoice& choice, const std::vector<FileRow>& rows) {
    std::string chosen;
    for (const fs::path& path : choice.paths) {
        chosen += (chosen.empty() ? "" : ", ") + path.string();
    }
    const std::string reasons = skipSummary(rows);
    return chosen + ": nothing to read, " + (reasons.empty() ? "no files" : reasons);
}

std::string overLimit(const PlanSummary& plan, const std::vector<FileRow>& rows) {
    std::vector<const FileRow*> largest;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kIn) {
            largest.push_back(&row);
        }
    }
    std::stable_sort(largest.begin(), largest.end(), [](const FileRow* a, const FileRow* b) {
        return a->tokens > b->tokens;
    });
    largest.resize(std::min<size_t>(largest.size(), 5));
    std::string message = "corpus: " + grouped(plan.tokens) +
                          " tokens, over the model's limit of " +
                          grouped(plan.contextLimit - kAnswerReserve) + "; largest: ";
    for (const FileRow* row : largest) {
        message += (row == largest.front() ? "" : ", ") + row->name + " " + grouped(row->tokens);
    }
    return message;
}

PlanSummary planOf(const SourceChoice& choice,
                   const std::vector<FileRow>& rows,
                   const ModelConfig& config,
                   int64_t headTokens) {
    PlanSummary plan;
    plan.tokens = headTokens;
    plan.contextLimit = config.contextLength;
    for (const FileRow& row : rows) {
        plan.files += row.state == FileRow::State::kIn ? 1 : 0;
        plan.skipped += row.state == FileRow::State::kSkipped ? 1 : 0;
        plan.tokens += row.tokens;
    }
    plan.filesForOcr = std::ranges::count_if(rows, couldUseOcr);
    plan.stateBytes = config.stateBytes() + plan.tokens * config.kvBytesPerToken(1);
    if (plan.files == 0) {
        plan.problem = nothingToRead(choice, rows);
    } else if (plan.tokens + kAnswerReserve > plan.contextLimit) {
        plan.problem = overLimit(plan, rows);
    }
    return plan;
}

// Moves the files that are in into the corpus, one behind the other.
void layOut(std::vector<LoadedFile>& files, Corpus& corpus) {
    corpus.tokens.reserve(static_cast<size_t>(corpus.plan.tokens));
    for (size_t i = 0; i < files.size(); ++i) {
        if (corpus.rows[i].state != FileRow::State::kIn) {
            continue;
        }
        LoadedFile& file = files[i];
        CorpusFile& placed = corpus.files.emplace_back();
        placed.document = std::move(file.document);
        placed.passages = std::move(file.passages);
        for (Passage& passage : placed.passages) {
            passage.document = static_cast<int64_t>(corpus.files.size()) - 1;
        }
        placed.textPosition = static_cast<int64_t>(corpus.tokens.size()) + file.headTokens;
        placed.tokenEnds = std::move(file.tokenEnds);
        corpus.tokens.insert(corpus.tokens.end(), file.tokens.begin(), file.tokens.end());
        file = {};
    }
}

}  // namespace

Result<Corpus> loadCorpus(const SourceChoice& choice,
                          const TextModel& model,
                          const std::stop_token& stop,
                          const LoadEvents& events) {
    const SourceOptions options = sourceOptions(choice);
    Corpus corpus;
    const auto listed = [&](int64_t from, const std::vector<FileRow>& rows) {
        if (events.listed) {
            events.listed(from, rows);
        }
    };
    const auto counted = [&](const CountedRows& changed) {
        if (events.counted && !changed.empty()) {
            events.counted(changed);
        }
    };
    const auto changed = [&](const LoadBatch& batch) {
        if (const std::vector<FileRow> found = rowsOf(batch.found); !found.empty()) {
            listed(std::ssize(corpus.rows), found);
            corpus.rows.insert(corpus.rows.end(), found.begin(), found.end());
        }
        counted(applyLoaded(batch, corpus.rows));
    };
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    prompt.value().appendHead(corpus.tokens);
    ReaderSet readers(readerOptions(choice));
    const LoadSettings settings{options, readers, model.config().contextLength};
    Result<std::vector<LoadedFile>> files = loadFiles(choice.paths, settings, model, stop, changed);
    if (!files.ok()) {
        return files.error();
    }
    const size_t found = corpus.rows.size();
    placeMembers(corpus.rows, files.value());
    const CountedRows twins = skipDuplicates(files.value(), corpus.rows);
    if (found > 0 && corpus.rows.size() == found) {
        counted(twins);
    } else {
        listed(/*from=*/0, corpus.rows);
    }
    corpus.plan = planOf(choice, corpus.rows, model.config(), std::ssize(corpus.tokens));
    corpus.plan.warning = readers.missingProtection();
    corpus.plan.parsed = readers.counts().parsed;
    corpus.plan.fromCache = readers.counts().fromCache;
    if (corpus.plan.problem.empty()) {
        layOut(files.value(), corpus);
    }
    return corpus;
}

}  // namespace tl
