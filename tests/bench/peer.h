// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace tl::bench {

// One line of peer_llama.py.
struct PeerSample {
    std::string what;  // "prefill", "decode", "trial", "best"
    int threads = 0;
    int64_t tokens = 0;
    double rate = 0;    // tok/s
    double cores = 0;   // as Speed::cores
    std::string flash;  // flash attention, "on" or "off"
    int microBatch = 0;
    std::string version;
};

// Whether the peer is built; kNotFound with what to do where it is not.
Status findPeer();

// Runs peer_llama.py with `arguments` and waits for it. kIo when it fails (its reason is on
// stderr), kCorrupt for a line that is no JSON object.
Result<std::vector<PeerSample>> runPeer(const std::string& arguments);

}  // namespace tl::bench
