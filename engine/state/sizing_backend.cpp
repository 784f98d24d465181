// SPDX-License-Identifier: Apache-2.0
#include "engine/state/sizing_backend.h"

namespace tl {
namespace {

// Counts as long as it lives.
class Share {
public:
    Share(int64_t& total, int64_t bytes) : m_total(total), m_bytes(bytes) { m_total += bytes; }
    ~Share() { m_total -= m_bytes; }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

private:
    int64_t& m_total;
    int64_t m_bytes;
};

class SizedBuffer final : public Buffer {
public:
    SizedBuffer(int64_t& total, int64_t bytes) : m_share(total, bytes) {
        m_data = this;  // Something to compute addresses from; nobody goes there.
        m_bytes = bytes;
    }

private:
    Share m_share;
};

class SizedMatrix final : public Matrix {
public:
    SizedMatrix(int64_t& total, WeightType type, int64_t rows, int64_t columns, int64_t bytes)
        : m_share(total, bytes), m_type(type) {
        m_rows = rows;
        m_columns = columns;
        m_bytes = bytes;
    }
    bool pairsWith(const Matrix& other) const override {
        return static_cast<const SizedMatrix&>(other).m_type == m_type;
    }

private:
    Share m_share;
    WeightType m_type;
};

class SizedPage final : public KvPage {
public:
    SizedPage(int64_t& total, const PageShape& shape, int64_t bytes) : m_share(total, bytes) {
        m_shape = shape;
    }

private:
    Share m_share;
};

}  // namespace

Result<std::unique_ptr<Buffer>> SizingBackend::allocate(int64_t bytes) {
    return std::unique_ptr<Buffer>(std::make_unique<SizedBuffer>(m_bytes, bytes));
}

Result<std::unique_ptr<Matrix>> SizingBackend::pack(WeightType type,
                                                    const void* /*data*/,
                                                    int64_t rows,
                                                    int64_t columns) {
    const int64_t bytes = packedBytes(type, rows, columns);
    return std::unique_ptr<Matrix>(
        std::make_unique<SizedMatrix>(m_bytes, type, rows, columns, bytes));
}

Result<std::unique_ptr<KvPage>> SizingBackend::allocatePage(const PageShape& shape) {
    return std::unique_ptr<KvPage>(std::make_unique<SizedPage>(m_bytes, shape, pageBytes(shape)));
}

Status SizingBackend::prepare(const Limits& limits) {
    m_bytes += workspaceBytes(limits);
    return okStatus();
}

int64_t SizingBackend::packedBytes(WeightType type, int64_t rows, int64_t columns) const {
    return m_sizes.packedBytes(type, rows, columns);
}

int64_t SizingBackend::pageBytes(const PageShape& shape) const {
    return m_sizes.pageBytes(shape);
}

int64_t SizingBackend::workspaceBytes(const Limits& limits) const {
    return m_sizes.workspaceBytes(limits);
}

}  // namespace tl
