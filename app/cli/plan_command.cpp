// SPDX-License-Identifier: Apache-2.0
#include "app/cli/plan_command.h"

#include <optional>
#include <ostream>

#include "app/cli/command_end.h"
#include "app/cli/plan_json.h"
#include "app/cli/plan_text.h"
#include "app/cli/text_corpus.h"
#include "app/corpus/corpus.h"
#include "app/corpus/corpus_plan.h"
#include "app/corpus/reading_speed.h"
#include "app/model/engine_model.h"

namespace tl {

namespace {

Status plan(const PlanRequest& request, const Terminal& terminal) {
    const Result<std::unique_ptr<TextModel>> model = loadTextModel(request.model);
    if (!model.ok()) {
        return model.error();
    }
    const ChosenCorpus chosen = chooseTexts(request.sources, *model.value(), terminal);
    if (!chosen.ok()) {
        return chosen.error();
    }
    const Corpus& corpus = *chosen.value();
    PlanShape shape;
    shape.depth = request.depth;
    shape.without = request.without;
    const PlanSummary& summary = corpus.plan;
    const CorpusPlan plan = planCorpus(corpus.rows, summary, shape);
    std::optional<double> seconds;
    if (const auto speed = lastReadingSpeed(model.value()->config().name)) {
        seconds = static_cast<double>(summary.tokens) / *speed;
    }
    const std::lock_guard lock(terminal.writing);
    if (request.json) {
        terminal.out << planJson(plan, corpus.rows, seconds) << "\n";
    } else {
        printPlan(plan, seconds, terminal.out);
        if (request.verbose) {
            printFiles(corpus.rows, terminal.out);
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
    return endCommand("plan", plan(request, terminal), terminal);
}

}  // namespace tl
