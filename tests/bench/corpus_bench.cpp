// SPDX-License-Identifier: Apache-2.0
// From folders to tokens: megabytes per second of text and code that are found, read, segmented and
// tokenised on all cores, beside walking, reading and tokenising alone on one core, all in one run.
// Usage: corpus_bench MODEL.gguf FOLDER...
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "app/corpus/file_loader.h"
#include "app/model/engine_model.h"
#include "ingest/corpus.h"

namespace tl {
namespace {

constexpr int kRuns = 5;

// Processor time stands beside the clock's: on a machine that does other work too, it tells what
// the clock would have said.
struct Cost {
    double seconds = 0;
    double processorSeconds = 0;
};

template <typename Fn>
Cost medianCost(const Fn& fn) {
    std::vector<Cost> costs(kRuns);
    for (Cost& cost : costs) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t processorStart = std::clock();
        fn();
        cost.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        cost.processorSeconds = static_cast<double>(std::clock() - processorStart) / CLOCKS_PER_SEC;
    }
    std::ranges::sort(costs, {}, &Cost::seconds);
    return costs[kRuns / 2];
}

template <typename T>
T orExit(Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "corpus_bench: %s\n", result.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
    return std::move(result).value();
}

// The texts that are in, and how many bytes their files have.
struct Texts {
    std::vector<std::string> texts;
    double megabytes = 0;
};

Texts readTexts(const std::vector<SourceEntry>& entries, ReaderSet& readers) {
    Texts all;
    for (const SourceEntry& entry : entries) {
        if (entry.fate != FileFate::kIn) {
            continue;
        }
        Reading<Document> document = readDocument(entry, {}, readers);
        if (document.ok()) {
            all.megabytes += static_cast<double>(entry.bytes) / 1e6;
            all.texts.push_back(std::move(document.value().text));
        }
    }
    return all;
}

void report(const char* what, double megabytes, const Cost& cost) {
    std::printf("%-40s %7.3f s  %7.3f s of processor  %7.1f MB/s\n",
                what,
                cost.seconds,
                cost.processorSeconds,
                megabytes / cost.seconds);
}

void run(const std::filesystem::path& modelFile,
         const std::vector<std::filesystem::path>& folders) {
    ModelChoice choice;
    choice.file = modelFile;
    const std::unique_ptr<TextModel> model = orExit(loadTextModel(choice));
    const std::vector<SourceEntry> entries = orExit(collectSources(folders, {}));
    ReaderSet readers;
    const Texts texts = readTexts(entries, readers);
    std::printf("%zu files, %.1f MB of text; %u cores; medians of %d runs\n",
                texts.texts.size(),
                texts.megabytes,
                std::thread::hardware_concurrency(),
                kRuns);
    report("walk", texts.megabytes, medianCost([&] { orExit(collectSources(folders, {})); }));
    report("read, one core", texts.megabytes, medianCost([&] { readTexts(entries, readers); }));
    Tokenizer tokenizer = model->tokenizer().clone();
    report("tokenise, one core", texts.megabytes, medianCost([&] {
               for (const std::string& text : texts.texts) {
                   tokenizer.count(text);
               }
           }));
    const SourceOptions options;
    const LoadSettings settings{options, readers, int64_t{1} << 20};
    const Cost cost = medianCost(
        [&] { orExit(loadFiles(folders, settings, *model, {}, [](const LoadBatch&) {})); });
    report("walk, read, segment, tokenise: all cores", texts.megabytes, cost);
    constexpr double kGoal = 50;
    std::printf(
        "ratio to the goal of %.0f MB/s: %.2f\n", kGoal, texts.megabytes / cost.seconds / kGoal);
}

}  // namespace
}  // namespace tl

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: corpus_bench MODEL.gguf FOLDER...\n");
        return EXIT_FAILURE;
    }
    tl::run(argv[1], {argv + 2, argv + argc});
    return EXIT_SUCCESS;
}
