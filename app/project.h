// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/overview_types.h"
#include "base/result.h"

namespace tl {

// Where what is read is kept. A file that is there already and was made of the same files and
// folders is gone on with; one that was made of others is left alone.
struct ProjectPlace {
    std::filesystem::path file;  // empty: NAME.throughline beside the first chosen file or folder
    // A project that is there is opened as open() does, with its own choice of files, where it was
    // made of the same places.
    bool takesUp = false;
};

// A project file that was opened, or that was made for what is read from now on.
struct KeptProject {
    std::filesystem::path file;
    SourceChoice sources;           // without passwords
    int64_t tokensRead = 0;         // that are kept in it
    int64_t tokensTotal = 0;        // of its corpus
    std::vector<Answer> answers{};  // to what was asked before, oldest first, not all of very many
};

// How the files stand to what was read of them.
struct SourceCheck {
    std::string changes;                             // "2 changed, 1 added"; empty: nothing has
    std::optional<std::filesystem::path> missing{};  // a chosen place; nothing else is told then
    int64_t tokensToRead = 0;                        // to bring the project up to date
    std::optional<double> seconds{};                 // that this takes, where it is known
    std::string problem{};  // one line: the files could not be looked at; nothing else is told then
};

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

    // After open(), after the list and the plan: what was read and asked before. After read()
    // where it begins to keep what is read.
    virtual void opened(const KeptProject& /*project*/) {}
    virtual void keeping(const KeptProject& /*project*/) {}
    // What is read, or an answer, cannot be kept, and why; everything goes on in memory alone.
    virtual void notKept(const Error& /*error*/) {}
    virtual void checked(const SourceCheck& /*check*/) {}

    virtual void reading(const ReadingProgress& /*progress*/) {}
    virtual void readFinished(const ReadingProgress& /*progress*/) {}

    // Once for a corpus, after its first readFinished().
    virtual void overviewReady(const Overview& /*overview*/) {}

    // Pieces of an answer are whole UTF-8 characters. Where a second look is to follow, they are
    // those of its reading of the best passages together. answered() brings the answer that counts:
    // Answer::isReplaced says that it is not the one that was streamed.
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
    // forgets the corpus before it. Nothing is written before read().
    virtual void choose(const SourceChoice& choice, const ProjectPlace& place) = 0;

    // Opens a project file: what it has read is there to ask about, nothing is read again. Cancels
    // what runs and forgets the corpus before it. Reports filesListed(), planned(), opened() and,
    // where all of it is read, readFinished().
    virtual void open(const std::filesystem::path& file) = 0;

    // Forgets corpus and project file. Cancels what runs.
    virtual void close() = 0;

    // Looks whether the files of the open project are as they were: checked().
    virtual void check() = 0;

    // Reads the plan, into its project file where that can be written. After cancel() it goes on
    // where it stopped; where all is read, it reports readFinished() at once.
    virtual void read() = 0;

    // Answers from the corpus. Reading and checking make way for it and go on afterwards; the
    // answer comes from what is read so far and says how far that is. Where nothing is read and
    // nothing is to be, it reads first. `id` (> 0) names the question in the events.
    virtual void ask(int64_t id, const std::string& question, const AskOptions& options) = 0;

    // Stops the running command within 200 ms and drops those that wait; each reports failed().
    virtual void cancel() = 0;

    // The text of a file that is in, as it was read; what citations quote. None for other names.
    virtual std::optional<std::string> text(const std::string& file) const = 0;
};

// Whether a path names a project file rather than something to read: looks at its name, and
// whether a folder is there.
bool isProjectPath(const std::filesystem::path& path);

// The sample that comes with the program: the folder to choose, and where its project is kept,
// since an installed folder cannot be written. None where it is not there.
struct SamplePlaces {
    std::filesystem::path folder;
    std::filesystem::path project;
};
std::optional<SamplePlaces> findSample();

// Starts the engine thread, which loads the model first. Where it cannot be loaded, that command
// and every later one report failed() with the reason. The observer outlives the project.
std::unique_ptr<Project> openProject(const ModelChoice& model, ProjectObserver& observer);

}  // namespace tl
