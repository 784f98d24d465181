// SPDX-License-Identifier: Apache-2.0
#include "app/cli/verify_command.h"

#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "app/cli/command_end.h"
#include "app/cli/read_command.h"
#include "app/cli/terminal_text.h"
#include "app/model/engine_model.h"
#include "app/project/state_check.h"
#include "app/wording.h"
#include "store/project_reader.h"

namespace tl {

namespace {

// What every row, blob and checksum says.
Result<std::vector<std::string>> damagesIn(const std::filesystem::path& project,
                                           const std::stop_token& stop) {
    Result<ProjectReader> reader = ProjectReader::open(project);
    if (!reader.ok()) {
        return reader.error();
    }
    return reader.value().verify({}, stop);
}

// What the documents, and with samples the model, say.
Result<std::vector<std::string>> differencesIn(const ProjectRequest& request,
                                               const ModelLoader& loadModel,
                                               const std::stop_token& stop) {
    const Result<std::unique_ptr<LanguageModel>> model = loadModel();
    if (!model.ok()) {
        return model.error();
    }
    const Result<std::unique_ptr<ProjectFile>> file =
        ProjectFile::open(request.project, ProjectFile::Access::kRead);
    if (!file.ok()) {
        return file.error();
    }
    const Status fits = file.value()->checkModel(*model.value());
    if (!fits.ok()) {
        return fits.error();
    }
    const Result<Corpus> corpus =
        corpusOf(file.value()->stored(), file.value()->origin().sources, *model.value());
    if (!corpus.ok()) {
        return std::vector<std::string>{corpus.error().message};
    }
    return checkStates(
        *file.value(), *model.value(), request.samples, std::random_device()(), stop);
}

Status verify(const ProjectRequest& request,
              const ModelLoader& loadModel,
              const Terminal& terminal) {
    Result<std::vector<std::string>> wrong = damagesIn(request.project, terminal.stop);
    if (wrong.ok() && wrong.value().empty() && request.samples > 0) {
        wrong = differencesIn(request, loadModel, terminal.stop);
    }
    if (!wrong.ok()) {
        return wrong.error();
    }
    const std::lock_guard lock(terminal.writing);
    const std::string project = request.project.string();
    for (const std::string& line : wrong.value()) {
        terminal.out << terminalLine(line) << "\n";
    }
    if (wrong.value().empty()) {
        terminal.out << terminalLine(project + ": nothing is damaged") << "\n";
    }
    terminal.out << std::flush;
    return wrong.value().empty()
               ? okStatus()
               : Status(Error{
                     ErrorCode::kCorrupt,
                     project + ": " + counted(std::ssize(wrong.value()), "thing is", "things are") +
                         " wrong; throughline read FOLDER -o OTHER.throughline reads anew"});
}

}  // namespace

int runVerify(const ProjectRequest& request,
              const ModelLoader& loadModel,
              const Terminal& terminal) {
    return endCommand("verify", verify(request, loadModel, terminal), terminal);
}

int runVerify(const ProjectRequest& request, const Terminal& terminal) {
    const ModelChoice model = modelFor(request.project, request.model);
    return runVerify(
        request, [&] { return loadEngineModel(model); }, terminal);
}

}  // namespace tl
