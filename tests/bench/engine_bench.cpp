// SPDX-License-Identifier: Apache-2.0
// How fast the engine reads and answers, as a share of what the machine can do and beside
// llama.cpp. Both are measured in turns (ours, theirs, ours, ...), so that a machine that slows
// down meanwhile shows instead of deciding.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/gguf_file.h"
#include "tests/bench/bench_report.h"
#include "tests/bench/engine_speed.h"
#include "tests/bench/model_cost.h"
#include "tests/bench/peer.h"
#include "tests/bench/roof.h"

namespace tl::bench {
namespace {

struct Options {
    std::string model = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
    std::vector<int> threads = {1, 2};
    std::vector<int64_t> lengths = {2048, 32768, 131072};
    int64_t decodeTokens = 64;
    bool quick = false;
    bool noPeer = false;
    std::string json;
};

void print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

// The peer_llama.py arguments that suit this machine best; nothing where there is no peer to
// measure, and then it says why.
std::optional<std::string> peerSettings(const Options& options) {
    if (options.noPeer) {
        return std::nullopt;
    }
    if (Status status = findPeer(); !status.ok()) {
        print("llama.cpp is left out: " + status.error().message + "\n");
        return std::nullopt;
    }
    if (options.quick) {
        return "";
    }
    const int threads = *std::max_element(options.threads.begin(), options.threads.end());
    Result<std::vector<PeerSample>> tuned = runPeer("--tune --threads " + std::to_string(threads));
    if (!tuned.ok() || tuned.value().empty()) {
        print("llama.cpp is left out: " + (tuned.ok() ? "no result" : tuned.error().message) +
              "\n");
        return std::nullopt;
    }
    const PeerSample& best = tuned.value().back();
    print(best.version + ": flash attention " + best.flash + ", micro-batch " +
          std::to_string(best.microBatch) + "\n");
    return " --flash " + best.flash + " --ubatch " + std::to_string(best.microBatch);
}

// Measures one thread count after the other and gathers what comes out.
class EngineBench {
public:
    EngineBench(const Options& options, const ModelCost& cost)
        : m_options(options), m_cost(cost), m_peerSettings(peerSettings(options)) {}

    Status run(int threads) {
        m_roofs.push_back(measureRoof(threads, roofOptions(threads)));
        print(describe(m_roofs.back()));
        EngineOptions engineOptions;
        engineOptions.device.threads = threads;
        Result<std::unique_ptr<Engine>> engine = Engine::load(m_options.model, engineOptions);
        if (!engine.ok()) {
            return engine.error();
        }
        print("engine: " + engine.value()->backendName() + "\n");
        for (int turn = 0; turn < (m_options.quick ? 1 : 2); ++turn) {
            if (Status status = runOurs(*engine.value(), {m_options.lengths.front()}, threads);
                !status.ok()) {
                return status;
            }
            if (Status status = runTheirs(threads); !status.ok()) {
                return status;
            }
        }
        return runOurs(*engine.value(), m_options.lengths, threads);
    }

    const std::vector<Roof>& roofs() const { return m_roofs; }
    const std::vector<Record>& records() const { return m_records; }

private:
    // Equal shares of whole pages for every thread, however many there are.
    static RoofOptions roofOptions(int threads) {
        RoofOptions options;
        options.bufferBytes -= options.bufferBytes % (int64_t{4096} * threads);
        return options;
    }

    void add(Record record) {
        print(describe(record));
        m_records.push_back(std::move(record));
    }

    Status runOurs(const Engine& engine, const std::vector<int64_t>& lengths, int threads) {
        Result<std::vector<SpeedPoint>> points =
            measureSpeed(engine, lengths, m_options.decodeTokens);
        if (!points.ok()) {
            return points.error();
        }
        const Roof& roof = m_roofs.back();
        const double opsRoof = roof.int8Gops.best * 1e9;
        const double bytesRoof = roof.readGbs.best * 1e9;
        const auto ops = static_cast<double>(m_cost.matmulOpsPerToken);
        for (const SpeedPoint& point : points.value()) {
            const auto bytes = static_cast<double>(m_cost.decodeBytes(point.length));
            const auto record =
                [&](const char* what, const Speed& speed, double needed, double roofRate) {
                    add({.who = "ours",
                         .what = what,
                         .threads = threads,
                         .tokens = point.length,
                         .rate = speed.rate,
                         .cores = speed.cores,
                         .share = speed.rate * needed / roofRate});
                };
            record("prefill", point.prefill, ops, opsRoof);
            record("prefill tail", point.prefillTail, ops, opsRoof);
            record("decode", point.decode, bytes, bytesRoof);
        }
        return okStatus();
    }

    Status runTheirs(int threads) {
        if (!m_peerSettings) {
            return okStatus();
        }
        Result<std::vector<PeerSample>> samples =
            runPeer("--threads " + std::to_string(threads) + *m_peerSettings);
        if (!samples.ok()) {
            return samples.error();
        }
        for (const PeerSample& sample : samples.value()) {
            add({.who = "llama.cpp",
                 .what = sample.what,
                 .threads = sample.threads,
                 .tokens = sample.tokens,
                 .rate = sample.rate,
                 .cores = sample.cores,
                 .share = 0});
        }
        return okStatus();
    }

    const Options& m_options;
    ModelCost m_cost;
    std::optional<std::string> m_peerSettings;
    std::vector<Roof> m_roofs;
    std::vector<Record> m_records;
};

Status runAll(const Options& options) {
    Result<GgufFile> file = GgufFile::open(options.model);
    if (!file.ok()) {
        return file.error();
    }
    Result<ModelConfig> config = parseModelConfig(file.value());
    if (!config.ok()) {
        return config.error();
    }
    const ModelCost cost = costOf(file.value(), config.value());
    print(describeMachine() + describe(cost, options.lengths.back()));
    EngineBench bench(options, cost);
    for (const int threads : options.threads) {
        if (Status status = bench.run(threads); !status.ok()) {
            return status;
        }
    }
    print(describeRatios(bench.records()) + describeMachine());
    return options.json.empty() ? okStatus()
                                : writeJson(options.json, bench.roofs(), bench.records());
}

}  // namespace
}  // namespace tl::bench

// NOLINTNEXTLINE(bugprone-exception-escape): without memory for its options it may as well end.
int main(int argc, char** argv) {
    tl::bench::Options options;
    CLI::App app("Speed of the engine beside the machine's roof and llama.cpp");
    app.add_option("--model", options.model, "GGUF file");
    app.add_option("--threads", options.threads, "Thread counts, such as 1,2")
        ->delimiter(',')
        ->check(CLI::Range(1, 1024));
    app.add_option("--lengths", options.lengths, "Tokens read, such as 2048,32768")
        ->delimiter(',')
        ->check(CLI::Range(int64_t{1}, int64_t{1} << 20));
    app.add_option("--decode", options.decodeTokens, "Tokens decoded after each length")
        ->check(CLI::Range(1, 4096));
    app.add_flag("--quick", options.quick, "The shortest length only, the peer untuned");
    app.add_flag("--no-peer", options.noPeer, "Leave llama.cpp out");
    app.add_option("--json", options.json, "Also write everything to this file");
    CLI11_PARSE(app, argc, argv);

    std::sort(options.lengths.begin(), options.lengths.end());
    if (options.quick) {
        options.lengths.resize(1);
    }
    if (tl::Status status = tl::bench::runAll(options); !status.ok()) {
        std::fprintf(stderr, "engine_bench: %s\n", status.error().message.c_str());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
