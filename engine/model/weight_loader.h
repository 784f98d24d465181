// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
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

    // Notes a failure of the caller's own, unless there is one already.
    void fail(ErrorCode code, const std::string& what);
    Status status() const { return m_status; }

private:
    const GgufTensor* find(const std::string& name, int64_t rows, int64_t columns);
    std::vector<float> values(const GgufTensor& tensor) const;
    std::unique_ptr<Buffer> upload(const std::vector<float>& values);

    const GgufFile& m_file;
    Backend& m_backend;
    Status m_status = okStatus();
};

}  // namespace tl
