// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tests/bench/model_cost.h"
#include "tests/bench/roof.h"

namespace tl::bench {

// One measured speed.
struct Record {
    std::string who;   // "ours" or "llama.cpp"
    std::string what;  // "prefill", "prefill tail", "decode"
    int threads = 0;
    int64_t tokens = 0;  // read, or standing before the decoded ones
    double rate = 0;     // tok/s
    double cores = 0;    // that the process had on average; 0 where unknown
    double share = 0;    // of the roof, 0 to 1; 0 where nobody counted what the token costs
};

// Median of the rates of all records alike; 0 without any.
double medianRate(const std::vector<Record>& records, const Record& like);

// What this run stands on: the processor, its cores, and how busy others keep them.
std::string describeMachine();

std::string describe(const ModelCost& cost, int64_t longest);
std::string describe(const Record& record);

// One line per speed that both have at the same length and thread count: ours over theirs.
std::string describeRatios(const std::vector<Record>& records);

// Everything as one JSON object. kIo when the file cannot be written.
Status writeJson(const std::string& path,
                 const std::vector<Roof>& roofs,
                 const std::vector<Record>& records);

}  // namespace tl::bench
