// SPDX-License-Identifier: Apache-2.0
#include "app/cli/overview_command.h"

#include <ostream>

#include "app/cli/command_end.h"
#include "app/cli/overview_json.h"
#include "app/cli/overview_text.h"
#include "app/cli/text_corpus.h"
#include "app/corpus/corpus.h"
#include "app/model/engine_model.h"
#include "app/overview/overview.h"

namespace tl {

namespace {

Status overview(const OverviewRequest& request, const Terminal& terminal) {
    const Result<std::unique_ptr<TextModel>> model = loadTextModel(request.model);
    if (!model.ok()) {
        return model.error();
    }
    const ChosenCorpus chosen = chooseTexts(request.sources, *model.value(), terminal);
    if (!chosen.ok()) {
        return chosen.error();
    }
    const Corpus& corpus = *chosen.value();
    if (!corpus.plan.problem.empty()) {
        return Error{ErrorCode::kInvalidInput, corpus.plan.problem};
    }
    const Overview found = makeOverview(corpus);
    const std::lock_guard lock(terminal.writing);
    if (request.json) {
        terminal.out << overviewJson(found) << "\n";
    } else {
        printOverview(found, terminal.out);
    }
    terminal.out << std::flush;
    return okStatus();
}

}  // namespace

int runOverview(const OverviewRequest& request, const Terminal& terminal) {
    return endCommand("overview", overview(request, terminal), terminal);
}

}  // namespace tl
