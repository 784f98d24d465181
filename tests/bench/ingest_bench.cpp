// SPDX-License-Identifier: Apache-2.0
// What it costs to walk 50,000 small files and to read text: folder entries per second with every
// rule on, and megabytes per second from file to passages. Files are written first, so they come
// from the page cache: the program is measured, not the disk.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "ingest/corpus.h"
#include "tests/ingest/temp_tree.h"

namespace tl {
namespace {

constexpr int kFolders = 5000;
constexpr int kFilesPerFolder = 10;
constexpr int kRuns = 5;

template <typename Fn>
double secondsOf(const Fn& fn) {
    const auto start = std::chrono::steady_clock::now();
    fn();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The median of several runs, with the best and the worst beside it.
template <typename Fn>
void report(const char* what, double amount, const char* unit, const Fn& fn) {
    std::vector<double> seconds(kRuns);
    for (double& run : seconds) {
        run = secondsOf(fn);
    }
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[kRuns / 2];
    std::printf("%-42s %7.3f s (%.3f to %.3f)  %10.0f %s/s\n",
                what,
                median,
                seconds.front(),
                seconds.back(),
                amount / median,
                unit);
}

std::string wordsOf(size_t bytes, std::string_view word) {
    std::string text;
    for (int words = 1; text.size() < bytes; ++words) {
        text += word;
        text += words % 90 == 0 ? "\n\n" : words % 9 == 0 ? "\n" : " ";
    }
    return text;
}

// A tree with ignore rules as a large project has them.
void writeSmallFiles(const TempTree& tree) {
    std::string rules;
    for (const char* rule : {"*.o",
                             "*.a",
                             "*.log",
                             "/build/",
                             "out/",
                             "*.py[co]",
                             "docs/**/gen",
                             "!keep.o",
                             "*~",
                             ".#*",
                             "tmp*/",
                             "/local.cfg",
                             "**/cache/"}) {
        rules += std::string(rule) + "\n";
    }
    tree.write(".gitignore", rules);
    for (int folder = 0; folder < kFolders; ++folder) {
        const std::string name =
            "part" + std::to_string(folder / 100) + "/module" + std::to_string(folder);
        for (int file = 0; file < kFilesPerFolder; ++file) {
            const char* ending = file % 5 == 0 ? ".o" : file % 5 == 1 ? ".h" : ".cpp";
            tree.write(name + "/file" + std::to_string(file) + ending, "int value = 1;\n");
        }
    }
}

std::vector<SourceEntry> collect(const TempTree& tree) {
    auto entries = collectSources({tree.path()}, {});
    if (!entries.ok()) {
        std::fprintf(stderr, "ingest_bench: %s\n", entries.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
    return std::move(entries).value();
}

void readAll(const std::vector<SourceEntry>& entries, int threadCount) {
    ReaderSet readers;
    std::atomic<size_t> next{0};
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < threadCount; ++thread) {
        threads.emplace_back([&] {
            for (size_t i = next++; i < entries.size(); i = next++) {
                const auto document = readDocument(entries[i], {}, readers);
                if (entries[i].fate == FileFate::kIn &&
                    (!document.ok() || segmentPassages(document.value(), 0).empty())) {
                    std::fprintf(stderr, "ingest_bench: %s\n", entries[i].name.c_str());
                    std::exit(EXIT_FAILURE);
                }
            }
        });
    }
}

void benchWalk() {
    const TempTree tree;
    writeSmallFiles(tree);
    const auto entries = collect(tree);
    report("walk", static_cast<double>(entries.size()), "entries", [&] { collect(tree); });
    for (const int threads : {1, 2}) {
        const std::string what = "read them, threads: " + std::to_string(threads);
        report(what.c_str(), static_cast<double>(entries.size()), "files", [&] {
            readAll(entries, threads);
        });
    }
}

// 64 files of a MiB.
void benchText(const char* kind, std::string_view word) {
    const TempTree tree;
    const std::string text = wordsOf(1 << 20, word);
    for (int file = 0; file < 64; ++file) {
        tree.write("file" + std::to_string(file) + ".txt", text);
    }
    const auto entries = collect(tree);
    const double megabytes = 64.0 * static_cast<double>(text.size()) / 1e6;
    for (const int threads : {1, 2}) {
        const std::string what = std::string(kind) + ", threads: " + std::to_string(threads);
        report(what.c_str(), megabytes, "MB", [&] { readAll(entries, threads); });
    }
}

}  // namespace
}  // namespace tl

int main() {
    tl::benchWalk();
    tl::benchText("ASCII text", "word");
    tl::benchText("UTF-8 text, a quarter not ASCII", "w\xC3\xB6rter");
    tl::benchText("Windows-1252 text", "w\xF6rter");
    return EXIT_SUCCESS;
}
