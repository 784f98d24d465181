// SPDX-License-Identifier: Apache-2.0
// From the start of a process to the first token of an answer about a project that was read before:
// the model is loaded, the state and all keys and values come out of the project file, the
// question is asked. Reading a million tokens takes minutes, so the file is written with the keys
// and values of a few tokens over and over; no step's time depends on what they are.
//   reopen_bench [--tokens N,N...] [--question N] [--rounds N] [--threads N] [--model FILE]
//   [--folder DIR]
// Cold: the system is told to forget the project and the model file before the process starts.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "engine/engine.h"
#include "store/project_reader.h"
#include "store/project_store.h"

namespace {

namespace fs = std::filesystem;

constexpr int64_t kCheckpointTokens = 16'384;
// Pages that are handed to the loader together, so that all threads have work.
constexpr size_t kPagesAtOnce = 16;

struct Options {
    std::vector<int64_t> tokens{131'072, 1'048'576};
    int64_t question = 24;
    int rounds = 5;
    int threads = 0;
    std::string model = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
    std::string folder = fs::temp_directory_path().string();
    // Of the process that is measured:
    std::string project;
    int64_t startedNs = 0;
};

template <typename T>
T orExit(tl::Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "reopen_bench: %s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

int64_t nowNs() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

std::unique_ptr<tl::Engine> loadEngine(const Options& options) {
    tl::EngineOptions engine;
    engine.device.threads = options.threads;
    return orExit(tl::Engine::load(options.model, engine));
}

std::vector<tl::TokenId> someTokens(const tl::Engine& engine, int64_t count) {
    std::vector<tl::TokenId> tokens;
    for (int64_t i = 0; i < count; ++i) {
        tokens.push_back(static_cast<tl::TokenId>(i * 7919 % engine.config().vocabSize));
    }
    return tokens;
}

// What a file of `tokens` tokens would hold, made from a page of them.
void writeProject(const tl::Engine& engine, const fs::path& path, int64_t tokens) {
    fs::remove(path);
    const auto store = orExit(tl::ProjectStore::create(path));
    const auto session = orExit(engine.newSession(tl::kKvPagePositions));
    orExit(session->read(someTokens(engine, tl::kKvPagePositions)));
    const tl::Snapshot snapshot = orExit(session->snapshot());
    const auto pages = orExit(engine.savePages(snapshot));
    std::vector<std::byte> state = orExit(engine.saveState(snapshot));
    for (int64_t from = 0; from < tokens; from += kCheckpointTokens) {
        tl::ProjectChange change;
        change.addsCheckpoint = true;
        change.checkpoint.position = std::min(tokens, from + kCheckpointTokens);
        for (size_t i = 0; i < sizeof(int64_t); ++i) {
            state[i] = static_cast<std::byte>(change.checkpoint.position >> (8 * i));
        }
        change.checkpoint.state = state;
        for (int64_t at = from; at < change.checkpoint.position; at += tl::kKvPagePositions) {
            for (const tl::SavedPages& part : pages) {
                change.checkpoint.pages.push_back(
                    {part.layer, at + part.first, part.count, part.bytes});
            }
        }
        orExit(store->write(std::move(change)));
    }
    orExit(store->flush());
}

void forget(const std::string& file) {
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
}

// The last: processor time of all threads up to the first token, from which other programs take
// nothing.
enum Phase { kLoaded, kPages, kRestored, kAsked, kAnswered, kProcessor, kPhases };

// Milliseconds from the start of the process to the end of each phase.
using Times = std::array<double, kPhases>;

class PageFeed {
public:
    explicit PageFeed(tl::StateLoader& loader) : m_loader(loader) {}

    tl::Status add(tl::StoredPage page) {
        m_pages.push_back(std::move(page));
        return m_pages.size() < kPagesAtOnce ? tl::okStatus() : flush();
    }
    tl::Status flush() {
        std::vector<tl::SavedPagesView> views;
        views.reserve(m_pages.size());
        for (const tl::StoredPage& page : m_pages) {
            views.push_back({page.layer, page.first, page.count, page.bytes});
        }
        tl::Status status = m_loader.addPages(views);
        m_pages.clear();
        return status;
    }

private:
    tl::StateLoader& m_loader;
    std::vector<tl::StoredPage> m_pages;
};

// The process that is measured: prints its times.
void reopen(const Options& options) {
    Times times{};
    const auto done = [&](Phase phase) {
        times[phase] = static_cast<double>(nowNs() - options.startedNs) / 1e6;
    };
    const auto engine = loadEngine(options);
    done(kLoaded);
    auto reader = orExit(tl::ProjectReader::open(options.project));
    const int64_t position = orExit(reader.checkpoints()).back().position;
    const auto loader = engine->newStateLoader();
    PageFeed feed(*loader);
    orExit(reader.pages(position, [&](tl::StoredPage page) { return feed.add(std::move(page)); }));
    orExit(feed.flush());
    done(kPages);
    const auto state = orExit(reader.checkpointState(position));
    const tl::Snapshot snapshot = orExit(loader->snapshot(state));
    const auto session = orExit(engine->newSession(position + options.question + 1));
    orExit(session->restore(snapshot));
    done(kRestored);
    orExit(session->ask(someTokens(*engine, options.question)));
    const auto logits = orExit(session->logits());
    const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
    done(kAsked);
    times[kProcessor] = 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    orExit(session->step(static_cast<tl::TokenId>(best)));
    orExit(session->logits());
    done(kAnswered);
    for (const double time : times) {
        std::printf("%f ", time);
    }
    std::printf("\n");
}

Times runOnce(const std::string& program, const Options& options) {
    const std::string command = "'" + program + "' --model '" + options.model + "' --threads " +
                                std::to_string(options.threads) + " --question " +
                                std::to_string(options.question) + " --project '" +
                                options.project + "' --started " + std::to_string(nowNs());
    FILE* pipe = popen(command.c_str(), "r");
    Times times{};
    for (double& time : times) {
        if (pipe == nullptr || std::fscanf(pipe, "%lf", &time) != 1) {
            std::fprintf(stderr, "reopen_bench: the process that was measured failed\n");
            std::exit(1);
        }
    }
    pclose(pipe);
    return times;
}

void measure(const std::string& program, Options options, int64_t tokens) {
    options.project = (fs::path(options.folder) / "reopen_bench.throughline").string();
    writeProject(*loadEngine(options), options.project, tokens);
    const double bytes = static_cast<double>(fs::file_size(options.project));
    std::printf("%ld tokens, %.0f MB, %.0f bytes a token, question of %ld tokens\n",
                tokens,
                bytes / 1e6,
                bytes / static_cast<double>(tokens),
                options.question);
    for (const bool isCold : {true, false}) {
        std::vector<Times> runs;
        for (int round = 0; round < options.rounds; ++round) {
            if (isCold) {
                forget(options.project);
                forget(options.model);
            }
            runs.push_back(runOnce(program, options));
        }
        std::sort(runs.begin(), runs.end(), [](const Times& a, const Times& b) {
            return a[kAsked] < b[kAsked];
        });
        const Times& t = runs[runs.size() / 2];
        std::printf(
            "  %s: first token after %5.0f ms (best %.0f): model %.0f, keys and values "
            "%.0f (%.2f GB/s), state %.0f, question %.0f; processor time %.0f; then %.0f ms a "
            "token\n",
            isCold ? "cold" : "warm",
            t[kAsked],
            runs.front()[kAsked],
            t[kLoaded],
            t[kPages] - t[kLoaded],
            bytes / (t[kPages] - t[kLoaded]) / 1e6,
            t[kRestored] - t[kPages],
            t[kAsked] - t[kRestored],
            t[kProcessor],
            t[kAnswered] - t[kAsked]);
        std::fflush(stdout);
    }
    fs::remove(options.project);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Times the way from a project file to an answer's first token.");
    app.add_option("--tokens", options.tokens)->delimiter(',');
    app.add_option("--question", options.question);
    app.add_option("--rounds", options.rounds);
    app.add_option("--threads", options.threads);
    app.add_option("--model", options.model);
    app.add_option("--folder", options.folder, "where the project file is written");
    app.add_option("--project", options.project, "used by the program itself");
    app.add_option("--started", options.startedNs, "used by the program itself");
    CLI11_PARSE(app, argc, argv);
    if (!options.project.empty()) {
        reopen(options);
        return 0;
    }
    for (const int64_t tokens : options.tokens) {
        measure(argv[0], options, tokens);
    }
    return 0;
}
