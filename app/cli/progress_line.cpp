// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress_line.h"

#include <cmath>
#include <ostream>

#include "app/wording.h"

namespace tl {

namespace {

constexpr std::chrono::milliseconds kInterval{100};
// Back to the first column, and wipe to the end of the line (ECMA-48, EL).
constexpr const char* kWipe = "\r\x1b[K";

std::string duration(double seconds) {
    const int64_t whole = std::llround(std::ceil(seconds));
    return whole < 120 ? std::to_string(whole) + " s" : std::to_string((whole + 59) / 60) + " min";
}

}  // namespace

std::string progressText(const ReadingProgress& progress) {
    std::string text = "reading " + grouped(progress.tokensDone) + " of " +
                       grouped(progress.tokensTotal) + " tokens";
    if (progress.tokensPerSecond > 0) {
        text += ", " + grouped(std::llround(progress.tokensPerSecond)) + " tok/s, " +
                duration(progress.etaSeconds) + " left";
    }
    return text;
}

ProgressLine::ProgressLine(std::ostream& terminal, bool isShown)
    : m_terminal(terminal), m_isShown(isShown) {}

void ProgressLine::clear() {
    if (m_isDirty) {
        m_terminal << kWipe << std::flush;
    }
    m_isDirty = false;
}

void ProgressLine::show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    if (!m_isShown || now - m_last < kInterval) {
        return;
    }
    m_last = now;
    m_isDirty = true;
    m_terminal << kWipe << text << std::flush;
}

LoadEvents CountingLine::events() {
    LoadEvents events;
    events.counted = [this](const CountedRows& rows) {
        for (const auto& [index, row] : rows) {
            m_files += row.state == FileRow::State::kIn ? 1 : 0;
            m_tokens += row.tokens;
        }
        m_line.show("counting " + grouped(m_files) + " files, " + grouped(m_tokens) + " tokens");
    };
    return events;
}

}  // namespace tl
