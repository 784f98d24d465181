// SPDX-License-Identifier: Apache-2.0
// Times the kernels at the shapes of the shipped model's layers, on one thread, for every table
// that the machine can run: microseconds a call, share of the machine's roof, and how many times as
// fast as the same call with the plain table. The tables take turns, so that what other programs
// take away is taken from all.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernels/cpu/cpu_backend.h"
#include "tests/bench/roof.h"
#include "tests/support/kernel_inputs.h"

namespace {

using tl::AttentionArgs;
using tl::KvType;
using tl::MatmulArgs;
using tl::cpu::CpuBackend;
using tl::cpu::KernelTable;

constexpr int64_t kWidth = 576;
constexpr int64_t kHidden = 1536;
constexpr int64_t kVocabulary = 49'152;
constexpr int64_t kHeads = 9;
constexpr int64_t kHeadDim = 64;
constexpr int64_t kExperts = 64;
constexpr int64_t kExpertsUsed = 6;
constexpr int64_t kExpertSize = 512;
constexpr int64_t kExpertWidth = 1536;
constexpr int64_t kBatch = 256;
constexpr int64_t kWindow = 512;
constexpr int64_t kLong = 131'072;
constexpr int64_t kMillion = 1'048'576;
constexpr int kRounds = 9;

enum class RoofKind { kInt8, kFp32, kRead };

struct Call {
    std::function<void()> run;
    double work = 0;  // operations, or bytes
};

struct Case {
    const char* name;
    RoofKind roof;
    std::function<Call(CpuBackend&)> make;
};

// What a call needs, kept alive by it.
struct Memory {
    std::vector<std::unique_ptr<tl::Buffer>> buffers;
    std::vector<std::unique_ptr<tl::Matrix>> matrices;
    std::vector<std::unique_ptr<tl::KvPage>> pages;

