// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/overview_types.h"
#include "base/result.h"

namespace tl {

// Told what a project does, on its engine thread; must return quickly and may ignore anything.
class ProjectObserver {
public:
    virtual ~ProjectObserver() = default;

    virtual void modelLoaded(const ModelSummary& /*model*/) {}

    // After choose(), in batches at most every 50 ms: the list from an index on (0: the list
    // begins anew) as files are found, and the rows that got their state and tokens since, as
    // (index, row). Then, where archives were opened, the whole list again with what they hold,
    // then the plan.
    virtual void filesListed(int64_t /*from*/, const std::vector<FileRow>& /*rows*/) {}
    virtual void filesCounted(const std::vector<std::pair<int64_t, FileRow>>& /*rows*/) {}
    virtual void planned(const PlanSummary& /*plan*/) {}

    virtual void reading(const ReadingProgress& /*progress*/) {}
    virtual void readFinished(const ReadingProgress& /*progress*/) {}

    // Once for a corpus, behind its first readFinished().
    virtual void overviewReady(const Overview& /*overview*/) {}

    // Pieces of an answer are whole UTF-8 characters. Where a second look is to follow, they are
    // its own; where its passages turn out not to fit, answered() brings the first look's answer
    // in one piece.
    virtual void answerPiece(int64_t /*id*/, Look /*look*/, const std::string& /*piece*/) {}
    virtual void answered(int64_t /*id*/, const Answer& /*answer*/) {}

    // A command ended without its result; kCancelled after cancel(). `id` of the question, 0 for
    // other commands. A plan with a problem is reported by planned() alone.
    virtual void failed(int64_t /*id*/, const Error& /*error*/) {}
};

// One model and one corpus that is read and asked. Every command returns at once and is done in
// order on the engine thread, which the project owns. Thread-safe.
class Project {
public:
    // Cancels, waits for the engine thread; no event comes afterwards.
    virtual ~Project() = default;

    // Lists the chosen files, reads their texts and counts their tokens. Cancels what runs and
    // forgets the corpus before it.
    virtual void choose(const SourceChoice& choice) = 0;

    // Reads the plan. After cancel() it goes on where it stopped; where all is read, it reports
    // readFinished() at once.
    virtual void read() = 0;

    // Answers from the corpus; reads first what is not read yet. `id` (> 0) names the question in
    // the events.
    virtual void ask(int64_t id, const std::string& question, const AskOptions& options) = 0;

    // Stops the running command within 200 ms and drops those that wait; each reports failed().
    virtual void cancel() = 0;

    // The text of a file that is in, as it was read; what citations quote. None for other names.
    virtual std::optional<std::string> text(const std::string& file) const = 0;
};

// Starts the engine thread, which loads the model first. Where it cannot be loaded, that command
// and every later one report failed() with the reason. The observer outlives the project.
std::unique_ptr<Project> openProject(const ModelChoice& model, ProjectObserver& observer);

}  // namespace tl
