// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/corpus/file_loader.h"
#include "app/model/resource_paths.h"
#include "app/reason/reason_text.h"
#include "app/wording.h"
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

void takeSkipReason(const Reason& reason, FileRow& row) {
    row.reasons.clear();
    if (!reason.isNone()) {
        row.reasons.push_back(remarkOf(reason));
    }
    row.isRepeat =
        reason.code == ReasonCode::kChosenTwice || reason.code == ReasonCode::kSameContent;
    row.couldUseOcr = row.couldUseOcr || hasCode(reason, ReasonCode::kOcrCanRead);
}

FileRow rowOf(const SourceEntry& entry) {
    FileRow row;
    row.name = entry.name;
    row.path = entry.path;
    row.state = entry.fate == FileFate::kIn ? FileRow::State::kWaiting : FileRow::State::kSkipped;
    takeSkipReason(entry.reason, row);
    row.isFolder = entry.isFolder;
    row.isChosen = entry.isChosen;
    row.bytes = entry.bytes;
    return row;
}

// Rows as they stand after loading; equal texts are found afterwards, in walk order.
void applyLoaded(const LoadedFile& file, FileRow& row) {
    if (!file.skipReason.isNone()) {
        row.state = FileRow::State::kSkipped;
        takeSkipReason(file.skipReason, row);
        row.needsPassword = file.needsPassword;
        return;
    }
    row.state = file.isContainer ? FileRow::State::kOpened : FileRow::State::kIn;
    row.reasons = remarksOf(file.document.notes);
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
    row.warnings = remarksOf(file.document.warnings);
    row.couldUseOcr = std::ranges::any_of(file.document.warnings, [](const Reason& warning) {
        return hasCode(warning, ReasonCode::kOcrCanRead);
    });
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
        const auto members = std::exchange(files[i].members, {});
        rows[i].tokens = files[i].tokenCount;
        allRows.push_back(std::move(rows[i]));
        allFiles.push_back(std::move(files[i]));
        for (const auto& member : members) {
            allRows.push_back(rowOf(member->entry));
            applyLoaded(member->file, allRows.back());
            allFiles.push_back(std::move(member->file));
        }
    }
    rows = std::move(allRows);
    files = std::move(allFiles);
}

// A text that stands at two paths is read once, where it is met first.
CountedRows skipDuplicates(const std::vector<LoadedFile>& files, std::vector<FileRow>& rows) {
    CountedRows changed;
    std::unordered_map<int64_t, size_t> firstByText;
    for (size_t i = 0; i < files.size(); ++i) {
        if (rows[i].state != FileRow::State::kIn) {
            continue;
        }
        const auto [first, isNew] = firstByText.emplace(files[i].textId, i);
        if (isNew) {
            continue;
        }
        rows[i].state = FileRow::State::kSkipped;
        rows[i].twinOf = rows[first->second].name;
        takeSkipReason({.code = ReasonCode::kSameContent, .name = rows[i].twinOf}, rows[i]);
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

// "a.csv 1,200, b.txt 800": the five rows that are in and have most of something.
std::string largest(const std::vector<FileRow>& rows, int64_t FileRow::*size) {
    std::vector<const FileRow*> largest;
    for (const FileRow& row : rows) {
        if (row.state == FileRow::State::kIn) {
            largest.push_back(&row);
        }
    }
    std::stable_sort(largest.begin(), largest.end(), [&](const FileRow* a, const FileRow* b) {
        return a->*size > b->*size;
    });
    largest.resize(std::min<size_t>(largest.size(), 5));
    std::string list;
    for (const FileRow* row : largest) {
        list += (list.empty() ? "" : ", ") + row->name + " " + grouped(row->*size);
    }
    return list;
}

std::string overLimit(const PlanSummary& plan, const std::vector<FileRow>& rows) {
    return "corpus: " + grouped(plan.tokens) + " tokens, over the model's limit of " +
           grouped(plan.contextLimit - kAnswerReserve) +
           "; largest: " + largest(rows, &FileRow::tokens);
}

// Reduced files are kept whole for citing: few tokens may be much text.
std::string overMemory(const SourceChoice& choice, const std::vector<FileRow>& rows) {
    return "corpus: its texts take more than " + grouped(choice.maxKeptBytes) +
           " bytes of memory; largest in bytes: " + largest(rows, &FileRow::bytes);
}

PlanSummary planOf(const SourceChoice& choice,
                   const std::vector<FileRow>& rows,
                   const std::vector<LoadedFile>& files,
                   const ModelConfig& config,
                   int64_t headTokens) {
    PlanSummary plan;
    plan.tokens = headTokens;
    plan.contextLimit = config.contextLength;
    bool isComplete = true;
    for (size_t i = 0; i < rows.size(); ++i) {
        const FileRow& row = rows[i];
        plan.files += row.state == FileRow::State::kIn ? 1 : 0;
        plan.skipped += row.state == FileRow::State::kSkipped ? 1 : 0;
        plan.tokens += row.tokens;
        isComplete = isComplete && (row.state != FileRow::State::kIn || files[i].isComplete);
    }
    plan.filesForOcr = std::ranges::count_if(rows, &FileRow::couldUseOcr);
    if (plan.files == 0) {
        plan.problem = nothingToRead(choice, rows);
        if (plan.filesForOcr > 0) {
            plan.problem += "; OCR can read " + counted(plan.filesForOcr, "file", "files");
        }
    } else if (plan.tokens + kAnswerReserve > plan.contextLimit) {
        plan.problem = overLimit(plan, rows);
    } else if (!isComplete) {
        plan.problem = overMemory(choice, rows);
    }
    return plan;
}

// Of the corpus's sequence, its snapshot, a question, and the second look.
Result<int64_t> memoryBesideModel(const TextModel& model, int64_t tokens) {
    const int64_t context = model.config().contextLength;
    const SequencePlan sequences[] = {
        {context, tokens, kAnswerReserve},
        {std::min(kSecondLookPositions, context), 0, kAnswerReserve},
    };
    const Result<MemoryForecast> forecast = model.forecast(sequences);
    if (!forecast.ok()) {
        return forecast.error();
    }
    return forecast.value().workspace + forecast.value().sequences;
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
    const LoadSettings settings{
        options, readers, model.config().contextLength, choice.maxKeptBytes};
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
    corpus.plan =
        planOf(choice, corpus.rows, files.value(), model.config(), std::ssize(corpus.tokens));
    const Result<int64_t> memory = memoryBesideModel(model, corpus.plan.tokens);
    if (!memory.ok()) {
        return memory.error();
    }
    corpus.plan.stateBytes = memory.value();
    corpus.plan.warning = readers.missingProtection();
    corpus.plan.parsed = readers.counts().parsed;
    corpus.plan.fromCache = readers.counts().fromCache;
    if (corpus.plan.problem.empty()) {
        layOut(files.value(), corpus);
    }
    return corpus;
}

}  // namespace tl
