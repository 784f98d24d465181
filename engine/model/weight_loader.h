// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/gguf_file.h"
#include "kernels/backend.h"

namespace tl {

// Takes tensors out of a file into a backend's memory, checking their shapes. The first failure
// sticks: later calls return empty things, and status() tells it, so that loading code stays flat.
class WeightLoader {
public:
    WeightLoader(const GgufFile& file, Backend& backend) : m_file(file), m_backend(backend) {}

    // Tensor `name` as (rows, columns); null after a failure.
    std::unique_ptr<Matrix> matrix(const std::string& name, int64_t rows, int64_t columns);
    // Tensor `name` of `count` values as f32; null after a failure.
    std::unique_ptr<Buffer> vector(const std::string& name, int64_t count);
    // A convolution (rows = channels, columns = taps) turned to (taps, channels).
    std::unique_ptr<Buffer> taps(const std::string& name, int64_t channels, int64_t taps);

    // What a file may leave out: null, without failing, where there is no such tensor.
    bool has(const std::string& name) const { return m_file.findTensor(name) != nullptr; }
    std::unique_ptr<Buffer> optionalVector(const std::string& name, int64_t count) {
        return has(name) ? vector(name, count) : nullptr;
    }
    // Its values on the host, to compute with; empty where there is no such tensor.
    std::vector<float> optionalValues(const std::string& name, int64_t count);

    // Tensor `name` of `experts` matrices (rows, columns), its slowest dimension, as one matrix
    // (experts * rows, columns); null after a failure.
    std::unique_ptr<Matrix> stack(const std::string& name,
                                  int64_t experts,
                                  int64_t rows,
                                  int64_t columns);
    // Fails unless both, named for the message, can be multiplied as MatmulArgs::gateWith wants it.
    void requirePair(const std::string& name,
                     const Matrix* matrix,
                     const std::string& otherName,
                     const Matrix* other);

    // Values computed from tensors, in the backend's memory; null after a failure.
    std::unique_ptr<Buffer> upload(const std::vector<float>& values);

    // Fails if the file has a tensor starting with `prefix` that nobody took: a bias or a norm that
    // is left out gives a model that runs and is wrong.
    void refuseUnused(const std::string& prefix);

    // Notes a failure of the caller's own, unless there is one already.
    void fail(ErrorCode code, const std::string& what);
    Status status() const { return m_status; }

private:
    const GgufTensor* find(const std::string& name, int64_t rows, int64_t columns);
    const GgufTensor* findValues(const std::string& name, int64_t count);
    std::vector<float> values(const GgufTensor& tensor) const;
    std::unique_ptr<Matrix> pack(const std::string& name,
                                 WeightType type,
                                 const std::byte* data,
                                 int64_t rows,
                                 int64_t columns);

    const GgufFile& m_file;
    Backend& m_backend;
    std::set<std::string, std::less<>> m_taken;  // names
    Status m_status = okStatus();
};

}  // namespace tl
