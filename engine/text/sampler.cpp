// SPDX-License-Identifier: Apache-2.0
// Penalty, temperature, top-k, min-p, top-p, draw; probabilities are those after the temperature.
// Everything that decides is done in an order the language defines (sorts by a total order, sums
// over sorted or id-ordered candidates) and with basic arithmetic only, compiled with
// -ffp-contract=off (CMakeLists.txt): the library's exp() differs in its last bit between machines.
#include "engine/sampler.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

namespace tl {
namespace {

// SplitMix64 (Steele, Lea and Flood 2014).
uint64_t nextRandom(uint64_t& state) {
    state += 0x9E3779B97F4A7C15U;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

// Uniform in [0, 1): the 53 bits a double holds.
double nextUniform(uint64_t& state) {
    return static_cast<double>(nextRandom(state) >> 11) * 0x1p-53;
}

// exp(x) for x <= 0 to about 1e-15: 2^k times the Taylor series of exp on [-ln2/2, ln2/2].
double expOfNegative(double x) {
    constexpr double kLowest = -700;  // exp(-700) is 1e-304, still a normal number
    constexpr int kTerms = 14;        // (ln2/2)^14 / 14! is 4e-18
    if (x < kLowest) {
        return 0;
    }
    constexpr double kLn2 = 0.693147180559945309417;
    const double k = std::floor(x / kLn2 + 0.5);
    const double r = x - k * kLn2;
    double sum = 1;
    for (int n = kTerms; n > 0; --n) {
        sum = 1 + sum * r / n;
    }
    return sum * std::bit_cast<double>(static_cast<uint64_t>(1023 + static_cast<int64_t>(k)) << 52);
}

// Orders NaN and the infinities too, so that a broken model gives a poor token and not a crash.
float finite(float logit) {
    constexpr float kLargest = std::numeric_limits<float>::max();
    return std::isnan(logit) ? -kLargest : std::clamp(logit, -kLargest, kLargest);
}

// The largest logit, the lowest id of several, without a list of candidates. Lanes of a block go
// side by side, and only the best block is looked through.
TokenId greediest(std::span<const float> logits) {
    constexpr size_t kLanes = 16;
    constexpr size_t kBlock = 16 * kLanes;
    constexpr float kNone = -std::numeric_limits<float>::infinity();
    float best = kNone;
    size_t bestBlock = 0;
    for (size_t block = 0; block < logits.size(); block += kBlock) {
        const size_t end = std::min(block + kBlock, logits.size());
        std::array<float, kLanes> largest;
        largest.fill(kNone);
        size_t i = block;
        for (; i + kLanes <= end; i += kLanes) {
            for (size_t lane = 0; lane < kLanes; ++lane) {
                const float logit = finite(logits[i + lane]);
                largest[lane] = logit > largest[lane] ? logit : largest[lane];
            }
        }
        for (; i < end; ++i) {
            largest[0] = std::max(largest[0], finite(logits[i]));
        }
        const float top = *std::max_element(largest.begin(), largest.end());
        if (top > best) {
            best = top;
            bestBlock = block;
        }
    }
    const auto begin = logits.begin() + static_cast<std::ptrdiff_t>(bestBlock);
    const auto found =
        std::find_if(begin, logits.end(), [&](float logit) { return finite(logit) == best; });
    return static_cast<TokenId>(found - logits.begin());
}

}  // namespace

Sampler::Sampler(const SamplerOptions& options, int64_t vocabSize)
    : m_options(options)
    , m_randomState(options.seed)
    , m_recent(static_cast<size_t>(std::max<int32_t>(0, options.repetitionWindow))) {
    m_candidates.reserve(static_cast<size_t>(vocabSize));
}

bool Sampler::isLikelier(const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
}

TokenId Sampler::sample(std::span<const float> logits) {
    assert(!logits.empty() && logits.size() <= m_candidates.capacity());
    if (m_options.temperature <= 0 && m_options.repetitionPenalty == 1) {
        return greediest(logits);  // nothing that was sampled before makes a difference
    }
    m_candidates.clear();
    for (size_t i = 0; i < logits.size(); ++i) {
        m_candidates.push_back({finite(logits[i]), static_cast<TokenId>(i), 0});
    }
    penalise(logits);
    const TokenId token = m_options.temperature > 0 ? draw() : likeliest();
    if (!m_recent.empty()) {
        m_recent[static_cast<size_t>(m_sampled) % m_recent.size()] = token;
    }
    ++m_sampled;
    return token;
}

// A token that stands in the window twice is penalised once: each time from its own logit.
void Sampler::penalise(std::span<const float> logits) {
    const float penalty = m_options.repetitionPenalty;
    if (penalty == 1) {
        return;
    }
    const size_t count = std::min(static_cast<size_t>(m_sampled), m_recent.size());
    for (size_t i = 0; i < count; ++i) {
        const size_t id = static_cast<size_t>(m_recent[i]);
        if (id < logits.size()) {
            const float logit = finite(logits[id]);
            m_candidates[id].logit = finite(logit > 0 ? logit / penalty : logit * penalty);
        }
    }
}

TokenId Sampler::likeliest() const {
    return std::min_element(m_candidates.begin(), m_candidates.end(), isLikelier)->id;
}

TokenId Sampler::draw() {
    keepTopK();
    weigh();
    keepMinP();
    keepTopP();
    double total = 0;
    for (const Candidate& candidate : m_candidates) {
        total += candidate.weight;
    }
    double left = nextUniform(m_randomState) * total;
    for (const Candidate& candidate : m_candidates) {
        left -= candidate.weight;
        if (left < 0) {
            return candidate.id;
        }
    }
    return likeliest();  // rounding used up the last bit
}

void Sampler::keepTopK() {
    const size_t keep = static_cast<size_t>(std::max<int32_t>(0, m_options.topK));
    if (keep == 0 || keep >= m_candidates.size()) {
        return;
    }
    std::partial_sort(m_candidates.begin(),
                      m_candidates.begin() + static_cast<std::ptrdiff_t>(keep),
                      m_candidates.end(),
                      isLikelier);
    m_candidates.erase(m_candidates.begin() + static_cast<std::ptrdiff_t>(keep),
                       m_candidates.end());
}

// Probability over the probability of the likeliest, so the largest weight is 1.
void Sampler::weigh() {
    const double temperature = m_options.temperature;
    const double largest =
        std::min_element(m_candidates.begin(), m_candidates.end(), isLikelier)->logit;
    for (Candidate& candidate : m_candidates) {
        candidate.weight = expOfNegative((candidate.logit - largest) / temperature);
    }
}

void Sampler::keepMinP() {
    const double least = std::min(1.0, static_cast<double>(m_options.minP));
    const auto isRare = [=](const Candidate& candidate) { return candidate.weight < least; };
    m_candidates.erase(std::remove_if(m_candidates.begin(), m_candidates.end(), isRare),
                       m_candidates.end());
}

// The fewest likeliest candidates that hold topP of the probability, at least one. Taken off a
// heap: few are kept, and sorting a vocabulary costs more than everything else here.
void Sampler::keepTopP() {
    if (m_options.topP >= 1) {
        return;
    }
    double total = 0;
    for (const Candidate& candidate : m_candidates) {
        total += candidate.weight;
    }
    const auto isRarer = [](const Candidate& a, const Candidate& b) { return isLikelier(b, a); };
    std::make_heap(m_candidates.begin(), m_candidates.end(), isRarer);
    double held = 0;
    auto kept = m_candidates.end();
    do {
        std::pop_heap(m_candidates.begin(), kept, isRarer);
        --kept;
        held += kept->weight;
    } while (kept != m_candidates.begin() && held < m_options.topP * total);
    m_candidates.erase(m_candidates.begin(), kept);
}

}  // namespace tl
