// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_backend.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "tests/support/fake_layout.h"

namespace tl::test {
namespace {

// No address of a user's program has this bit.
constexpr int64_t kFarAway = int64_t{1} << 56;

template <typename T>
T* far(T* host) {
    return reinterpret_cast<T*>(reinterpret_cast<intptr_t>(host) + kFarAway);
}
template <typename T>
T* near(T* device) {
    return device == nullptr ? nullptr
                             : reinterpret_cast<T*>(reinterpret_cast<intptr_t>(device) - kFarAway);
}

Error outOfMemory() {
    return {ErrorCode::kOutOfMemory, "the fake device is full"};
}

// Memory that is counted as long as it lives.
class Counted {
public:
    Counted(std::shared_ptr<FakeDeviceState> device, int64_t bytes)
        : m_device(std::move(device)), m_memory(static_cast<size_t>(bytes) / 4 + 1) {
        m_device->bytesInUse += bytes;
        m_device->mostBytes = std::max(m_device->mostBytes, m_device->bytesInUse);
        m_bytes = bytes;
    }
    ~Counted() { m_device->bytesInUse -= m_bytes; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    std::byte* data() { return reinterpret_cast<std::byte*>(m_memory.data()); }
    FakeDeviceState& device() { return *m_device; }

private:
    std::shared_ptr<FakeDeviceState> m_device;
    std::vector<float> m_memory;
    int64_t m_bytes;
};

class FakeBuffer final : public Buffer {
public:
    FakeBuffer(std::shared_ptr<FakeDeviceState> device, int64_t bytes)
        : m_memory(std::move(device), bytes) {
        m_data = far(m_memory.data());
        m_bytes = bytes;
    }

private:
    Counted m_memory;
};

class FakePage final : public KvPage {
public:
    FakePage(std::shared_ptr<FakeDeviceState> device, const PageShape& shape, int32_t id)
        : m_memory(std::move(device), RecordLayout(shape).pageBytes()), m_id(id) {
        m_shape = shape;
        m_memory.device().pages[m_id] = m_memory.data();
    }
    ~FakePage() override { m_memory.device().pages.erase(m_id); }

