// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "store/project_values.h"

namespace tl {

// Bytes that look like floats of a state: different for every seed, the same for equal ones.
inline std::vector<std::byte> someBytes(size_t size, uint64_t seed) {
    std::vector<std::byte> bytes(size);
    uint64_t x = seed * 2654435761U + 1;
    for (std::byte& byte : bytes) {
        x = x * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<std::byte>(x >> 56U);
    }
    return bytes;
}

// A checkpoint `interval` tokens after the one before, with a page of each of two layers.
inline StoredCheckpoint someCheckpoint(int64_t position,
                                       int64_t interval,
                                       size_t stateBytes = 1000) {
    const auto seed = static_cast<uint64_t>(position);
    StoredCheckpoint checkpoint{position, someBytes(stateBytes, seed), {}};
    for (int64_t layer = 0; layer < 2; ++layer) {
        const auto bytes = static_cast<size_t>(interval) * 3;
        checkpoint.pages.push_back({layer,
                                    position - interval,
                                    interval,
                                    someBytes(bytes, seed + static_cast<uint64_t>(layer))});
    }
    return checkpoint;
}

inline ProjectChange withCheckpoint(StoredCheckpoint checkpoint) {
    ProjectChange change;
    change.addsCheckpoint = true;
    change.checkpoint = std::move(checkpoint);
    return change;
}

inline std::vector<int32_t> someTokens(int64_t count, int32_t seed) {
    std::vector<int32_t> tokens;
    for (int64_t i = 0; i < count; ++i) {
        tokens.push_back(static_cast<int32_t>((i * 7919 + seed) % 50000));
    }
    return tokens;
}

// A corpus of two documents, the second without text, and `count` tokens.
inline ProjectChange someCorpus(int64_t count) {
    ProjectChange change;
    change.properties = {{"fingerprint.weights", "abc"}, {"source.path", "a\xFF\0b"}};
    change.extracts = {{"key-1", "the text of a"}};
    change.documents = {{1, "a.txt", "/src/a.txt", 13, 1'700'000'000, "hash", 0, "notes", "key-1"},
                        {2, "b.bin", "/src/b.bin", 99, 1'700'000'001, "", 7, "", ""}};
    change.replacesPlan = true;
    change.plan = {0, 0, {{1, 0, count}}, someTokens(count, 1)};
    return change;
}

inline StoredTurn someTurn(int64_t conversation, int64_t ordinal) {
    StoredTurn turn;
    turn.conversation = conversation;
    turn.ordinal = ordinal;
    turn.question = "What?";
    turn.answer = "That.";
    turn.position = 100;
    turn.stateDigest = "d1";
    turn.prompt = std::string("\0\1", 2);
    turn.sampler = "greedy";
    turn.seed = ~uint64_t{0};
    turn.fingerprint = "f1";
    turn.versions = "throughline 0.1.0";
    turn.askedNs = 5;
    turn.details = "more";
    turn.citations = {{1, "a.txt", 4, 8, 1, "line 1", "text"}, {2, "b.bin", 0, 1, 0, "", "x"}};
    return turn;
}

}  // namespace tl
