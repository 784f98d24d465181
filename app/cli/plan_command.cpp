// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_command.h"

#include <optional>
#include <ostream>

#include "app/cli/password_prompt.h"
#include "app/cli/plan_json.h"
#include "app/cli/plan_text.h"
#include "app/cli/progress_line.h"
#include "app/cli/terminal_text.h"
#include "app/corpus/corpus.h"
#include "app/corpus/corpus_plan.h"
#include "app/corpus/reading_speed.h"
#include "app/model/engine_model.h"
#include "app/wording.h"

namespace tl {

namespace {

Result<Corpus> load(const SourceChoice& sources, const TextModel& model, const Terminal& terminal) {
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
    return loadCorpus(sources, model, terminal.stop, events);
}

Status plan(const PlanRequest& request, const Terminal& terminal) {
    const Result<std::unique_ptr<TextModel>> model = loadTextModel(request.model);
    if (!model.ok()) {
        return model.error();
    }
    const Result<Corpus> corpus =
        loadAskingPasswords(request.sources, terminal, [&](const SourceChoice& sources) {
            return load(sources, *model.value(), terminal);
        });
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
    terminal.err << "throughline: "
                 << terminalLine(isCancelled ? "plan: stopped" : status.error().message)
                 << std::endl;
    return isCancelled ? kExitCancelled : kExitFailed;
}

}  // namespace tl
