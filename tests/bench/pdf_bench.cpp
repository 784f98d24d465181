// SPDX-License-Identifier: Apache-2.0
// Pages of PDFs per second: throughline-reader, which keeps boxes and has no rights, beside
// pdftotext (poppler-utils) on the same files, in one run and with as many of either at a time.
// Usage: pdf_bench FILE.pdf...
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <vector>

#include "app/reason/reason_text.h"
#include "ingest/sandbox/reader_pool.h"

namespace tl {
namespace {

constexpr int kRuns = 3;

struct PdfFile {
    std::string path;
    std::string bytes;
    int64_t pages = 0;
};

// Calls `work` for each file, on as many threads as there are cores.
template <typename Work>
double secondsFor(std::vector<PdfFile>& files, const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    {
        std::atomic<size_t> next{0};
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
            threads.emplace_back([&] {
                for (size_t at = next++; at < files.size(); at = next++) {
                    work(files[at]);
                }
            });
        }
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void readByUs(ReaderPool& pool, PdfFile& file) {
    ReadRequest request;
    request.name = file.path;
    request.bytes = file.bytes;
    const auto extract = pool.read("pdf", request);
    file.pages = extract.ok() ? std::ssize(extract.value().units) : 0;
    if (!extract.ok()) {
        std::fprintf(
            stderr, "%s: %s\n", file.path.c_str(), tl::reasonText(extract.error().reason).c_str());
    }
}

void readByPdftotext(const PdfFile& file) {
    std::string path = file.path;
    std::string program = "pdftotext";
    std::string quiet = "-q";
    std::string out = "/dev/null";
    char* arguments[] = {program.data(), quiet.data(), path.data(), out.data(), nullptr};
    pid_t pid = 0;
    if (posix_spawnp(&pid, "pdftotext", nullptr, nullptr, arguments, environ) != 0) {
        std::fprintf(stderr, "pdf_bench: pdftotext cannot be started (poppler-utils)\n");
        std::exit(EXIT_FAILURE);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
}

void run(std::vector<PdfFile> files) {
    ReaderPool pool({});
    const auto ours = [&](PdfFile& file) { readByUs(pool, file); };
    secondsFor(files, ours);  // starts the processes, and counts the pages
    // What one of the two cannot read counts for neither.
    std::erase_if(files, [](const PdfFile& file) { return file.pages == 0; });
    int64_t pages = 0;
    for (const PdfFile& file : files) {
        pages += file.pages;
    }
    double oursBest = 1e9;
    double theirsBest = 1e9;
    for (int i = 0; i < kRuns; ++i) {
        oursBest = std::min(oursBest, secondsFor(files, ours));
        theirsBest = std::min(theirsBest, secondsFor(files, readByPdftotext));
    }
    const auto count = static_cast<double>(pages);
    std::printf("%zu files, %.0f pages; best of %d runs\n", files.size(), count, kRuns);
    std::printf("throughline-reader  %8.3f s  %7.0f pages/s\n", oursBest, count / oursBest);
    std::printf("pdftotext           %8.3f s  %7.0f pages/s\n", theirsBest, count / theirsBest);
    std::printf("ratio %.2f\n", theirsBest / oursBest);
}

}  // namespace
}  // namespace tl

int main(int argc, char** argv) {
    std::vector<tl::PdfFile> files;
    for (int i = 1; i < argc; ++i) {
        std::ifstream in(argv[i], std::ios::binary);
        files.push_back({argv[i], {std::istreambuf_iterator<char>(in), {}}, 0});
    }
    if (files.empty()) {
        std::fprintf(stderr, "usage: pdf_bench FILE.pdf...\n");
        return EXIT_FAILURE;
    }
    tl::run(std::move(files));
    return EXIT_SUCCESS;
}
