// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/corpus_layout.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/corpus/file_rows.h"
#include "app/corpus/leave_out.h"
#include "app/corpus/word_index_size.h"
#include "app/wording.h"
#include "engine/prompt.h"

namespace tl {

namespace {

namespace fs = std::filesystem;

// What lies within files stands behind them.
std::vector<LoadedEntry> withMembers(std::vector<LoadedEntry> loaded) {
    std::vector<LoadedEntry> all;
    all.reserve(loaded.size());
    for (LoadedEntry& outer : loaded) {
        const auto members = std::exchange(outer.file.members, {});
        const int64_t modifiedNs = outer.entry.modifiedNs;
        all.push_back(std::move(outer));
        for (const auto& member : members) {
            all.push_back(std::move(*member));
            all.back().entry.modifiedNs = modifiedNs;
        }
    }
    return all;
}

// A text that stands at two paths is read once, where it is met first.
void skipDuplicates(const std::vector<LoadedEntry>& loaded, std::vector<FileRow>& rows) {
    std::unordered_map<int64_t, size_t> firstByText;
    for (size_t i = 0; i < loaded.size(); ++i) {
        if (rows[i].state != FileRow::State::kIn) {
            continue;
        }
        const auto [first, isNew] = firstByText.emplace(loaded[i].file.textId, i);
        if (isNew) {
            continue;
        }
        rows[i].state = FileRow::State::kSkipped;
        rows[i].twinOf = rows[first->second].name;
        takeSkipReason({.code = ReasonCode::kSameContent, .name = rows[i].twinOf}, rows[i]);
        rows[i].tokens = 0;
    }
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

std::string overLimit(const PlanSummary& plan,
                      const std::vector<FileRow>& rows,
                      const SourceChoice& choice) {
    const std::string folders = foldersToLeaveOut(rows, plan.tokens, choice);
    return "corpus: " + grouped(plan.tokens) + " tokens, over the model's limit of " +
           grouped(plan.contextLimit - kAnswerReserve) +
           "; largest: " + largest(rows, &FileRow::tokens) + (folders.empty() ? "" : "; ") +
           folders;
}

// Reduced files are kept whole for citing: few tokens may be much text.
std::string overMemory(const SourceChoice& choice, const std::vector<FileRow>& rows) {
    return "corpus: its texts take more than " + grouped(choice.maxKeptBytes) +
           " bytes of memory; largest in bytes: " + largest(rows, &FileRow::bytes);
}

PlanSummary planOf(const SourceChoice& choice,
                   const std::vector<FileRow>& rows,
                   const std::vector<LoadedEntry>& loaded,
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
        isComplete = isComplete && (row.state != FileRow::State::kIn || loaded[i].file.isComplete);
    }
    plan.filesForOcr = std::ranges::count_if(rows, &FileRow::couldUseOcr);
    if (plan.files == 0) {
        plan.problem = nothingToRead(choice, rows);
        if (plan.filesForOcr > 0) {
            plan.problem += "; OCR can read " + counted(plan.filesForOcr, "file", "files");
        }
    } else if (plan.tokens + kAnswerReserve > plan.contextLimit) {
        plan.problem = overLimit(plan, rows, choice);
    } else if (!isComplete) {
        plan.problem = overMemory(choice, rows);
    }
    return plan;
}

// Of all passages that are in.
int64_t passageBytes(const std::vector<FileRow>& rows, const std::vector<LoadedEntry>& loaded) {
    int64_t bytes = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].state == FileRow::State::kIn) {
            for (const Passage& passage : loaded[i].file.passages) {
                bytes += passage.end - passage.begin;
            }
        }
    }
    return bytes;
}

// Of the corpus's sequence, its snapshot, a question, the second look, and the index of words.
Result<int64_t> memoryBesideModel(const TextModel& model, int64_t tokens, int64_t indexedBytes) {
    const int64_t context = model.config().contextLength;
    const SequencePlan sequences[] = {
        {context, tokens, kAnswerReserve},
        {std::min(kSecondLookPositions, context), 0, kAnswerReserve},
    };
    const Result<MemoryForecast> forecast = model.forecast(sequences);
    if (!forecast.ok()) {
        return forecast.error();
    }
    return forecast.value().workspace + forecast.value().sequences + wordIndexBytes(indexedBytes);
}

