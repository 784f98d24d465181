// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "base/result.h"
#include "engine/layers/layer.h"
#include "engine/session.h"
#include "engine/tokenizer.h"

namespace tl {

class Model;
struct SessionState;

// Tokens that one sequence goes on with, in as many passes as it takes.
struct SequenceWork {
    std::span<const TokenId> tokens;
    SessionState* state = nullptr;
    AttentionPolicy policy;        // without scores
    Pointers* pointers = nullptr;  // null, or see Session::ask()
    bool isReading = false;        // its pieces end at the sequence's own borders
};

// Sends all of it through the model. A sequence's tokens are cut as if it were alone, since results
// depend on that to rounding: at every Model::batchTokens() of them, or while reading at multiples
// of it in the whole sequence, wherever this work starts. Pieces of several sequences
// share a pass while they fit, the longest first. After kCancelled or a failure each state stands
// after the passes that were done; those of the pass that the device failed in are not whole.
// kOutOfMemory before the first pass where the weights of pointers have no room.
// REQUIRES: each state stands in one work alone
Status runPasses(const Model& model,
                 std::span<const SequenceWork> works,
                 const std::stop_token& stop,
                 const std::function<void()>& afterPass = {});

}  // namespace tl
