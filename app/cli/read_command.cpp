// SPDX-License-Identifier: Apache-2.0
#include "app/cli/read_command.h"

#include <mutex>
#include <ostream>
#include <string>

#include "app/cli/command_end.h"
#include "app/cli/password_prompt.h"
#include "app/cli/progress_line.h"
#include "app/cli/terminal_text.h"
#include "app/model/engine_model.h"
#include "app/wording.h"

namespace tl {

namespace {

std::string megabytes(int64_t bytes) {
    return grouped((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

std::string forecastText(const ReadingForecast& forecast) {
    std::string text = grouped(forecast.tokens) + " tokens";
    const int64_t left = forecast.tokens - forecast.tokensRead;
    if (forecast.tokensRead > 0) {
        text += left == 0 ? ", all read already" : ", going on at " + grouped(forecast.tokensRead);
    }
    if (left > 0) {
        text += forecast.seconds ? ", " + aboutSeconds(*forecast.seconds)
                                 : ", for how long is not known";
    }
    return text + "; " + megabytes(forecast.memoryBytes) + " of memory, " +
           megabytes(forecast.diskBytes) + " on disk";
}

// One run of `throughline read` or `update`.
class ReadRun {
public:
    ReadRun(const ProjectRequest& request, const ModelLoader& loadModel, const Terminal& terminal)
        : m_request(request), m_terminal(terminal), m_commands(loadModel, request.model.file) {
        if (request.checkpointTokens > 0) {
            m_commands.setCheckpointTokens(request.checkpointTokens);
        }
    }

    Status run();
    // What is safe of a run that was stopped, for its message; may be empty.
    std::string keptTokens(const Status& status) const;

private:
    Status findProject();
    Status choose();
    Status readOn();
    void note(const std::string& line) const;

    bool showsProgress() const { return m_terminal.errIsTerminal && !m_request.quiet; }

    const ProjectRequest& m_request;
    const Terminal& m_terminal;
    ProjectCommands m_commands;
    std::filesystem::path m_project;
    SourceChoice m_sources;
    std::unique_lock<std::timed_mutex> m_writing;  // of the terminal, until the run is over
};

void ReadRun::note(const std::string& line) const {
    if (!m_request.quiet) {
        m_terminal.err << terminalLine(line) << std::endl;
    }
}

Status ReadRun::findProject() {
    m_sources = m_request.sources;
    m_project = m_request.project;
    if (m_request.task == ProjectRequest::Task::kRead) {
        if (m_project.empty()) {
            m_project = projectBeside(m_sources.paths.front());
        }
        return checkPlaceHere(m_project);
    }
    Result<ProjectOrigin> origin = ProjectFile::originIn(m_project);
    if (!origin.ok()) {
        return origin.error();
    }
    m_sources = std::move(origin.value().sources);
    m_sources.passwords = m_request.sources.passwords;
    return okStatus();
}

Status ReadRun::choose() {
    const ChosenCorpus corpus =
        chooseAskingPasswords(m_sources, m_terminal, [&](const SourceChoice& sources) {
            CountingLine line(m_terminal.err, showsProgress());
            return m_commands.chooseInto(m_project, sources, m_terminal.stop, line.events());
        });
    if (!corpus.ok()) {
        return corpus.error();
    }
    const PlanSummary& plan = corpus.value()->plan;
    if (!plan.problem.empty()) {
        return Error{ErrorCode::kInvalidInput, plan.problem};
    }
    if (!plan.warning.empty()) {
        note(plan.warning);
    }
    if (const std::string skipped = skipSummary(corpus.value()->rows); !skipped.empty()) {
        note("skipped: " + skipped);
    }
    return okStatus();
}

Status ReadRun::readOn() {
    note(m_project.string() + ": " + forecastText(m_commands.forecast(m_terminal.stop)));
    // Whoever gives up on Ctrl-C waits for this a while: what was read is written then, and said.
    m_writing = std::unique_lock(m_terminal.writing);
    ProgressLine line(m_terminal.err, showsProgress());
    const auto read = m_commands.read(m_terminal.stop, [&](const ReadingProgress& progress) {
        line.show(progressText(progress));
    });
    return read.ok() ? okStatus() : Status(read.error());
}

Status ReadRun::run() {
    Status status = findProject();
    if (!status.ok()) {
        return status;
    }
    const Result<ModelSummary> model = m_commands.loadModel();
    if (!model.ok()) {
        return model.error();
    }
    status = choose();
    if (status.ok()) {
        status = readOn();
    }
    if (status.ok()) {
        m_terminal.out << terminalLine(m_project.string() + ": " +
                                       grouped(m_commands.tokensRead()) + " tokens are read")
                       << std::endl;
    }
    return status;
}

std::string ReadRun::keptTokens(const Status& status) const {
    return tl::keptTokens(status, m_commands.tokensRead(), m_project);
}

}  // namespace

Status checkPlaceHere(const std::filesystem::path& project) {
    Status place = checkPlace(project);
    return place.ok()
               ? place
               : Error{place.error().code, place.error().message + "; -o FILE names another place"};
}

ModelChoice modelFor(const std::filesystem::path& project, const ModelChoice& asked) {
    ModelChoice model = asked;
    if (model.file.empty()) {
        if (Result<ProjectOrigin> origin = ProjectFile::originIn(project); origin.ok()) {
            model.file = std::move(origin.value().model);
        }
    }
    return model;
}

int runRead(const ProjectRequest& request, const ModelLoader& loadModel, const Terminal& terminal) {
    ReadRun run(request, loadModel, terminal);
    const Status status = run.run();
    const bool isRead = request.task == ProjectRequest::Task::kRead;
    return endCommand(isRead ? "read" : "update", status, terminal, run.keptTokens(status));
}

int runRead(const ProjectRequest& request, const Terminal& terminal) {
    ProjectRequest whole = request;
    if (request.task != ProjectRequest::Task::kRead) {
        whole.model = modelFor(request.project, request.model);
    }
    return runRead(
        whole, [&] { return loadEngineModel(whole.model); }, terminal);
}

}  // namespace tl
