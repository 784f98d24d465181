// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "engine/session.h"
#include "engine/tokenizer.h"

namespace tl {

class Buffer;
class Model;
struct SequenceWork;

// Calls of many sequences of one engine, in shared passes over its weights: what a decode step
// costs is mostly reading the weights, and here one reading serves all sequences. Each session
// comes out as if it had been called alone, bit for bit, and keeps all that session.h promises.
// A session stands in a call once at most. Not thread-safe; the engine must outlive it.
class SessionBatch {
public:
    // Tokens for one sequence.
    struct Part {
        Session* session = nullptr;
        std::span<const TokenId> tokens;
        Pointers* pointers = nullptr;  // of ask(), null for none
    };
    // One token of an answer for one sequence.
    struct Step {
        Session* session = nullptr;
        TokenId token = 0;
    };

    // For at most `most` sequences; takes memory for as many logits. kOutOfMemory.
    static Result<std::unique_ptr<SessionBatch>> create(const Model& model, int64_t most);
    ~SessionBatch();

    // Session::read() and Session::ask() of each. Where one cannot take its tokens (kInvalidInput)
    // nothing is read of any. After kCancelled and failures each comes after the passes that were
    // done, position() tells; the pass under way counts for none of its sequences.
    Status read(std::span<const Part> parts, const std::stop_token& stop = {});
    Status ask(std::span<const Part> parts, const std::stop_token& stop = {});
    // Both in the same passes. A part of one token that is asked is a step.
    Status readAndAsk(std::span<const Part> reading,
                      std::span<const Part> asking,
                      const std::stop_token& stop = {});
    // Session::step() of each, in one pass; allocates as little. Nothing moves where one cannot.
    Status step(std::span<const Step> steps);
    // Computes what logits() of each session then gives without further work.
    // REQUIRES: position() > 0 for each
    Status logits(std::span<Session* const> sessions);

private:
    SessionBatch(const Model& model, int64_t most);
    Status addWorks(std::span<const Part> parts,
                    bool isReading,
                    std::vector<SequenceWork>& works) const;

    const Model& m_model;
    size_t m_most;
    std::unique_ptr<Buffer> m_hidden;  // (most, embedding)
    std::unique_ptr<Buffer> m_logits;  // (most, vocabulary)
    struct Scratch;                    // of one call, sized once
    std::unique_ptr<Scratch> m_scratch;
};

}  // namespace tl
