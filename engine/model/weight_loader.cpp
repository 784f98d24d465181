// SPDX-License-Identifier: Apache-2.0
#include "engine/model/weight_loader.h"

#include <utility>

#include "engine/model/gguf_parser.h"

namespace tl {

void WeightLoader::fail(ErrorCode code, const std::string& what) {
    // The first failure is the cause, later ones follow from it.
    if (m_status.ok()) {
        m_status = Error{code, m_file.name() + ": " + what};
    }
}

const GgufTensor* WeightLoader::find(const std::string& name, int64_t rows, int64_t columns) {
    if (!m_status.ok()) {
        return nullptr;
    }
    const GgufTensor* tensor = m_file.findTensor(name);
    if (tensor == nullptr) {
        fail(ErrorCode::kCorrupt, "tensor " + name + " is missing");
        return nullptr;
    }
    if (tensor->columns() != columns || tensor->rows() != rows) {
        fail(ErrorCode::kCorrupt,
             "tensor " + name + " is " + std::to_string(tensor->rows()) + " x " +
                 std::to_string(tensor->columns()) + ", expected " + std::to_string(rows) + " x " +
                 std::to_string(columns));
        return nullptr;
    }
    m_taken.insert(name);
    return tensor;
}

std::vector<float> WeightLoader::values(const GgufTensor& tensor) const {
    std::vector<float> out(static_cast<size_t>(tensor.elementCount()));
    const WeightTypeInfo& info = weightTypeInfo(tensor.type);
    const int64_t rowBytes = tensor.columns() / info.blockElements * info.blockBytes;
    for (int64_t row = 0; row < tensor.rows(); ++row) {
        decodeRow(tensor.type,
                  tensor.bytes.data() + row * rowBytes,
                  tensor.columns(),
                  out.data() + row * tensor.columns());
    }
    return out;
}

std::unique_ptr<Buffer> WeightLoader::upload(const std::vector<float>& values) {
    const auto count = static_cast<int64_t>(values.size());
    auto buffer = m_backend.allocate(count * static_cast<int64_t>(sizeof(float)));
    if (!buffer.ok()) {
        fail(buffer.error().code, buffer.error().message);
        return nullptr;
    }
    const Status status =
        m_backend.upload(buffer.value()->data(), values.data(), buffer.value()->bytes());
    if (!status.ok()) {
        fail(status.error().code, status.error().message);
        return nullptr;
    }
    return std::move(buffer).value();
}

std::unique_ptr<Matrix> WeightLoader::pack(const std::string& name,
                                           WeightType type,
                                           const std::byte* data,
                                           int64_t rows,
                                           int64_t columns) {
    auto packed = m_backend.pack(type, data, rows, columns);
    if (!packed.ok()) {
        fail(packed.error().code, name + ": " + packed.error().message);
        return nullptr;
    }
    return std::move(packed).value();
}

std::unique_ptr<Matrix> WeightLoader::matrix(const std::string& name,
                                             int64_t rows,
                                             int64_t columns) {
    const GgufTensor* tensor = find(name, rows, columns);
    return tensor == nullptr ? nullptr
                             : pack(name, tensor->type, tensor->bytes.data(), rows, columns);
}

std::unique_ptr<Matrix> WeightLoader::stack(const std::string& name,
                                            int64_t experts,
                                            int64_t rows,
                                            int64_t columns) {
    const GgufTensor* tensor = m_status.ok() ? m_file.findTensor(name) : nullptr;
    // What is missing is find()'s to say.
    if (tensor != nullptr && tensor->shape != std::vector<int64_t>{columns, rows, experts}) {
        std::string sizes;
        for (const int64_t size : tensor->shape) {
            sizes.insert(0, sizes.empty() ? "" : " x ").insert(0, std::to_string(size));
        }
        fail(ErrorCode::kCorrupt,
             "tensor " + name + " is " + sizes + ", expected " + std::to_string(experts) +
                 " experts of " + std::to_string(rows) + " x " + std::to_string(columns));
        return nullptr;
    }
    return matrix(name, experts * rows, columns);
}

void WeightLoader::requirePair(const std::string& name,
                               const Matrix* matrix,
                               const std::string& otherName,
                               const Matrix* other) {
    if (matrix != nullptr && other != nullptr && !matrix->pairsWith(*other)) {
        fail(ErrorCode::kUnsupported,
             name + " and " + otherName + " have different number formats");
    }
}

const GgufTensor* WeightLoader::findValues(const std::string& name, int64_t count) {
    if (!m_status.ok()) {
        return nullptr;
    }
    // The file may give a vector more dimensions ({1, heads}, {size / groups, groups}).
    const GgufTensor* tensor = m_file.findTensor(name);
    if (tensor == nullptr || tensor->elementCount() != count) {
        fail(ErrorCode::kCorrupt,
             "tensor " + name +
                 (tensor == nullptr ? " is missing"
                                    : " does not have " + std::to_string(count) + " values"));
        return nullptr;
    }
    m_taken.insert(name);
    return tensor;
}

std::unique_ptr<Buffer> WeightLoader::vector(const std::string& name, int64_t count) {
    const GgufTensor* tensor = findValues(name, count);
    return tensor == nullptr ? nullptr : upload(values(*tensor));
}

std::vector<float> WeightLoader::optionalValues(const std::string& name, int64_t count) {
    const GgufTensor* tensor = has(name) ? findValues(name, count) : nullptr;
    return tensor == nullptr ? std::vector<float>() : values(*tensor);
}

void WeightLoader::refuseUnused(const std::string& prefix) {
    for (const GgufTensor& tensor : m_file.tensors()) {
        if (tensor.name.starts_with(prefix) && !m_taken.contains(tensor.name)) {
            fail(ErrorCode::kUnsupported,
                 "tensor " + quotedName(tensor.name) + " has no place in this architecture");
        }
    }
}

std::unique_ptr<Buffer> WeightLoader::taps(const std::string& name,
                                           int64_t channels,
                                           int64_t taps) {
    const GgufTensor* tensor = find(name, channels, taps);
    if (tensor == nullptr) {
        return nullptr;
    }
    // Files keep the taps of a channel side by side; the kernel takes sixteen channels of one tap
    // at once.
    const std::vector<float> byChannel = values(*tensor);
    std::vector<float> byTap(byChannel.size());
    for (int64_t c = 0; c < channels; ++c) {
        for (int64_t k = 0; k < taps; ++k) {
            byTap[static_cast<size_t>(k * channels + c)] =
                byChannel[static_cast<size_t>(c * taps + k)];
        }
    }
    return upload(byTap);
}

}  // namespace tl
