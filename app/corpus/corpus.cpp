// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus.h"

#include <string_view>
#include <utility>

#include "app/corpus/corpus_layout.h"
#include "app/corpus/file_loader.h"
#include "app/corpus/file_rows.h"
#include "app/model/resource_paths.h"

namespace tl {

namespace {

// "full" for all other words.
ReadLevel readLevelOf(std::string_view name) {
    for (const ReadLevel level : {ReadLevel::kSignatures, ReadLevel::kNames}) {
        if (name == readLevelName(level)) {
            return level;
        }
    }
    return ReadLevel::kFull;
}

}  // namespace

SourceOptions sourceOptions(const SourceChoice& choice) {
    SourceOptions options;
    options.maxFileBytes = choice.maxFileBytes;
    options.useIgnoreFiles = choice.useIgnoreFiles;
    options.useDefaultRules = choice.useDefaultRules;
    options.include = choice.include;
    options.exclude = choice.exclude;
    options.appended = choice.appended;
    options.passwords = choice.passwords;
    options.ocr = choice.ocr;
    for (const auto& [pattern, level] : choice.reduce) {
        options.reduce.push_back({pattern, readLevelOf(level)});
    }
    for (const auto& [pattern, encoding] : choice.encodings) {
        options.encodings.push_back({pattern, encoding});
    }
    return options;
}

namespace {

ReaderSetOptions readerOptions(const SourceChoice& choice) {
    ReaderSetOptions options;
    if (choice.useCache && !cacheFolder().empty()) {
        options.cacheFolder = cacheFolder() / "extracts";
    }
    return options;
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

CountedRows twinsIn(const std::vector<FileRow>& rows) {
    CountedRows twins;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].twinOf.empty()) {
            twins.emplace_back(static_cast<int64_t>(i), rows[i]);
        }
    }
    return twins;
}

}  // namespace

Result<Corpus> loadCorpus(const SourceChoice& choice,
                          const TextModel& model,
                          const std::stop_token& stop,
                          const LoadEvents& events,
                          const EarlierReading& earlier) {
    const SourceOptions options = sourceOptions(choice);
    std::vector<FileRow> rows;  // as they become known
    const auto listed = [&](int64_t from, const std::vector<FileRow>& changed) {
        if (events.listed) {
            events.listed(from, changed);
        }
    };
    const auto counted = [&](const CountedRows& changed) {
        if (events.counted && !changed.empty()) {
            events.counted(changed);
        }
    };
    const auto changed = [&](const LoadBatch& batch) {
        if (const std::vector<FileRow> found = rowsOf(batch.found); !found.empty()) {
            listed(std::ssize(rows), found);
            rows.insert(rows.end(), found.begin(), found.end());
        }
        counted(applyLoaded(batch, rows));
    };
    ReaderSet readers(readerOptions(choice));
    const LoadSettings settings{
        options, readers, model.config().contextLength, choice.maxKeptBytes, earlier.known};
    Result<std::vector<LoadedEntry>> files =
        loadFiles(choice.paths, settings, model, stop, changed);
    if (!files.ok()) {
        return files.error();
    }
    Result<Corpus> laidOut = layOutCorpus(choice, model, std::move(files).value(), earlier.order);
    if (!laidOut.ok()) {
        return laidOut;
    }
    Corpus& corpus = laidOut.value();
    if (!rows.empty() && corpus.rows.size() == rows.size()) {
        counted(twinsIn(corpus.rows));
    } else {
        listed(/*from=*/0, corpus.rows);
    }
    corpus.plan.warning = readers.missingProtection();
    corpus.plan.parsed = readers.counts().parsed;
    corpus.plan.fromCache = readers.counts().fromCache;
    return laidOut;
}

}  // namespace tl
