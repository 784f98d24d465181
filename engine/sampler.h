// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/tokenizer.h"

namespace tl {

struct SamplerOptions {
    float temperature = 0;        // <= 0 = greedy: the largest logit, lowest id on ties
    int32_t topK = 0;             // <= 0 = all
    float topP = 1;               // nucleus (Holtzman et al. 2020)
    float minP = 0;               // keep p >= minP * max p
    float repetitionPenalty = 1;  // CTRL (Keskar et al. 2019); 1 = off
    int32_t repetitionWindow = 64;
    uint64_t seed = 0;
};

// Chooses the next token. The same options, seed and logits give the same tokens on every machine.
// Thread-compatible. Does not allocate after construction.
class Sampler {
public:
    Sampler(const SamplerOptions& options, int64_t vocabSize);

    // logits (vocabSize); the chosen token is remembered for the repetition penalty.
    TokenId sample(std::span<const float> logits);

private:
    struct Candidate {
        float logit;
        TokenId id;
        double weight;  // probability / largest probability
    };

    static bool isLikelier(const Candidate& a, const Candidate& b);
    void penalise(std::span<const float> logits);
    TokenId likeliest() const;
    TokenId draw();
    void keepTopK();
    void weigh();
    void keepMinP();
    void keepTopP();

    SamplerOptions m_options;
    uint64_t m_randomState;
    std::vector<Candidate> m_candidates;  // (vocabSize) reserved once
    std::vector<TokenId> m_recent;        // ring of repetitionWindow tokens
    int64_t m_sampled = 0;
};

}  // namespace tl
