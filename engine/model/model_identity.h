// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "engine/fingerprint.h"
#include "engine/gguf_file.h"
#include "engine/model_config.h"
#include "kernels/backend.h"

namespace tl {

// A loaded model's fingerprint, made when it is asked for: hashing the weights takes longer than
// many a question, and most snapshots go back to the very model they came from. The file must
// outlive it. Lives on the engine thread.
class ModelIdentity {
public:
    ModelIdentity(const GgufFile& file,
                  const ModelConfig& config,
                  KvType kvType,
                  const BackendTraits& traits);

    const Fingerprint& fingerprint() const;

private:
    const GgufFile& m_file;
    Fingerprint m_cheap;  // all but the digests of the file
    mutable std::optional<Fingerprint> m_whole;
};

// kInvalidInput with everything that keeps `ours` from going on with a snapshot of `theirs`.
Status checkSameEngine(const ModelIdentity& theirs, const ModelIdentity& ours);

}  // namespace tl
