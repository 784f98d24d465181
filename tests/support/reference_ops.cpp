// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reference_ops.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "kernels/cpu/page_layout.h"
#include "kernels/half.h"

namespace tl::reference {
namespace {

// silu's slope is below this everywhere, so errors grow by no more.
constexpr double kSiluSlope = 1.1;

size_t at(int64_t index) {
    return static_cast<size_t>(index);
}

double half(const void* numbers, int64_t index) {
    return static_cast<double>(halfToFloat(static_cast<const uint16_t*>(numbers)[index]));
}

// exp(logit - largest logit) of the keys that query `token`, `head` sees; others stay zero.
std::vector<double> softmaxWeights(const AttentionArgs& a, int64_t token, int64_t head) {
    const int64_t last = a.position + token;
    const int64_t first = a.window > 0 ? std::max<int64_t>(0, last - a.window + 1) : 0;
    const int64_t kvHead = head / (a.heads / a.kv.kvHeads);
    double scale = static_cast<double>(a.scale);
    if (a.logScaleBase > 0) {
        scale *= std::max(1.0, std::log(static_cast<double>(last + 1)) / std::log(a.logScaleBase));
    }
    const float* q = a.q + token * a.qStride + head * a.kv.headDim;
    std::vector<double> weights(at(last + 1), 0.0);
    double largest = -INFINITY;
    for (int64_t j = first; j <= last; ++j) {
        double logit = 0;
        for (int64_t d = 0; d < a.kv.headDim; ++d) {
            logit += static_cast<double>(q[d]) * keyAt(a.kv, kvHead, j, d);
        }
        weights[at(j)] = logit * scale;
        largest = std::max(largest, weights[at(j)]);
    }
    double sum = 0;
    for (int64_t j = first; j <= last; ++j) {
        weights[at(j)] = std::exp(weights[at(j)] - largest);
        sum += weights[at(j)];
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

// One head over all tokens: h_t = e^{dt A} h_{t-1} + dt B x^T, y = h^T C + D x.
void ssdHead(const SsdArgs& a, int64_t head, SsdResult* result) {
    const int64_t inner = a.heads * a.headDim;
    const int64_t width = inner + 2 * a.groups * a.stateDim;
    const int64_t group = head / (a.heads / a.groups);
    Sum* h = result->h.data() + head * a.stateDim * a.headDim;
    for (int64_t t = 0; t < a.tokens; ++t) {
        const float* x = a.xBC + t * width + head * a.headDim;
        const float* B = a.xBC + t * width + inner + group * a.stateDim;
        const float* C = B + a.groups * a.stateDim;
        const double raw = static_cast<double>(a.dt[t * a.dtStride + head]);
        const double dt = softplus(raw + static_cast<double>(a.dtBias[head]));
        const double fade = std::exp(dt * static_cast<double>(a.A[head]));
        Sum* y = result->y.data() + t * inner + head * a.headDim;
        for (int64_t p = 0; p < a.headDim; ++p) {
            y[p].value = static_cast<double>(a.D[head]) * static_cast<double>(x[p]);
            y[p].magnitude = std::abs(y[p].value);
        }
        for (int64_t n = 0; n < a.stateDim; ++n) {
            const double in = dt * static_cast<double>(B[n]);
            const double out = static_cast<double>(C[n]);
            for (int64_t p = 0; p < a.headDim; ++p) {
                Sum& state = h[n * a.headDim + p];
                const double added = in * static_cast<double>(x[p]);
                state.value = fade * state.value + added;
                state.magnitude = fade * state.magnitude + std::abs(added);
                y[p].value += state.value * out;
                y[p].magnitude += state.magnitude * std::abs(out);
            }
        }
    }
}

}  // namespace

std::string firstDifference(const float* actual, const Sums& expected, double relative) {
    for (size_t i = 0; i < expected.size(); ++i) {
        const double allowed = relative * expected[i].magnitude;
        const double value = static_cast<double>(actual[i]);
        if (!(std::abs(value - expected[i].value) <= allowed)) {
            std::ostringstream text;
            text << "[" << i << "] is " << value << " instead of " << expected[i].value << " +- "
                 << allowed;
            return text.str();
        }
    }
    return {};
}

double silu(double x) {
    return x / (1 + std::exp(-x));
}

double softplus(double x) {
    return x > 30 ? x : std::log1p(std::exp(x));
}

std::vector<double> rmsNorm(const float* row, const float* weight, int64_t size, double epsilon) {
    double squares = 0;
    for (int64_t i = 0; i < size; ++i) {
        squares += static_cast<double>(row[i]) * static_cast<double>(row[i]);
    }
    const double inverse = 1 / std::sqrt(squares / static_cast<double>(size) + epsilon);
    std::vector<double> out(at(size));
    for (int64_t i = 0; i < size; ++i) {
        out[at(i)] = static_cast<double>(row[i]) * inverse * static_cast<double>(weight[i]);
    }
    return out;
}

Sums matmul(const std::vector<double>& in,
            const std::vector<float>& weights,
            int64_t tokens,
            int64_t columns,
            double alpha) {
    const int64_t rows = static_cast<int64_t>(weights.size()) / columns;
    Sums out(at(tokens * rows));
    for (int64_t t = 0; t < tokens; ++t) {
        for (int64_t row = 0; row < rows; ++row) {
            Sum sum;
            for (int64_t k = 0; k < columns; ++k) {
                const double term =
                    in[at(t * columns + k)] * static_cast<double>(weights[at(row * columns + k)]);
                sum.value += term;
                sum.magnitude += std::abs(term);
            }
            out[at(t * rows + row)] = {alpha * sum.value, std::abs(alpha) * sum.magnitude};
        }
    }
    return out;
}

Sums swiGlu(const Sums& gate, const Sums& up, double alpha) {
    Sums out(gate.size());
    for (size_t i = 0; i < out.size(); ++i) {
        const double open = silu(gate[i].value);
        out[i].value = alpha * open * up[i].value;
        out[i].magnitude =
            std::abs(alpha) * (kSiluSlope * gate[i].magnitude * std::abs(up[i].value) +
                               std::abs(open) * up[i].magnitude);
    }
    return out;
}

Sums conv(const ConvArgs& a) {
    Sums out(at(a.tokens * a.channels));
    for (int64_t t = 0; t < a.tokens; ++t) {
        for (int64_t c = 0; c < a.channels; ++c) {
            double sum = static_cast<double>(a.bias[c]);
            double magnitude = std::abs(sum);
            for (int64_t k = 0; k < a.taps; ++k) {
                const int64_t from = t + k - (a.taps - 1);
                const float x = from >= 0 ? a.in[from * a.inStride + c]
                                          : a.state[(from + a.taps - 1) * a.channels + c];
                const double term =
                    static_cast<double>(a.weight[k * a.channels + c]) * static_cast<double>(x);
                sum += term;
                magnitude += std::abs(term);
            }
            out[at(t * a.channels + c)] = {silu(sum), kSiluSlope * magnitude};
        }
    }
    return out;
}

Sums gatedNorm(const GatedNormArgs& a) {
    Sums out(at(a.tokens * a.size));
    const int64_t size = a.size / a.groups;
    std::vector<double> gated(at(size));
    for (int64_t i = 0; i < a.tokens * a.groups; ++i) {
        const int64_t t = i / a.groups;
        const int64_t first = i % a.groups * size;
        double squares = 0;
        for (int64_t k = 0; k < size; ++k) {
            const double z = static_cast<double>(a.z[t * a.zStride + first + k]);
            gated[at(k)] = static_cast<double>(a.y[t * a.size + first + k]) * silu(z);
            squares += gated[at(k)] * gated[at(k)];
        }
        const double mean = squares / static_cast<double>(size);
        const double inverse = 1 / std::sqrt(mean + static_cast<double>(a.epsilon));
        for (int64_t k = 0; k < size; ++k) {
            const double y = gated[at(k)] * inverse * static_cast<double>(a.weight[first + k]);
            out[at(t * a.size + first + k)] = {y, std::abs(y)};
        }
    }
    return out;
}

Sums rope(const RopeArgs& a) {
    Sums out;
    for (int64_t t = 0; t < a.tokens; ++t) {
        for (int64_t i = 0; i < a.heads * a.headDim; ++i) {
            const float* row = a.x + t * a.stride;
            const double x = static_cast<double>(row[i]);
            const int64_t d = i % a.headDim;
            if (d >= a.dims) {
                out.push_back({x, std::abs(x)});
                continue;
            }
            const double turns = static_cast<double>(a.turns[d / 2]) +
                                 static_cast<double>(a.turns[a.dims / 2 + d / 2]);
            const double angle = 2 * std::acos(-1.0) * static_cast<double>(a.position + t) * turns;
            const double other = static_cast<double>(row[d % 2 == 0 ? i + 1 : i - 1]);
            const double sine = d % 2 == 0 ? -std::sin(angle) : std::sin(angle);
            out.push_back({x * std::cos(angle) + other * sine, std::abs(x) + std::abs(other)});
        }
    }
    return out;
}

SsdResult ssd(const SsdArgs& a) {
    SsdResult result;
    result.y.resize(at(a.tokens * a.heads * a.headDim));
    result.h.resize(at(a.heads * a.stateDim * a.headDim));
    for (size_t i = 0; i < result.h.size(); ++i) {
        const double before = static_cast<double>(a.h[i]);
        result.h[i] = {before, std::abs(before)};
    }
    for (int64_t head = 0; head < a.heads; ++head) {
        ssdHead(a, head, &result);
    }
    return result;
}

double keyAt(const KvView& kv, int64_t head, int64_t position, int64_t d) {
    const cpu::PageParts& page = cpu::pageOf(kv, position);
    const int64_t row = head * kKvPagePositions + position % kKvPagePositions;
    const int64_t block = row / cpu::kKeyBlock * kv.headDim;
    const int64_t lane = row % cpu::kKeyBlock;
    if (kv.type == KvType::kF16) {
        return half(page.keys, (block + d) * cpu::kKeyBlock + lane);
    }
    const int64_t index = (block + d / 4 * 4) * cpu::kKeyBlock + 4 * lane + d % 4;
    const int32_t q = static_cast<const uint8_t*>(page.keys)[index] - cpu::kKeyOffset;
    return q * static_cast<double>(page.keyScales[row]);
}

double valueAt(const KvView& kv, int64_t head, int64_t position, int64_t d) {
    const cpu::PageParts& page = cpu::pageOf(kv, position);
    const int64_t row = head * kKvPagePositions + position % kKvPagePositions;
    if (kv.type == KvType::kF16) {
        return half(page.values, row * kv.headDim + d);
    }
    const int64_t index = (row / 4 * kv.headDim + d) * 4 + row % 4;
    const int32_t q = static_cast<const int8_t*>(page.values)[index];
    return q * static_cast<double>(page.valueScales[row]);
}

AttentionResult attention(const AttentionArgs& a) {
    AttentionResult result;
    const int64_t dim = a.kv.headDim;
    result.out.resize(at(a.tokens * a.heads * dim));
    for (int64_t j = 0; a.scores != nullptr && j < a.position; ++j) {
        const double before = static_cast<double>(a.scores[j]);
        result.scores.push_back({before, std::abs(before)});
    }
    for (int64_t row = 0; row < a.tokens * a.heads; ++row) {
        const int64_t token = row / a.heads;
        const int64_t head = row % a.heads;
        const std::vector<double> weights = softmaxWeights(a, token, head);
        for (int64_t j = 0; j <= a.position + token; ++j) {
            const double weight = weights[at(j)];
            for (int64_t d = 0; weight > 0 && d < dim; ++d) {
                const double v = valueAt(a.kv, head / (a.heads / a.kv.kvHeads), j, d);
                result.out[at(row * dim + d)].value += weight * v;
                result.out[at(row * dim + d)].magnitude += weight * std::abs(v);
            }
            if (j < a.position && a.scores != nullptr && token >= a.scoreBegin &&
                token < a.scoreEnd) {
                result.scores[at(j)].value += weight;
                result.scores[at(j)].magnitude += weight;
            }
        }
    }
    return result;
}

}  // namespace tl::reference
