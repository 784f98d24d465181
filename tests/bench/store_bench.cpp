// SPDX-License-Identifier: Apache-2.0
// What keeping what was read costs, with sizes like the shipped model's: a checkpoint with the
// pages of 16,384 tokens, stopping with a full queue, and looking at all of the file. Usage:
// store_bench [FOLDER], on the disk to be measured.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "store/project_reader.h"
#include "store/project_store.h"
#include "tests/store/project_values.h"

namespace tl {
namespace {

constexpr int64_t kInterval = 16384;
constexpr int64_t kPositions = 4096;  // of a page
constexpr int64_t kBytesPerPosition = 136;
constexpr int64_t kLayers = 5;
constexpr size_t kStateBytes = 3'800'000;
constexpr int kCheckpoints = 20;
constexpr int kQueued = 4;

double wallMs() {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Of all threads; other programs take nothing from it.
double processorMs() {
    return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

ProjectChange checkpointAt(int64_t position) {
    StoredCheckpoint checkpoint{position, someBytes(kStateBytes, 1), {}};
    const std::vector<std::byte> page = someBytes(kPositions * kBytesPerPosition, 2);
    for (int64_t first = position - kInterval; first < position; first += kPositions) {
        for (int64_t layer = 0; layer < kLayers; ++layer) {
            checkpoint.pages.push_back({layer, first, kPositions, page});
        }
    }
    return withCheckpoint(std::move(checkpoint));
}

Status writeAll(ProjectStore& store) {
    std::vector<double> wall;
    std::vector<double> processor;
    for (int i = 1; i <= kCheckpoints; ++i) {
        ProjectChange change = checkpointAt(i * kInterval);
        const double wallBefore = wallMs();
        const double processorBefore = processorMs();
        Status done = store.write(std::move(change));
        if (done.ok()) {
            done = store.flush();
        }
        if (!done.ok()) {
            return done;
        }
        wall.push_back(wallMs() - wallBefore);
        processor.push_back(processorMs() - processorBefore);
    }
    std::sort(wall.begin(), wall.end());
    std::sort(processor.begin(), processor.end());
    std::printf("checkpoint of 16,384 tokens: median %.0f ms, processor time %.0f ms\n",
                wall[wall.size() / 2],
                processor[processor.size() / 2]);
    for (int i = kCheckpoints + 1; i <= kCheckpoints + kQueued; ++i) {
        Status queued = store.write(checkpointAt(i * kInterval));
        if (!queued.ok()) {
            return queued;
        }
    }
    return okStatus();
}

Status look(const std::filesystem::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return reader.error();
    }
    const double wallBefore = wallMs();
    const double processorBefore = processorMs();
    const auto damage = reader.value().verify();
    if (!damage.ok()) {
        return damage.error();
    }
    const double wall = wallMs() - wallBefore;
    const double processor = processorMs() - processorBefore;
    const auto sizes = reader.value().sizes();
    if (!sizes.ok()) {
        return sizes.error();
    }
    std::printf("verify %.0f MB: %.0f ms, processor time %.0f ms\n",
                static_cast<double>(sizes.value().file) / 1e6,
                wall,
                processor);
    return okStatus();
}

Status run(const std::filesystem::path& path) {
    Result<std::unique_ptr<ProjectStore>> store = ProjectStore::create(path);
    if (!store.ok()) {
        return store.error();
    }
    Status done = writeAll(*store.value());
    if (!done.ok()) {
        return done;
    }
    const double before = wallMs();
    store.value().reset();
    std::printf("stop with %d checkpoints waiting: %.0f ms\n", kQueued, wallMs() - before);
    return look(path);
}

}  // namespace
}  // namespace tl

int main(int argc, char** argv) {
    std::error_code ignored;
    const std::filesystem::path folder =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const std::filesystem::path path =
        folder / ("store_bench-" + std::to_string(getpid()) + ".throughline");
    const tl::Status done = tl::run(path);
    std::filesystem::remove(path, ignored);
    if (!done.ok()) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