// What is in, in reading order: indices of the list.
std::vector<size_t> readingOrder(const std::vector<FileRow>& rows,
                                 const std::vector<LoadedEntry>& loaded,
                                 const ReadingOrder& order) {
    std::vector<size_t> in;
    std::vector<OrderedFile> files;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].state == FileRow::State::kIn) {
            in.push_back(i);
            files.push_back({rows[i].name, loaded[i].entry.modifiedNs, loaded[i].file.tokens});
        }
    }
    if (!order) {
        return in;
    }
    std::vector<size_t> ordered;
    for (const size_t index : order(files)) {
        ordered.push_back(in.at(index));
    }
    return ordered;
}

// Moves a file after those that are in the corpus already.
void place(LoadedFile& file, Corpus& corpus) {
    CorpusFile& placed = corpus.files.emplace_back();
    placed.document = std::move(file.document);
    placed.passages = std::move(file.passages);
    for (Passage& passage : placed.passages) {
        passage.document = static_cast<int64_t>(corpus.files.size()) - 1;
    }
    placed.firstPosition = std::ssize(corpus.tokens);
    placed.textPosition = placed.firstPosition + file.headTokens;
    placed.tokenEnds = std::move(file.tokenEnds);
    corpus.tokens.insert(corpus.tokens.end(), file.tokens.begin(), file.tokens.end());
    file.tokens = {};
}

CorpusSource sourceOf(LoadedEntry& loaded, const FileRow& row) {
    CorpusSource source;
    source.entry = std::move(loaded.entry);
    source.contentHash = loaded.file.document.contentHash;
    if (!loaded.file.skipReason.isNone()) {
        source.failure =
            Failure{loaded.file.needsPassword ? ErrorCode::kInvalidInput : ErrorCode::kUnsupported,
                    std::move(loaded.file.skipReason)};
    }
    if (row.state == FileRow::State::kOpened) {
        source.container = std::make_shared<const Document>(std::move(loaded.file.document));
    }
    return source;
}

// Every file where its turn is, and of every row where it comes from.
void layOut(std::vector<LoadedEntry>& loaded, const ReadingOrder& order, Corpus& corpus) {
    corpus.tokens.reserve(static_cast<size_t>(corpus.plan.tokens));
    std::vector<int64_t> places(loaded.size(), -1);
    for (const size_t index : readingOrder(corpus.rows, loaded, order)) {
        places[index] = std::ssize(corpus.files);
        place(loaded[index].file, corpus);
    }
    corpus.sources.reserve(loaded.size());
    for (size_t i = 0; i < loaded.size(); ++i) {
        CorpusSource source = sourceOf(loaded[i], corpus.rows[i]);
        source.file = places[i];
        if (source.file >= 0) {
            source.contentHash =
                corpus.files[static_cast<size_t>(source.file)].document.contentHash;
        }
        corpus.sources.push_back(std::move(source));
    }
}

}  // namespace

Result<Corpus> layOutCorpus(const SourceChoice& choice,
                            const TextModel& model,
                            std::vector<LoadedEntry> entries,
                            const ReadingOrder& order) {
    Corpus corpus;
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    prompt.value().appendHead(corpus.tokens);
    std::vector<LoadedEntry> loaded = withMembers(std::move(entries));
    corpus.rows.reserve(loaded.size());
    for (const LoadedEntry& each : loaded) {
        corpus.rows.push_back(rowOf(each.entry));
        if (each.entry.fate == FileFate::kIn || !each.file.skipReason.isNone()) {
            applyLoaded(each.file, corpus.rows.back());
        }
    }
    skipDuplicates(loaded, corpus.rows);
    corpus.plan = planOf(choice, corpus.rows, loaded, model.config(), std::ssize(corpus.tokens));
    const Result<int64_t> memory =
        memoryBesideModel(model, corpus.plan.tokens, passageBytes(corpus.rows, loaded));
    if (!memory.ok()) {
        return memory.error();
    }
    corpus.plan.stateBytes = memory.value();
    if (corpus.plan.problem.empty()) {
        layOut(loaded, order, corpus);
    }
    return corpus;
}

}  // namespace tl
