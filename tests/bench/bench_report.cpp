// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bench_report.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <tuple>

namespace tl::bench {
namespace {

[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...) {
    std::array<char, 256> line;
    va_list arguments;
    va_start(arguments, pattern);
    // clang-tidy 14 does not see va_start through the format attribute.
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized)
    std::vsnprintf(line.data(), line.size(), pattern, arguments);
    va_end(arguments);
    return line.data();
}

double megabytes(int64_t bytes) {
    return static_cast<double>(bytes) * 1e-6;
}

std::string processorName() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "unknown processor";
}

double loadAverage() {
    double oneMinute = 0;
    return getloadavg(&oneMinute, 1) == 1 ? oneMinute : 0;
}

nlohmann::json toJson(const Roof& roof) {
    return {{"threads", roof.threads},
            {"instructions", roof.instructions},
            {"fp32_gflops", roof.fp32Gflops.best},
            {"int8_gops", roof.int8Gops.best},
            {"read_gbs", roof.readGbs.best},
            {"copy_gbs", roof.copyGbs.best},
            {"clock_ghz", roof.clockGhz}};
}

nlohmann::json toJson(const Record& record) {
    nlohmann::json json = {{"who", record.who},
                           {"what", record.what},
                           {"threads", record.threads},
                           {"tokens", record.tokens},
                           {"tok_s", record.rate},
                           {"cores", record.cores}};
    if (record.share > 0) {
        json["roof_share"] = record.share;
    }
    return json;
}

}  // namespace

double medianRate(const std::vector<Record>& records, const Record& like) {
    std::vector<double> rates;
    for (const Record& record : records) {
        if (std::tie(record.who, record.what, record.threads, record.tokens) ==
            std::tie(like.who, like.what, like.threads, like.tokens)) {
            rates.push_back(record.rate);
        }
    }
    return rates.empty() ? 0 : summarise(std::move(rates)).median;
}

std::string describeMachine() {
    return format("machine: %s, %u core(s), load average %.2f\n",
                  processorName().c_str(),
                  std::thread::hardware_concurrency(),
                  loadAverage());
}

std::string describe(const ModelCost& cost, int64_t longest) {
    return format("reading: %.1f million int8 operations a token in matrices\n",
                  static_cast<double>(cost.matmulOpsPerToken) * 1e-6) +
           format(
               "decoding: %.1f MB weights, %.2f MB state read and written, %lld B per position\n",
               megabytes(cost.weightBytes),
               megabytes(cost.stateBytes),
               static_cast<long long>(cost.kvBytesPerPosition)) +
           format("kept after %lld tokens: %.2f MB state, %.1f MB keys and values\n",
                  static_cast<long long>(longest),
                  megabytes(cost.stateBytes),
                  megabytes(longest * cost.kvBytesPerPosition));
}

std::string describe(const Record& record) {
    std::string line = format("%-10s %d thread(s)  %-12s %7lld: %8.1f tok/s",
                              record.who.c_str(),
                              record.threads,
                              record.what.c_str(),
                              static_cast<long long>(record.tokens),
                              record.rate);
    if (record.cores > 0) {
        line += format("  on %.2f core(s)", record.cores);
    }
    if (record.share > 0) {
        line += format("  %5.1f %% of the roof", 100 * record.share);
    }
    return line + "\n";
}

std::string describeRatios(const std::vector<Record>& records) {
    std::string text;
    std::set<std::tuple<std::string, int, int64_t>> seen;
    for (const Record& record : records) {
        if (!seen.insert({record.what, record.threads, record.tokens}).second) {
            continue;
        }
        Record like = record;
        like.who = "ours";
        const double ours = medianRate(records, like);
        like.who = "llama.cpp";
        const double theirs = medianRate(records, like);
        if (ours > 0 && theirs > 0) {
            text += format("ratio      %d thread(s)  %-12s %7lld: %8.2f x llama.cpp\n",
                           record.threads,
                           record.what.c_str(),
                           static_cast<long long>(record.tokens),
                           ours / theirs);
        }
    }
    return text;
}

Status writeJson(const std::string& path,
                 const std::vector<Roof>& roofs,
                 const std::vector<Record>& records) {
    nlohmann::json json = {{"processor", processorName()},
                           {"roof", nlohmann::json::array()},
                           {"records", nlohmann::json::array()}};
    for (const Roof& roof : roofs) {
        json["roof"].push_back(toJson(roof));
    }
    for (const Record& record : records) {
        json["records"].push_back(toJson(record));
    }
    std::ofstream file(path);
    file << json.dump(2) << '\n';
    file.close();
    return file ? okStatus() : Status(Error{ErrorCode::kIo, path + ": cannot be written"});
}

}  // namespace tl::bench
