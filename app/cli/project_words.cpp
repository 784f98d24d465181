// SPDX-License-Identifier: Apache-2.0
#include "app/cli/project_words.h"

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/terminal_text.h"
#include "app/project/project_file.h"

namespace tl {

namespace {

void addQuiet(CLI::App& command, CommandOptions& options) {
    command.add_flag("--quiet", options.project.quiet, "no progress and no notes");
}

void addProject(CLI::App& command, CommandOptions& options) {
    command.add_option("words", options.words, "the project file")
        ->type_name("PROJECT.throughline");
}

void addCheckpoint(CLI::App& command, int64_t& tokens) {
    command
        .add_option("--checkpoint",
                    tokens,
                    "of a new project: keep the state every N tokens, so that less can be lost")
        ->type_name("N")
        ->check(CLI::Range(256, 1 << 20));
}

CLI::App* addRead(CLI::App& app, CommandOptions& options) {
    CLI::App* read = app.add_subcommand(
        "read", "read files into a project file, or go on where reading stopped");
    read->add_option("words", options.words, "files and folders")->type_name("DIR-or-FILE...");
    read->add_option("-o,--project", options.project.project, "the project file")
        ->type_name("FILE")
        ->check(refuseEmpty);
    addCheckpoint(*read, options.project.checkpointTokens);
    addQuiet(*read, options);
    addModelOptions(*read, options);
    addSourceOptions(*read, options);
    return read;
}

CLI::App* addUpdate(CLI::App& app, CommandOptions& options) {
    CLI::App* update =
        app.add_subcommand("update", "read what has changed since a project was read");
    addProject(*update, options);
    addQuiet(*update, options);
    addModelOptions(*update, options);
    addPasswordOptions(*update, options);
    return update;
}

CLI::App* addStatus(CLI::App& app, CommandOptions& options) {
    CLI::App* status = app.add_subcommand(
        "status", "say how far a project is read, what has changed, and what an update costs");
    addProject(*status, options);
    status->add_flag("--json", options.project.json, "print as JSON");
    addModelFile(*status, "--model", "GGUF file whose tokenizer counts", options);
    addPasswordOptions(*status, options);
    return status;
}

CLI::App* addVerify(CLI::App& app, CommandOptions& options) {
    CLI::App* verify =
        app.add_subcommand("verify", "look whether anything in a project file is damaged");
    addProject(*verify, options);
    verify
        ->add_option("--sample",
                     options.project.samples,
                     "read N stretches of the project again and compare the states")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000));
    addModelOptions(*verify, options);
    return verify;
}

CLI::App* addAppend(CLI::App& app, CommandOptions& options) {
    AppendRequest& append = options.append;
    CLI::App* command = app.add_subcommand(
        "append", "read a growing file, a log or a transcript, after what a project has read");
    command->footer(
        "The project is made where it is not there. A last line without its end is read once the "
        "file has not\nchanged for 2 seconds. Questions can be asked meanwhile.");
    command->add_option("words", options.words, "the project file; then the file to read")
        ->type_name("PROJECT.throughline FILE");
    command->add_flag("--follow", append.follows, "go on with what comes, until Ctrl-C");
    command
        ->add_option("--every", append.everySeconds, "with --follow: seconds between two readings")
        ->type_name("SECONDS")
        ->capture_default_str()
        ->check(CLI::Range(1, 86'400));
    addCheckpoint(*command, append.checkpointTokens);
    command->add_flag("--quiet", append.quiet, "no progress and no notes");
    addModelOptions(*command, options);
    return command;
}

Request appendRequest(CommandOptions& options) {
    AppendRequest& append = options.append;
    if (options.words.size() != 2) {
        return usageError("append: a project file and one file are needed");
    }
    append.project = options.words.front();
    append.file = options.words.back();
    if (!isProjectPath(append.project)) {
        return usageError("append: " + terminalLine(options.words.front()) +
                          " is no project file; its name ends in .throughline");
    }
    append.model = modelChoice(options);
    return append;
}

Request readRequest(CommandOptions& options) {
    ProjectRequest& request = options.project;
    request.task = ProjectRequest::Task::kRead;
    request.sources = options.ask.sources;
    request.sources.paths.assign(options.words.begin(), options.words.end());
    if (request.sources.paths.empty()) {
        return usageError("read: no file or folder given");
    }
    if (request.sources.paths.size() > 1 && request.project.empty()) {
        return usageError("read: several files and folders need -o FILE");
    }
    if (std::optional<Notice> mistake = finishSources(options, request.sources)) {
        return *mistake;
    }
    return request;
}

Request requestAbout(const std::string& command,
                     ProjectRequest::Task task,
                     CommandOptions& options) {
    ProjectRequest& request = options.project;
    request.task = task;
    if (options.words.size() != 1) {
        return usageError(
            command + ": " +
            (options.words.empty() ? "no project file given" : "one project at a time"));
    }
    request.project = options.words.front();
    request.sources.passwords = options.ask.sources.passwords;
    if (std::optional<Notice> mistake = finishSources(options, request.sources)) {
        return *mistake;
    }
    return request;
}

}  // namespace

bool ProjectWords::isParsed() const {
    return read->parsed() || update->parsed() || status->parsed() || verify->parsed() ||
           append->parsed();
}

ProjectWords addProjectCommands(CLI::App& app, CommandOptions& options) {
    return {addRead(app, options),
            addUpdate(app, options),
            addStatus(app, options),
            addVerify(app, options),
            addAppend(app, options)};
}

Request projectRequest(const ProjectWords& words, CommandOptions& options) {
    options.project.model = modelChoice(options);
    if (words.append->parsed()) {
        return appendRequest(options);
    }
    if (words.read->parsed()) {
        return readRequest(options);
    }
    if (words.update->parsed()) {
        return requestAbout("update", ProjectRequest::Task::kUpdate, options);
    }
    if (words.verify->parsed()) {
        return requestAbout("verify", ProjectRequest::Task::kVerify, options);
    }
    return requestAbout("status", ProjectRequest::Task::kStatus, options);
}

}  // namespace tl
