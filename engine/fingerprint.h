// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tl {

// What a state depends on besides the tokens that were read: where two are equal, one engine goes
// on from the other's snapshots. The kernels' instruction set and the number of threads are no part
// of it; they move results by rounding at most.
struct Fingerprint {
    std::string weights;        // BLAKE2b of every tensor's name, type, shape and bytes
    std::string architecture;   // "granitehybrid"
    std::string configuration;  // BLAKE2b of sizes, multipliers and the layers' settings
    std::string tokenizer;      // BLAKE2b of all of the file's metadata about it
    std::string readingPolicy;  // "window 512, logarithm base 2048"
    std::string precision;      // "int8 activations, int8 keys and values"
    int64_t batchTokens = 0;    // where calls end while reading
    int64_t codecVersion = 0;   // of the canonical form, docs/engine.md

    bool operator==(const Fingerprint&) const = default;
};

// What keeps `ours` from going on where `theirs` stopped, each in a few words: "other weights",
// "precision: f32 activations, f16 keys and values instead of int8 activations, ...". Empty where
// they are equal.
std::vector<std::string> differences(const Fingerprint& theirs, const Fingerprint& ours);

}  // namespace tl
