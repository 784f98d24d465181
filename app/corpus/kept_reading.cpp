// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/kept_reading.h"

#include <algorithm>
#include <chrono>

#include "app/corpus/reading_rate.h"

namespace tl {

namespace {

// The next point after `position` that is kept.
int64_t nextKept(int64_t position, int64_t total, const Keeping& keeping) {
    if (!keeping.keep) {
        return total;
    }
    const int64_t lastBorder = total / keeping.batchTokens * keeping.batchTokens;
    // Reading goes on exactly from borders of batches alone.
    const int64_t every =
        (keeping.every + keeping.batchTokens - 1) / keeping.batchTokens * keeping.batchTokens;
    const int64_t next = (position / every + 1) * every;
    return position < lastBorder ? std::min(next, lastBorder) : total;
}

Status keepHere(const TokenSequence& sequence, const Keeping& keeping) {
    if (!keeping.keep) {
        return okStatus();
    }
    const Result<Snapshot> here = sequence.snapshot();
    return here.ok() ? keeping.keep(here.value()) : Status(here.error());
}

}  // namespace

Result<ReadingProgress> readOn(TokenSequence& sequence,
                               std::span<const TokenId> tokens,
                               const std::stop_token& stop,
                               const ReadingFn& progress,
                               const Keeping& keeping) {
    const int64_t total = std::ssize(tokens);
    const int64_t first = sequence.position();
    const auto started = std::chrono::steady_clock::now();
    ReadingRate rate(first, total);
    int64_t kept = first;
    while (sequence.position() < total) {
        const int64_t begin = sequence.position();
        const int64_t next = nextKept(begin, total, keeping);
        const auto report = [&](const Progress& step) {
            if (progress) {
                progress(rate.at(begin + step.done));
            }
        };
        const auto stretch =
            tokens.subspan(static_cast<size_t>(begin), static_cast<size_t>(next - begin));
        const Status read = sequence.read(stretch, stop, report);
        const bool isStopped = !read.ok() && read.error().code == ErrorCode::kCancelled;
        if ((read.ok() || isStopped) && sequence.position() > kept) {
            const Status stored = keepHere(sequence, keeping);
            if (!stored.ok()) {
                return stored.error();
            }
            kept = sequence.position();
        }
        if (!read.ok()) {
            return read.error();
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    const int64_t read = total - first;
    return ReadingProgress{read, read, static_cast<double>(read) / std::max(took.count(), 1e-9), 0};
}

}  // namespace tl
