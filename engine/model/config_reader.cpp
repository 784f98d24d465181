// SPDX-License-Identifier: Apache-2.0
#include "engine/model/config_reader.h"

#include <algorithm>
#include <cmath>

namespace tl {

int64_t ConfigReader::ranged(const std::string& key, int64_t least, int64_t most) {
    const Result<int64_t> value = m_file.integer(key);
    if (!value.ok()) {
        take(value.error());
        return least;
    }
    if (value.value() < least || value.value() > most) {
        require(false, "metadata '" + key + "' is " + std::to_string(value.value()));
        return least;
    }
    return value.value();
}

std::vector<int64_t> ConfigReader::integers(const std::string& key) {
    const GgufValue* value = m_file.find(key);
    const GgufArray* array = value == nullptr ? nullptr : std::get_if<GgufArray>(value);
    const auto* numbers = array == nullptr ? nullptr : std::get_if<std::vector<int64_t>>(array);
    if (numbers == nullptr) {
        require(false, "metadata '" + key + "' is no array of integers");
        return {};
    }
    return *numbers;
}

std::vector<int64_t> ConfigReader::perLayer(const std::string& key, int64_t layers, int64_t limit) {
    const size_t count = static_cast<size_t>(layers);
    if (!has(key) || m_file.integer(key).ok()) {
        return std::vector<int64_t>(count, ranged(key, 0, limit));
    }
    std::vector<int64_t> values = integers(key);
    require(values.size() == count, "metadata '" + key + "' has no entry for every layer");
    for (int64_t& value : values) {
        if (value < 0 || value > limit) {
            require(false, "metadata '" + key + "' holds " + std::to_string(value));
            value = 0;
        }
    }
    values.resize(count);
    return values;
}

int64_t ConfigReader::uniformSize(const std::string& key, int64_t limit) {
    if (!has(key) || m_file.integer(key).ok()) {
        return size(key, limit);
    }
    const std::vector<int64_t> values = integers(key);
    if (values.empty() || values.front() < 1 || values.front() > limit) {
        require(false, "metadata '" + key + "' holds no size");
        return 1;
    }
    if (std::any_of(values.begin(), values.end(), [&](int64_t v) { return v != values[0]; })) {
        fail(ErrorCode::kUnsupported, "metadata '" + key + "' differs between layers");
    }
    return values.front();
}

double ConfigReader::number(const std::string& key, double fallback) {
    if (!has(key)) {
        return fallback;
    }
    const Result<double> value = m_file.number(key);
    if (!value.ok()) {
        take(value.error());
        return fallback;
    }
    // The engine computes in f32: what overflows there is as wrong as infinity.
    if (!std::isfinite(static_cast<float>(value.value()))) {
        require(false, "metadata '" + key + "' is not finite");
        return fallback;
    }
    return value.value();
}

float ConfigReader::scale(const std::string& key, float fallback) {
    const float value = static_cast<float>(number(key, fallback));
    require(value >= 0, "metadata '" + key + "' is negative");
    // Converters write 0 where the model has no such factor.
    return value == 0 ? fallback : value;
}

bool ConfigReader::flag(const std::string& key) {
    const GgufValue* value = m_file.find(key);
    if (value == nullptr) {
        return false;
    }
    const bool* flag = std::get_if<bool>(value);
    require(flag != nullptr, "metadata '" + key + "' is no boolean");
    return flag != nullptr && *flag;
}

std::string ConfigReader::text(const std::string& key, std::string_view fallback) {
    if (!has(key)) {
        return std::string(fallback);
    }
    const Result<std::string_view> value = m_file.string(key);
    if (!value.ok()) {
        take(value.error());
        return std::string(fallback);
    }
    return std::string(value.value());
}

}  // namespace tl
