// SPDX-License-Identifier: Apache-2.0
#include "app/project/state_check.h"

#include <algorithm>
#include <memory>
#include <random>
#include <span>

#include "app/wording.h"

namespace tl {

namespace {

// Whether reading from one state on ends in the next.
Result<bool> leadsTo(ProjectFile& file,
                     LanguageModel& model,
                     int64_t from,
                     int64_t to,
                     const std::stop_token& stop) {
    const Result<std::unique_ptr<TokenSequence>> sequence = model.newSequence(/*maxTokens=*/0);
    if (!sequence.ok()) {
        return sequence.error();
    }
    const Result<std::optional<Snapshot>> begin = file.newestState(model, from);
    if (!begin.ok()) {
        return begin.error();
    }
    Status status = begin.value() ? sequence.value()->restore(*begin.value()) : okStatus();
    if (status.ok()) {
        const int64_t position = sequence.value()->position();
        status = sequence.value()->read(
            std::span(file.stored().tokens)
                .subspan(static_cast<size_t>(position), static_cast<size_t>(to - position)),
            stop,
            {});
    }
    if (!status.ok()) {
        return status.error();
    }
    const Result<Snapshot> end = sequence.value()->snapshot();
    if (!end.ok()) {
        return end.error();
    }
    const Result<std::vector<std::byte>> state = model.saveState(end.value());
    if (!state.ok()) {
        return state.error();
    }
    const Result<std::vector<std::byte>> kept = file.stateBytes(to);
    if (!kept.ok()) {
        return kept.error();
    }
    return kept.value() == state.value();
}

}  // namespace

Result<std::vector<std::string>> checkStates(ProjectFile& file,
                                             LanguageModel& model,
                                             int64_t count,
                                             uint64_t seed,
                                             const std::stop_token& stop) {
    const Result<std::vector<int64_t>> positions = file.checkpoints();
    if (!positions.ok()) {
        return positions.error();
    }
    std::vector<size_t> stretches(positions.value().size());
    for (size_t i = 0; i < stretches.size(); ++i) {
        stretches[i] = i;
    }
    std::mt19937_64 random(seed);
    std::shuffle(stretches.begin(), stretches.end(), random);
    stretches.resize(std::min(stretches.size(), static_cast<size_t>(count)));
    std::vector<std::string> wrong;
    for (const size_t each : stretches) {
        const int64_t from = each == 0 ? 0 : positions.value()[each - 1];
        const int64_t to = positions.value()[each];
        const Result<bool> leads = leadsTo(file, model, from, to, stop);
        if (!leads.ok()) {
            return leads.error();
        }
        if (!leads.value()) {
            wrong.push_back("reading tokens " + grouped(from) + " to " + grouped(to) +
                            " again ends in another state");
        }
    }
    return wrong;
}

}  // namespace tl
