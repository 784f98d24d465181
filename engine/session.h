// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "engine/snapshot.h"
#include "engine/tokenizer.h"

namespace tl {

class Model;
class SessionBatch;
struct AttentionPolicy;
struct SessionState;
struct SnapshotData;

// Which tokens of an ask() count as the question's words, and where the attention they pay to
// earlier positions goes.
struct Pointers {
    int64_t begin = 0, end = 0;  // range within the asked tokens
    std::vector<float> scores;   // out: (position before the ask) attention weight per earlier
                                 // position in the model's pointer layers, summed over layers,
                                 // heads and tokens of the range
};

// One sequence being read, asked and answered. Not thread-safe; see Engine.
// A token counts when the device has worked it off: a call that the device fails in (kIo, or what
// the backend says) leaves position() where it was, and the session takes nothing more until a
// snapshot is restored.
// Chunked reading equals stepping to rounding; restoring a snapshot equals never having gone on,
// bit for bit (Mamba-2, Dao and Gu 2024, section 6 for the chunked form).
class Session {
public:
    Session(const Model& model, std::unique_ptr<SessionState> state);
    ~Session();

    // Appends corpus tokens under the reading policy: each sees the last read_window positions.
    // kInvalidInput past maxTokens or for an id outside the vocabulary (nothing is read then);
    // kCancelled when stopped: the session then stands at a batch border, position() tells which,
    // and reading may go on from there. Progress counts the tokens of this call.
    // Batches end at multiples of Fingerprint::batchTokens, whatever position a call starts from:
    // reading in several calls that end there equals reading in one, bit for bit.
    Status read(std::span<const TokenId> tokens,
                const std::stop_token& stop = {},
                const ProgressFn& progress = {});

    // Appends question tokens; each sees everything before it. Errors as read().
    Status ask(std::span<const TokenId> tokens,
               const std::stop_token& stop = {},
               Pointers* pointers = nullptr);

    // Appends one token of an answer, seeing everything. Allocates nothing, except a page of keys
    // and values once in 4096 positions.
    Status step(TokenId token);

    // Logits (vocabSize) after the last token of the last call; valid until the next one. Fails
    // where the backend does.
    // REQUIRES: position() > 0
    Result<std::span<const float>> logits();

    int64_t position() const;  // tokens so far
    int64_t maxTokens() const;
    // Tokens that ran through the model since the session was made, restores not subtracted.
    int64_t tokensEvaluated() const;

    // Snapshots may be restored into any session whose maxTokens is large enough and whose engine
    // has the same Fingerprint, on whatever device; kInvalidInput otherwise, with what differs.
    // kOutOfMemory if there is no room for another recurrent state.
    Result<Snapshot> snapshot() const;
    // Where it fails, in the middle too, the session is as it was before.
    Status restore(const Snapshot& snapshot);

private:
    friend class SessionBatch;

    AttentionPolicy readingPolicy() const;
    AttentionPolicy askingPolicy() const;
    Status checkWhole() const;
    Status checkFits(const SnapshotData* data) const;
    Status checkTokens(std::span<const TokenId> tokens) const;

    const Model& m_model;
    std::unique_ptr<SessionState> m_state;
};

}  // namespace tl
