// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_command.h"

#include <algorithm>
#include <cstdio>
#include <iomanip>
#include <optional>
#include <ostream>

#include "app/cli/plan_json.h"
#include "app/cli/progress_line.h"
#include "app/services/corpus.h"
#include "app/services/corpus_plan.h"
#include "app/services/engine_model.h"
#include "app/services/reading_speed.h"
#include "app/services/wording.h"

namespace tl {

namespace {

constexpr size_t kShownGroups = 12;
constexpr int kNumberWidth = 12;

// "2.7 %"
std::string percent(int64_t part, int64_t whole) {
    char text[32];
    const double share =
        whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    std::snprintf(text, sizeof text, "%.1f %%", share);
    return text;
}

std::string mebibytes(int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1 << 20));
    return text;
}

// "17 s", "4 min 10 s"
std::string duration(double seconds) {
    const auto whole = static_cast<int64_t>(std::max(1.0, seconds + 0.5));
    return whole < 60 ? std::to_string(whole) + " s"
                      : std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

// One table: a heading, then a line per group, the rest in one line.
void printGroups(const char* heading, const std::vector<PlanGroup>& groups, std::ostream& out) {
    if (groups.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "tokens" << std::setw(kNumberWidth) << "files"
        << "  " << heading << "\n";
    PlanGroup rest;
    for (size_t i = 0; i < groups.size(); ++i) {
        const PlanGroup& group = groups[i];
        if (i < kShownGroups) {
            out << std::setw(kNumberWidth) << grouped(group.tokens) << std::setw(kNumberWidth)
                << grouped(group.files) << "  " << group.name << "\n";
        } else {
            rest.tokens += group.tokens;
            rest.files += group.files;
        }
    }
    if (groups.size() > kShownGroups) {
        out << std::setw(kNumberWidth) << grouped(rest.tokens) << std::setw(kNumberWidth)
            << grouped(rest.files) << "  " << groups.size() - kShownGroups << " more\n";
    }
}

void printLargest(const std::vector<FileRow>& rows, std::ostream& out) {
    if (rows.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "tokens"
        << "  largest files\n";
    for (const FileRow& row : rows) {
        out << std::setw(kNumberWidth) << grouped(row.tokens) << "  " << row.name << "\n";
    }
}

void printSkipped(const std::vector<PlanGroup>& reasons, std::ostream& out) {
    if (reasons.empty()) {
        return;
    }
    out << "\n"
        << std::setw(kNumberWidth) << "files"
        << "  skipped because\n";
    for (const PlanGroup& reason : reasons) {
        out << std::setw(kNumberWidth) << grouped(reason.files) << "  " << reason.name << "\n";
    }
}

void printForecast(const PlanSummary& summary,
                   const std::optional<double>& seconds,
                   std::ostream& out) {
    out << grouped(summary.files) << (summary.files == 1 ? " file, " : " files, ")
        << grouped(summary.tokens) << " tokens of " << grouped(summary.contextLimit) << " ("
        << percent(summary.tokens, summary.contextLimit) << "), " << grouped(summary.skipped)
        << " skipped\n";
    out << "reading would take "
        << (seconds ? "about " + duration(*seconds)
                    : "a time that is known once this model has read")
        << " and " << mebibytes(summary.stateBytes) << " of memory beside the model\n";
}

void printCounts(const PlanSummary& summary, std::ostream& out) {
    if (summary.parsed + summary.fromCache > 0) {
        out << grouped(summary.parsed) << " binary files were parsed, the texts of "
            << grouped(summary.fromCache) << " were known from an earlier run\n";
    }
}

void printFiles(const std::vector<FileRow>& rows, std::ostream& out) {
    out << "\n";
    for (const FileRow& row : rows) {
        const bool isSkipped = row.state == FileRow::State::kSkipped;
        out << row.name << ": "
            << (isSkipped                              ? "skipped"
                : row.state == FileRow::State::kOpened ? "opened"
                                                       : grouped(row.tokens) + " tokens");
        out << (row.reason.empty() ? "" : ", ") << row.reason << "\n";
        for (const std::string& warning : row.warnings) {
            out << "    " << warning << "\n";
        }
    }
}

void printPlan(const CorpusPlan& plan, const std::optional<double>& seconds, std::ostream& out) {
    printForecast(plan.summary, seconds, out);
    printCounts(plan.summary, out);
    printGroups("folder", plan.folders, out);
    printGroups("kind", plan.kinds, out);
    printGroups("language", plan.languages, out);
    printLargest(plan.largest, out);
    printSkipped(plan.skipReasons, out);
    for (const PlanWithout& without : plan.without) {
        out << "\nwithout " << without.pattern << ": " << grouped(without.files) << " files less, "
            << grouped(without.tokens) << " tokens left"
            << (without.fits ? "" : ", still over the limit") << "\n";
    }
}

Result<Corpus> load(const PlanRequest& request, const TextModel& model, const Terminal& terminal) {
    ProgressLine line(terminal.err, terminal.errIsTerminal);
    int64_t files = 0;
    int64_t tokens = 0;
    LoadEvents events;
    events.counted = [&](const CountedRows& rows) {
        for (const auto& [index, row] : rows) {
            files += row.state == FileRow::State::kIn ? 1 : 0;
            tokens += row.tokens;
        }
        line.show("counting " + grouped(files) + " files, " + grouped(tokens) + " tokens");
    };
    return loadCorpus(request.sources, model, terminal.stop, events);
}

Status plan(const PlanRequest& request, const Terminal& terminal) {
    const Result<std::unique_ptr<TextModel>> model = loadTextModel(request.model);
    if (!model.ok()) {
        return model.error();
    }
    const Result<Corpus> corpus = load(request, *model.value(), terminal);
    if (!corpus.ok()) {
        return corpus.error();
    }
    PlanShape shape;
    shape.depth = request.depth;
    shape.without = request.without;
    const PlanSummary& summary = corpus.value().plan;
    const CorpusPlan plan = planCorpus(corpus.value().rows, summary, shape);
    std::optional<double> seconds;
    if (const auto speed = lastReadingSpeed(model.value()->config().name)) {
        seconds = static_cast<double>(summary.tokens) / *speed;
    }
    const std::lock_guard lock(terminal.writing);
    if (request.json) {
        terminal.out << planJson(plan, corpus.value().rows, seconds) << "\n";
    } else {
        printPlan(plan, seconds, terminal.out);
        if (request.verbose) {
            printFiles(corpus.value().rows, terminal.out);
        }
    }
    terminal.out << std::flush;
    if (!request.json && !summary.warning.empty()) {
        terminal.err << summary.warning << "\n";
    }
    return summary.problem.empty() ? okStatus()
                                   : Status(Error{ErrorCode::kInvalidInput, summary.problem});
}

}  // namespace

int runPlan(const PlanRequest& request, const Terminal& terminal) {
    const Status status = plan(request, terminal);
    if (status.ok()) {
        return kExitOk;
    }
    const bool isCancelled = status.error().code == ErrorCode::kCancelled;
    terminal.err << "throughline: " << (isCancelled ? "plan: stopped" : status.error().message)
                 << std::endl;
    return isCancelled ? kExitCancelled : kExitFailed;
}

}  // namespace tl