    float* floats(CpuBackend& backend, int64_t count, float low, float high) {
        buffers.push_back(std::move(backend.allocate(4 * count)).value());
        tl::Random random(static_cast<uint32_t>(count));
        for (int64_t i = 0; i < count; ++i) {
            buffers.back()->floats()[i] = tl::uniform(random, low, high);
        }
        return buffers.back()->floats();
    }
    const tl::Matrix* weights(CpuBackend& backend, int64_t rows, int64_t columns) {
        tl::Random random(7);
        const auto stored = tl::randomMatrix(tl::WeightType::kQ4_0, rows, columns, random);
        matrices.push_back(
            std::move(backend.pack(stored.type, stored.bytes.data(), rows, columns)).value());
        return matrices.back().get();
    }
};

Call makeMatmul(CpuBackend& backend, int64_t tokens, int64_t rows, int64_t columns, bool isGated) {
    auto memory = std::make_shared<Memory>();
    MatmulArgs args = {};
    args.weights = memory->weights(backend, rows, columns);
    args.gateWith = isGated ? memory->weights(backend, rows, columns) : nullptr;
    args.in = memory->floats(backend, tokens * columns, -1, 1);
    args.out = memory->floats(backend, tokens * rows, 0, 0);
    args.tokens = tokens;
    args.inStride = columns;
    args.outStride = rows;
    args.alpha = 1;
    const int64_t products = tokens * rows * columns * (isGated ? 2 : 1);
    const double work = tokens == 1 ? static_cast<double>(args.weights->bytes())
                                    : 2.0 * static_cast<double>(products);
    return {[&backend, args, memory] { backend.matmul(args); }, work};
}

// The experts of Granite-4.0-H-Tiny, every token at six that lie as if drawn.
Call makeExperts(CpuBackend& backend, int64_t tokens) {
    auto memory = std::make_shared<Memory>();
    tl::ExpertsArgs args = {};
    args.gate = memory->weights(backend, kExperts * kExpertSize, kExpertWidth);
    args.up = memory->weights(backend, kExperts * kExpertSize, kExpertWidth);
    args.down = memory->weights(backend, kExperts * kExpertWidth, kExpertSize);
    args.in = memory->floats(backend, tokens * kExpertWidth, -1, 1);
    args.normWeight = memory->floats(backend, kExpertWidth, 1, 1);
    args.normEpsilon = 1e-5F;
    args.hidden = memory->floats(backend, tokens * kExpertsUsed * kExpertSize, 0, 0);
    args.out = memory->floats(backend, tokens * kExpertWidth, 0, 0);
    float* weights = memory->floats(backend, tokens * kExpertsUsed, 0, 0);
    auto* chosen = reinterpret_cast<int32_t*>(memory->floats(backend, tokens * kExpertsUsed, 0, 0));
    const float* logits = memory->floats(backend, tokens * kExperts, -1, 1);
    backend.route({logits, chosen, weights, tokens, kExperts, kExpertsUsed});
    args.weights = weights;
    args.chosen = chosen;
    args.tokens = tokens;
    args.experts = kExperts;
    args.used = kExpertsUsed;
    args.inStride = args.outStride = kExpertWidth;
    args.alpha = 1;
    const double matrices = static_cast<double>(args.gate->bytes()) * 3;
    const double products = 3.0 * kExpertsUsed * kExpertSize * kExpertWidth;
    return {[&backend, args, memory] { backend.experts(args); },
            tokens == 1 ? matrices * kExpertsUsed / kExperts
                        : 2.0 * products * static_cast<double>(tokens)};
}

Call makeScan(CpuBackend& backend) {
    auto memory = std::make_shared<Memory>();
    const int64_t inner = kHeads * kHeadDim;
    tl::SsdArgs args = {};
    args.xBC = memory->floats(backend, kBatch * 3 * inner, -1, 1);
    args.dt = memory->floats(backend, kBatch * kHeads, -3, 1);
    args.dtBias = memory->floats(backend, kHeads, -1, 1);
    args.A = memory->floats(backend, kHeads, -2, -0.1F);
    args.D = memory->floats(backend, kHeads, 0, 1);
    args.h = memory->floats(backend, inner * kHeadDim, 0, 0);
    args.y = memory->floats(backend, kBatch * inner, 0, 0);
    args.tokens = kBatch;
    args.dtStride = kHeads;
    args.heads = args.groups = kHeads;
    args.headDim = args.stateDim = kHeadDim;
    // A chunk of 64: C.B and its product with x over half of (64, 64), C with the state, B with x.
    const double perHead = 2.0 * 3 * kHeadDim * kHeadDim * static_cast<double>(kBatch);
    return {[&backend, args, memory] { backend.ssd(args); }, perHead * kHeads};
}

tl::KvView addPages(CpuBackend& backend, int64_t positions, Memory& memory) {
    const tl::PageShape shape{KvType::kInt8, 1, kHeadDim};
    const int64_t count = (positions + tl::kKvPagePositions - 1) / tl::kKvPagePositions;
    memory.buffers.push_back(
        std::move(backend.allocate(count * backend.traits().pageEntryBytes)).value());
    void* table = memory.buffers.back()->data();
    for (int64_t i = 0; i < count; ++i) {
        memory.pages.push_back(std::move(backend.allocatePage(shape)).value());
        backend.setPage(table, i, *memory.pages.back());
    }
    return {shape, table};
}

Call makeAttention(CpuBackend& backend, int64_t position, int64_t tokens, int64_t window) {
    auto memory = std::make_shared<Memory>();
    const int64_t positions = position + tokens;
    AttentionArgs args = {};
    args.kv = addPages(backend, positions, *memory);
    const float* keys = memory->floats(backend, positions * kHeadDim, -2, 2);
    backend.kvAppend({keys, keys, args.kv, positions, 0, kHeadDim, kHeadDim});
    args.q = memory->floats(backend, tokens * kHeads * kHeadDim, -2, 2);
    args.out = memory->floats(backend, tokens * kHeads * kHeadDim, 0, 0);
    args.tokens = tokens;
    args.position = position;
    args.heads = kHeads;
    args.window = window;
    args.qStride = kHeads * kHeadDim;
    args.scale = 0.125F;
    const double bytes = static_cast<double>(positions) * (2 * kHeadDim + 8);
    const double products = 2.0 * static_cast<double>(tokens * kHeads * window * kHeadDim);
    return {[&backend, args, memory] { backend.attention(args); },
            window > 0 ? 2 * products : bytes};
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = {
        {"gate and up, 256 tokens",
         RoofKind::kInt8,
         [](CpuBackend& b) { return makeMatmul(b, kBatch, kHidden, kWidth, true); }},
        {"down, 256 tokens",
         RoofKind::kInt8,
         [](CpuBackend& b) { return makeMatmul(b, kBatch, kWidth, kHidden, false); }},
        {"logits, 1 token",
         RoofKind::kRead,
         [](CpuBackend& b) { return makeMatmul(b, 1, kVocabulary, kWidth, false); }},
        {"experts, 256 tokens",
         RoofKind::kInt8,
         [](CpuBackend& b) { return makeExperts(b, kBatch); }},
        {"experts, 1 token", RoofKind::kRead, [](CpuBackend& b) { return makeExperts(b, 1); }},
        {"chunked scan, 256 tokens", RoofKind::kFp32, makeScan},
        {"attention, 256 tokens, window 512",
         RoofKind::kFp32,
         [](CpuBackend& b) { return makeAttention(b, 4096, kBatch, kWindow); }},
        {"attention, 1 token, 131072 keys",
         RoofKind::kRead,
         [](CpuBackend& b) { return makeAttention(b, kLong - 1, 1, 0); }},
        {"attention, 1 token, 1048576 keys",
         RoofKind::kRead,
         [](CpuBackend& b) { return makeAttention(b, kMillion - 1, 1, 0); }},
    };
    return all;
}

double roofOf(const tl::bench::Roof& roof, RoofKind kind) {
    switch (kind) {
        case RoofKind::kInt8:
            return roof.int8Gops.best;
        case RoofKind::kFp32:
            return roof.fp32Gflops.best;
        default:
            return roof.readGbs.best;
    }
}

double secondsOf(const Call& call) {
    const auto start = std::chrono::steady_clock::now();
    call.run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void measure(const Case& c,
             const std::vector<std::unique_ptr<CpuBackend>>& backends,
             const tl::bench::Roof& roof) {
    std::vector<Call> calls;
    std::vector<std::vector<double>> seconds(backends.size());
    for (const auto& backend : backends) {
        calls.push_back(c.make(*backend));
    }
    for (int round = 0; round < kRounds; ++round) {
        for (size_t i = 0; i < calls.size(); ++i) {
            calls[i].run();  // brings back what the other tables have pushed out of the caches
            seconds[i].push_back(secondsOf(calls[i]));
        }
    }
    for (std::vector<double>& samples : seconds) {
        std::sort(samples.begin(), samples.end());
    }
    const double plain = seconds.back()[kRounds / 2];
    const auto kernels = tl::cpu::runnableCpuKernels();
    for (size_t i = 0; i < calls.size(); ++i) {
        const double median = seconds[i][kRounds / 2];
        const double rate = calls[i].work / median * 1e-9;
        std::printf("%-34s %-8s %9.0f us  %7.1f G%s/s  %5.1f %% of the roof  %6.2f x plain\n",
                    c.name,
                    std::string(kernels[i]->name).c_str(),
                    median * 1e6,
                    rate,
                    c.roof == RoofKind::kRead ? "B" : "op",
                    100 * rate / roofOf(roof, c.roof),
                    plain / median);
    }
}

}  // namespace

int main() {
    const tl::bench::Roof roof = tl::bench::measureRoof(1);
    std::fputs(tl::bench::describe(roof).c_str(), stdout);
    std::vector<std::unique_ptr<CpuBackend>> backends;
    for (const KernelTable* table : tl::cpu::runnableCpuKernels()) {
        backends.push_back(std::make_unique<CpuBackend>(*table, 1, tl::ActivationType::kInt8));
        const tl::Backend::Limits limits = {.tokens = kBatch,
                                            .columns = kHidden,
                                            .heads = kHeads,
                                            .headDim = kHeadDim,
                                            .ssmHeads = kHeads,
                                            .ssmStateDim = kHeadDim,
                                            .ssmHeadDim = kHeadDim,
                                            .experts = kExperts,
                                            .expertsUsed = kExpertsUsed,
                                            .expertColumns = kExpertWidth};
        if (const tl::Status status = backends.back()->prepare(limits); !status.ok()) {
            std::fprintf(stderr, "kernel_bench: %s\n", status.error().message.c_str());
            return 1;
        }
    }
    for (const Case& c : cases()) {
        measure(c, backends, roof);
    }
    return 0;
}
