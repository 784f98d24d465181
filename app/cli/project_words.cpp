// SPDX-License-Identifier: Apache-2.0
#include "app/cli/project_words.h"

#include <CLI/CLI.hpp>
#include <string>

namespace tl {

namespace {

void addQuiet(CLI::App& command, CommandOptions& options) {
    command.add_flag("--quiet", options.project.quiet, "no progress and no notes");
}

void addProject(CLI::App& command, CommandOptions& options) {
    command.add_option("words", options.words, "the project file")
        ->type_name("PROJECT.throughline");
}

CLI::App* addRead(CLI::App& app, CommandOptions& options) {
    CLI::App* read = app.add_subcommand(
        "read", "read files into a project file, or go on where reading stopped");
    read->add_option("words", options.words, "files and folders")->type_name("DIR-or-FILE...");
    read->add_option("-o,--project", options.project.project, "the project file")
        ->type_name("FILE")
        ->check(refuseEmpty);
    read->add_option("--checkpoint",
                     options.project.checkpointTokens,
                     "of a new project: keep the state every N tokens, so that less can be lost")
        ->type_name("N")
        ->check(CLI::Range(256, 1 << 20));
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
    return read->parsed() || update->parsed() || status->parsed() || verify->parsed();
}

ProjectWords addProjectCommands(CLI::App& app, CommandOptions& options) {
    return {addRead(app, options),
            addUpdate(app, options),
            addStatus(app, options),
            addVerify(app, options)};
}

Request projectRequest(const ProjectWords& words, CommandOptions& options) {
    options.project.model = modelChoice(options);
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