    std::byte* data() const { return m_memory.data(); }
    int32_t id() const { return m_id; }

private:
    mutable Counted m_memory;
    int32_t m_id;
};

std::byte* dataOf(const KvPage& page) {
    return static_cast<const FakePage&>(page).data();
}

}  // namespace

// Pages in the CPU's layout, with a table of them.
struct FakeBackend::CpuPages {
    std::vector<std::unique_ptr<KvPage>> pages;
    std::unique_ptr<Buffer> table;
};

FakeBackend::FakeBackend(int threads, ActivationType activations, const FakeOptions& options)
    : m_cpu(makeCpuBackend(threads, activations).value())
    , m_activations(activations)
    , m_options(options)
    , m_device(std::make_shared<FakeDeviceState>()) {}

BackendTraits FakeBackend::traits() const {
    return {m_options.batchTokens,
            m_options.sizeMultiple,
            static_cast<int64_t>(sizeof(int32_t)),
            m_activations};
}

bool FakeBackend::takesMemory(int64_t bytes) {
    if (m_device->allocationsLeft && (*m_device->allocationsLeft)-- <= 0) {
        m_device->allocationsLeft = 0;
        return false;
    }
    return bytes >= 0;
}

// False where the op is to do nothing.
bool FakeBackend::runsOp() {
    if (m_device->opsLeft && (*m_device->opsLeft)-- <= 0) {
        m_device->opsLeft.reset();
        m_device->failure = Error{ErrorCode::kIo, "the fake device failed"};
    }
    return !m_device->failure;
}

Result<std::unique_ptr<Buffer>> FakeBackend::allocate(int64_t bytes) {
    if (!takesMemory(bytes)) {
        return outOfMemory();
    }
    return std::unique_ptr<Buffer>(std::make_unique<FakeBuffer>(m_device, bytes));
}

Result<std::unique_ptr<Matrix>> FakeBackend::pack(WeightType type,
                                                  const void* data,
                                                  int64_t rows,
                                                  int64_t columns) {
    Result<std::unique_ptr<Matrix>> matrix = m_cpu->pack(type, data, rows, columns);
    m_device->bytesInUse += matrix.ok() ? matrix.value()->bytes() : 0;
    return matrix;
}

Result<std::unique_ptr<KvPage>> FakeBackend::allocatePage(const PageShape& shape) {
    if (!takesMemory(pageBytes(shape))) {
        return outOfMemory();
    }
    return std::unique_ptr<KvPage>(std::make_unique<FakePage>(m_device, shape, m_nextPage++));
}

Status FakeBackend::prepare(const Limits& limits) {
    m_device->bytesInUse += m_cpu->workspaceBytes(limits);
    return m_cpu->prepare(limits);
}

int64_t FakeBackend::packedBytes(WeightType type, int64_t rows, int64_t columns) const {
    return m_cpu->packedBytes(type, rows, columns);
}

int64_t FakeBackend::pageBytes(const PageShape& shape) const {
    return RecordLayout(shape).pageBytes();
}

int64_t FakeBackend::workspaceBytes(const Limits& limits) const {
    return m_cpu->workspaceBytes(limits);
}

Status FakeBackend::upload(void* to, const void* from, int64_t bytes) {
    std::memcpy(near(to), from, static_cast<size_t>(bytes));
    return okStatus();
}

Status FakeBackend::download(void* to, const void* from, int64_t bytes) {
    if (Status status = sync(); !status.ok()) {
        return status;
    }
    std::memcpy(to, near(from), static_cast<size_t>(bytes));
    return okStatus();
}

void FakeBackend::copy(void* to, const void* from, int64_t bytes) {
    if (runsOp()) {
        std::memcpy(near(to), near(from), static_cast<size_t>(bytes));
    }
}

void FakeBackend::copyPage(KvPage& to, const KvPage& from, int64_t positions) {
    if (runsOp()) {
        const RecordLayout layout(from.shape());
        std::copy_n(
            dataOf(from), positions * layout.shape.kvHeads * layout.recordBytes, dataOf(to));
    }
}

void FakeBackend::setPage(void* table, int64_t index, const KvPage& page) {
    if (runsOp()) {
        static_cast<int32_t*>(near(table))[index] = static_cast<const FakePage&>(page).id();
    }
}

Status FakeBackend::exportPage(const KvPage& page, int64_t first, int64_t count, std::byte* to) {
    if (Status status = sync(); !status.ok()) {
        return status;
    }
    toCanonical(page.shape(), dataOf(page), first, count, to);
    return okStatus();
}

Status FakeBackend::importPages(std::span<const PageImport> imports) {
    for (const PageImport& import : imports) {
        fromCanonical(
            import.page->shape(), dataOf(*import.page), import.first, import.count, import.from);
    }
    return okStatus();
}

Status FakeBackend::exportState(const StateShape& shape, const void* from, std::byte* to) {
    if (Status status = sync(); !status.ok()) {
        return status;
    }
    const Sides s = sidesOf(shape);
    transpose(static_cast<const float*>(near(from)),
              reinterpret_cast<float*>(to),
              s.count,
              s.columns,
              s.rows);
    return okStatus();
}

Status FakeBackend::importState(const StateShape& shape, void* to, const std::byte* from) {
    const Sides s = sidesOf(shape);
    transpose(reinterpret_cast<const float*>(from),
              static_cast<float*>(near(to)),
              s.count,
              s.rows,
              s.columns);
    return okStatus();
}

void FakeBackend::embed(
    const Matrix& table, const int32_t* ids, int64_t tokens, float scale, float* out) {
    if (runsOp()) {
        m_cpu->embed(table, ids, tokens, scale, near(out));
    }
}

void FakeBackend::matmul(const MatmulArgs& args) {
    MatmulArgs a = args;
    a.in = near(a.in);
    a.normWeight = near(a.normWeight);
    a.out = near(a.out);
    if (runsOp()) {
        m_cpu->matmul(a);
    }
}

void FakeBackend::convOne(const ConvArgs& args) {
    if (!runsOp()) {
        return;
    }
    CanonicalState state(near(args.state), 1, args.taps - 1, args.channels);
    ConvArgs a = args;
    a.in = near(a.in);
    a.weight = near(a.weight);
    a.bias = near(a.bias);
    a.state = state.values();
    a.out = near(a.out);
    m_cpu->conv(a);
}

void FakeBackend::ssdOne(const SsdArgs& args) {
    if (!runsOp()) {
        return;
    }
    CanonicalState state(near(args.h), args.heads, args.stateDim, args.headDim);
    SsdArgs a = args;
    a.xBC = near(a.xBC);
    a.dt = near(a.dt);
    a.dtBias = near(a.dtBias);
    a.A = near(a.A);
    a.D = near(a.D);
    a.h = state.values();
    a.y = near(a.y);
    m_cpu->ssd(a);
}

void FakeBackend::gatedNorm(const GatedNormArgs& args) {
    GatedNormArgs a = args;
    a.z = near(a.z);
    a.weight = near(a.weight);
    a.y = near(a.y);
    if (runsOp()) {
        m_cpu->gatedNorm(a);
    }
}

void FakeBackend::ropeOne(const RopeArgs& args) {
    RopeArgs a = args;
    a.x = near(a.x);
    a.turns = near(a.turns);
    if (runsOp()) {
        m_cpu->rope(a);
    }
}

void FakeBackend::addBias(const BiasArgs& args) {
    BiasArgs a = args;
    a.x = near(a.x);
    a.bias = near(a.bias);
    if (runsOp()) {
        m_cpu->addBias(a);
    }
}

void FakeBackend::route(const RouteArgs& args) {
    RouteArgs a = args;
    a.logits = near(a.logits);
    a.chosen = near(a.chosen);
    a.weights = near(a.weights);
    if (runsOp()) {
        m_cpu->route(a);
    }
}

void FakeBackend::experts(const ExpertsArgs& args) {
    ExpertsArgs a = args;
    a.in = near(a.in);
    a.normWeight = near(a.normWeight);
    a.chosen = near(a.chosen);
    a.weights = near(a.weights);
    a.hidden = near(a.hidden);
    a.out = near(a.out);
    if (runsOp()) {
        m_cpu->experts(a);
    }
}

std::byte* FakeBackend::pageAt(const KvView& kv, int64_t position) const {
    const auto* table = static_cast<const int32_t*>(near(kv.pages));
    return m_device->pages.at(table[position / kKvPagePositions]);
}

// The pages from the one that holds `first` up to `positions`, as the CPU keeps them.
FakeBackend::CpuPages FakeBackend::cpuPages(const KvView& kv, int64_t first, int64_t positions) {
    const int64_t count = (positions + kKvPagePositions - 1) / kKvPagePositions;
    CpuPages cpu;
    cpu.table = m_cpu->allocate(count * m_cpu->traits().pageEntryBytes).value();
    cpu.pages.resize(static_cast<size_t>(count));
    for (int64_t i = first / kKvPagePositions; i < count; ++i) {
        const int64_t used = std::min(kKvPagePositions, positions - i * kKvPagePositions);
        std::vector<std::byte> bytes(static_cast<size_t>(canonicalPageBytes(kv, used)));
        toCanonical(kv, pageAt(kv, i * kKvPagePositions), 0, used, bytes.data());
        std::unique_ptr<KvPage>& page = cpu.pages[static_cast<size_t>(i)];
        page = m_cpu->allocatePage(kv).value();
        const PageImport import{page.get(), 0, used, bytes.data()};
        (void)m_cpu->importPages({&import, 1});
        m_cpu->setPage(cpu.table->data(), i, *page);
    }
    return cpu;
}

void FakeBackend::kvAppendOne(const KvAppendArgs& args) {
    if (!runsOp()) {
        return;
    }
    const int64_t end = args.position + args.tokens;
    const CpuPages cpu = cpuPages(args.kv, args.position, end);
    KvAppendArgs a = args;
    a.keys = near(a.keys);
    a.values = near(a.values);
    a.kv.pages = cpu.table->data();
    m_cpu->kvAppend(a);
    for (int64_t i = args.position / kKvPagePositions; i * kKvPagePositions < end; ++i) {
        const int64_t page = i * kKvPagePositions;
        const int64_t first = std::max<int64_t>(0, args.position - page);
        const int64_t count = std::min(kKvPagePositions, end - page) - first;
        std::vector<std::byte> bytes(static_cast<size_t>(canonicalPageBytes(args.kv, count)));
        (void)m_cpu->exportPage(*cpu.pages[static_cast<size_t>(i)], first, count, bytes.data());
        fromCanonical(args.kv, pageAt(args.kv, page), first, count, bytes.data());
    }
}

void FakeBackend::attentionOne(const AttentionArgs& args) {
    if (!runsOp()) {
        return;
    }
    const int64_t first =
        args.window > 0 ? std::max<int64_t>(0, args.position - args.window + 1) : 0;
    const CpuPages cpu = cpuPages(args.kv, first, args.position + args.tokens);
    AttentionArgs a = args;
    a.q = near(a.q);
    a.kv.pages = cpu.table->data();
    a.out = near(a.out);
    a.scores = near(a.scores);
    m_cpu->attention(a);
}

void FakeBackend::conv(std::span<const ConvArgs> sequences) {
    for (const ConvArgs& args : sequences) {
        convOne(args);
    }
}
void FakeBackend::ssd(std::span<const SsdArgs> sequences) {
    for (const SsdArgs& args : sequences) {
        ssdOne(args);
    }
}
void FakeBackend::rope(std::span<const RopeArgs> sequences) {
    for (const RopeArgs& args : sequences) {
        ropeOne(args);
    }
}
void FakeBackend::kvAppend(std::span<const KvAppendArgs> sequences) {
    for (const KvAppendArgs& args : sequences) {
        kvAppendOne(args);
    }
}
void FakeBackend::attention(std::span<const AttentionArgs> sequences) {
    for (const AttentionArgs& args : sequences) {
        attentionOne(args);
    }
}

Status FakeBackend::sync() {
    if (const std::optional<Error> failure = std::exchange(m_device->failure, std::nullopt)) {
        return *failure;
    }
    return okStatus();
}

}  // namespace tl::test
